"""What can be read of the register: the active documents, their texts, passages and term frequencies."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection, and_, func, select

from corpus.bounded import Bounded
from corpus.database import Database
from corpus.document import TextBox
from corpus.errors import NotFoundError
from corpus.passage import Passage
from corpus.phrase import Phrase
from corpus.register_phrases import passages_holding, versions_like
from corpus.register_refusals import every_refusal
from corpus.register_rows import boxes_from, document_from, generation_from, passage_from, text_from
from corpus.register_schema import GenerationState, State, generation, indexed, passage, register, version, version_term
from corpus.register_wording import abbreviations_of, active_abbreviations, words_beginning_with
from corpus.stored import CanonicalText, Refusal, Snapshot, StoredDocument, TermFrequencies
from corpus.vocabulary import Abbreviation, Vocabulary

_Item = TypeVar("_Item")

_TEXTS = 64_000_000  # characters of canonical text kept in memory
_QUOTES = 16_000_000  # and of quotes
_TERMS = 100_000  # document frequencies kept for one snapshot
_AT_ONCE = 500  # values in one query


@dataclass(frozen=True, slots=True)
class _View:
    """A snapshot with the value of the change counter that it holds for, and what was worked out for it."""

    changes: int
    snapshot: Snapshot
    documents: dict[str, StoredDocument]  # by version
    stamps: dict[str, float]  # by version, when what is told of it last changed
    passages: int
    vocabulary: Vocabulary
    counts: dict[int, int] = field(default_factory=dict)


class ReadingRegister:
    """The reading half of a `Register`; safe to use from several threads.

    Every call sees one moment of the database. What cannot change is kept in memory; the rest is kept until the
    change counter of the database, which is read by every call, says that this or another process changed something.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._refreshing = threading.Lock()
        self._view = _View(-1, Snapshot(None, ()), {}, {}, 0, self._new_vocabulary())
        self._texts: Bounded[str, CanonicalText] = Bounded(_TEXTS, lambda text: len(text.text) + 1)
        self._passages: Bounded[str, Passage] = Bounded(_QUOTES, lambda passage: len(passage.quote) + 200)

    def snapshot(self) -> Snapshot:
        """The active versions at this moment."""
        with self._database.reading() as connection:
            return self._current(connection).snapshot

    def document(self, document_id: str) -> StoredDocument:
        """The active version of a document; NotFoundError where there is none."""
        for document in self.snapshot().documents:
            if document.metadata.document_id == document_id:
                return document
        raise NotFoundError(f"Er is geen document {document_id!r}; `beleidswijzer status` noemt ze alle")

    def text(self, sha256: str) -> CanonicalText:
        """The canonical text of a document version; NotFoundError where there is none."""
        if (known := self._texts.get(sha256)) is not None:
            return known
        with self._database.reading() as connection:
            return self._text(connection, sha256)

    def wording(self, sha256: str) -> tuple[CanonicalText, tuple[Abbreviation, ...]]:
        """The text of a version and what it says that its abbreviations stand for; neither stays in memory.

        NotFoundError where there is no such version.
        """
        with self._database.reading() as connection:
            return self._read_text(connection, sha256), abbreviations_of(connection, sha256)

    def boxes(self, sha256: str) -> tuple[TextBox, ...]:
        """Where the text of a document version stands on its pages, in its order; none where it has no pages.

        NotFoundError where there is no such version.
        """
        with self._database.reading() as connection:
            row = connection.execute(select(version.c.boxes).where(version.c.sha256 == sha256)).one_or_none()
        if row is None:
            raise _no_version(sha256)
        return boxes_from(row.boxes)

    def refusals(self) -> tuple[Refusal, ...]:
        """The files that could not become documents, in the order of their paths."""
        with self._database.reading() as connection:
            return every_refusal(connection)

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages with these ids, also of a version that was retired a moment ago; unknown ids are left out."""
        found = {passage_id: known for passage_id in ids if (known := self._passages.get(passage_id)) is not None}
        missing = [passage_id for passage_id in ids if passage_id not in found]
        if missing:
            with self._database.reading() as connection:
                found |= self._read_passages(connection, missing)
        return {passage_id: found[passage_id] for passage_id in ids if passage_id in found}

    def passages_of(self, sha256: str) -> tuple[Passage, ...]:
        """The passages of a document version in the order of its text."""
        with self._database.reading() as connection:
            text = self._text(connection, sha256)
            rows = connection.execute(
                select(passage)
                .join(version, version.c.id == passage.c.version)
                .where(version.c.sha256 == sha256)
                .order_by(passage.c.ordinal)
            )
            return tuple(passage_from(row, text) for row in rows)

    def frequencies(self, terms: Sequence[int]) -> TermFrequencies:
        """In how many passages of the active versions each of these terms occurs; absent terms are left out."""
        with self._database.reading() as connection:
            view = self._current(connection)
            missing = [term for term in dict.fromkeys(terms) if term not in view.counts]
            counts = dict.fromkeys(missing, 0)
            for some in _batches(missing):
                rows = connection.execute(
                    select(version_term.c.term, func.sum(version_term.c.passages))
                    .join(version, version.c.id == version_term.c.version)
                    .join(generation, generation.c.id == version_term.c.generation)
                    .where(generation.c.state == GenerationState.CURRENT, version.c.state == State.ACTIVE)
                    .where(version_term.c.term.in_(some))
                    .group_by(version_term.c.term)
                )
                counts.update((row[0], int(row[1])) for row in rows)
        if len(view.counts) < _TERMS:
            view.counts.update(counts)
        known = {term: counts.get(term) or view.counts.get(term, 0) for term in terms}
        return TermFrequencies(view.passages, {term: count for term, count in known.items() if count})

    def passages_with(self, phrases: Sequence[str], versions: Sequence[str]) -> set[str]:
        """The ids of the passages of these versions in which every one of at least one phrase stands.

        As whole words, with any capitals and white space; a line break in the text is white space.
        """
        wanted = [Phrase(phrase) for phrase in phrases]
        found: set[str] = set()
        with self._database.reading() as connection:
            for some in _batches(versions):
                for row in versions_like(connection, wanted, some):
                    text = self._text(connection, row.sha256).text
                    found.update(passages_holding(connection, row.id, text, wanted))
        return found

    def token_vectors(self) -> int:
        """How many token vectors the index holds of the active versions."""
        active = select(func.sum(indexed.c.token_vectors)).select_from(indexed)
        active = active.join(version, version.c.id == indexed.c.version).join(
            generation, generation.c.id == indexed.c.generation
        )
        current = active.where(version.c.state == State.ACTIVE, generation.c.state == GenerationState.CURRENT)
        with self._database.reading() as connection:
            return int(connection.execute(current).scalar() or 0)

    def vocabulary(self) -> Vocabulary:
        """The words and abbreviations of the active versions; the same object until something changes."""
        with self._database.reading() as connection:
            return self._current(connection).vocabulary

    def abbreviations(self) -> tuple[Abbreviation, ...]:
        """What the active versions say that their abbreviations stand for; the same object until something changes."""
        return self.vocabulary().abbreviations

    def _new_vocabulary(self) -> Vocabulary:
        return Vocabulary(self._words_beginning_with, self._active_abbreviations)

    def _words_beginning_with(self, letter: str) -> dict[str, int]:
        with self._database.reading() as connection:
            return words_beginning_with(connection, letter)

    def _active_abbreviations(self) -> tuple[Abbreviation, ...]:
        with self._database.reading() as connection:
            return active_abbreviations(connection)

    def _current(self, connection: Connection) -> _View:
        changes = int(connection.execute(select(register.c.changes)).scalar_one())
        if self._view.changes == changes:
            return self._view
        with self._refreshing:
            if self._view.changes == changes:
                return self._view
            view = self._read_view(connection, changes)
            if view.changes > self._view.changes:
                self._view = view
            return view

    def _read_view(self, connection: Connection, changes: int) -> _View:
        row = connection.execute(select(generation).where(generation.c.state == GenerationState.CURRENT)).one_or_none()
        current = generation_from(row) if row else None
        here = and_(indexed.c.version == version.c.id, indexed.c.generation == (row.id if row else None))
        active = select(version.c.sha256, version.c.changed_at).where(version.c.state == State.ACTIVE)
        before = self._view if self._view.snapshot.generation == current else None
        documents: dict[str, StoredDocument] = {}
        unknown: list[str] = []
        stamps: dict[str, float] = {row.sha256: row.changed_at for row in connection.execute(active)}
        for sha256, changed_at in stamps.items():
            if before and before.stamps.get(sha256) == changed_at:
                documents[sha256] = before.documents[sha256]
            else:
                unknown.append(sha256)
        columns = [column for column in version.c if column.name not in ("text", "pages", "sections", "boxes")]
        for some in _batches(unknown):
            rows = connection.execute(
                select(*columns, indexed.c.problems.label("model_problems"))
                .join(indexed, here, isouter=True)
                .where(version.c.sha256.in_(some))
            )
            documents.update((row.sha256, document_from(row, row.model_problems or "[]")) for row in rows)
        ordered = tuple(sorted(documents.values(), key=_by_municipality))
        passages = sum(document.passages for document in ordered)
        return _View(changes, Snapshot(current, ordered), documents, stamps, passages, self._new_vocabulary())

    def _read_passages(self, connection: Connection, ids: Sequence[str]) -> dict[str, Passage]:
        found: dict[str, Passage] = {}
        for some in _batches(ids):
            rows = connection.execute(
                select(passage, version.c.sha256)
                .join(version, version.c.id == passage.c.version)
                .where(passage.c.id.in_(some), version.c.state != State.PENDING)
            ).all()
            for row in rows:
                found[row.id] = passage_from(row, self._text(connection, row.sha256))
                self._passages.put(row.id, found[row.id])
        return found

    def _text(self, connection: Connection, sha256: str) -> CanonicalText:
        if (known := self._texts.get(sha256)) is not None:
            return known
        text = self._read_text(connection, sha256)
        self._texts.put(sha256, text)
        return text

    @staticmethod
    def _read_text(connection: Connection, sha256: str) -> CanonicalText:
        columns = (version.c.sha256, version.c.text, version.c.pages, version.c.sections)
        row = connection.execute(select(*columns).where(version.c.sha256 == sha256)).one_or_none()
        if row is None:
            raise _no_version(sha256)
        return text_from(row)


def _no_version(sha256: str) -> NotFoundError:
    return NotFoundError(f"Er is geen documentversie {sha256!r}; ze kan net vervangen of verwijderd zijn")


def _batches(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))


def _by_municipality(document: StoredDocument) -> tuple[tuple[str, ...], str, str]:
    metadata = document.metadata
    names = tuple(municipality.name for municipality in metadata.municipalities)
    return names or ("\uffff",), metadata.title or "", metadata.document_id
