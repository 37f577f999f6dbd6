"""What the register keeps of an ingested document version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from corpus.document import Coverage, Metadata, PageSpan, Section


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One active document version, without its text.

    `path` is where the file was when it was ingested; `passages` how many it was split into; `seconds` what reading
    and encoding it took.
    """

    metadata: Metadata
    version: str
    file_sha256: str
    path: str
    parser: str
    splitter: str
    coverage: Coverage
    problems: tuple[str, ...]
    passages: int
    seconds: float
    ingested_at: datetime


@dataclass(frozen=True, slots=True)
class CanonicalText:
    """The canonical text of one version with its pages and sections."""

    version: str
    text: str
    pages: tuple[PageSpan, ...]
    sections: tuple[Section, ...]


class SecondStage(StrEnum):
    """Whether an index holds token vectors; not where a setting says so, or where the model gives none of use."""

    TOKENS = "tokens"
    OFF = "off"
    UNFIT = "unfit"


@dataclass(frozen=True, slots=True)
class Generation:
    """One index: the model and lexical version that all its vectors were made with."""

    id: str
    model: str
    fingerprint: str
    dimension: int
    lexical_version: str
    second_stage: SecondStage

    @property
    def has_tokens(self) -> bool:
        """Whether its points carry token vectors."""
        return self.second_stage is SecondStage.TOKENS


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The active versions at one moment, in the order of municipality name and title, and the index that holds them."""

    generation: Generation | None
    documents: tuple[StoredDocument, ...]


@dataclass(frozen=True, slots=True)
class TermFrequencies:
    """Number of active passages, and for each term id how many of them hold it (none is left out or 0)."""

    passages: int
    counts: Mapping[int, int]
