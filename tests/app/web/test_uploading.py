"""Documents that are sent, corrected and removed with forms, with nothing but what a browser without scripts does."""

import dataclasses
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.api import uploads
from app.web import uploading
from corpus.errors import DocumentError
from corpus.proposal import Proposal
from corpus.reason import Why, because
from corpus.task import TaskKind
from tests.app.api_client import Service
from tests.app.fake_documents import refusal
from tests.app.upload_forms import CONTENT, FORM, form, originals, part
from tests.app.waits import until
from tests.app.web.html_page import HTML, OWN, HtmlPage

UPDATE, REMOVE = "/documenten/utrecht-samenvatting/bijwerken", "/documenten/utrecht-samenvatting/verwijderen"
FOREIGN: list[tuple[str, dict[str, str]]] = [
    ("192.0.2.7", {}),
    ("127.0.0.1", {"Host": "evil.example"}),
    ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}),
    ("127.0.0.1", {"Origin": "http://evil.example"}),
    ("127.0.0.1", {"Origin": "null"}),
    ("127.0.0.1", {"Sec-Fetch-Site": "cross-site"}),
    ("127.0.0.1", {"Sec-Fetch-Site": "same-site"}),
]


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


def sent(service: Service, *files: tuple[str, bytes], address: str = "/documenten", **fields: str) -> httpx.Response:
    """As a browser sends a form: every field, and an empty file without a name where none was chosen."""
    parts = [part(name, value.encode()) for name, value in fields.items()]
    parts += [part("bestand", content, name) for name, content in files or [("", b"")]]
    return service.ask("POST", address, content=form(*parts), headers=OWN | FORM)


def orders(service: Service) -> list[Any]:
    return [each.order for each in reversed(service.knowledge.tasks.of_kind(TaskKind.DOCUMENT))]


def test_several_files_are_queued_with_the_same_fields(service: Service) -> None:
    got = sent(service, ("een.txt", CONTENT), ("twee.txt", CONTENT + b"Meer."), gemeente="Utrecht; GM0307", titel="")
    assert (got.status_code, got.headers["location"]) == (303, "/inlezen")
    until(lambda: len(orders(service)) == 2)
    for order, name in zip(orders(service), ("een.txt", "twee.txt"), strict=True):
        metadata = order["metadata"]
        assert (metadata["source_file"], metadata["title"]) == (name, None)
        assert metadata["municipalities"] == [["GM0344", "Utrecht"], ["GM0307", "Amersfoort"]]
        assert service.knowledge.files.path(order["file_sha256"]).read_bytes().startswith(CONTENT)
    assert len({order["file_sha256"] for order in orders(service)}) == 2


def test_a_file_that_cannot_be_read_stops_no_other(service: Service) -> None:
    got = sent(service, ("plaatje.png", b"\x89PNG\r\n\x1a\n" + bytes(100)), ("leeg.txt", b""), ("goed.txt", CONTENT))
    page = HtmlPage.of(got.text)
    assert got.status_code == 400
    assert page.faults() == []
    assert "2 bestanden zijn niet aangenomen" in page.text
    assert "plaatje.png" in page.text
    assert "Dit bestand kan niet worden ingelezen." in page.text
    assert "leeg.txt : is leeg" in page.text
    assert "1 ander bestand is wel aangenomen" in page.text
    assert [order["metadata"]["source_file"] for order in orders(service)] == ["goed.txt"]


@pytest.mark.parametrize(
    ("fields", "name", "reason"),
    [
        ({"gemeente": "Utrecgt"}, "gemeente", "bedoelde u Utrecht"),
        ({"geldigVan": "2025-01-02", "geldigTot": "2025-01-01"}, "geldigTot", "voor de eerste dag"),
        ({"titel": "Nota"}, "titel", "geldt voor één bestand"),
    ],
)
def test_a_fault_in_a_field_takes_no_file_and_keeps_what_was_typed(
    service: Service, tmp_path: Path, fields: dict[str, str], name: str, reason: str
) -> None:
    got = sent(service, ("een.txt", CONTENT), ("twee.txt", CONTENT + b"2"), **fields)
    page = HtmlPage.of(got.text)
    assert (got.status_code, page.faults()) == (400, [])
    assert reason in page.text
    field = next(each for each in page.all("input") if each.get("id") == f"veld-{name}")
    assert (field["aria-invalid"], field["value"]) == ("true", fields[name])
    assert f"fout-{name}" in field["aria-describedby"].split()
    assert orders(service) == []
    assert originals(service, tmp_path) == set()


def test_a_form_without_a_file_says_so(service: Service) -> None:
    got = sent(service)
    assert got.status_code == 400
    assert "kies een of meer bestanden" in HtmlPage.of(got.text).text


def test_there_is_a_limit_to_how_many_and_how_large(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    got = sent(service, *[(f"{number}.txt", CONTENT) for number in range(uploading.MOST_FILES + 1)])
    assert got.status_code == 400
    assert "meer dan 20 keer" in HtmlPage.of(got.text).text
    monkeypatch.setattr(uploads, "MAX_FILE_BYTES", 1000)
    large = sent(service, ("een.txt", CONTENT), ("groot.txt", bytes(1001)))
    assert (large.status_code, large.headers["content-type"]) == (413, "text/html; charset=utf-8")
    assert "Dit is te groot" in large.text
    assert orders(service) == []


@pytest.mark.parametrize(("peer", "headers"), FOREIGN)
@pytest.mark.parametrize("address", ["/documenten", UPDATE, REMOVE])
def test_nobody_else_changes_anything(
    service: Service, tmp_path: Path, peer: str, headers: dict[str, str], address: str
) -> None:
    got = service.ask("POST", address, peer=peer, files={"bestand": ("a.txt", CONTENT)}, headers=HTML | headers)
    assert (got.status_code, got.headers["content-type"]) == (403, "text/html; charset=utf-8")
    assert orders(service) == []
    assert service.knowledge.document("utrecht-samenvatting")
    assert originals(service, tmp_path) == set()


def test_a_page_to_change_on_is_for_this_machine_but_may_be_linked_to(service: Service) -> None:
    linked = HTML | {"Sec-Fetch-Site": "cross-site"}
    for address in (UPDATE, REMOVE, "/inlezen"):
        assert service.get(address, headers=linked).status_code == 200
        assert service.ask("GET", address, peer="192.0.2.7", headers=HTML).status_code == 403


def test_pages_let_their_own_forms_say_where_they_come_from(service: Service) -> None:
    """With "no-referrer" a browser would send `Origin: null` for them, which is refused."""
    assert service.get("/documenten", headers=HTML).headers["referrer-policy"] == "same-origin"


def test_reading_is_followed_and_told(service: Service) -> None:
    service.knowledge.may_take.clear()
    service.knowledge.refuse = DocumentError("kapot.txt", because(Why.LOCKED))

    async def work(client: httpx.AsyncClient) -> tuple[str, str, str]:
        await client.post("/documenten", files={"bestand": ("kapot.txt", CONTENT)}, headers=OWN)
        busy = (await client.get("/inlezen", headers=HTML)).text
        (task,) = service.knowledge.tasks.of_kind(TaskKind.DOCUMENT)
        service.knowledge.may_take.set()
        for _ in range(1000):
            done = (await client.get("/inlezen", headers=HTML)).text
            if 'data-volg=""' in done:
                break
        return busy, done, task.id

    busy, done, task_id = service.run(work)
    page = HtmlPage.of(busy)
    assert page.faults() == []
    assert [each["http-equiv"] for each in page.all("meta") if "http-equiv" in each] == ["refresh"]
    assert f"/inlezen/{task_id}/afbreken" in [each["action"] for each in page.all("form")]
    assert [each["aria-label"] for each in page.all("progress")] == ["Voortgang van kapot.txt"]
    ended = HtmlPage.of(done)
    assert "Niet gelukt:" in ended.text
    assert because(Why.LOCKED).dutch in ended.text
    assert not [each for each in ended.all("meta") if "http-equiv" in each]


def test_reading_is_broken_off(service: Service) -> None:
    service.knowledge.may_take.clear()

    async def work(client: httpx.AsyncClient) -> str:
        for name in ("een.txt", "twee.txt"):
            await client.post("/documenten", files={"bestand": (name, name.encode())}, headers=OWN)
        task = service.knowledge.tasks.of_kind(TaskKind.DOCUMENT)[0]
        got = await client.post(f"/inlezen/{task.id}/afbreken", headers=OWN)
        assert (got.status_code, got.headers["location"]) == (303, "/inlezen")
        return (await client.get("/inlezen", headers=HTML)).text

    assert "Afgebroken op verzoek." in service.run(work)


def test_proposals_hold_only_where_they_are_accepted(service: Service) -> None:
    stored = service.knowledge._documents["utrecht-samenvatting"]
    proposals = (Proposal("title", "Woonvisie", "de titelpagina"), Proposal("kind", "visie", "de titel"))
    service.knowledge._documents["utrecht-samenvatting"] = dataclasses.replace(stored, proposals=proposals)
    page = HtmlPage.of(service.get(UPDATE, headers=HTML).text)
    assert page.faults() == []
    assert (page.value("titel"), page.value("voorstel-titel"), page.value("voorstel-soort")) == (
        "",
        "Woonvisie",
        "visie",
    )
    assert not [each for each in page.all("input") if "checked" in each]
    assert "Gevonden: de titelpagina. Nog niet bevestigd." in page.text
    fields = {"voorstel-titel": "Woonvisie", "titel": "", "gemeente": "Utrecht", "bron": "https://utrecht.example/x"}
    got = sent(service, address=UPDATE, **fields)
    assert (got.status_code, got.headers["location"]) == (303, "/inlezen")
    (order,) = orders(service)
    metadata = order["metadata"]
    assert (metadata["document_id"], metadata["title"], metadata["kind"], metadata["source"]) == (
        "utrecht-samenvatting",
        "Woonvisie",
        None,
        "https://utrecht.example/x",
    )
    assert metadata["source_file"] == "samenvatting.txt"
    kept = service.knowledge.files
    assert kept.path(order["file_sha256"]).read_bytes() == kept.path(stored.file_sha256).read_bytes()


def test_another_file_takes_the_place_of_a_document(service: Service) -> None:
    got = sent(service, ("nieuw.txt", CONTENT), address=UPDATE, gemeente="Utrecht")
    assert got.status_code == 303
    (order,) = orders(service)
    assert (order["metadata"]["document_id"], order["metadata"]["source_file"]) == ("utrecht-samenvatting", "nieuw.txt")
    assert service.knowledge.files.path(order["file_sha256"]).read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("files", "fields", "name"),
    [
        ((), {"bron": "geen adres"}, "bron"),
        ((), {"titel": "a", "voorstel-titel": "b"}, "titel"),
        ((("x.png", b"\x89PNG\r\n\x1a\n" + bytes(99)),), {}, "bestand"),
    ],
)
def test_a_fault_in_an_update_changes_nothing(
    service: Service, files: tuple[tuple[str, bytes], ...], fields: dict[str, str], name: str
) -> None:
    got = sent(service, *files, address=UPDATE, **fields)
    page = HtmlPage.of(got.text)
    assert (got.status_code, page.faults()) == (400, [])
    assert "Er is nog niets gewijzigd" in page.text
    assert f"#veld-{name}" in page.links()
    assert orders(service) == []


def test_a_document_is_removed_after_a_question(service: Service) -> None:
    page = HtmlPage.of(service.get(REMOVE, headers=HTML).text)
    assert [(each["method"], each["action"]) for each in page.all("form")] == [("post", REMOVE)]
    assert "samenvatting.txt" in page.text
    assert service.knowledge.document("utrecht-samenvatting")
    got = service.ask("POST", REMOVE, headers=OWN)
    assert (got.status_code, got.headers["location"]) == (303, "/documenten?gedaan=verwijderd")
    assert "Het document is verwijderd" in HtmlPage.of(service.get(got.headers["location"], headers=HTML).text).text
    assert service.get(REMOVE, headers=HTML).status_code == 404


def test_a_file_that_was_not_read_leaves_the_list(service: Service) -> None:
    service.knowledge.refusals = (refusal("kapot.pdf", "kapot"),)
    assert "Bestand uit de lijst halen?" in service.get("/documenten/kapot/verwijderen", headers=HTML).text
    assert service.ask("POST", "/documenten/kapot/verwijderen", headers=OWN).status_code == 303
    assert not service.knowledge.refusals
