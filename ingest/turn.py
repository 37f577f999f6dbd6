"""One file's turn in an ingest."""

from collections.abc import Callable, Sequence

from corpus.entry import Entry, readable
from corpus.errors import DocumentError
from ingest.pipeline_report import Failure, IngestReport, Progress, Stage, Vanished


class Turn:
    """One file's turn: what it came to, and who is told."""

    def __init__(self, entry: Entry, number: int, total: int, progress: Callable[[Progress], None] | None) -> None:
        self.entry = entry
        self.passages = 0
        self.encoded = 0
        self.stage = Stage.READING
        self.failure: Failure | None = None
        self._number = number
        self._total = total
        self._progress = progress
        self._encoding = 0

    def begin(self) -> None:
        self.tell(Stage.READING, 0)

    def encoding(self, texts: int) -> None:
        """So many more texts are encoded."""
        self._encoding += texts
        self.tell(Stage.ENCODING, self._encoding)

    def end(self, stage: Stage, passages: int) -> None:
        self.passages = passages
        self._number += 1
        self.tell(stage, passages)

    def fail(self, error: DocumentError) -> None:
        self.failure = Failure(self.entry.path, error.reason.dutch)
        self.end(Stage.FAILED, 0)

    def tell(self, stage: Stage, passages: int) -> None:
        self.stage = stage
        if self._progress is not None:
            file, document_id = readable(self.entry.path), self.entry.metadata.document_id
            self._progress(Progress(self._number, self._total, file, document_id, passages, self.passages, stage))


def report_of(turns: Sequence[Turn], vanished: tuple[Vanished, ...], seconds: float, stopped: bool) -> IngestReport:
    """What these turns came to together."""
    taken_in = [turn for turn in turns if turn.failure is None]
    return IngestReport(
        documents=len(taken_in),
        passages=sum(turn.passages for turn in taken_in),
        encoded=sum(turn.encoded for turn in turns),
        seconds=seconds,
        unchanged=sum(turn.stage is Stage.UNCHANGED for turn in turns),
        failures=tuple(turn.failure for turn in turns if turn.failure is not None),
        vanished=vanished,
        stopped=stopped,
    )
