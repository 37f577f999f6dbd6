"""What a knowledge base holds at one moment."""

from dataclasses import dataclass

from app.calibration import Calibration
from corpus.stored import Snapshot


@dataclass(frozen=True, slots=True)
class Holdings:
    """The active documents with their index, its token vectors and the bytes they take, and the calibration or None."""

    snapshot: Snapshot
    token_vectors: int
    token_bytes: int
    calibration: Calibration | None
