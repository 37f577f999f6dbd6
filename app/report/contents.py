"""What a report tells, in the words in which a person reads it; every readable format lays out the same contents."""

from dataclasses import dataclass

from app.report.matrix import Cell, Matrix


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage: its text byte-exact, where it comes from, what a reader has to know of it, and its id."""

    text: str
    source: str
    remarks: tuple[str, ...]
    passage: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence on one side of the topic, byte-exact; `details` tell its years and amounts, `passage` holds it.

    `source` is the whole line; `title` and `place` are its short form, beside which `document` tells the rest once.
    """

    text: str
    source: str
    title: str
    place: str
    document: str
    details: tuple[str, ...]
    passage: str


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the topic, such as its goals, with at least one statement."""

    name: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence, byte-exact, that one of two nearly equal documents has and the other has not."""

    text: str
    source: str
    absent_from: str


@dataclass(frozen=True, slots=True)
class Place:
    """One municipality on one topic; `cell` is the same as in the matrix, `verdict` says it in full.

    `warning` tells what a reader must know of all its quotes, empty where there is nothing.
    """

    anchor: str
    name: str
    cell: Cell
    verdict: str
    warning: str
    searched: tuple[str, ...]
    refused: tuple[str, ...]
    change: str
    quotes: tuple[Quote, ...]
    sides: tuple[Side, ...]
    differences: tuple[Difference, ...]

    @property
    def stated_in(self) -> tuple[str, ...]:
        """The documents that its statements come from, each once."""
        return tuple(dict.fromkeys(each.document for side in self.sides for each in side.statements))


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure as a municipality states it: value, what it is of and the whole statement are each byte-exact."""

    municipality: str
    value: str
    years: str
    of: str
    statement: str
    source: str


@dataclass(frozen=True, slots=True)
class Measure:
    """Figures of the same kind side by side; `note` says where they are not the same measure, empty where they are."""

    name: str
    unit: str
    note: str
    figures: tuple[StatedFigure, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One topic; `error` says why there is no comparison, empty where there is one."""

    anchor: str
    topic: str
    question: str
    also_searched: str
    error: str
    places: tuple[Place, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The chapters under one heading."""

    anchor: str
    name: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that changed since an earlier report; `gone` are quotes of that report that are not in this one."""

    topic: str
    municipality: str
    words: str
    explanation: str
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Since:
    """The earlier report, in words, and what changed."""

    words: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One row of the table of documents; `notes` are what went wrong and what it resembles."""

    name: str
    file: str
    validity: str
    coverage: str
    tables: int
    passages: int
    seconds: str
    parser: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be read, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What was searched with for one topic."""

    topic: str
    question: str
    also_searched: str


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole report in words."""

    title: str
    day: str
    made: str
    municipalities: str
    reading: tuple[str, ...]
    matrix: Matrix
    parts: tuple[Part, ...]
    failed: tuple[Chapter, ...]
    since: Since | None
    documents: tuple[ReadDocument, ...]
    refused: tuple[Refused, ...]
    terms: tuple[Terms, ...]
    settings: tuple[tuple[str, str], ...]
