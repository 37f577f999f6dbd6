"""PDF through pypdf, page by page; and every broken or locked one refused with its reason."""

import logging
from pathlib import Path

import pypdf.errors
import pytest
from pypdf import PdfReader, PdfWriter

from corpus.errors import DocumentError
from ingest.parse import parse
from ingest.pdf import PDF_FAULTS
from ingest.read import read_document
from ingest.split import split

DOCUMENTS = Path(__file__).parents[2].parent / "shared" / "documents"
needs_documents = pytest.mark.skipif(not DOCUMENTS.exists(), reason="the shared documents are not here")


def pdf(*pages: list[str]) -> bytes:
    """A PDF with these lines on its pages, written by hand."""
    count = len(pages)
    kids = " ".join(f"{3 + 2 * place} 0 R" for place in range(count))
    font = 3 + 2 * count
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>"]
    for place, lines in enumerate(pages):
        shown = " T* ".join(f"({line}) Tj" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET" if lines else ""
        resources = f"/Resources << /Font << /F1 {font} 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents {4 + 2 * place} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    body = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def write(folder: Path, data: bytes, name: str = "nota.pdf") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


FIRST = ["Hoofdstuk 1. Visie", "Wij werken samen aan een veilige wijk voor", "alle kinderen en hun ouders in de ge-"]
SECOND = ["meente, ook in de dorpen daarbuiten.", "Hoofdstuk 2. Aanpak", "Daarvoor is geld nodig, en tijd."]


def test_pages_are_read_in_order_and_numbered_from_one(tmp_path: Path) -> None:
    document = read_document(write(tmp_path, pdf(FIRST, SECOND)))
    assert document.coverage.pages == document.coverage.read == 2
    assert (document.coverage.scanned, document.coverage.ocr, document.coverage.damaged) == (0, 0, 0)
    assert "kinderen en hun ouders in de gemeente, ook in de dorpen daarbuiten." in document.text
    assert [page.number for page in document.pages] == [1, 2]
    assert document.pages[0].start == 0
    assert document.pages[1].end == len(document.text)
    assert document.parser.startswith("pypdf")
    passages = split("version", document)
    assert [(passage.section, passage.pages) for passage in passages] == [
        (("Hoofdstuk 1. Visie",), (1, 2)),
        (("Hoofdstuk 2. Aanpak",), (2, 2)),
    ]


def test_the_ending_of_the_name_does_not_matter(tmp_path: Path) -> None:
    assert parse(write(tmp_path, pdf(FIRST), "nota.txt")).page_count == 1


def test_a_page_without_text_is_counted_and_told(tmp_path: Path) -> None:
    document = read_document(write(tmp_path, pdf(FIRST, [], SECOND)))
    assert (document.coverage.pages, document.coverage.read, document.coverage.scanned) == (3, 2, 1)
    assert any("1 of 3 pages have no text" in problem for problem in document.problems)
    assert [page.number for page in document.pages] == [1, 3]


def test_running_headers_and_page_numbers_of_the_pages_go(tmp_path: Path) -> None:
    pages = [
        ["Nota jeugd", f"Op bladzijde {word} staat genoeg te lezen.", f"{number}"]
        for number, word in enumerate("abcd", 5)
    ]
    document = read_document(write(tmp_path, pdf(*pages)))
    assert "Nota jeugd" not in document.text
    assert document.text.split("\n\n") == [f"Op bladzijde {word} staat genoeg te lezen." for word in "abcd"]
    assert [page.number for page in document.pages] == [1, 2, 3, 4]


def test_a_pdf_without_any_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        DocumentError, match=r"no text in its 2 pages \(scanned, without a text layer\); run it through"
    ):
        parse(write(tmp_path, pdf([], [])))


def test_a_pdf_with_characters_but_no_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no readable words"):
        parse(write(tmp_path, pdf(["/0/1/2/3/4/5 6/7/8 9/10 11/12 13/14 15/16"] * 20)))


@pytest.mark.parametrize("cut", [9, 40, 300, 700])
def test_a_truncated_pdf_is_read_or_refused_but_never_crashes(tmp_path: Path, cut: int) -> None:
    path = write(tmp_path, pdf(FIRST, SECOND)[:cut])
    with pytest.raises(DocumentError) as refusal:
        parse(path)
    assert str(path) in str(refusal.value)


def locked(tmp_path: Path, password: str) -> Path:
    writer = PdfWriter(clone_from=PdfReader(write(tmp_path, pdf(FIRST), "open.pdf")))
    writer.encrypt(user_password=password, owner_password="eigenaar", algorithm="RC4-128")
    path = tmp_path / "locked.pdf"
    with path.open("wb") as file:
        writer.write(file)
    return path


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="locked with a password; save a copy without one"):
        parse(locked(tmp_path, "geheim"))


def test_an_encrypted_pdf_that_opens_without_a_password_is_read(tmp_path: Path) -> None:
    assert "Hoofdstuk 1. Visie" in parse(locked(tmp_path, "")).text


def test_what_pypdf_logs_is_a_problem_and_not_noise(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    data = pdf(FIRST).replace(b"startxref\n", b"startxref\n1")
    source = parse(write(tmp_path, data))
    captured = capfd.readouterr()
    assert captured.err == captured.out == ""
    assert any("pypdf gave" in problem for problem in source.problems)
    assert logging.getLogger("pypdf").handlers == []


def test_every_error_of_pypdf_is_translated() -> None:
    classes = [
        value for value in vars(pypdf.errors).values() if isinstance(value, type) and issubclass(value, Exception)
    ]
    own = {error for error in classes if error.__module__ == pypdf.errors.__name__ and not issubclass(error, Warning)}
    assert {error.__name__ for error in own if not issubclass(error, PDF_FAULTS)} == {"DeprecationError"}


@needs_documents
@pytest.mark.parametrize("name", ["aa_en_hunze_coalitieakkoord_2018.pdf", "besluitenlijst_raad_2015-06-29.pdf"])
def test_a_real_pdf_is_read_whole(name: str) -> None:
    document = read_document(DOCUMENTS / "pdf" / name)
    assert document.coverage.read == document.coverage.pages
    passages = split("version", document)
    assert passages
    assert all(passage.pages is not None for passage in passages)
    assert {page.number for page in document.pages} == set(range(1, (document.coverage.pages or 0) + 1))


@needs_documents
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("IAmWrongPDF.pdf", "not UTF-8"),
        ("blanco.pdf", "without a text layer"),
        ("pdfjs_Pages-tree-refs.pdf", "broken PDF"),
        ("pdfjs_poppler-742-0-fuzzed.pdf", "broken PDF"),
        ("pypdf_libreoffice-writer-password.pdf", "locked with a password"),
        ("test_broken_9_bytes.pdf", "broken PDF"),
        ("docx_password.docx", "Office file"),
    ],
)
def test_a_hostile_file_is_refused_with_its_reason(name: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        parse(DOCUMENTS / "hostile" / name)
