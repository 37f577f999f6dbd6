"""What changes the documents of a knowledge base: files that are read, documents that are taken out."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.alone import Alone, WaitOn
from app.current_index import CurrentIndex
from app.upload import TakenIn, Upload, document_of
from corpus.entry import Entry
from corpus.errors import DataDirectoryError, DocumentError, MachineError, UnreachableError
from corpus.files import FileStore
from corpus.readers import Readers
from corpus.reason import Why, because
from corpus.register import Register
from ingest.pipeline import Pipeline, Progress, Stage
from ingest.reconcile import remove_files, remove_hidden

LOGGER = logging.getLogger("beleidswijzer.documents")
_CAN_STILL_END = (Stage.READING, Stage.ENCODING, Stage.STORING)


class Changes:
    """Fills the index in turns, one change at a time in `data_dir`; taking out waits for nobody's turn.

    What no query sees any more is removed from index and disk at once, or else by who has the turn, at its end.
    `shared`: other processes use the same register and index.
    """

    def __init__(
        self, data_dir: Path, register: Register, index: CurrentIndex, files: FileStore, readers: Readers, shared: bool
    ) -> None:
        self._register = register
        self._index = index
        self._files = files
        self._readers = readers
        self._shared = shared
        self._alone = Alone(data_dir)
        self._littered = threading.Event()  # there may be something that no query sees any more

    @contextmanager
    def turn(self, wait_on: WaitOn) -> Iterator[bool]:
        """Have the turn, so that what the same thread takes in need not wait; False where `wait_on` said no more."""
        try:
            with self._alone(wait_on) as mine:
                yield mine
        finally:
            self._clear_away()

    @contextmanager
    def filling(self, force: bool, wait_on: WaitOn) -> Iterator[Pipeline | None]:
        """What fills the index of the model in the settings, which is made anew where it is of another.

        None where its turn had not come when `wait_on` said no more.
        """
        with self.turn(wait_on) as mine:
            current = self._index.current() if mine and self._index.fits(force) else None
            yield (current or self._index.renew()).pipeline if mine else None

    def take_in(
        self, upload: Upload, progress: Callable[[float], None], stopped: Callable[[], bool], task_id: str | None
    ) -> TakenIn | None:
        """Read a file that came in, in its turn; None where `stopped` said so first.

        DocumentError where it cannot be read; CancelledError where its task was told to end, and then nothing came of
        it.
        """

        def told(step: Progress) -> None:
            if step.stage in _CAN_STILL_END:
                progress(step.passages_done / step.passages if step.passages else 0.0)

        entry = Entry(self._files.path(upload.file_sha256), upload.metadata, received=True, task_id=task_id)
        with self.filling(force=False, wait_on=lambda: not stopped()) as pipeline:
            if pipeline is None:
                return None
            report = pipeline.ingest([entry], False, told, stopped)
            if report.stopped:
                return None
            for failure in report.failures:
                raise DocumentError(upload.metadata.source_file, because(Why.TOLD, told=failure.reason))
            document = self._register.document(upload.metadata.document_id)
        return TakenIn(document.metadata.document_id, document.version, document.passages, report.unchanged > 0)

    def remove(self, document_id: str) -> None:
        """Take a document out, forget that it was refused, and break off the tasks that would bring it in.

        NotFoundError where there is none of these. From its return on no query sees it.
        """
        self._register.retire(document_id, lambda task: document_of(task) == document_id)
        self.tidy()

    def tidy(self) -> None:
        """Remove originals that nothing refers to any more, and points of documents that were taken out."""
        self._littered.set()
        self._clear_away()

    def _clear_away(self) -> None:
        """Remove what tidying asks for, unless somebody has the turn: who has comes here afterwards.

        What does not succeed is removed by a later change, or on the next opening.
        """
        while self._littered.is_set():
            with self._alone(lambda: False) as mine:
                if not mine:
                    return
                self._littered.clear()
                try:
                    self._remove_hidden()
                except (DataDirectoryError, MachineError, UnreachableError) as error:
                    LOGGER.warning("what was taken out stays in the index or on disk for now: %s", error)

    def _remove_hidden(self) -> None:
        current = self._index.current()
        if current is not None:
            remove_hidden(self._register, current.index, self._readers, self._shared)
        remove_files(self._register, self._files, self._shared)
