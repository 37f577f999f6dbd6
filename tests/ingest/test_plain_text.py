"""Files that are not PDF: read as UTF-8 or UTF-16, or refused with the reason and the remedy."""

from pathlib import Path

import pytest

from corpus.errors import DocumentError
from ingest.parse import parse
from ingest.read import read_document


def write(folder: Path, data: bytes, name: str = "nota.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_known_encodings_give_the_same_text(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, "Eén café kost € 1.000.".encode(encoding))
    document = read_document(path)
    assert document.text == "Eén café kost € 1.000."
    assert document.coverage.pages is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n ", "only white space"),
        (b"\x01\x02\x07\n", "only control characters"),
        ("\ufeff\u200b".encode(), "only control characters"),
        ("beleid voor één kind".encode("latin-1"), "not UTF-8: byte 12 (0xe9)"),
        (b"tekst\x00\x01\x02 met nullen", "NUL byte at position 5"),
        (b"PK\x03\x04rest", "broken zip archive or Office file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Office file"),
        (b"<!DOCTYPE html><html><body></body></html>", "has no text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_file_reason_and_remedy(tmp_path: Path, data: bytes, reason: str) -> None:
    path = write(tmp_path, data)
    with pytest.raises(DocumentError) as refusal:
        parse(path)
    message = str(refusal.value)
    assert str(path) in message
    assert reason in message
    assert "; " in message


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="No such file"):
        parse(tmp_path / "weg.txt")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        parse(tmp_path)


def test_the_type_is_decided_by_content_and_not_by_name(tmp_path: Path) -> None:
    assert parse(write(tmp_path, b"Gewone tekst.", "nota.pdf")).text == "Gewone tekst."
