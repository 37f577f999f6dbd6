"""Reports asked for with a form, followed, fetched, compared and removed."""

import asyncio
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from app.report.formats import FORMATS
from app.web.report_form import FORMAT_WORDS
from tests.app.api_client import Service
from tests.app.report.plain_formats import use_plain_formats
from tests.app.web.html_page import HTML, OWN, HtmlPage

FORM = OWN | {"Content-Type": "application/x-www-form-urlencoded"}
TOPICS = "conflictscheidingen\r\n\r\n  woningen \r\n"


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


@pytest.fixture(autouse=True)
def plain_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    use_plain_formats(monkeypatch)


async def asked(client: httpx.AsyncClient, *fields: tuple[str, str]) -> httpx.Response:
    content = urlencode([("onderwerpen", TOPICS), ("formaat", "md"), ("perGemeente", "2"), *fields])
    return await client.post("/rapporten", content=content, headers=FORM)


async def made(client: httpx.AsyncClient, *fields: tuple[str, str]) -> tuple[str, HtmlPage]:
    got = await asked(client, *fields)
    assert got.status_code == 303, got.text
    address = got.headers["location"]
    for _ in range(500):
        text = (await client.get(address, headers=HTML)).text
        if 'data-volg=""' in text:
            page = HtmlPage.of(text)
            assert page.faults() == []
            return address, page
        await asyncio.sleep(0.02)
    raise AssertionError(f"{address} does not end")


def test_every_format_has_a_name() -> None:
    assert FORMAT_WORDS.keys() == FORMATS.keys()


def test_a_report_is_made_fetched_and_removed(service: Service) -> None:
    async def work(client: httpx.AsyncClient) -> None:
        address, page = await made(client, ("titel", "Jeugd <b>"), ("gemeenten", "GM0362"), ("gemeenten", "GM0344"))
        assert "Jeugd <b>" in page.text
        assert "2 onderwerpen en Amstelveen en Utrecht" in page.text
        files = [each for each in page.links() if "/bestand?formaat=" in each]
        assert [each.rpartition("=")[2] for each in files] == list(FORMATS)
        for each in files:
            assert (await client.get(each, headers=HTML)).status_code == 200
        assert service.knowledge.asked[-1][2] == 2  # type: ignore[index]
        listed = HtmlPage.of((await client.get("/rapporten", headers=HTML)).text)
        assert listed.faults() == []
        assert address in listed.links()
        confirming = await client.get(f"{address}/verwijderen", headers=HTML)
        assert [each["action"] for each in HtmlPage.of(confirming.text).all("form")] == [f"{address}/verwijderen"]
        gone = await client.post(f"{address}/verwijderen", headers=OWN)
        assert (gone.status_code, gone.headers["location"]) == (303, "/rapporten")
        assert (await client.get(address, headers=HTML)).status_code == 404

    service.run(work)


def test_a_report_that_is_being_made_is_followed(service: Service) -> None:
    async def work(client: httpx.AsyncClient) -> None:
        service.app.state.workers.stop()
        got = await asked(client)
        page = HtmlPage.of((await client.get(got.headers["location"], headers=HTML)).text)
        assert page.faults() == []
        assert "wacht op zijn beurt" in page.text
        assert [each["content"] for each in page.all("meta") if "http-equiv" in each] == ["5"]
        assert not [each for each in page.links() if "bestand" in each]
        calm = await client.get(got.headers["location"], params={"verversen": "uit"}, headers=HTML)
        assert not [each for each in HtmlPage.of(calm.text).all("meta") if "http-equiv" in each]
        assert (await client.get(got.headers["location"], params={"verversen": "x"}, headers=HTML)).status_code == 400

    service.run(work)


def test_what_changed_since_is_told(service: Service) -> None:
    async def work(client: httpx.AsyncClient) -> None:
        address, _ = await made(client)
        earlier = address.removeprefix("/rapporten/")
        form = HtmlPage.of((await client.get("/rapporten", params={"opnieuw": earlier}, headers=HTML)).text)
        assert [each["value"] for each in form.all("option") if "selected" in each] == [earlier]
        assert "conflictscheidingen\nwoningen" in "".join(form.words)
        _, same = await made(client, ("sinds", earlier))
        assert "Er is niets veranderd" in same.text
        service.knowledge.remove("utrecht-samenvatting")
        _, other = await made(client, ("sinds", earlier))
        assert "document weg" in other.text
        assert address in other.links()

    service.run(work)


@pytest.mark.parametrize(
    ("fields", "name", "reason"),
    [
        ([("onderwerpen", " \r\n ")], "onderwerpen", "geef er minstens één"),
        ([("onderwerpen", "goed\r\n" + "x" * 1001)], "onderwerpen", "telt 1001 tekens"),
        ([("onderwerpen", "a"), ("formaat", "rtf")], "formaat", "mogelijk zijn docx"),
        ([("onderwerpen", "a"), ("gemeenten", "Atlantis")], "gemeenten", "Atlantis"),
        ([("onderwerpen", "a"), ("perGemeente", "11")], "perGemeente", "van 1 tot en met 10"),
        ([("onderwerpen", "a"), ("perGemeente", "x")], "perGemeente", "van 1 tot en met 10"),
        ([("onderwerpen", "a"), ("geldigOp", "2025-02-30")], "geldigOp", "bestaande datum"),
        ([("onderwerpen", "a"), ("sinds", "x")], "sinds", "er is geen rapport"),
        ([("onderwerpen", "a"), ("onbekend", "x")], "onbekend", "is hier onbekend"),
    ],
)
def test_what_cannot_be_right_is_told_and_what_was_typed_stays(
    service: Service, fields: list[tuple[str, str]], name: str, reason: str
) -> None:
    got = service.ask("POST", "/rapporten", content=urlencode([("formaat", "md"), *fields]), headers=FORM)
    page = HtmlPage.of(got.text)
    assert (got.status_code, page.faults()) == (400, [])
    assert reason in page.text
    assert (f"#veld-{name}" in page.links()) is (name != "onbekend")
    assert fields[0][1].strip().replace("\r\n", "\n") in "".join(page.words)
    assert service.get("/v1/rapporten").json()["rapporten"] == []


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("192.0.2.7", {}),
        ("127.0.0.1", {"Origin": "http://evil.example"}),
        ("127.0.0.1", {"Sec-Fetch-Site": "cross-site"}),
    ],
)
def test_nobody_else_asks_for_or_removes_a_report(service: Service, peer: str, headers: dict[str, str]) -> None:
    for address in ("/rapporten", "/rapporten/00000000-0000-4000-8000-000000000000/verwijderen"):
        got = service.ask("POST", address, peer=peer, content="onderwerpen=a&formaat=md", headers=FORM | headers)
        assert (got.status_code, got.headers["content-type"]) == (403, "text/html; charset=utf-8")
    assert service.ask("GET", "/rapporten", peer="192.0.2.7", headers=HTML).status_code == 403


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"onderwerpen=%ff", "application/x-www-form-urlencoded", 400),
        (b"a=b&" * 2000, "application/x-www-form-urlencoded", 400),
        (b"a=" + b"b" * 2_000_001, "application/x-www-form-urlencoded", 413),
    ],
)
def test_a_body_that_is_no_form_is_refused(service: Service, content: bytes, kind: str, status: int) -> None:
    got = service.ask("POST", "/rapporten", content=content, headers=OWN | {"Content-Type": kind})
    assert (got.status_code, got.headers["content-type"]) == (status, "text/html; charset=utf-8")
