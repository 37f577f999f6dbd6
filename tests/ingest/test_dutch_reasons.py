"""What readers are told of files that cannot be read, or not whole, is Dutch and names no path of this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.entry import Entry, unknown_metadata
from corpus.errors import DocumentError
from ingest.file_type import refusal
from ingest.isolation import IsolatedReader, Limits
from ingest.pipeline import IngestReport
from tests.dutch import english_in
from tests.ingest.room import Room
from tests.ingest.test_isolation import OBEY, order

DOCUMENTS = Path(__file__).parents[2].parent / "shared" / "documents"
needs_documents = pytest.mark.skipif(not DOCUMENTS.exists(), reason="the shared documents are not here")


@pytest.fixture(scope="module")
def reader() -> Iterator[IsolatedReader]:
    reader = IsolatedReader(recognise=False)
    yield reader
    reader.close()


def told(room: Room, report: IngestReport) -> list[str]:
    """Every sentence about documents that leaves the register, and every one that an ingest tells."""
    sentences = [failure.reason for failure in report.failures]
    refusals = [refusal.reason for refusal in room.register.refusals()]
    assert sorted(sentences) == sorted(refusals)
    for document in room.register.snapshot().documents:
        sentences += document.problems
        sentences += [proposal.origin for proposal in document.proposals]
        for passage in room.register.passages_of(document.version):
            sentences += [passage.problem] if passage.problem else []
    return sentences


@needs_documents
@pytest.mark.parametrize("folder", ["hostile", "scans"])
def test_all_that_is_told_of_a_file_is_dutch(reader: IsolatedReader, tmp_path: Path, folder: str) -> None:
    paths = sorted((DOCUMENTS / folder).iterdir())
    with Room(tmp_path / "data", reader=reader) as room:
        report = room.ingest(*(Entry(path, unknown_metadata(path)) for path in paths))
        sentences = told(room, report)
        assert len(report.failures) >= 2
        assert len(sentences) > len(report.failures)
    for sentence in sentences:
        assert english_in(sentence) == [], sentence
        assert str(DOCUMENTS) not in sentence
        assert str(tmp_path) not in sentence


@pytest.mark.parametrize(
    ("orders", "words"),
    [
        ("hang", "duurde langer dan 1 seconden"),
        ("pages 21", "heeft 21 pagina's en er worden er hoogstens 20 gelezen"),
        ("read " + 1_100_000 * "a", "meer dan 2 MiB aan tekst"),
        ("segfault", "brak af (signaal 11)"),
        ("exit 3", "brak af (code 3)"),
        ("twice", "leverde iets onbruikbaars op"),
        ("answer {}", "leverde iets onbruikbaars op"),
        ("fail geheim", "is mislukt (KeyError, odd_readers.py:"),
        ("surrogate", "is mislukt ("),
        ("memory 1100", "kost meer dan 1.024 MiB geheugen"),
    ],
)
def test_what_goes_wrong_in_reading_is_told_in_dutch(tmp_path: Path, orders: str, words: str) -> None:
    reader = IsolatedReader(Limits(seconds=1 if orders == "hang" else 20, pages=20, output=2 << 20), function=OBEY)
    with pytest.raises(DocumentError) as raised:
        reader.read(order(tmp_path, orders))
    reader.close()
    sentence = raised.value.reason.dutch
    assert words in sentence or "gebrek aan geheugen" in sentence
    assert english_in(sentence) == []
    assert "geheim" not in sentence


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n", "afbeelding"),
        (b"{\\rtf1}", "RTF-bestand"),
        (b"\x1f\x8b", "ingepakt (gzip)"),
        (b"Rar!\x1a\x07", "archief (RAR)"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "met een wachtwoord beveiligd"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "ouder Word-bestand (.doc)"),
        (b"<?xml version='1.0'?><a/>", "XML-bestand"),
    ],
)
def test_the_type_of_a_file_is_told_in_dutch(content: bytes, words: str) -> None:
    reason = refusal("nota", content)
    assert reason is not None
    assert words in reason.dutch
    assert english_in(reason.dutch) == []
