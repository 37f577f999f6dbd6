"""Making a report: its topics one after another, each over the same municipalities."""

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Protocol

from app.answer import Scope
from app.api.comparison_bodies import ComparisonBody
from app.api.comparison_wire import comparison_body
from app.api.document_bodies import MunicipalityBody
from app.api.document_wire import document_bodies, refusal_body
from app.api.report_bodies import ReportSettingsBody, RunBody, TopicBody, TopicResultBody
from app.calibration import Calibration
from app.comparison import Comparison
from app.fault_words import told_words
from app.faults import trace_of
from app.holdings import Holdings
from app.report.order import ReportOrder, Topic
from app.scoped import refused_in_scope
from app.surroundings import PROGRAM
from app.validity import Standings
from corpus.errors import BeleidswijzerError, CancelledError, MachineError
from corpus.stored import Generation, Snapshot

LOGGER = logging.getLogger("beleidswijzer.reports")
_ROUNDS = 2


class Compared(Protocol):
    """The knowledge base as a report asks it."""

    def compare(self, topic: str, scope: Scope, per_municipality: int, day: date | None = None) -> Comparison: ...

    def snapshot(self) -> Snapshot: ...

    def holdings(self) -> Holdings: ...


class RunBuilder:
    """Makes the run of one order.

    A topic that fails is kept with its error and the others go on. A topic that was compared before a document came or
    went is compared once more, so that all of a run speaks of the same documents; where they change faster than that,
    the run says so.
    """

    def __init__(self, knowledge: Compared, order: ReportOrder) -> None:
        self._knowledge = knowledge
        self._order = order
        self._scope = Scope(municipalities=order.municipalities, valid_on=order.valid_on)
        self._results: dict[Topic, TopicResultBody] = {}
        self._index: dict[Topic, str] = {}  # the documents that a result speaks of
        self._errors: list[BeleidswijzerError] = []

    def run(
        self, run_id: str, now: datetime, progress: Callable[[int], None], stopped: Callable[[], bool]
    ) -> RunBody | None:
        """The whole run; None where `stopped`, asked before each topic, said so first. `progress` hears topics done.

        Where every topic fails there is nothing to report: the first error is raised.
        """
        for _ in range(_ROUNDS):
            if not self._compare_stale(progress, stopped):
                return None
        if all(result.comparison is None for result in self._results.values()):
            raise self._errors[0]
        return self._finished(run_id, now)

    def _compare_stale(self, progress: Callable[[int], None], stopped: Callable[[], bool]) -> bool:
        """Compare every topic that was not, or of other documents; whether it came to the end."""
        for done, topic in enumerate(self._order.topics, start=1):
            if self._index.get(topic) == index_of(self._knowledge.snapshot()):
                continue
            if stopped():
                return False
            self._index[topic] = index_of(self._knowledge.snapshot())
            self._results[topic] = self._result(topic)
            progress(max(done, len(self._results)))
        return True

    def _result(self, topic: Topic) -> TopicResultBody:
        body = TopicBody(topic=topic.name, question=topic.question, group=topic.group)
        try:
            return TopicResultBody(topic=body, comparison=self._compared(topic), error=None)
        except CancelledError:
            raise
        except BeleidswijzerError as error:
            told = str(error)
            LOGGER.error("a topic failed: %s", type(error).__name__ if topic.searched in told else told)
            failure = error
        except Exception as error:  # noqa: BLE001 - whatever it is, the other topics go on and the log knows
            LOGGER.error("a topic failed: %s", trace_of(error))
            failure = MachineError(f"{type(error).__name__} in a topic; the log says where")
        self._errors.append(failure)
        return TopicResultBody(topic=body, comparison=None, error=told_words(failure))

    def _compared(self, topic: Topic) -> ComparisonBody:
        order = self._order
        return comparison_body(self._knowledge.compare(topic.searched, self._scope, order.per_municipality, order.day))

    def _finished(self, run_id: str, now: datetime) -> RunBody:
        holdings = self._knowledge.holdings()
        order, snapshot = self._order, holdings.ledger.snapshot
        ledger = replace(holdings.ledger, standings=Standings(snapshot.documents, order.day))
        results = [self._results[topic] for topic in order.topics]
        searched = {
            document.id
            for result in results
            if result.comparison is not None
            for finding in result.comparison.municipalities
            for document in finding.searched
        }
        index = index_of(snapshot)
        generation = snapshot.generation
        return RunBody(
            id=run_id,
            made_at=now,
            title=order.title,
            settings=ReportSettingsBody(
                day=order.day,
                valid_on=order.valid_on,
                per_municipality=order.per_municipality,
                municipalities=[MunicipalityBody(code=each.code, name=each.name) for each in order.municipalities],
                model=generation.model if generation else None,
                calibration=_fingerprint(holdings.calibration),
                index=index,
                changing=any(stamp != index for stamp in self._index.values()),
                product=product_version(),
                indexing=_indexing_of(generation),
            ),
            results=results,
            documents=[each for each in document_bodies(ledger) if each.id in searched],
            refused=[refusal_body(each).without_place() for each in refused_in_scope(ledger.refusals, self._scope)],
            since=None,
        )


def index_of(snapshot: Snapshot) -> str:
    """The sha256 of the index and the version of every document in it, in hex."""
    documents = sorted([stored.metadata.document_id, stored.version] for stored in snapshot.documents)
    return _sha256([_made_with(snapshot.generation), documents])


def _indexing_of(generation: Generation | None) -> str | None:
    return None if generation is None else _sha256(_made_with(generation))


def _made_with(generation: Generation | None) -> list[str] | None:
    if generation is None:
        return None
    return [generation.fingerprint, generation.lexical_version, generation.second_stage]


def _sha256(told: object) -> str:
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def product_version() -> str:
    """The version of Beleidswijzer as it is installed."""
    try:
        return version(PROGRAM)
    except PackageNotFoundError:
        return "niet geïnstalleerd"


def _fingerprint(calibration: Calibration | None) -> str | None:
    return None if calibration is None else hashlib.sha256(calibration.model_dump_json().encode()).hexdigest()
