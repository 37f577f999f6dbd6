"""The knowledge base behind the address of the service that holds it."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import httpx
from pydantic import ValidationError

from app.alone import WAITS
from app.answer import Question, Scope
from app.api.body import Body
from app.api.comparison_bodies import ComparisonBody
from app.api.error_names import error_of_type
from app.api.feedback_bodies import FEEDBACK_PATH, FeedbackBody
from app.api.ingest_lines import (
    INGEST_PATH,
    STATUS_PATH,
    TOKEN_HEADER,
    IngestLineBody,
    IngestRequestBody,
    error_of,
)
from app.api.report_bodies import REPORTS_PATH, ReportBody, ReportsBody
from app.api.schemas import IngestBody, PassagesBody, ProblemBody, ProgressBody, StatusBody
from app.holder import Address
from app.report.order import ReportOrder
from app.service import MadeReport
from corpus.errors import BeleidswijzerError, HeldError, MachineError, UnreachableError, UsageError
from corpus.task import TaskState

_CONNECT_SECONDS = 5.0
_ANSWER_SECONDS = 120.0
_STARTING_SECONDS = 120.0  # how long a service may take to load its model
_RETRY_SECONDS = 1.0
_POLL_SECONDS = 0.25
_FILE_SECONDS = 600.0  # for another format of a large report
_Answer = TypeVar("_Answer", bound=Body)
_Parameters = list[tuple[str, str | int | float | bool | None]]


class RemoteService:
    """A `Service` over HTTP to this machine; proxies of the environment are left alone.

    A service that is still loading its model is asked again until it has. An interrupt during an ingest goes
    on with a message: the service does not end with this command. `notify` hears that an ingest waits for its turn.
    """

    def __init__(
        self,
        address: Address,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        notify: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._url = address.url
        self._sleep = sleep
        self._clock = clock
        self._notify = notify
        self._client = httpx.Client(
            base_url=address.url,
            headers={TOKEN_HEADER: address.token},
            timeout=httpx.Timeout(_ANSWER_SECONDS, connect=_CONNECT_SECONDS),
            trust_env=False,
            transport=transport,
        )

    def passages(self, question: Question) -> PassagesBody:
        asked: _Parameters = [("vraag", question.text), ("maxResultaten", question.limit)]
        asked += [("zoekwijze", question.mode.value), *_scope(question.scope)]
        return self._get("/v1/passages", PassagesBody, asked)

    def comparison(self, topic: str, scope: Scope, per_municipality: int, day: date | None) -> ComparisonBody:
        asked: _Parameters = [("onderwerp", topic), ("perGemeente", per_municipality)]
        asked += [] if day is None else [("peildatum", day.isoformat())]
        return self._get("/v1/vergelijkingen", ComparisonBody, asked + _scope(scope))

    def status(self) -> StatusBody:
        return self._get(STATUS_PATH, StatusBody, [])

    def ingest(
        self,
        paths: Sequence[Path],
        catalogue: Path | None,
        force: bool,
        progress: Callable[[ProgressBody], None],
        *,
        prune: bool = False,
    ) -> IngestBody:
        wanted = IngestRequestBody(
            paths=[_full(path) for path in paths],
            catalogue=None if catalogue is None else _full(catalogue),
            force=force,
            prune=prune,
        )
        with self._translated(), self._ingesting(wanted) as answer:
            _accept(answer)
            waiting = False
            try:
                for line in map(IngestLineBody.model_validate_json, answer.iter_lines()):
                    waited, waiting = waiting, line.waiting
                    if waiting and not waited:
                        self._notify(WAITS)
                    if line.progress is not None:
                        progress(line.progress)
                    if line.error is not None:
                        raise error_of(line.error)
                    if line.report is not None:
                        return line.report
            except KeyboardInterrupt:
                if waiting:
                    raise KeyboardInterrupt(
                        f"the service at {self._url} drops this ingest, unless its turn has just come"
                    ) from None
                raise KeyboardInterrupt(f"the service at {self._url} goes on with this ingest") from None
        raise UnreachableError(f"the service at {self._url} stopped during the ingest; look at its log, then try again")

    def remove(self, document_id: str) -> None:
        with self._translated():
            _accept(self._client.delete(f"/v1/documenten/{quote(document_id, safe='')}"))

    def report(self, order: ReportOrder, progress: Callable[[int, int], None]) -> MadeReport:
        with self._translated():
            asked = self._client.post(REPORTS_PATH, json=_request(order))
            _accept(asked)
            made = ReportBody.model_validate_json(asked.content)
            try:
                while made.state in (TaskState.WAITING, TaskState.RUNNING):
                    self._sleep(_POLL_SECONDS)
                    made = self._get(made.links.self, ReportBody, [])
                    progress(round(made.progress * made.topics), made.topics)
                if made.state is TaskState.FAILED:
                    raise MachineError(f"the service at {self._url} could not make the report: {made.error}")
                return MadeReport(made, self._bytes(made.links.file, []))
            except KeyboardInterrupt:
                self._client.delete(made.links.self)
                raise KeyboardInterrupt("the report is broken off, nothing of it is kept") from None

    def reports(self) -> ReportsBody:
        return self._get(REPORTS_PATH, ReportsBody, [])

    def report_file(self, report_id: str, format_name: str | None = None) -> bytes:
        asked: _Parameters = [] if format_name is None else [("formaat", format_name)]
        return self._bytes(f"{REPORTS_PATH}/{report_id}/bestand", asked)

    def remove_report(self, report_id: str) -> None:
        with self._translated():
            _accept(self._client.delete(f"{REPORTS_PATH}/{report_id}"))

    def feedback(self) -> FeedbackBody:
        return self._get(FEEDBACK_PATH, FeedbackBody, [])

    def close(self) -> None:
        self._client.close()

    def _get(self, path: str, kind: type[_Answer], parameters: _Parameters) -> _Answer:
        with self._translated():
            deadline = self._clock() + _STARTING_SECONDS
            while True:
                response = self._client.get(path, params=httpx.QueryParams(parameters))
                pause = _pause(response)
                if pause is None or self._clock() + pause > deadline:
                    break
                self._sleep(pause)
            _accept(response)
            return kind.model_validate_json(response.content)

    def _bytes(self, path: str, parameters: _Parameters) -> bytes:
        patient = httpx.Timeout(_FILE_SECONDS, connect=_CONNECT_SECONDS)
        with self._translated():
            response = self._client.get(path, params=httpx.QueryParams(parameters), timeout=patient)
            _accept(response)
            return response.content

    def _ingesting(self, wanted: IngestRequestBody) -> AbstractContextManager[httpx.Response]:
        """The stream of an ingest; between two lines as long may pass as the work takes."""
        patient = httpx.Timeout(None, connect=_CONNECT_SECONDS)
        return self._client.stream("POST", INGEST_PATH, content=wanted.model_dump_json(), timeout=patient)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except httpx.TimeoutException as error:
            raise UnreachableError(f"the service at {self._url} did not answer in time; try again later") from error
        except httpx.HTTPError as error:
            raise UnreachableError(
                f"the service at {self._url} cannot be reached ({type(error).__name__}); start it again"
            ) from error
        except ValidationError as error:
            raise UnreachableError(
                f"the service at {self._url} answers in another form; is it another version? Start it again"
            ) from error


def answers(address: Address) -> bool:
    """Whether something answers at `address`."""
    try:
        with httpx.Client(base_url=address.url, timeout=_CONNECT_SECONDS, trust_env=False) as client:
            return client.get("/healthz").is_success
    except httpx.HTTPError:
        return False


def _full(path: Path) -> str:
    full = os.path.normpath(path.absolute())  # a link stays one: its own name and sidecar count, as in process
    if any("\ud800" <= sign <= "\udfff" for sign in full):
        raise UsageError(f"{full!r}: the name is not UTF-8, so the service cannot be told of it; rename it")
    return full


def _scope(scope: Scope) -> _Parameters:
    asked: _Parameters = [("gemeente", municipality.code) for municipality in scope.municipalities]
    asked += [("document", document) for document in scope.documents]
    asked += [("soort", kind) for kind in scope.kinds]
    asked += [("status", status) for status in scope.statuses]
    days = (("geldigOp", scope.valid_on), ("periodeVan", scope.period.first), ("periodeTot", scope.period.last))
    return asked + [(name, day.isoformat()) for name, day in days if day is not None]


def _request(order: ReportOrder) -> dict[str, object]:
    topics = [{"onderwerp": each.name, "vraag": each.question, "groep": each.group} for each in order.topics]
    return {
        "onderwerpen": topics,
        "gemeenten": [municipality.code for municipality in order.municipalities],
        "formaat": order.format,
        "titel": order.title,
        "geldigOp": order.valid_on and order.valid_on.isoformat(),
        "peildatum": order.day.isoformat(),
        "perGemeente": order.per_municipality,
        "sinds": order.since,
    }


def _pause(response: httpx.Response) -> float | None:
    """How long to wait before asking a service that is still starting again; None: do not."""
    if response.status_code != 503 or "Retry-After" not in response.headers:
        return None
    asked = response.headers["Retry-After"]
    return min(float(asked), _RETRY_SECONDS) if asked.isdigit() else _RETRY_SECONDS


def _accept(response: httpx.Response) -> None:
    """Raise the error that an answer other than success stands for."""
    if response.is_success:
        return
    response.read()
    try:
        problem = ProblemBody.model_validate_json(response.content)
    except ValidationError:
        raise UnreachableError(
            f"the service at {response.url.copy_with(query=None)} answered {response.status_code} "
            f"{response.reason_phrase}; look at its log"
        ) from None
    raise _error(problem)


def _error(problem: ProblemBody) -> BeleidswijzerError:
    faults = [f"{each.name}: {each.reason}" for each in problem.invalid_parameters]
    if problem.status == 403:
        return HeldError(f"the service that holds the data directory refuses this command: {problem.detail}")
    return error_of_type(problem.type, "; ".join(faults) or problem.cause or problem.detail)
