"""Commands through a service: the same output as in process, and every fault of the way as one of our errors."""

import contextlib
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import httpx
import pytest

from app.answer import Mode, Question, Scope
from app.api.ingest_lines import IngestLineBody, error_body
from app.api.schemas import IngestBody, ProgressBody
from app.cli import run
from app.connection import connect
from app.holder import Address, Holder
from app.period import Period
from app.remote_service import RemoteService, answers
from app.settings import Settings
from corpus.document import Municipality
from corpus.errors import (
    BeleidswijzerError,
    DataDirectoryError,
    HeldError,
    MachineError,
    NotFoundError,
    UnreachableError,
    UsageError,
)
from tests.app.fake_cli import FakeService
from tests.app.fake_service import TOKEN

ROOT = Path(__file__).parents[2]
UTRECHT = Municipality("GM0344", "Utrecht")
HEAVY = ("torch", "sentence_transformers", "transformers", "qdrant_client", "qdrant_edge", "sqlalchemy", "fastapi")


@contextlib.contextmanager
def served(folder: Path, *fault: str) -> Iterator[Address]:
    """The address of a real server over the fake knowledge base."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.app.fake_service", str(folder), *fault],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        try:
            yield Address(process.pid, f"http://127.0.0.1:{process.stdout.readline().strip()}", TOKEN)
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """A server that no test changes."""
    with served(tmp_path_factory.mktemp("originals")) as address:
        yield address


@pytest.fixture
def data_dir(address: Address, tmp_path: Path) -> Iterator[Path]:
    """A data directory that is held, with the address of the server beside the lock."""
    with Holder.acquire(tmp_path / "data") as holder:
        holder.publish(address.url, address.token)
        yield tmp_path / "data"


def settings(data_dir: Path) -> Settings:
    return Settings.from_environment({"BELEIDSWIJZER_DATA_DIR": str(data_dir)})


@pytest.mark.parametrize(
    "argv",
    [
        ["search", "conflictscheidingen"],
        ["search", "el", "--json", "--limit", "2", "--mode", "woorden"],
        ["search", "jeugd", "--gemeente", "Utrecht", "--gemeente", "Urk", "--geldig-op", "2025-01-31"],
        ["search", "jeugd", "--document", "amstelveen-jeugd", "--soort", "agenda", "--status", "vastgesteld"],
        ["search", "jeugd", "--document", "weg"],
        ["search", "M@zl & #opladers + 50% = €30.000?\n“é” \U0001f600"],
        ["search", "jeugd", "--periode-van", "2022", "--periode-tot", "2024-06"],
        ["compare", "school"],
        ["compare", "school", "--json", "--per-gemeente", "1", "--peildatum", "2027-01-01"],
        ["status"],
        ["status", "--json"],
        ["remove", "weg/en ?#"],
    ],
)
def test_a_command_says_the_same_through_a_service(data_dir: Path, argv: list[str]) -> None:
    def ran(connect: Callable[[Settings, Callable[[str], None]], object]) -> tuple[int, str, str]:
        output, messages = io.StringIO(), io.StringIO()
        environment = {"BELEIDSWIJZER_DATA_DIR": str(data_dir)}
        return run(argv, environment, output, messages, connect), output.getvalue(), messages.getvalue()  # type: ignore[arg-type]

    local = FakeService(data_dir.parent / "originals")
    assert ran(connect) == ran(lambda _, __: local)


def test_a_proxy_of_the_environment_is_left_alone(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with contextlib.closing(connect(settings(data_dir), print)) as service:
        assert len(service.status().documents) == 2


def test_a_command_through_a_service_loads_neither_model_nor_index(data_dir: Path) -> None:
    script = (
        "import sys; from app.main import main\n"
        "sys.argv = ['beleidswijzer', 'search', 'conflictscheidingen', '--json']\n"
        "code = main()\n"
        f"print(code, sorted(set({HEAVY}) & set(sys.modules)), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"BELEIDSWIJZER_DATA_DIR": str(data_dir)},
        timeout=60,
    )
    assert ran.stderr == "0 []\n"
    assert json.loads(ran.stdout)["passages"][0]["document"]["id"] == "amstelveen-jeugd"


def test_a_service_that_is_still_loading_its_model_is_waited_for(tmp_path: Path) -> None:
    with served(tmp_path, "slow") as address, contextlib.closing(RemoteService(address)) as service:
        answer = service.passages(Question("conflictscheidingen", Scope(), 10, Mode.HYBRID))
        assert len(answer.passages) == 1


def test_ingest_and_removal_through_a_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    steps: list[ProgressBody] = []
    with served(tmp_path) as address, contextlib.closing(RemoteService(address)) as service:
        report = service.ingest([Path("a.txt"), tmp_path / "b.txt"], None, True, steps.append)
        assert [(step.document, step.done, step.total) for step in steps] == [("a.txt", 1, 2), ("b.txt", 2, 2)]
        assert (report.passages, [failure.path for failure in report.failures]) == (3, ["b.pdf"])
        service.remove("utrecht-samenvatting")
        assert [document.id for document in service.status().documents] == ["amstelveen-jeugd"]
        with pytest.raises(NotFoundError):
            service.remove("utrecht-samenvatting")


class InterruptedService(RemoteService):
    """Ctrl-C at the first step of an ingest."""

    def ingest(
        self,
        paths: Sequence[Path],
        catalogue: Path | None,
        force: bool,
        progress: Callable[[ProgressBody], None],
        *,
        prune: bool = False,
    ) -> IngestBody:
        def interrupted(_: ProgressBody) -> None:
            raise KeyboardInterrupt

        return super().ingest(paths, catalogue, force, interrupted, prune=prune)


def test_an_interrupt_during_an_ingest_says_that_the_service_goes_on(tmp_path: Path) -> None:
    note = tmp_path / "a.txt"
    note.write_text("Tekst.", encoding="utf-8")
    with served(tmp_path) as address:
        service = InterruptedService(address)
        messages = io.StringIO()
        environment = {"BELEIDSWIJZER_DATA_DIR": str(tmp_path)}
        code = run(["ingest", str(note)], environment, io.StringIO(), messages, lambda _, __: service)
    goes_on = f"beleidswijzer: the service at {address.url} goes on with this ingest\n"
    assert (code, messages.getvalue()) == (130, f"{goes_on}beleidswijzer: stopped\n")


def test_an_ingest_that_waits_for_its_turn_says_so_once() -> None:
    waits = IngestLineBody(progress=None, report=None, error=None, waiting=True)
    step = IngestLineBody(progress=ProgressBody(document="a.txt", done=0, total=1), report=None, error=None)
    last = IngestLineBody(progress=None, report=None, error=error_body(MachineError("no room")))
    content = b"".join(line.model_dump_json().encode() + b"\n" for line in (waits, waits, step, last))
    told: list[str] = []
    transport = httpx.MockTransport(always(httpx.Response(200, content=content)))
    service = RemoteService(Address(1, "http://127.0.0.1:8000", "secret"), transport, notify=told.append)
    with pytest.raises(MachineError, match="no room"):
        service.ingest([], None, False, lambda _: None)
    assert told == ["wacht op een ander bestand dat ingelezen wordt ..."]


def test_an_interrupt_while_an_ingest_waits_for_its_turn_says_that_it_is_dropped(tmp_path: Path) -> None:
    note = tmp_path / "a.txt"
    note.write_text("Tekst.", encoding="utf-8")

    def interrupt(_: str) -> None:
        raise KeyboardInterrupt

    with served(tmp_path, "waiting ingest") as address:
        service = RemoteService(address, notify=interrupt)
        messages = io.StringIO()
        environment = {"BELEIDSWIJZER_DATA_DIR": str(tmp_path)}
        code = run(["ingest", str(note)], environment, io.StringIO(), messages, lambda _, __: service)
    dropped = f"beleidswijzer: the service at {address.url} drops this ingest, unless its turn has just come\n"
    assert (code, messages.getvalue()) == (130, f"{dropped}beleidswijzer: stopped\n")


def test_another_token_is_refused(address: Address) -> None:
    with contextlib.closing(RemoteService(Address(1, address.url, "wrong"))) as service, pytest.raises(HeldError):
        service.status()


def test_a_holder_whose_address_does_not_answer_is_an_error_of_its_own(tmp_path: Path) -> None:
    with Holder.acquire(tmp_path) as holder:
        holder.publish("http://127.0.0.1:9", "secret")
        with pytest.raises(HeldError, match=r"http://127\.0\.0\.1:9"):
            connect(settings(tmp_path), print, patience=0.1)


def test_whether_a_service_answers(address: Address) -> None:
    assert answers(address)
    assert not answers(Address(1, "http://127.0.0.1:9", "secret"))


def remote(answer: Callable[[httpx.Request], httpx.Response]) -> RemoteService:
    return RemoteService(Address(1, "http://127.0.0.1:8000", "secret"), httpx.MockTransport(answer), lambda _: None)


def always(response: httpx.Response) -> Callable[[httpx.Request], httpx.Response]:
    return lambda _: response


def ask(service: RemoteService) -> None:
    service.passages(Question("conflictscheidingen", Scope(), 10, Mode.HYBRID))


def problem(status: int, kind: str, detail: str = "told") -> httpx.Response:
    body = {"type": kind, "title": "t", "status": status, "detail": detail, "instance": "/", "invalidParams": []}
    return httpx.Response(status, json=body)


@pytest.mark.parametrize(
    "kind", [UsageError, NotFoundError, HeldError, UnreachableError, MachineError, DataDirectoryError]
)
def test_an_error_of_the_service_comes_back_as_what_it_was(kind: type[BeleidswijzerError]) -> None:
    with pytest.raises(kind) as caught:
        ask(remote(always(problem(500, f"urn:beleidswijzer:fout:{kind.__name__}"))))
    assert type(caught.value) is kind
    assert str(caught.value) == "told"


def test_what_was_wrong_in_the_service_comes_before_what_its_readers_are_told() -> None:
    body = {
        "type": "urn:beleidswijzer:fout:MachineError",
        "title": "t",
        "status": 507,
        "detail": "Meld het.",
        "instance": "/",
        "invalidParams": [],
        "oorzaak": "No room on disk",
    }
    with pytest.raises(MachineError, match=r"^No room on disk$"):
        ask(remote(always(httpx.Response(507, json=body))))


def test_every_invalid_parameter_is_told() -> None:
    body = {
        "type": "urn:beleidswijzer:fout:UsageError",
        "title": "t",
        "status": 400,
        "detail": "zie invalidParams",
        "instance": "/",
        "invalidParams": [{"name": "vraag", "reason": "is leeg"}, {"name": "soort", "reason": "bestaat niet"}],
    }
    with pytest.raises(UsageError, match="vraag: is leeg; soort: bestaat niet"):
        ask(remote(always(httpx.Response(400, json=body))))


def _refused(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


def _late(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("late", request=request)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (_refused, "cannot be reached"),
        (_late, "did not answer in time"),
        (always(httpx.Response(200, text="<html>")), "another version"),
        (always(httpx.Response(200, json={"passages": 3})), "another version"),
        (always(httpx.Response(502, text="Bad Gateway")), "answered 502"),
        (always(problem(404, "about:blank")), "told"),
    ],
)
def test_a_fault_of_the_way_names_the_service_and_not_the_question(
    answer: Callable[[httpx.Request], httpx.Response], told: str
) -> None:
    with pytest.raises(UnreachableError, match=told) as caught:
        ask(remote(answer))
    assert "conflictscheidingen" not in str(caught.value)


def test_a_service_that_stays_unready_is_given_up() -> None:
    asked: list[float] = []
    clock = iter(range(0, 10_000, 30))
    service = RemoteService(
        Address(1, "http://127.0.0.1:8000", "secret"),
        httpx.MockTransport(
            always(httpx.Response(503, headers={"Retry-After": "5"}, content=problem(503, "x").content))
        ),
        asked.append,
        lambda: float(next(clock)),
    )
    with pytest.raises(UnreachableError):
        ask(service)
    assert asked == [1.0, 1.0, 1.0]


def test_a_link_is_sent_under_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "map").mkdir()
    (tmp_path / "nota.txt").write_text("tekst", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("nota.txt")
    monkeypatch.chdir(tmp_path / "map")
    asked: list[dict[str, object]] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        asked.append(json.loads(request.content))
        return httpx.Response(500)

    with pytest.raises(UnreachableError):
        remote(refuse).ingest([Path("../link.txt")], Path("../link.txt"), force=False, progress=lambda _: None)
    link = f"{Path.cwd().parent}/link.txt"
    assert (asked[0]["paden"], asked[0]["catalogus"]) == ([link], link)


def test_an_ingest_that_is_cut_off_is_not_taken_for_done() -> None:
    line = {"voortgang": {"document": "a", "klaar": 1, "totaal": 2}, "verslag": None, "fout": None}
    for content in ("", json.dumps(line) + "\n"):
        with pytest.raises(UnreachableError, match="stopped during the ingest"):
            remote(always(httpx.Response(200, text=content))).ingest([], None, False, lambda _: None)


def test_an_ingest_that_fails_raises_the_error_of_the_service() -> None:
    line = {"voortgang": None, "verslag": None, "fout": {"soort": "MachineError", "melding": "no room"}}
    with pytest.raises(MachineError, match="no room"):
        remote(always(httpx.Response(200, json=line))).ingest([], None, False, lambda _: None)


def test_what_is_asked_of_the_service() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"vraag": "a&b", "ookGezochtOp": [], "passages": [], "gemeenten": []})

    scope = Scope(
        (UTRECHT,), ("een/twee",), ("agenda",), ("concept",), date(2025, 1, 31), Period(date(2022, 1, 1), None)
    )
    remote(answer).passages(Question("a&b", scope, 5, Mode.WORDS))
    assert asked[0].url.path == "/v1/passages"
    assert asked[0].url.params.multi_items() == [
        ("vraag", "a&b"),
        ("maxResultaten", "5"),
        ("zoekwijze", "woorden"),
        ("gemeente", "GM0344"),
        ("document", "een/twee"),
        ("soort", "agenda"),
        ("status", "concept"),
        ("geldigOp", "2025-01-31"),
        ("periodeVan", "2022-01-01"),
    ]


def test_a_path_that_is_not_utf8_cannot_be_sent() -> None:
    service = remote(always(httpx.Response(500)))
    with pytest.raises(UsageError, match="not UTF-8"):
        service.ingest([Path("caf\udce9.txt")], None, False, lambda _: None)
