"""Suggestions from the active documents at this moment."""

import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Protocol

from app.suggestions.analysis import WordAnalysis
from app.suggestions.candidates import Candidates
from app.suggestions.index import SuggestionIndex
from app.suggestions.offered import Offered
from app.suggestions.suggestion import Suggestion
from corpus.errors import NotFoundError
from corpus.stored import CanonicalText, Snapshot, StoredDocument
from corpus.vocabulary import Abbreviation

_FIRST_WAIT = 1.0  # seconds that who asks first waits for the index


class Source(Protocol):
    """What the documents say, safe to call from several threads."""

    def snapshot(self) -> Snapshot: ...

    def wording(self, sha256: str) -> tuple[CanonicalText, tuple[Abbreviation, ...]]:
        """The text of a version and what it says that its abbreviations stand for; NotFoundError."""
        ...


@dataclass(frozen=True, slots=True)
class _Built:
    """The index of some documents, with the versions that its bits stand for."""

    documents: tuple[StoredDocument, ...]
    versions: tuple[str, ...]
    index: SuggestionIndex

    def bits(self, documents: Iterable[StoredDocument]) -> int:
        """Those of the documents that are in it."""
        active = {document.version for document in documents}
        return sum(1 << number for number, version in enumerate(self.versions) if version in active)


class Suggester:
    """Suggests what to ask; safe to use from several threads, and to be closed before its source.

    The index is made beside the questions, when it is first asked for and after every change, and of every version only
    once what is in it. Until then the former one answers, without what only documents say that are gone.
    """

    def __init__(self, source: Source, names: Iterable[str] = ()) -> None:
        self._source = source
        self._analysis = WordAnalysis()
        self._candidates = Candidates(self._analysis, names)
        self._offered: dict[str, Offered] = {}
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="suggestions")
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._building: Future[_Built | None] | None = None
        self._built: _Built | None = None

    def suggest(self, typed: str, limit: int, first_wait: float = _FIRST_WAIT) -> tuple[Suggestion, ...]:
        """The best suggestions for what was typed; none as long as the first index takes longer than `first_wait`."""
        documents = self._source.snapshot().documents
        built = self._current(documents, first_wait)
        if built is None:
            return ()
        bits = -1 if built.documents == documents else built.bits(documents)
        found = built.index.find(typed, limit, bits)
        return tuple(Suggestion(each.text, each.kind, each.municipalities) for each in found)

    def close(self) -> None:
        """Break off what is being made, and wait for that; a second call does nothing."""
        with self._lock:
            self._stopped.set()
        self._worker.shutdown()

    def _current(self, documents: tuple[StoredDocument, ...], first_wait: float) -> _Built | None:
        with self._lock:
            self._take()
            outdated = self._built is None or self._built.documents != documents
            if outdated and self._building is None and not self._stopped.is_set():
                self._building = self._worker.submit(self._build, documents)
            built, building = self._built, self._building
        if built is None and building is not None:
            wait([building], timeout=first_wait)
            with self._lock:
                self._take()
                built = self._built
        return built

    def _take(self) -> None:
        """Use what was made meanwhile; raises what went wrong with it, once."""
        if self._building is not None and self._building.done():
            made, self._building = self._building, None
            self._built = made.result() or self._built

    def _build(self, documents: tuple[StoredDocument, ...]) -> _Built | None:
        known = self._offered
        offered: dict[str, Offered] = {}
        there: list[StoredDocument] = []
        for document in documents:
            if self._stopped.is_set():
                return None
            try:
                offered[document.version] = known.get(document.version) or self._read(document.version)
            except NotFoundError:
                continue  # removed meanwhile
            there.append(document)
        self._offered = offered
        index = self._indexed(there, [offered[document.version] for document in there])
        return _Built(documents, tuple(document.version for document in there), index)

    def _read(self, version: str) -> Offered:
        text, abbreviations = self._source.wording(version)
        return Offered(text, abbreviations)

    def _indexed(self, documents: Sequence[StoredDocument], offered: Sequence[Offered]) -> SuggestionIndex:
        places = [document.metadata.municipalities for document in documents]
        return SuggestionIndex(self._candidates.of(offered, places), self._analysis)
