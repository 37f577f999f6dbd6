"""Reports through a service: the same as in process, followed while they are made, and broken off with the command."""

import contextlib
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from app.cli import run
from app.holder import Address
from app.remote_service import RemoteService
from app.report.order import ReportOrder, Topic
from app.service import Service
from corpus.document import Municipality
from corpus.errors import MachineError, NotFoundError, UnreachableError
from tests.app.fake_cli import FakeService
from tests.app.test_remote_service import served

UNKNOWN = "00000000-0000-4000-8000-000000000000"
ORDER = ReportOrder(
    "Titel",
    (Topic("Wonen", "woningen", "Ruimte"), Topic("jeugd")),
    (Municipality("GM0344", "Utrecht"),),
    "md",
    date(2026, 3, 1),
    date(2026, 3, 1),
    2,
    UNKNOWN,
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    with served(tmp_path_factory.mktemp("originals")) as address:
        yield address


def told(service: Service, folder: Path, *argv: str) -> tuple[int, str, str]:
    output, messages = io.StringIO(), io.StringIO()
    environment = {"BELEIDSWIJZER_DATA_DIR": str(folder)}
    return run(argv, environment, output, messages, lambda _, __: service), output.getvalue(), messages.getvalue()


def without_what_differs(text: str) -> str:
    """The text without the ids of reports and the moments at which they were made."""
    text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", text)
    return re.sub(r"\d\d?:\d\d(:\d\d)?", "TIME", text)


@pytest.mark.parametrize("options", [(), ("--gemeente", "Utrecht", "--titel", "T", "--per-gemeente", "1")])
def test_a_report_is_the_same_through_a_service(address: Address, tmp_path: Path, options: tuple[str, ...]) -> None:
    topics = tmp_path / "topics.toml"
    topics.write_text('onderwerpen = ["conflictscheidingen", {onderwerp = "Wonen", vraag = "woningen"}]', "utf-8")
    files: list[str] = []
    says: list[tuple[int, str, str]] = []
    for service in (RemoteService(address), FakeService(tmp_path / "local")):
        with contextlib.closing(service):
            output = tmp_path / f"report-{len(files)}"
            asked = ("report", str(topics), "--format", "md", "--output", str(output), *options)
            code, printed, messages = told(service, tmp_path, *asked)
            files.append(without_what_differs(output.read_text(encoding="utf-8")))
            says.append((code, without_what_differs(printed), messages))
    assert files[0] == files[1]
    assert says[0] == says[1]


def test_a_kept_report_is_listed_shown_compared_with_and_removed(address: Address, tmp_path: Path) -> None:
    with contextlib.closing(RemoteService(address)) as service:
        order = ReportOrder("Titel", (Topic("woningen"),), (), "md", date(2026, 3, 1))
        seen: list[tuple[int, int]] = []
        made = service.report(order, lambda done, total: seen.append((done, total)))
        assert seen[-1] == (1, 1)
        assert made.report.id in [each.id for each in service.reports().reports]
        assert service.report_file(made.report.id) == made.content
        assert service.report_file(made.report.id, "csv") != made.content
        since = ReportOrder("Titel", order.topics, (), "md", date(2026, 3, 1), since=made.report.id)
        assert service.report(since, lambda _, __: None).report.since == made.report.id
        service.remove_report(made.report.id)
        for ask in (service.remove_report, service.report_file):
            with pytest.raises(NotFoundError):
                ask(made.report.id)


@pytest.mark.parametrize(
    "argv",
    [
        ("reports", "remove", UNKNOWN),
        ("reports", "show", UNKNOWN, "--output", "r"),
        ("report", "topics.txt", "--format", "md", "--output", "r", "--since", UNKNOWN),
    ],
)
def test_what_is_not_there_is_told_in_the_same_words(
    address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "topics.txt").write_text("jeugd\n", encoding="utf-8")
    with contextlib.closing(RemoteService(address)) as remote:
        through = told(remote, tmp_path, *argv)
    assert through == told(FakeService(tmp_path / "local"), tmp_path, *argv)
    assert through[0] == 2


class Answers:
    """A service that answers every poll with the next state."""

    def __init__(self, *states: str) -> None:
        self.states = list(states)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if request.method == "DELETE":
            return httpx.Response(204)
        if request.url.path.endswith("/bestand"):
            return httpx.Response(200, content=b"bestand")
        state = self.states[0] if request.method == "POST" else self.states.pop(0)
        return httpx.Response(202 if request.method == "POST" else 200, json=self._body(state))

    def _body(self, state: str) -> dict[str, object]:
        path = f"/v1/rapporten/{UNKNOWN}"
        return {
            "id": UNKNOWN,
            "staat": state,
            "voortgang": 0.5,
            "fout": "geen ruimte" if state == "mislukt" else None,
            "afgebroken": False,
            "titel": "Titel",
            "formaat": "md",
            "aangemaaktOp": "2026-03-01T12:00:00Z",
            "onderwerpen": 2,
            "mislukt": [],
            "sinds": None,
            "links": {"self": path, "bestand": f"{path}/bestand", "inhoud": f"{path}/inhoud", "taak": None},
        }


def remote(answer: Callable[[httpx.Request], httpx.Response]) -> RemoteService:
    return RemoteService(Address(1, "http://127.0.0.1:8000", "secret"), httpx.MockTransport(answer), lambda _: None)


def test_everything_that_was_asked_reaches_the_service() -> None:
    answers = Answers("wacht", "bezig", "klaar")
    seen: list[tuple[int, int]] = []
    made = remote(answers).report(ORDER, lambda done, total: seen.append((done, total)))
    assert (made.content, seen) == (b"bestand", [(1, 2)] * 3)
    assert json.loads(answers.asked[0].content) == {
        "onderwerpen": [
            {"onderwerp": "Wonen", "vraag": "woningen", "groep": "Ruimte"},
            {"onderwerp": "jeugd", "vraag": None, "groep": None},
        ],
        "gemeenten": ["GM0344"],
        "formaat": "md",
        "titel": "Titel",
        "geldigOp": "2026-03-01",
        "peildatum": "2026-03-01",
        "perGemeente": 2,
        "sinds": UNKNOWN,
    }


def test_a_report_that_the_service_could_not_make_is_an_error() -> None:
    with pytest.raises(MachineError, match=r"http://127\.0\.0\.1:8000 could not make the report: geen ruimte"):
        remote(Answers("bezig", "mislukt")).report(ORDER, lambda _, __: None)


def test_an_interrupt_breaks_the_report_off() -> None:
    def interrupted(_: int, __: int) -> None:
        raise KeyboardInterrupt

    answers = Answers("wacht", "bezig")
    with pytest.raises(KeyboardInterrupt, match="the report is broken off, nothing of it is kept"):
        remote(answers).report(ORDER, interrupted)
    assert [(each.method, each.url.path) for each in answers.asked][-1] == ("DELETE", f"/v1/rapporten/{UNKNOWN}")


def test_a_service_that_goes_away_meanwhile_is_named() -> None:
    answers = Answers("wacht")

    def gone(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            raise httpx.ConnectError("refused", request=request)
        return answers(request)

    with pytest.raises(UnreachableError, match="cannot be reached"):
        remote(gone).report(ORDER, lambda _, __: None)
