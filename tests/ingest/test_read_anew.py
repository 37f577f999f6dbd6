"""Which files a later ingest reads anew: not what was refused and did not change, but scans once they can be read."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.entry import Entry
from corpus.errors import DocumentError
from corpus.reason import Reason, Why, because
from corpus.stored import Refusal
from ingest.isolation import IsolatedReader, Limits
from ingest.pages.page import Word
from ingest.pipeline import IngestReport
from ingest.read import PARSERS, read_document, was_recognised
from tests.ingest.plain_reader import PlainReader
from tests.ingest.room import Room, metadata, note
from tests.ingest.small_pdf import small_pdf
from tests.ingest.test_ocr import LINES, scan


class Counted:
    """Reads files, or refuses each of them for `reason`, and notes how often."""

    def __init__(self, reason: Reason | None = None) -> None:
        self.reason = reason
        self.read = 0

    def __call__(self, path: Path) -> Document:
        self.read += 1
        if self.reason is not None:
            raise DocumentError(str(path), self.reason)
        return read_document(path)


def refused(room: Room) -> Refusal:
    (refusal,) = room.register.refusals()
    return refusal


def check_told(report: IngestReport, reason: Reason) -> None:
    (failure,) = report.failures
    assert failure.reason == reason.dutch


EMPTY = because(Why.EMPTY)


def test_a_refused_file_is_not_read_again_but_told_again(tmp_path: Path) -> None:
    read = Counted(EMPTY)
    entry = note(tmp_path, "nota")
    with Room(tmp_path / "data", reader=PlainReader(read)) as room:
        check_told(room.ingest(entry), EMPTY)
        kept = refused(room)
        for _ in range(2):
            check_told(room.ingest(entry), EMPTY)
            assert refused(room) == kept, "and nothing is written"
        assert read.read == 1
        room.check()
    with Room(tmp_path / "data", reader=PlainReader(read)) as room:
        check_told(room.ingest(entry), EMPTY)
        assert read.read == 1
        check_told(room.ingest(entry, force=True), EMPTY)
        assert read.read == 2


def test_a_refused_file_that_changed_is_read(tmp_path: Path) -> None:
    read = Counted(EMPTY)
    entry = note(tmp_path, "nota")
    with Room(tmp_path / "data", reader=PlainReader(read)) as room:
        room.ingest(entry)
        note(tmp_path, "nota", edition=2)
        check_told(room.ingest(entry), EMPTY)
        assert read.read == 2
        read.reason = None
        note(tmp_path, "nota", edition=3)
        assert room.ingest(entry).failures == ()
        assert room.register.refusals() == ()
        room.check()


def test_a_refused_file_is_read_by_what_may_read_it_after_all(tmp_path: Path) -> None:
    read = Counted(EMPTY)
    entry = note(tmp_path, "nota")
    with Room(tmp_path / "data", reader=PlainReader(read, fingerprint="old")) as room:
        room.ingest(entry)
    for _ in range(2):
        with Room(tmp_path / "data", reader=PlainReader(read, fingerprint="new")) as room:
            check_told(room.ingest(entry), EMPTY)
            assert refused(room).reader == "new"
    assert read.read == 2


@pytest.mark.parametrize("why", [Why.ENDED_BY_SIGNAL, Why.ENDED_WITH_CODE])
def test_what_may_go_otherwise_next_time_is_tried_again(tmp_path: Path, why: Why) -> None:
    read = Counted(because(why, number=9))
    entry = note(tmp_path, "nota")
    with Room(tmp_path / "data", reader=PlainReader(read)) as room:
        room.ingest(entry)
        assert refused(room).reader == ""
        room.ingest(entry)
        assert read.read == 2


def test_a_file_that_is_gone_is_told_as_gone(tmp_path: Path) -> None:
    entry = note(tmp_path, "nota")
    with Room(tmp_path / "data", reader=PlainReader(Counted(EMPTY))) as room:
        room.ingest(entry)
        entry.path.unlink()
        check_told(room.ingest(entry), because(Why.GONE, error="-"))


def test_other_metadata_is_kept_of_a_file_that_is_not_read_again(tmp_path: Path) -> None:
    read = Counted(EMPTY)
    entry = note(tmp_path, "nota")
    other = replace(entry, metadata=replace(entry.metadata, title="Anders"))
    with Room(tmp_path / "data", reader=PlainReader(read)) as room:
        room.ingest(entry)
        before = refused(room)
        check_told(room.ingest(other), EMPTY)
        assert (refused(room).metadata.title, read.read) == ("Anders", 1)
        assert refused(room).reader == before.reader == "plain"
        check_told(room.ingest(other), EMPTY)
        assert read.read == 1


def test_a_file_that_is_sent_again_is_read_again(tmp_path: Path) -> None:
    read = Counted(EMPTY)
    entry = replace(note(tmp_path, "nota"), received=True)
    with Room(tmp_path / "data", reader=PlainReader(read)) as room:
        room.ingest(entry)
        room.ingest(entry)
        assert read.read == 2


def test_the_print_of_a_reader_changes_with_limits_and_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.isolation.unavailable", lambda: None)
    readers = (IsolatedReader(), IsolatedReader(Limits(pages=9)), IsolatedReader(recognise=False))
    assert len({reader.fingerprint for reader in readers}) == 3
    assert IsolatedReader().fingerprint == readers[0].fingerprint
    monkeypatch.setattr("ingest.isolation.unavailable", lambda: "not here")
    assert IsolatedReader().fingerprint == readers[2].fingerprint
    assert not IsolatedReader().recognises


def words(data: bytes, number: int) -> Sequence[Word]:
    """What text recognition might find on every page."""
    return [
        Word(
            text=text,
            left=50 + 40 * place,
            right=85 + 40 * place,
            top=90,
            bottom=104,
            baseline=100,
            size=12,
            bold=False,
            italic=False,
        )
        for place, text in enumerate("Nota over de jeugd in de gemeente".split())
    ]


def nothing(data: bytes, number: int) -> Sequence[Word]:
    return ()


@pytest.fixture
def mixed(tmp_path: Path) -> Entry:
    """A PDF with a page of text and a scanned one."""
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    scanned = tmp_path / "scan.pdf"
    scanned.write_bytes(scan(LINES, pages=1))
    text = tmp_path / "text.pdf"
    text.write_bytes(small_pdf(LINES))
    for path in (text, scanned):
        writer.append(path)
    path = tmp_path / "nota.pdf"
    with path.open("wb") as stream:
        writer.write(stream)
    return Entry(path, metadata("nota"))


def scanned_pages(room: Room) -> tuple[int | None, int | None, str]:
    (document,) = room.register.snapshot().documents
    return document.coverage.scanned, document.coverage.ocr, document.parser


@pytest.mark.parametrize(("recognise", "counts"), [(words, (0, 1)), (nothing, (1, 0))])
def test_scanned_pages_are_read_once_when_they_can_be(
    tmp_path: Path, mixed: Entry, recognise: object, counts: tuple[int, int]
) -> None:
    read: list[Path] = []

    def recognising(path: Path) -> Document:
        read.append(path)
        return read_document(path, recognise)  # type: ignore[arg-type]

    with Room(tmp_path / "data") as room:
        room.ingest(mixed)
        assert scanned_pages(room)[:2] == (1, 0)
        assert room.ingest(mixed).unchanged == 1
    with Room(tmp_path / "data", reader=PlainReader(recognising, recognises=True)) as room:
        assert room.ingest(mixed).unchanged == 0
        assert scanned_pages(room)[:2] == counts
        assert was_recognised(scanned_pages(room)[2])
        assert scanned_pages(room)[2] in PARSERS
        assert room.ingest(mixed).unchanged == 1
        assert len(read) == 1
        room.check()
    with Room(tmp_path / "data") as room:
        assert room.ingest(mixed).unchanged == 1, "what was recognised stays where that is not possible any more"
        assert scanned_pages(room)[:2] == counts


def test_a_document_without_scanned_pages_is_left_alone(tmp_path: Path) -> None:
    entry = note(tmp_path, "nota")
    with Room(tmp_path / "data") as room:
        room.ingest(entry)
    with Room(tmp_path / "data", reader=PlainReader(recognises=True)) as room:
        assert room.ingest(entry).unchanged == 1


def test_where_nothing_can_be_recognised_nothing_is_said_to_be(mixed: Entry) -> None:
    assert not was_recognised(read_document(mixed.path, lambda data, number: None).parser)
    assert was_recognised(read_document(mixed.path, nothing).parser)


def test_reading_the_same_once_more_is_no_change(tmp_path: Path) -> None:
    entry = note(tmp_path, "nota")
    with Room(tmp_path / "data") as room:
        room.ingest(entry)
        before = room.register.snapshot()
        room.ingest(entry, force=True)
        assert room.register.snapshot() is before, "the register holds what it read: no change was counted"
        moved = Entry(tmp_path / "elders.txt", entry.metadata)
        entry.path.rename(moved.path)
        room.ingest(moved, force=True)
        assert room.register.snapshot() is not before
        room.check()
