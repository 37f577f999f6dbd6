"""The knowledge base behind the service, both real: the same answers, exact quotes, no question in a log."""

import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.api.schemas import IngestBody, ProgressBody
from app.remote_service import RemoteService
from tests.embeddings.tiny_model import write_tiny_model
from tests.program import Program, Ran
from tests.served import Served, end, serving

MARKER = "zeergeheimevraag"
AGENDA = "amstelveen-jeugd-en-onderwijsagenda"
TOPIC = "ouders en kinderen op school"
NOTE = "De Zwaluwstraat krijgt een jeugdhonk met een muziekstudio.\n"
QUESTIONS = """\
{"id": "a", "soort": "trefwoord", "vraag": "conflictscheidingen", "relevant": {"001_6b0a5c4661914005.txt": \
["€30.000 uit regulier budget conflictscheidingen"]}}
{"id": "b", "soort": "vraag", "vraag": "Ouders kunnen gratis relatietherapie volgen", "relevant": \
{"004_958850e29e8d7c63.txt": ["kunnen gratis relatietherapie volgen"]}}
"""
_OWN = re.compile(
    r"Gemaakt op: .*|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(?:\+00:00|Z)?"
)
SILENT = '{"vraag": "hondenbelasting", "gemeente": "Utrecht"}\n'


@dataclass(frozen=True, slots=True)
class Local:
    """A filled knowledge base, and what the commands said when nobody served it."""

    program: Program
    said: Mapping[tuple[str, ...], Ran]
    reports: Mapping[str, str]


def commands(folder: Path) -> list[tuple[str, ...]]:
    """What is asked with and without a service."""
    return [
        ("search", TOPIC, "--json"),
        ("search", TOPIC),
        ("search", TOPIC, "--gemeente", "Utrecht", "--gemeente", "Zwolle", "--mode", "betekenis", "--json"),
        ("search", "M@zl", "--document", AGENDA, "--mode", "woorden", "--json"),
        ("compare", TOPIC, "--json"),
        ("compare", TOPIC),
        ("status", "--json"),
        ("evaluate", str(folder / "set"), "--json"),
    ]


def reports(folder: Path, place: str) -> list[tuple[str, ...]]:
    return [
        ("report", str(folder / "topics.txt"), "--format", ending, "--output", str(folder / f"{place}.{ending}"))
        for ending in ("md", "csv")
    ]


def written_reports(folder: Path, place: str) -> dict[str, str]:
    """The reports as written, but for their ids and the moments at which they were made."""
    texts = {ending: (folder / f"{place}.{ending}").read_text(encoding="utf-8") for ending in ("md", "csv")}
    return {ending: _OWN.sub("", text) for ending, text in texts.items()}


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Local:
    folder = tmp_path_factory.mktemp("local")
    (folder / "model").mkdir()
    write_tiny_model(folder / "model")
    (folder / "set").mkdir()
    (folder / "set" / "vragen.jsonl").write_text(QUESTIONS, encoding="utf-8")
    (folder / "set" / "niets_gevonden.jsonl").write_text(SILENT, encoding="utf-8")
    (folder / "topics.txt").write_text(f"{TOPIC}\nhondenbelasting\n", encoding="utf-8")
    program = Program(folder, folder / "model")
    asked = commands(folder)
    ingested, *rest = program.run_together(["ingest"], *asked, *reports(folder, "local"))
    assert (ingested.code, ingested.messages) == (0, "")
    assert ingested.output.startswith("5 documenten, ")
    assert [each.code for each in rest] == [0] * len(rest)
    return Local(program, dict(zip(asked, rest, strict=False)), written_reports(folder, "local"))


@pytest.fixture(scope="module", autouse=True)
def second(served: Served) -> Iterator[subprocess.Popen[bytes]]:
    """Another service on the same data directory; it waits a while before it gives up, so it begins early."""
    process = served.program.start("serve", "--port", "0", log=served.program.folder / "second.log")
    yield process
    end(process)


@pytest.fixture(scope="module")
def served(local: Local) -> Iterator[Served]:
    """The service over the knowledge base of `local`; at its end its log is searched for the marker."""
    with serving(local.program) as service:
        with service.client() as client:
            deadline = time.monotonic() + 60
            while client.get("/readyz").status_code != 200:
                assert time.monotonic() < deadline, service.log.read_text(encoding="utf-8")
                time.sleep(0.1)
        yield service
        service.process.terminate()
        assert service.process.wait(timeout=30) == 0
        log = service.log.read_text(encoding="utf-8")
        assert "GET /v1/passages 200" in log
        assert MARKER not in log.lower()
        assert "Traceback" not in log


def fetched(client: httpx.Client, path: str, **parameters: str | Sequence[str]) -> Any:
    got = client.get(path, params=parameters)
    assert got.status_code == 200, got.text
    return got.json()


def check_quotes(client: httpx.Client, passages: Sequence[Any]) -> None:
    """Every quote stands in the text of its document, there where it is said to stand."""
    texts: dict[str, Any] = {}
    for passage in passages:
        document = passage["document"]["id"]
        if document not in texts:
            texts[document] = fetched(client, f"/v1/documenten/{document}/tekst")
        assert passage["document"]["versie"] == texts[document]["versie"]
        place = passage["positie"]
        assert texts[document]["tekst"][place["van"] : place["tot"]] == passage["citaat"]
        assert 0 < len(passage["citaat"]) <= 1200


def test_the_commands_say_the_same_through_the_service(local: Local, served: Served) -> None:
    folder = local.program.folder
    asked = commands(folder)
    with ThreadPoolExecutor(2) as several:
        through = list(several.map(lambda argv: local.program.run(*argv), [*asked, *reports(folder, "served")]))
    assert dict(zip(asked, through, strict=False)) == local.said
    assert [(each.code, each.messages) for each in through] == [(0, "")] * len(through)
    assert written_reports(folder, "served") == local.reports
    log = served.log.read_text(encoding="utf-8")
    assert log.count("GET /v1/vergelijkingen 200") >= 2
    assert log.count("POST /v1/rapporten 202") == 2


def test_what_the_commands_said_is_not_empty(local: Local) -> None:
    said = [ran.output for ran in local.said.values()]
    search, few, exact, compared, status, figures = (json.loads(said[place]) for place in (0, 2, 3, 4, 6, 7))
    assert len(search["passages"]) == 10
    assert [(each["naam"], each["oordeel"]) for each in few["gemeenten"]][1] == ("Zwolle", "niet_doorzocht")
    assert "m@zl" in exact["passages"][0]["citaat"].lower()
    assert sum(len(each["passages"]) for each in compared["gemeenten"]) >= 3
    assert len(status["documenten"]) == 5
    assert (figures["vragen"], figures["oordelen"]["stil"], figures["ontbrekendeBronnen"]) == (2, 1, [])
    assert figures["recall@10"] > 0
    assert TOPIC in local.reports["csv"]
    assert "```text" in local.reports["md"]


@pytest.mark.parametrize("mode", ["hybride", "betekenis", "woorden"])
def test_every_quote_over_rest_stands_in_its_text(served: Served, mode: str) -> None:
    with served.client() as client:
        passages = []
        for place in ("Amersfoort", "GM0362", "Apeldoorn", "Utrecht"):
            answer = fetched(client, "/v1/passages", vraag=TOPIC, gemeente=place, zoekwijze=mode, maxResultaten="20")
            passages += answer["passages"]
        assert len(passages) >= 40
        check_quotes(client, passages)
        for passage in passages[::4]:
            alone = fetched(client, passage["links"]["self"])
            assert alone["citaat"] == passage["citaat"]
            context = alone["context"]
            text = fetched(client, f"{alone['links']['document']}/tekst")["tekst"]
            start, end = alone["positie"]["van"], alone["positie"]["tot"]
            assert text[start - len(context["voor"]) : end + len(context["na"])] == (
                context["voor"] + alone["citaat"] + context["na"]
            )
            assert context["voor"] or start == 0
            assert context["na"] or end == len(text)


def test_every_quote_of_a_comparison_stands_in_its_text(served: Served) -> None:
    with served.client() as client:
        comparison = fetched(client, "/v1/vergelijkingen", onderwerp=TOPIC, perGemeente="10")
        passages = [passage for each in comparison["gemeenten"] for passage in each["passages"]]
        assert len(passages) >= 10
        check_quotes(client, passages)


def test_every_address_of_the_description_answers(served: Served) -> None:
    with served.client() as client:
        status = json.loads(served.program.run("status", "--json").output)
        documents = fetched(client, "/v1/documenten")
        assert documents["documenten"] == status["documenten"]
        assert "agenda" in documents["soorten"]
        passage = fetched(client, "/v1/passages", vraag=TOPIC, document=AGENDA)["passages"][0]["id"]
        (report, *_) = fetched(client, "/v1/rapporten")["rapporten"]
        parameters = {
            "/v1/passages": {"vraag": TOPIC},
            "/v1/vergelijkingen": {"onderwerp": TOPIC},
            "/v1/suggesties": {"q": TOPIC[:20]},
        }
        described = fetched(client, "/v1/openapi.json")["paths"]
        assert len(described) >= 11
        for path, operations in described.items():
            ids = {"passages": passage, "rapporten": report["id"]}
            address = path.replace("{id}", next((own for kind, own in ids.items() if kind in path), AGENDA))
            assert "get" in operations
            expected = 404 if path.startswith("/v1/taken") else 200  # tests/test_sent_documents.py has those
            assert client.get(address, params=parameters.get(path, {})).status_code == expected, path
        for known in documents["documenten"]:
            assert fetched(client, known["links"]["self"]) == known
            text = fetched(client, known["links"]["tekst"])
            assert text["versie"] == known["versie"]
            original = client.get(known["links"]["bestand"])
            assert original.headers["content-type"].startswith("text/plain")
            assert len(original.content) > len(text["tekst"]) / 2
        counts = {each["code"]: each["documenten"] for each in fetched(client, "/v1/gemeenten")["gemeenten"]}
        assert (counts["GM0307"], counts["GM0362"], sum(counts.values())) == (2, 1, 5)


def test_a_note_is_taken_in_and_out_through_the_service(local: Local, served: Served, tmp_path: Path) -> None:
    note = tmp_path / "nota.txt"
    note.write_text(NOTE, encoding="utf-8")
    (tmp_path / "nota.txt.toml").write_text('id = "zwaluw"\nmunicipalities = ["Zwolle"]\n', encoding="utf-8")
    taken = local.program.run("ingest", str(note))
    assert (taken.code, taken.messages) == (0, "")
    assert taken.output.startswith("1 document, 1 passage, ")
    with served.client() as client:
        found = fetched(client, "/v1/passages", vraag="jeugdhonk Zwaluwstraat", gemeente="Zwolle")
        assert [each["document"]["id"] for each in found["passages"]] == ["zwaluw"]
        check_quotes(client, found["passages"])
        assert client.get("/v1/documenten/zwaluw/bestand").content == NOTE.encode()
        removed = local.program.run("remove", "zwaluw")
        assert (removed.code, removed.output) == (0, "Verwijderd: zwaluw\n")
        assert client.get("/v1/documenten/zwaluw").status_code == 404
        assert client.get(found["passages"][0]["links"]["self"]).status_code == 404
    argv = ("search", TOPIC, "--json")
    assert local.program.run(*argv) == local.said[argv]


def test_no_question_is_in_the_log_whatever_is_wrong_with_it(served: Served) -> None:
    with served.client() as client:
        for path, name in (("/v1/passages", "vraag"), ("/v1/vergelijkingen", "onderwerp")):
            assert client.get(path, params={name: MARKER}).status_code == 200
            assert client.get(path, params={name: MARKER * 100}).status_code == 400
            assert client.get(path, params={name: MARKER, MARKER: MARKER}).status_code == 400
            assert client.get(path, params={name: MARKER, "gemeente": MARKER}).status_code == 400
            assert client.get(path, params={name: f"{MARKER}\0"}).status_code == 400
        assert client.get(f"/v1/passages/{MARKER}").status_code == 404
        assert client.get(f"/v1/documenten/{MARKER}/tekst").status_code == 404
        assert client.get(f"/{MARKER}", params={"vraag": MARKER}).status_code == 404
    assert served.program.run("search", MARKER, "--limit", "3").code == 0
    log = served.log.read_text(encoding="utf-8")
    assert log.count("GET /v1/passages 400") >= 4
    assert MARKER not in log.lower()


def test_it_answers_while_it_takes_documents_in(served: Served, tmp_path: Path) -> None:
    note = tmp_path / "groot.txt"
    note.write_text("\n\n".join(f"Alinea {n} over wijk {n * 7}. {NOTE}" for n in range(1500)), encoding="utf-8")
    (tmp_path / "groot.txt.toml").write_text('id = "groot"\n', encoding="utf-8")
    steps: list[ProgressBody] = []
    remote = RemoteService(served.address)

    def ingest() -> IngestBody:
        return remote.ingest([note], None, False, steps.append)

    waits: list[float] = []
    with served.client() as client, ThreadPoolExecutor(1) as beside:
        ingesting = beside.submit(ingest)
        while not ingesting.done():
            asked = time.monotonic()
            assert client.get("/healthz").status_code == 200
            if steps:
                waits.append(time.monotonic() - asked)
            time.sleep(0.02)
        assert ingesting.result().failures == []
        remote.remove("groot")
    remote.close()
    assert len(waits) >= 5
    assert max(waits) < 2.0
    assert sorted(waits)[len(waits) // 2] < 0.25


def test_a_second_service_ends_with_3_and_one_message(served: Served, second: subprocess.Popen[bytes]) -> None:
    assert second.wait(timeout=60) == 3
    said = (served.program.folder / "second.log").read_text(encoding="utf-8")
    assert said.startswith(f"beleidswijzer: data directory {served.program.data} is held by process ")
    assert str(served.process.pid) in said
    assert served.address.url in said
    assert said.count("\n") == 1
    with served.client() as client:
        assert client.get("/readyz").status_code == 200


def test_after_a_kill_the_commands_work_without_the_service(local: Local, tmp_path: Path) -> None:
    shutil.copytree(local.program.data, tmp_path / "data")
    program = Program(tmp_path, local.program.model)
    argv = ("search", TOPIC, "--json")
    with serving(program) as service:
        service.process.kill()
        service.process.wait()
        assert (program.data / "address.json").exists()
        assert program.run(*argv) == local.said[argv]
    assert not (program.data / "address.json").exists()
