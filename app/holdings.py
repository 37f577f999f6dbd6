"""What a knowledge base holds at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.calibration import Calibration
from app.validity import Standings
from corpus.stored import Refusal, Snapshot, StoredDocument


@dataclass(frozen=True, slots=True)
class NearIdentical:
    """A document whose text is almost that of another; `similarity` is about the share of it that is the same."""

    document: StoredDocument
    similarity: float


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was read and what was not: the active documents, the files that were refused, and which documents are alike.

    `alike` has the near-identical documents by document version, most alike first; no version without any. `standings`
    tells how they stand today.
    """

    snapshot: Snapshot
    refusals: tuple[Refusal, ...]
    alike: Mapping[str, tuple[NearIdentical, ...]]
    standings: Standings


@dataclass(frozen=True, slots=True)
class Holdings:
    """The ledger, the token vectors of the index with the bytes they take, and the calibration or None."""

    ledger: Ledger
    token_vectors: int
    token_bytes: int
    calibration: Calibration | None
