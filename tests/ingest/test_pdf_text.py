"""PDF files whole: their pages counted, scans and garbled fonts known, and broken or locked ones refused."""

import logging
from collections.abc import Sequence
from pathlib import Path

import pypdf.errors
import pytest
from pypdf import PdfReader, PdfWriter

from corpus.errors import DocumentError
from ingest.pages.page import Word
from ingest.pages.pypdf_file import PDF_FAULTS, read_with_pypdf
from ingest.pdf import parse_pdf
from ingest.structured import ElementKind, Structured
from tests.ingest.pages.pdf_writer import Sheet, Text, column, pdf
from tests.ingest.pages.told import text_of

DOCUMENTS = Path(__file__).parents[2].parent / "shared" / "documents"
needs_documents = pytest.mark.skipif(not DOCUMENTS.exists(), reason="the shared documents are not here")

FIRST = ["Wij werken samen aan een veilige wijk voor alle", "kinderen en hun ouders in de ge-"]
SECOND = ["meente, ook in de dorpen daarbuiten.", "Daarvoor is geld nodig, en tijd."]
PICTURE = Sheet([], picture=True)
BLANK = Sheet([])


def page(*lines: str) -> Sheet:
    return Sheet(column(lines))


def shifted(text: str) -> str:
    """Text as a font without a table of its characters gives it: every letter another one."""
    return "".join(chr(ord(sign) - 29) if sign.isalpha() else sign for sign in text)


GARBLED = page(*[shifted(f"De gemeente werkt aan een veilige wijk voor alle kinderen {word}") for word in "abcdef"])


def test_the_paragraph_over_two_pages_is_one_element_with_its_lines_as_they_are() -> None:
    source = parse_pdf("nota.pdf", pdf(page(*FIRST), page(*SECOND)))
    assert source.text == "\n".join([*FIRST, *SECOND, ""])
    assert [(page.number, source.text[page.start : page.end].count("\n")) for page in source.pages] == [(1, 2), (2, 2)]
    assert [(element.start, element.end) for element in source.elements] == [(0, len(source.text))]
    assert source.counts is not None
    assert (source.counts.pages, source.counts.scanned, source.counts.ocr, source.counts.damaged) == (2, (), (), ())
    assert source.parser.startswith("pdf ")


def test_scans_are_counted_and_blank_pages_are_not() -> None:
    source = parse_pdf("nota.pdf", pdf(page(*FIRST), PICTURE, BLANK, page(*SECOND), PICTURE))
    assert source.counts is not None
    assert (source.counts.pages, source.counts.scanned) == (5, (2, 5))
    assert {page.number for page in source.pages} == {1, 4}


def test_text_recognition_reads_the_pages_without_usable_text() -> None:
    asked = []

    def recognise(data: bytes, number: int) -> Sequence[Word]:
        asked.append((data[:5], number))
        if number == 3:
            return ()
        words = ("Gelezen", "van", "het", "papier")
        return [Word(word, 50 + 60 * n, 90, 100 + 60 * n, 102, 100, 10, False, False) for n, word in enumerate(words)]

    source = parse_pdf("nota.pdf", pdf(page(*FIRST), PICTURE, PICTURE, GARBLED), recognise)
    assert asked == [(b"%PDF-", 2), (b"%PDF-", 3), (b"%PDF-", 4)]
    assert source.counts is not None
    assert (source.counts.scanned, source.counts.ocr) == ((3,), (2, 4))
    assert [source.text[start:end] for start, end in source.recognised] == ["Gelezen van het papier\n"] * 2


def test_a_page_whose_fonts_give_other_letters_is_left_out_and_named() -> None:
    source = parse_pdf("nota.pdf", pdf(page(*FIRST), GARBLED, page(*SECOND)))
    assert source.counts is not None
    assert source.counts.scanned == (2,)
    assert source.text == "\n".join([*FIRST, *SECOND, ""])
    assert any(problem.startswith("Pagina 2: de lettertypen geven andere tekens") for problem in source.problems)


@pytest.mark.parametrize(
    "lines",
    [
        ["Baten 1.234.567 2.345.678 3.456.789 12,3%"] * 20,
        ["1.234.567 2.345.678 -3.456.789 (12,3%) € 5 31-12-2023"] * 20,
        ["Wszystkie dzieci w gminie otrzymuja pomoc kiedy tego potrzebuja oraz ich rodzice"] * 10,
        ["Artikel 2.1.a GM0363 NL-2023/12 A1 B2"] * 4,
    ],
    ids=["labels and numbers", "numbers", "Polish", "codes"],
)
def test_numbers_and_other_languages_are_no_garble(lines: list[str]) -> None:
    source = parse_pdf("nota.pdf", pdf(page(*lines)))
    assert source.counts is not None
    assert source.counts.scanned == ()


def test_a_line_in_a_bad_font_is_damage() -> None:
    lines = [*FIRST * 8, "\x01\x04\x05\x06\x07\x08\x0e\x0f"]
    source = parse_pdf("nota.pdf", pdf(page(*lines)))
    assert source.counts is not None
    assert (source.counts.scanned, source.counts.damaged) == ((), (1,))
    (damage,) = source.damages
    assert "lettertype" in damage.problem


@pytest.mark.parametrize(
    ("sheets", "reason"),
    [
        ((PICTURE, PICTURE), r"no text in its 2 pages \(scanned, without a text layer\); run it through"),
        ((BLANK, BLANK), "its 2 pages are blank"),
        ((GARBLED, PICTURE), "no readable words"),
    ],
)
def test_a_pdf_without_any_text_is_refused(sheets: tuple[Sheet, ...], reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        parse_pdf("nota.pdf", pdf(*sheets))


@pytest.mark.parametrize("cut", [9, 40, 300, 700])
def test_a_truncated_pdf_is_refused_but_never_crashes(cut: int) -> None:
    with pytest.raises(DocumentError, match=r"nota\.pdf"):
        parse_pdf("nota.pdf", pdf(page(*FIRST), page(*SECOND))[:cut])


def locked(tmp_path: Path, password: str) -> bytes:
    (tmp_path / "open.pdf").write_bytes(pdf(page(*FIRST)))
    writer = PdfWriter(clone_from=PdfReader(tmp_path / "open.pdf"))
    writer.encrypt(user_password=password, owner_password="eigenaar", algorithm="RC4-128")
    with (tmp_path / "locked.pdf").open("wb") as file:
        writer.write(file)
    return (tmp_path / "locked.pdf").read_bytes()


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"nota\.pdf is locked with a password; save a copy without one"):
        parse_pdf("nota.pdf", locked(tmp_path, "geheim"))


def test_an_encrypted_pdf_that_opens_without_a_password_is_read(tmp_path: Path) -> None:
    assert FIRST[0] in parse_pdf("nota.pdf", locked(tmp_path, "")).text


def test_properties_are_what_the_file_says() -> None:
    info = b"<< /Title (Nota jeugd) /CreationDate (D:20240301120000+01'00') /Author (Afdeling jeugd) >>"
    data = pdf(page(*FIRST)).replace(b"/Root 1 0 R", b"/Root 1 0 R /Info " + info)
    found = read_with_pypdf("nota.pdf", data).information
    assert (found.title, found.author, found.created, found.subject) == (
        "Nota jeugd",
        "Afdeling jeugd",
        "2024-03-01",
        "",
    )
    proposed = [(each.field, each.value) for each in parse_pdf("nota.pdf", data).proposals]
    assert ("title", "Nota jeugd") in proposed
    assert not any("Afdeling" in value for _, value in proposed)  # who wrote it is a person


def test_a_loop_in_the_outline_does_no_harm() -> None:
    data = pdf(page(*FIRST), outline=[("Een", 0), ("Twee", 0)])
    looped = data.replace(b"/Title (Twee)", b"/Title (Twee) /Next 8 0 R /First 8 0 R")
    assert looped != data
    assert parse_pdf("nota.pdf", looped).text == parse_pdf("nota.pdf", data).text


def test_no_table_is_made_of_recognised_words() -> None:
    """A number under the wrong heading is worse than a line of numbers."""

    def recognise(data: bytes, number: int) -> Sequence[Word]:
        return [
            Word(text, 60 + 120 * column, top, 110 + 120 * column, top + 10, top + 8, 10, False, False)
            for top, row in zip(
                range(100, 260, 20), [["Taakveld", "2022", "2023"], *[["Jeugd", "1.234", "5.678"]] * 7], strict=True
            )
            for column, text in enumerate(row)
        ]

    source = parse_pdf("nota.pdf", pdf(page(*FIRST), PICTURE), recognise)
    assert "5.678" in source.text
    assert source.tables == 0


def test_what_pypdf_logs_is_no_noise(capfd: pytest.CaptureFixture[str]) -> None:
    data = pdf(page(*FIRST)).replace(b"startxref\n", b"startxref\n1")
    assert parse_pdf("nota.pdf", data).text
    captured = capfd.readouterr()
    assert captured.err == captured.out == ""
    assert logging.getLogger("pypdf").handlers == []


def test_every_error_of_pypdf_is_translated() -> None:
    classes = [
        value for value in vars(pypdf.errors).values() if isinstance(value, type) and issubclass(value, Exception)
    ]
    own = {error for error in classes if error.__module__ == pypdf.errors.__name__ and not issubclass(error, Warning)}
    assert {error.__name__ for error in own if not issubclass(error, PDF_FAULTS)} == {"DeprecationError"}


def test_every_visible_character_is_in_one_element() -> None:
    source = parse_pdf("nota.pdf", pdf(page(*FIRST), Sheet([Text(70, 40, "Kop", 20, "B"), *column(SECOND)])))
    check_whole(source)
    assert {element.kind for element in source.elements} == {ElementKind.PARAGRAPH, ElementKind.HEADING}


def check_whole(source: Structured) -> None:
    """Elements and pages tile the text."""
    place = 0
    for element in source.elements:
        assert not source.text[place : element.start].strip()
        place = element.end
        for cell in element.cells:
            assert element.start <= cell.start < cell.end <= element.end
    assert not source.text[place:].strip()
    assert [each.start for each in source.pages[1:]] == [each.end for each in source.pages[:-1]]
    assert (source.pages[0].start, source.pages[-1].end) == (0, len(source.text))
    assert all(one.end <= two.start for one, two in zip(source.boxes, source.boxes[1:], strict=False))


@needs_documents
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("hostile/IAmWrongPDF.pdf", "broken PDF"),
        ("hostile/PVN_encrypted_rc4_nocopy.pdf", "no readable words"),
        ("hostile/blanco.pdf", "pages are blank"),
        ("hostile/pdfjs_empty.pdf", "pages are blank"),
        ("hostile/pdfjs_poppler-742-0-fuzzed.pdf", "broken PDF"),
        ("hostile/pypdf_libreoffice-writer-password.pdf", "locked with a password"),
        ("hostile/test_broken_9_bytes.pdf", "broken PDF"),
        ("hostile/wassenaar_jaarrekening_2019_type3_garbled.pdf", "no readable words"),
        ("scans/blg-1007826_scanned_letter.pdf", "without a text layer"),
        ("scans/wassenaar_jaarstukken_2021_table_scan.pdf", "without a text layer"),
    ],
)
def test_a_shared_file_without_text_is_refused_with_its_reason(name: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        parse_pdf(name, (DOCUMENTS / name).read_bytes())


@needs_documents
@pytest.mark.parametrize(
    ("name", "pages", "scanned", "text"),
    [
        ("hostile/pdfjs_Pages-tree-refs.pdf", 2, (2,), "Testcase"),
        ("hostile/pdfjs_helloworld-bad.pdf", 1, (), "Hello, world!"),
        ("hostile/pdfjs_rotated.pdf", 1, (), "Rotated text"),
        ("hostile/pypdf_outlines-with-invalid-destinations.pdf", 4, (), "9 Baz"),
        ("scans/CPN_scan_with_OCR_layer.pdf", 2, (), "Geen bezuiniging"),
    ],
)
def test_an_odd_shared_file_is_read_with_its_pages(name: str, pages: int, scanned: tuple[int, ...], text: str) -> None:
    source = parse_pdf(name, (DOCUMENTS / name).read_bytes())
    assert source.counts is not None
    assert (source.counts.pages, source.counts.scanned) == (pages, scanned)
    assert text in " ".join(text_of(source, element) for element in source.elements)
    check_whole(source)
