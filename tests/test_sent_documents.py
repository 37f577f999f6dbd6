"""Documents sent to a real service: kept before they are acknowledged, read whatever happens meanwhile, and once."""

import hashlib
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from app.api.uploads import MAX_FILE_BYTES
from tests.embeddings.tiny_model import write_tiny_model
from tests.program import Program
from tests.served import Served, serving

NOTE = "De Zwaluwstraat krijgt een jeugdhonk met een muziekstudio."
LONG = "\n\n".join(f"Alinea {number} over wijk {number * 7}. {NOTE}" for number in range(2000)).encode()
PATH = "/v1/documenten"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    write_tiny_model(folder)
    return folder


@pytest.fixture(scope="module")
def served(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service over nothing yet; it ends by itself when it is told to."""
    with serving(Program(tmp_path_factory.mktemp("sent"), model)) as service:
        yield service
        service.process.terminate()
        assert service.process.wait(timeout=30) == 0
        assert "Traceback" not in service.log.read_text(encoding="utf-8")


def sent(client: httpx.Client, content: bytes, **fields: str) -> dict[str, Any]:
    got = client.post(PATH, files={"bestand": ("nota.txt", content)}, data=fields)
    assert got.status_code == 202, got.text
    task: dict[str, Any] = got.json()
    assert got.headers["location"] == task["links"]["self"]
    return task


def awaited(client: httpx.Client, task: dict[str, Any], *states: str) -> dict[str, Any]:
    """The task once it is in one of these states."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        now: dict[str, Any] = client.get(task["links"]["self"]).json()
        if now["staat"] in states:
            return now
        time.sleep(0.02)
    raise AssertionError(now)


def originals(program: Program) -> set[str]:
    return {path.name for path in (program.data / "files").rglob("*") if path.is_file()}


def test_a_document_that_was_sent_is_found_and_quoted(served: Served) -> None:
    with served.client() as client:
        task = sent(client, NOTE.encode(), id="zwaluw", gemeente="Zwolle", titel="Jeugdhonk")
        done = awaited(client, task, "klaar", "mislukt")
        assert (done["staat"], done["resultaat"]["document"], done["resultaat"]["ongewijzigd"]) == (
            "klaar",
            "zwaluw",
            False,
        )
        document = client.get(done["resultaat"]["link"]).json()
        assert (document["versie"], document["titel"]) == (done["resultaat"]["versie"], "Jeugdhonk")
        assert document["bronbestand"] == "nota.txt"
        found = client.get("/v1/passages", params={"vraag": "jeugdhonk", "gemeente": "Zwolle"}).json()
        assert found["passages"][0]["citaat"] in NOTE
        assert client.get(f"{PATH}/zwaluw/bestand").content == NOTE.encode()
        again = awaited(client, sent(client, NOTE.encode(), id="zwaluw", gemeente="Zwolle", titel="Jeugdhonk"), "klaar")
        assert (again["resultaat"]["versie"], again["resultaat"]["ongewijzigd"]) == (document["versie"], True)
        assert client.get(f"{PATH}/zwaluw").json() == document
        assert client.delete(f"{PATH}/zwaluw").status_code == 204
        assert client.get(f"{PATH}/zwaluw").status_code == 404


def test_documents_sent_at_once_are_all_read(served: Served) -> None:
    with served.client() as client, ThreadPoolExecutor(6) as several:
        contents = [f"{NOTE} Uitgave {number}.".encode() for number in range(6)]
        tasks = list(several.map(lambda content: sent(client, content), contents))
        results = [awaited(client, task, "klaar", "mislukt") for task in tasks]
        assert [each["staat"] for each in results] == ["klaar"] * 6
        ids = {each["resultaat"]["document"] for each in results}
        assert ids == {f"nota-{hashlib.sha256(content).hexdigest()[:8]}" for content in contents}
        listed = {each["id"] for each in client.get(PATH).json()["documenten"]}
        assert ids <= listed


def test_a_file_that_cannot_be_read_is_refused_with_its_reason(served: Served) -> None:
    with served.client() as client:
        done = awaited(client, sent(client, b"%PDF-1.7\nkapot", gemeente="Urk"), "klaar", "mislukt")
        assert done["staat"] == "mislukt"
        assert done["fout"]
        assert str(served.program.data) not in done["fout"]
        (refused,) = client.get(PATH).json()["geweigerd"]
        assert (refused["bestand"], refused["reden"]) == ("nota.txt", done["fout"])
        (verdict,) = client.get("/v1/passages", params={"vraag": "jeugd", "gemeente": "Urk"}).json()["gemeenten"]
        assert verdict["oordeel"] == "niet_doorzocht"
        assert verdict["geweigerdeDocumenten"] == [{"id": refused["id"], "titel": None, "reden": done["fout"]}]
        everyone = client.get("/v1/vergelijkingen", params={"onderwerp": "jeugd"}).json()["gemeenten"]
        assert {each["naam"]: each["oordeel"] for each in everyone}["Urk"] == "niet_doorzocht"
        kept = served.program.data / "files" / refused["sha256"][:2] / refused["sha256"]
        deadline = time.monotonic() + 20
        while kept.exists():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert client.delete(f"{PATH}/{refused['id']}").status_code == 204
        assert client.get(PATH).json()["geweigerd"] == []
        assert client.delete(f"{PATH}/{refused['id']}").status_code == 404


def test_a_connection_that_breaks_off_leaves_nothing(served: Served) -> None:
    before = originals(served.program)
    url = httpx.URL(served.address.url)
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: {url.netloc.decode()}\r\nContent-Type: multipart/form-data; boundary=g\r\n"
        'Content-Length: 9000000\r\n\r\n--g\r\nContent-Disposition: form-data; name="bestand"; filename="a.txt"\r\n\r\n'
    )
    with socket.create_connection((url.host, url.port or 80)) as connection:
        connection.sendall(head.encode() + b"x" * 3_000_000)
        deadline = time.monotonic() + 20
        while not (originals(served.program) - before) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert [name for name in originals(served.program) - before if name.startswith(".half-")]
    while originals(served.program) != before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert originals(served.program) == before


@pytest.mark.parametrize("told", [True, False])
def test_a_file_that_is_too_large_costs_neither_disk_nor_memory(served: Served, told: bool) -> None:
    before = originals(served.program)
    process = psutil.Process(served.process.pid)
    memory = [process.memory_info().rss]
    start = b'--g\r\nContent-Disposition: form-data; name="bestand"; filename="groot.pdf"\r\n\r\n%PDF-1.7\n'
    block, end = bytes(1 << 20), b"\r\n--g--\r\n"
    blocks = MAX_FILE_BYTES // len(block) + 1

    def body() -> Iterator[bytes]:
        yield start
        for _ in range(blocks):
            memory.append(process.memory_info().rss)
            yield block
        yield end

    headers = {"Content-Type": "multipart/form-data; boundary=g"}
    if told:
        headers["Content-Length"] = str(len(start) + blocks * len(block) + len(end))
    with served.client() as client:
        got = client.post(PATH, content=body(), headers=headers)
        assert (got.status_code, got.headers["content-type"]) == (413, "application/problem+json")
    assert originals(served.program) == before
    assert max(memory) - memory[0] < 30_000_000


def test_an_acknowledged_document_survives_a_kill_while_it_is_read(model: Path, tmp_path: Path) -> None:
    program = Program(tmp_path, model)
    with serving(program) as service, service.client() as client:
        first = awaited(client, sent(client, NOTE.encode(), id="eerst"), "klaar")
        task = sent(client, LONG, id="lang", gemeente="Zwolle")
        waiting = sent(client, b"Wacht op zijn beurt.", id="wacht")
        assert awaited(client, task, "bezig")["voortgang"] < 1
        service.process.kill()
        service.process.wait()
    with serving(program) as service, service.client() as client:
        done = [awaited(client, each, "klaar", "mislukt") for each in (task, waiting)]
        assert [each["staat"] for each in done] == ["klaar", "klaar"]
        documents = {each["id"]: each for each in client.get(PATH).json()["documenten"]}
        assert documents.keys() == {"eerst", "lang", "wacht"}
        assert documents["eerst"]["versie"] == first["resultaat"]["versie"]
        text = client.get(f"{PATH}/lang/tekst").json()["tekst"]
        assert text.split() == LONG.decode().split()
        assert len(originals(program)) == 3
        assert client.get(first["links"]["self"]).json() == first


def test_a_stop_lets_the_document_at_hand_end_and_keeps_the_others(model: Path, tmp_path: Path) -> None:
    program = Program(tmp_path, model)
    with serving(program) as service, service.client() as client:
        awaited(client, sent(client, NOTE.encode(), id="eerst"), "klaar")
        task = sent(client, LONG, id="lang")
        others = [sent(client, f"Nota {number}.".encode(), id=f"nota-{number}") for number in range(3)]
        while awaited(client, task, "bezig")["voortgang"] == 0:
            time.sleep(0.02)
        service.process.terminate()
        assert service.process.wait(timeout=120) == 0
        assert "De dienst stopt na het huidige document" in service.log.read_text(encoding="utf-8")
    with serving(program) as service, service.client() as client:
        assert client.get(task["links"]["self"]).json()["staat"] == "klaar"
        assert [awaited(client, each, "klaar", "mislukt")["staat"] for each in others] == ["klaar"] * 3
