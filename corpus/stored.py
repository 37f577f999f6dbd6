"""What the register keeps of an ingested document version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from corpus.document import Coverage, Metadata, PageSpan, Section, TextBox
from corpus.near_identical import Sketch
from corpus.passage import Passage
from corpus.proposal import Proposal
from corpus.vocabulary import Wording


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One active document version, without its text.

    `path` is where the file was when it was ingested; `passages` how many it was split into, `tables` how many it has;
    `proposals` are what the file suggests about its metadata; `sketch` tells near-identical texts; `seconds` is what
    reading and encoding it took.
    """

    metadata: Metadata
    version: str
    file_sha256: str
    path: str
    parser: str
    splitter: str
    coverage: Coverage
    problems: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    tables: int
    sketch: Sketch
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


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A document version with all that the register keeps of it, on its way in; `passages` is never empty."""

    document: StoredDocument
    text: CanonicalText
    passages: tuple[Passage, ...]
    boxes: tuple[TextBox, ...]


@dataclass(frozen=True, slots=True)
class IndexedVersion:
    """What an index holds of a document version beside its vectors.

    `terms` has for each term id the number of passages with it; `problems` are those that the model has with the
    document, beside the document's own; `token_vectors` counts those of all its passages together.
    """

    terms: Mapping[int, int]
    problems: tuple[str, ...]
    wording: Wording
    token_vectors: int


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
class Refusal:
    """A file that could not become a document, and why.

    `metadata` is what is known of the document it would have been; `path` is where it was found, or the name under
    which it came in; `file_sha256` is None where it could not be copied; `reader` is the fingerprint of what read it,
    empty where reading it again may go otherwise.
    """

    metadata: Metadata
    path: str
    file_sha256: str | None
    reason: str
    at: datetime
    reader: str = ""


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
