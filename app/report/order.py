"""What a report is asked to say: topics, municipalities and settings."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from corpus.document import Municipality
from corpus.stored import Snapshot
from corpus.task import NewTask, TaskKind

TITLE = "Vergelijking van gemeentelijk beleid"
PER_MUNICIPALITY = 3
MOST_TOPICS = 500
LONGEST_TITLE = 200
MOST_CELLS = 10_000  # a docx of so many takes one and a half gigabyte of memory while it is made


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic under the name that it has in the report; `question` is what is searched, None where that is the name.

    `group` is the heading above it.
    """

    name: str
    question: str | None = None
    group: str | None = None

    @property
    def searched(self) -> str:
        """What is asked of the documents."""
        return self.question or self.name

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same topic in two reports."""
        return self.name, self.searched


def distinct(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    """The topics in their order, each once; of the same topic in two groups the first."""
    found: dict[tuple[str, str], Topic] = {}
    for topic in topics:
        found.setdefault(topic.key, topic)
    return tuple(found.values())


def no_report_words(report_id: str) -> str:
    """What to tell who wants to compare with a report that is not there."""
    return f"er is geen rapport {report_id[:100]!r} dat klaar is"


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """A report as it was asked for; without municipalities it is about all that have documents.

    `valid_on` leaves out what does not hold that day; `day` is the one on which validity is told. `since` is the id of
    an earlier report to compare with.
    """

    title: str
    topics: tuple[Topic, ...]
    municipalities: tuple[Municipality, ...]
    format: str
    day: date
    valid_on: date | None = None
    per_municipality: int = PER_MUNICIPALITY
    since: str | None = None

    def as_task(self) -> NewTask:
        """The task that makes it; two orders are two reports, also where they ask the same."""
        order: dict[str, object] = {
            "request": str(uuid.uuid4()),
            "title": self.title,
            "topics": [[topic.name, topic.question, topic.group] for topic in self.topics],
            "municipalities": [[each.code, each.name] for each in self.municipalities],
            "format": self.format,
            "day": self.day.isoformat(),
            "valid_on": self.valid_on and self.valid_on.isoformat(),
            "per_municipality": self.per_municipality,
            "since": self.since,
        }
        return NewTask(TaskKind.REPORT, order, None)

    def size_fault(self, snapshot: Snapshot) -> str | None:
        """Why the report would be too large over these documents, or None; each topic has a cell of each municipality.

        What would not fit into memory is refused when it is asked for, not half a night later.
        """
        held = {each for document in snapshot.documents for each in document.metadata.municipalities}
        topics, municipalities = len(self.topics), len(self.municipalities or held)
        if topics * municipalities <= MOST_CELLS:
            return None
        return (
            f"telt {topics} onderwerpen, en dat over {municipalities} gemeenten; hoogstens "
            f"{MOST_CELLS // municipalities} gaan er dan in een rapport: verdeel ze, of vraag minder gemeenten"
        )

    @classmethod
    def of_task(cls, order: Mapping[str, Any]) -> Self:
        """What `as_task` queued."""
        return cls(
            title=order["title"],
            topics=tuple(Topic(*values) for values in order["topics"]),
            municipalities=tuple(Municipality(*values) for values in order["municipalities"]),
            format=order["format"],
            day=date.fromisoformat(order["day"]),
            valid_on=order["valid_on"] and date.fromisoformat(order["valid_on"]),
            per_municipality=order["per_municipality"],
            since=order["since"],
        )
