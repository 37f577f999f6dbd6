"""Documents sent over REST: kept and queued at once, refused with every fault, and never a path."""

import asyncio
import hashlib
import json
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.api import uploads
from corpus.errors import DocumentError, HeldError, MachineError
from corpus.files import IncomingFile
from corpus.task import TaskState
from tests.app.api_client import Service

CONTENT = b"Elk kind groeit veilig op.\n"
PATH = "/v1/documenten"
BOUNDARY = "grens"
FORM = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


def part(name: str, content: bytes, file_name: str | None = None) -> bytes:
    named = "" if file_name is None else f'; filename="{file_name}"'
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    return head.encode() + content + b"\r\n"


def form(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def sent(service: Service, name: str = "nota.txt", content: bytes = CONTENT, **fields: Any) -> httpx.Response:
    return service.ask("POST", PATH, files={"bestand": (name, content)}, data=fields)


def originals(service: Service, folder: Path) -> set[str]:
    known = {document.file_sha256 for document in service.knowledge.snapshot().documents}
    return {path.name for path in (folder / "files").rglob("*") if path.is_file()} - known


async def ended(client: httpx.AsyncClient, address: str) -> dict[str, Any]:
    """The task at this address, once it has ended."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        got: dict[str, Any] = (await client.get(address)).json()
        if got["staat"] in ("klaar", "mislukt"):
            return got
        await asyncio.sleep(0.01)
    raise AssertionError(got)


def test_a_file_is_kept_and_its_task_told(service: Service, tmp_path: Path) -> None:
    service.knowledge.may_take.clear()
    got = sent(service, "Jeugdnota 2025.txt", titel="Jeugdnota", gemeente=["Utrecht", "GM0307"], geldigVan="2025-01-01")
    task = got.json()
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    assert (got.status_code, got.headers["location"]) == (202, f"/v1/taken/{task['id']}")
    assert {name: task[name] for name in ("soort", "staat", "voortgang", "fout", "resultaat", "document")} == {
        "soort": "document",
        "staat": "wacht",
        "voortgang": 0.0,
        "fout": None,
        "resultaat": None,
        "document": f"jeugdnota-2025-{sha256[:8]}",
    }
    assert service.knowledge.files.path(sha256).read_bytes() == CONTENT
    assert service.get(got.headers["location"]).json()["id"] == task["id"]
    (upload,) = {each.file_sha256: each.metadata for each in service.knowledge.taken}.values()
    assert [each.name for each in upload.municipalities] == ["Utrecht", "Amersfoort"]
    assert (upload.title, upload.source_file, str(upload.valid_from)) == (
        "Jeugdnota",
        "Jeugdnota 2025.txt",
        "2025-01-01",
    )
    assert (upload.kind, upload.status, upload.valid_until, upload.adopted_by) == (None, None, None, None)


def test_a_task_comes_to_its_end(service: Service) -> None:
    async def done(client: httpx.AsyncClient) -> dict[str, Any]:
        got = await client.post(PATH, files={"bestand": ("nota.txt", CONTENT)}, data={"id": "nota"})
        return await ended(client, got.headers["location"])

    task = service.run(done)
    result = {"document": "nota", "versie": "f" * 64, "passages": 1, "ongewijzigd": False, "link": f"{PATH}/nota"}
    assert (task["staat"], task["voortgang"], task["fout"], task["resultaat"]) == ("klaar", 1.0, None, result)


def test_the_same_file_is_the_same_task_until_that_ends(service: Service) -> None:
    async def several(client: httpx.AsyncClient) -> tuple[list[str], list[str], dict[str, Any]]:
        async def send(**fields: str) -> str:
            got = await client.post(PATH, files={"bestand": ("nota.txt", CONTENT)}, data=fields)
            assert got.status_code == 202
            return str(got.headers["location"])

        service.knowledge.may_take.clear()
        same = await asyncio.gather(*(send() for _ in range(4)))
        others = [await send(titel="Nota"), await send(id="nota")]
        service.knowledge.may_take.set()
        for address in (*same, *others):
            assert (await ended(client, address))["staat"] == "klaar"
        return list(same), others, await ended(client, await send())

    same, others, again = service.run(several)
    assert len(set(same)) == 1
    assert len({*same, *others, again["links"]["self"]}) == 4
    assert again["document"] == service.knowledge.taken[0].metadata.document_id
    assert again["resultaat"]["ongewijzigd"] is True


@pytest.mark.parametrize(
    ("given", "shown", "begin"),
    [
        ("../../etc/passwd", "passwd", "passwd-"),
        ("C:\\map\\nota.pdf", "nota.pdf", "nota-"),
        ("/absoluut/nota.txt", "nota.txt", "nota-"),
        ("..", "document", "document-"),
        ("a\x01b.txt", "a_b.txt", "a-b-"),
        ("é" * 300 + ".txt", "é" * 146 + ".txt", "e" * 60 + "-"),
        ("Ünïcode 😀.md", "Ünïcode 😀.md", "unicode-"),
    ],
)
def test_a_file_name_is_only_a_name(service: Service, tmp_path: Path, given: str, shown: str, begin: str) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    got = service.ask("POST", PATH, content=form(part("bestand", CONTENT, given)), headers=FORM)
    assert got.status_code == 202
    (task,) = [service.knowledge.tasks.get(got.json()["id"])]
    metadata: Any = task.order["metadata"]
    assert metadata["source_file"] == shown
    assert got.json()["document"].startswith(begin)
    new = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    assert {path for path in new if "register" not in path.name} == {service.knowledge.files.path(sha256)}


def test_a_name_as_rfc_5987_writes_it(service: Service) -> None:
    head = b"--grens\r\nContent-Disposition: form-data; name=\"bestand\"; filename*=utf-8''caf%C3%A9.txt\r\n\r\n"
    got = service.ask("POST", PATH, content=head + CONTENT + b"\r\n--grens--\r\n", headers=FORM)
    assert got.json()["document"].startswith("cafe-")


def test_every_fault_is_told_at_once(service: Service, tmp_path: Path) -> None:
    body = form(
        part("bestand", CONTENT, "a.txt"),
        part("bestand", CONTENT, "b.txt"),
        part("titel", b""),
        part("gemeente", b"Atlantis"),
        part("soort", b"liedboek"),
        part("status", b"af"),
        part("geldigVan", b"2025-02-30"),
        part("gepubliceerd", b"24-13"),
        part("bron", b"javascript:alert(1)"),
        part("vastgesteldDoor", b"\xff"),
        part("id", b"../x"),
        part("title", b"x"),
        part("bijlage", CONTENT, "c.txt"),
    )
    got = service.ask("POST", PATH, content=body, headers=FORM)
    assert (got.status_code, got.headers["content-type"]) == (400, "application/problem+json")
    faults = {fault["name"]: fault["reason"] for fault in got.json()["invalidParams"]}
    names = "bestand titel gemeente soort status geldigVan gepubliceerd bron vastgesteldDoor id title bijlage"
    assert faults.keys() == set(names.split())
    assert len(got.json()["invalidParams"]) == len(faults)
    assert faults["title"] == "is hier onbekend; bedoelde u titel?"
    assert originals(service, tmp_path) == set()


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ([], "ontbreekt, maar is verplicht"),
        ([part("titel", b"Nota")], "ontbreekt, maar is verplicht"),
        ([part("bestand", CONTENT)], "is tekst; stuur een bestand, met een bestandsnaam"),
        ([part("bestand", CONTENT, "")], "ontbreekt, maar is verplicht"),
        ([part("bestand", b"", "nota.txt")], "is leeg"),
    ],
)
def test_a_file_has_to_be_there(service: Service, tmp_path: Path, parts: list[bytes], reason: str) -> None:
    got = service.ask("POST", PATH, content=form(*parts), headers=FORM)
    assert [tuple(fault.values()) for fault in got.json()["invalidParams"]] == [("bestand", reason)]
    assert originals(service, tmp_path) == set()


def test_a_period_that_ends_before_it_begins(service: Service) -> None:
    got = sent(service, geldigVan="2025-01-01", geldigTot="2024-12-31")
    assert [fault["name"] for fault in got.json()["invalidParams"]] == ["geldigTot"]


@pytest.mark.parametrize(
    ("headers", "content", "status"),
    [
        ({"Content-Type": "application/json"}, b"{}", 415),
        ({"Content-Type": "application/pdf"}, CONTENT, 415),
        ({"Content-Type": "multipart/form-data"}, form(part("bestand", CONTENT, "a")), 400),
        ({"Content-Type": "multipart/form-data; boundary=" + "x" * 300}, b"", 400),
        ({}, b"", 400),
        (FORM, b"", 400),
        (FORM, b"geen formulier", 400),
        (FORM, part("bestand", CONTENT, "nota.txt"), 400),
        (FORM, form(b"--grens\r\nContent-Disposition: form-data\r\n\r\nx\r\n"), 400),
        (FORM, form(*(part("gemeente", b"Utrecht") for _ in range(601))), 413),
        (FORM, form(part("titel", b"x" * (1 << 21))), 413),
    ],
)
def test_a_body_that_is_no_such_form(
    service: Service, tmp_path: Path, headers: dict[str, str], content: bytes, status: int
) -> None:
    got = service.ask("POST", PATH, content=content, headers=headers)
    assert (got.status_code, got.headers["content-type"]) == (status, "application/problem+json")
    assert originals(service, tmp_path) == set()
    assert service.knowledge.tasks.next() is None


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"\x89PNG\r\n\x1a\n" + bytes(3 << 20),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        b"{\\rtf1 Nota}",
        b"PK\x05\x06" + bytes(18),
        b"PK\x03\x04" + bytes(300),
        b"\x7fELF" + bytes(100),
    ],
)
def test_what_can_never_be_read_is_refused_at_once(service: Service, tmp_path: Path, content: bytes) -> None:
    got = sent(service, "nota.pdf", content)
    assert (got.status_code, got.json()["title"]) == (415, "Bestandssoort niet ondersteund")
    assert got.json()["detail"].startswith("Dit bestand kan niet worden ingelezen: nota.pdf is ")
    assert originals(service, tmp_path) == set()
    assert service.knowledge.tasks.next() is None


def test_a_long_archive_is_looked_at_later(service: Service) -> None:
    assert sent(service, "nota.docx", b"PK\x03\x04" + bytes(2 << 20)).status_code == 202


@pytest.mark.parametrize("told", [True, False])
def test_a_file_that_is_too_large_leaves_nothing(
    service: Service, tmp_path: Path, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MAX_FILE_BYTES", 100_000)
    monkeypatch.setattr(uploads, "_MAX_BODY_BYTES", 110_000 if told else 10**9)
    content = form(part("bestand", b"x" * 120_000, "groot.txt"))

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(content), 8192):
            yield content[start : start + 8192]

    got = service.ask("POST", PATH, content=content if told else pieces(), headers=FORM)
    assert (got.status_code, got.json()["title"]) == (413, "Te groot")
    assert originals(service, tmp_path) == set()
    exact = service.ask("POST", PATH, content=form(part("bestand", b"x" * 100_000, "net.txt")), headers=FORM)
    assert exact.status_code == 202


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="bijlage"; filename="a"\r\n\r\n'.encode(), b""),
        (form(part("bestand", CONTENT, "a.txt")), b""),
        (form(part("bestand", CONTENT, "a.txt")), b"--grens--\r\n"),
    ],
)
def test_a_body_has_a_size_limit_wherever_its_bytes_stand(
    service: Service, tmp_path: Path, before: bytes, after: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "_MAX_BODY_BYTES", 100_000)

    async def pieces(count: int) -> AsyncIterator[bytes]:
        yield before
        for _ in range(count):
            yield bytes(1000)
        yield after

    got = service.ask("POST", PATH, content=pieces(101), headers=FORM)
    assert (got.status_code, got.headers["content-type"]) == (413, "application/problem+json")
    assert got.json()["detail"].startswith("Het verzoek is te groot: stuur in het veld bestand ")
    assert originals(service, tmp_path) == set()
    assert service.ask("POST", PATH, content=pieces(90), headers=FORM).status_code != 413


@pytest.mark.parametrize(
    ("begin", "status", "title"),
    [(part("bestand", b"x" * 5000, "a.txt"), 408, "Te lang gewacht"), (b"geen formulier", 400, "Ongeldig verzoek")],
)
def test_a_body_of_which_nothing_more_comes_is_not_waited_for(
    service: Service, tmp_path: Path, begin: bytes, status: int, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is refused already is told why, and of the other nothing is left."""
    monkeypatch.setattr(uploads, "MOST_IDLE_SECONDS", 0.2)

    async def pieces() -> AsyncIterator[bytes]:
        yield begin
        await asyncio.sleep(60)

    began = time.monotonic()
    got = service.ask("POST", PATH, content=pieces(), headers=FORM)
    assert (got.status_code, got.headers["content-type"]) == (status, "application/problem+json")
    assert got.json()["title"] == title
    assert (got.headers.get("connection") == "close") is (status == 408)
    assert time.monotonic() - began < 30
    assert originals(service, tmp_path) == set()
    assert service.knowledge.tasks.next() is None


def test_a_slow_body_is_waited_for_as_long_as_it_comes(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_IDLE_SECONDS", 1.0)
    body = form(part("bestand", CONTENT, "a.txt"))

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 20):
            await asyncio.sleep(0.25)
            yield body[start : start + 20]

    assert service.ask("POST", PATH, content=pieces(), headers=FORM).status_code == 202


def test_the_service_answers_while_files_are_being_referred_to(service: Service) -> None:
    held, may_end = threading.Event(), threading.Event()

    def hold() -> None:
        with service.knowledge.files.settling():
            held.set()
            may_end.wait(20)

    async def both(client: httpx.AsyncClient) -> tuple[int, int]:
        holding = threading.Thread(target=hold)
        holding.start()
        assert held.wait(20)
        sending = asyncio.get_running_loop().create_task(client.post(PATH, files={"bestand": ("a.txt", CONTENT)}))
        await asyncio.sleep(0.3)
        healthy = (await client.get("/healthz")).status_code
        assert holding.is_alive()
        assert not sending.done()
        may_end.set()
        return healthy, (await sending).status_code

    assert service.run(both) == (200, 202)


def test_a_store_that_is_slow_to_begin_a_file_holds_nobody_up(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiving, may_begin = service.knowledge.files.receiving, threading.Event()

    @contextmanager
    def slow() -> Iterator[IncomingFile]:
        assert may_begin.wait(20)
        with receiving() as incoming:
            yield incoming

    monkeypatch.setattr(service.knowledge.files, "receiving", slow)

    async def both(client: httpx.AsyncClient) -> tuple[int, int]:
        sending = asyncio.get_running_loop().create_task(client.post(PATH, files={"bestand": ("a.txt", CONTENT)}))
        await asyncio.sleep(0.1)
        healthy = (await client.get("/healthz")).status_code
        may_begin.set()
        return healthy, (await sending).status_code

    assert service.run(both) == (200, 202)


def test_a_file_name_that_is_far_too_long_is_told(service: Service, tmp_path: Path) -> None:
    got = service.ask("POST", PATH, content=form(part("bestand", CONTENT, "a" * 5000 + ".txt")), headers=FORM)
    assert got.status_code == 400
    assert "bestandsnaam in het formulier is te lang" in got.json()["detail"]
    assert originals(service, tmp_path) == set()


def test_the_headers_of_a_part_are_limited(service: Service) -> None:
    head = b"--grens\r\n" + b"A: b\r\n" * 1000 + b"\r\n--grens--\r\n"
    got = service.ask("POST", PATH, content=head, headers=FORM)
    assert (got.status_code, got.json()["detail"]) == (400, "De body is geen goede multipart/form-data.")


def test_a_body_may_come_in_any_pieces(service: Service) -> None:
    content = bytes(range(256)) * 30 + b"--grens\r\n--gren\r\n\r\n--\r"
    body = form(part("titel", "Één".encode()), part("bestand", content, "a.txt"), part("status", b"concept"))

    async def pieces(size: int) -> AsyncIterator[bytes]:
        for start in range(0, len(body), size):
            yield body[start : start + size]

    ids = [service.ask("POST", PATH, content=pieces(size), headers=FORM).json()["document"] for size in (1, 7, 4096)]
    assert ids == [f"a-{hashlib.sha256(content).hexdigest()[:8]}"] * 3


def test_a_document_that_cannot_be_read_has_a_task_that_failed(service: Service) -> None:
    service.knowledge.refuse = DocumentError("is an image, which cannot be read")

    async def failed(client: httpx.AsyncClient) -> dict[str, Any]:
        got = await client.post(PATH, files={"bestand": ("nota.txt", CONTENT)})
        return await ended(client, got.headers["location"])

    task = service.run(failed)
    assert (task["staat"], task["fout"], task["resultaat"]) == ("mislukt", "is an image, which cannot be read", None)
    assert service.knowledge.tidied == 1


def test_a_stop_gives_the_task_back(service: Service) -> None:
    service.knowledge.may_take.clear()
    task_id = sent(service).json()["id"]
    task = service.knowledge.tasks.get(task_id)
    assert (task.state, task.attempts) == (TaskState.WAITING, 0)
    service.knowledge.may_take.set()

    async def done(client: httpx.AsyncClient) -> dict[str, Any]:
        return await ended(client, f"/v1/taken/{task_id}")

    assert service.run(done)["staat"] == "klaar"


@pytest.mark.parametrize("error", [HeldError("busy"), MachineError("no room")])
def test_a_fault_that_may_pass_is_tried_again(service: Service, error: Exception) -> None:
    service.knowledge.refuse = error
    service.app.state.worker._pause = 0.01

    async def passed(client: httpx.AsyncClient) -> dict[str, Any]:
        got = await client.post(PATH, files={"bestand": ("nota.txt", CONTENT)})
        while len(service.knowledge.taken) < 2:
            await asyncio.sleep(0.01)
        service.knowledge.refuse = None
        return await ended(client, got.headers["location"])

    assert service.run(passed)["staat"] == "klaar"


def test_a_fault_that_stays_is_told_after_three_times(service: Service) -> None:
    service.knowledge.refuse = MachineError("no room")
    service.app.state.worker._pause = 0.01

    async def failed(client: httpx.AsyncClient) -> dict[str, Any]:
        got = await client.post(PATH, files={"bestand": ("nota.txt", CONTENT)})
        return await ended(client, got.headers["location"])

    assert service.run(failed)["fout"] == "Is 3 keer geprobeerd en telkens mislukt: no room"
    assert len(service.knowledge.taken) == 3


def test_an_unforeseen_fault_stops_neither_the_queue_nor_tells_its_message(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    service.knowledge.refuse = ZeroDivisionError("geheim")

    async def both(client: httpx.AsyncClient) -> tuple[dict[str, Any], dict[str, Any]]:
        got = await client.post(PATH, files={"bestand": ("nota.txt", CONTENT)})
        first = await ended(client, got.headers["location"])
        service.knowledge.refuse = None
        got = await client.post(PATH, files={"bestand": ("nota.txt", CONTENT)})
        return first, await ended(client, got.headers["location"])

    first, second = service.run(both)
    assert (first["staat"], second["staat"]) == ("mislukt", "klaar")
    assert "ZeroDivisionError" in first["fout"]
    assert "geheim" not in json.dumps(first) + caplog.text


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("192.0.2.7", {}),
        ("127.0.0.1", {"Host": "evil.example"}),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}),
        ("127.0.0.1", {"Origin": "http://evil.example"}),
        ("127.0.0.1", {"Origin": "null"}),
        ("127.0.0.1", {"Origin": "http://127.0.0.1:3000"}),
        ("127.0.0.1", {"Origin": "https://127.0.0.1:8000"}),
        ("127.0.0.1", {"Sec-Fetch-Site": "cross-site"}),
        ("127.0.0.1", {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:8000"}),
    ],
)
def test_nobody_else_sends_a_document(service: Service, tmp_path: Path, peer: str, headers: dict[str, str]) -> None:
    for method, path in (("POST", PATH), ("DELETE", f"{PATH}/utrecht-samenvatting"), ("GET", "/v1/taken/x")):
        files = {"bestand": ("a.txt", CONTENT)} if method == "POST" else None
        assert service.ask(method, path, peer=peer, headers=headers, files=files).status_code == 403
    assert originals(service, tmp_path) == set()
    assert service.knowledge.tasks.next() is None


def test_a_page_of_the_service_itself_may_send(service: Service) -> None:
    own = {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}
    assert service.ask("POST", PATH, headers=own, files={"bestand": ("a.txt", CONTENT)}).status_code == 202


@pytest.mark.parametrize("task_id", ["x", "00000000-0000-0000-0000-000000000000", "../beheer", "%00"])
def test_a_task_that_is_not_there(service: Service, task_id: str) -> None:
    got = service.get(f"/v1/taken/{task_id}")
    assert (got.status_code, got.headers["content-type"]) == (404, "application/problem+json")


def test_a_parameter_is_refused(service: Service) -> None:
    assert service.ask("POST", PATH, params={"titel": "x"}, files={"bestand": ("a", CONTENT)}).status_code == 400


def test_what_is_described_is_what_is_taken(service: Service) -> None:
    api = service.get("/v1/openapi.json").json()
    schema = api["paths"][PATH]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    fields = {name: "x" for name in schema["properties"] if name != "bestand"}
    got = service.ask("POST", PATH, files={"bestand": ("a.txt", CONTENT)}, data=fields)
    assert [fault for fault in got.json()["invalidParams"] if "onbekend;" in fault["reason"]] == []
    unknown = service.ask("POST", PATH, files={"bestand": ("a.txt", CONTENT)}, data={"zzz": "x"}).json()
    known = unknown["invalidParams"][0]["reason"].removeprefix("is hier onbekend; mogelijk zijn ")
    assert {*known.split(", "), "bestand"} == set(schema["properties"])


def test_a_client_that_goes_leaves_nothing(service: Service, tmp_path: Path) -> None:
    """As the server tells it: the body ends in a disconnect."""
    messages: Iterator[dict[str, Any]] = iter(
        [
            {"type": "http.request", "body": part("bestand", b"x" * 5000, "a.txt"), "more_body": True},
            {"type": "http.disconnect"},
        ]
    )
    said: list[dict[str, Any]] = []

    async def gone(client: httpx.AsyncClient) -> None:
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "POST",
            "path": PATH,
            "raw_path": PATH.encode(),
            "query_string": b"",
            "scheme": "http",
            "client": ("127.0.0.1", 5000),
            "server": ("127.0.0.1", 8000),
            "headers": [(b"host", b"127.0.0.1:8000"), (b"content-type", FORM["Content-Type"].encode())],
        }

        async def receive() -> dict[str, Any]:
            return next(messages)

        async def send(message: Any) -> None:
            said.append(message)

        await service.app(scope, receive, send)

    service.run(gone)
    assert said[0]["status"] == 400
    assert originals(service, tmp_path) == set()
    assert service.knowledge.tasks.next() is None
