"""Questions, and the answers to them: hits, verdicts and comparisons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from app.aspects.aspect import Aspect
from app.aspects.extract import Extract
from app.period import ALWAYS, Period
from app.validity import Standing
from corpus.document import Municipality, TextBox
from corpus.passage import Passage
from corpus.stored import Refusal, StoredDocument
from ingest.lead_in import LeadIn

MAX_QUESTION_CHARACTERS = 1000


class Mode(StrEnum):
    """Which legs of the search take part."""

    HYBRID = "hybride"
    MEANING = "betekenis"
    WORDS = "woorden"


class FoundBy(StrEnum):
    """The leg that found a hit."""

    MEANING = "betekenis"
    WORDS = "woorden"


class Ruling(StrEnum):
    """What the documents of a municipality say about a question."""

    FOUND = "gevonden"
    TOUCHED = "zijdelings"
    NOTHING = "niets_gevonden"
    NOT_SEARCHED = "niet_doorzocht"

    @property
    def speaks(self) -> bool:
        """Whether anything was found."""
        return self in (Ruling.FOUND, Ruling.TOUCHED)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which documents take part; an empty tuple or None leaves that side open.

    `valid_on` leaves out documents known not to hold that day, `period` those known to hold on none of its days.
    """

    municipalities: tuple[Municipality, ...] = ()
    documents: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    valid_on: date | None = None
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: 1 to MAX_QUESTION_CHARACTERS characters, at most `limit` passages (1-50)."""

    text: str
    scope: Scope
    limit: int
    mode: Mode


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its document, and how that stands on the day that was asked for.

    `score` orders the hits of one answer, in a comparison those of one municipality that may be in force and those that
    are not apart; it says nothing across answers.
    """

    passage: Passage
    document: StoredDocument
    standing: Standing
    score: float
    found_by: tuple[FoundBy, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The ruling for one municipality; `certainty` is its probability, None without a calibration.

    It rests on the documents in `searched`; those in `refused` are in scope too, but could not be read.
    """

    municipality: Municipality
    ruling: Ruling
    certainty: float | None
    searched: tuple[StoredDocument, ...]
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The best passages, best first, with a verdict for every municipality in scope."""

    question: str
    also_searched: tuple[str, ...]
    hits: tuple[Hit, ...]
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class CitedExtract:
    """What a passage says of an aspect, with the document that it stands in; `pages` are those of the passage."""

    extract: Extract
    document: StoredDocument
    pages: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence on the topic, text[start:end] of `document`, that is nowhere in `other`, which is a version of it.

    `pages` are those of the passage with this id.
    """

    passage: str
    pages: tuple[int, int] | None
    document: StoredDocument
    other: StoredDocument
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One municipality in a comparison: its verdict and its own best passages, what may be in force first.

    When it is silent it has none. `only_past`: all that the verdict rests on has ended, or was withdrawn or replaced.
    Every aspect is in `aspects`, an empty one too.
    """

    verdict: Verdict
    hits: tuple[Hit, ...]
    only_past: bool
    aspects: Mapping[Aspect, tuple[CitedExtract, ...]]
    differences: tuple[Difference, ...]

    @classmethod
    def silent(cls, verdict: Verdict) -> Self:
        """Nothing beside the verdict."""
        return cls(verdict, (), False, dict.fromkeys(Aspect, ()), ())


@dataclass(frozen=True, slots=True)
class PassageInContext:
    """One passage with the text around it, cut from the same canonical text.

    `lead_in` introduces the list in which the passage begins, None where it begins in none; `boxes` are the places of
    its lines, where those are known.
    """

    passage: Passage
    document: StoredDocument
    standing: Standing
    before: str
    after: str
    lead_in: LeadIn | None
    boxes: tuple[TextBox, ...]
