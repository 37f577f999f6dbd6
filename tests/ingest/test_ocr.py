"""Text recognition: the table that Tesseract makes, and, where it is installed with Dutch, real pages."""

import io
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from ingest.isolation import IsolatedReader
from ingest.ocr import recogniser, unavailable
from ingest.pages.render import count_pages, render
from ingest.read import read_document
from ingest.recognised_words import confident, words_in
from ingest.split import split
from tests.ingest.small_pdf import small_pdf
from tests.ingest.wholeness import assert_whole

DOCUMENTS = Path(__file__).parents[2].parent / "shared" / "documents"
WHY_NOT = unavailable()
needs_tesseract = pytest.mark.skipif(WHY_NOT is not None, reason=str(WHY_NOT))
needs_documents = pytest.mark.skipif(not DOCUMENTS.exists(), reason="the shared documents are not here")
COLUMNS = "level page_num block_num par_num line_num word_num left top width height conf text"
LINES = (
    "Hoofdstuk 1. Visie op de jeugd",
    "De gemeente helpt ouders en kinderen in alle wijken.",
    "Daarvoor is 1.250 euro per gezin beschikbaar.",
)


def table(*rows: Sequence[object]) -> str:
    return "\n".join("\t".join(map(str, row)) for row in (COLUMNS.split(), *rows)) + "\n"


def word(text: str, left: int, top: int, width: int, height: int, line: int = 1, sure: float = 95) -> list[object]:
    return [5, 1, 1, 1, line, 1, left, top, width, height, sure, text]


def test_a_word_has_its_place_in_points() -> None:
    (found,) = words_in(table(word("Hoofdstuk", 300, 600, 450, 72)), scale=300 / 72)
    assert found.confidence == 95
    assert (found.word.text, found.word.left, found.word.right) == ("Hoofdstuk", 72, 180)
    assert found.word.baseline == pytest.approx(144 + 17.28)
    assert found.word.size == pytest.approx(24)
    assert found.word.top < 144
    assert found.word.bottom > found.word.baseline


def test_words_of_one_line_share_baseline_and_size() -> None:
    """Pixels alone would put `gym` lower than `Zaal`, and make `en` smaller."""
    cells = (word("Zaal", 0, 100, 80, 72), word("en", 90, 122, 40, 50), word("gym", 140, 122, 60, 72))
    found = [each.word for each in words_in(table(*cells), scale=1)]
    assert [each.text for each in found] == ["Zaal", "en", "gym"]
    assert len({(each.baseline, each.size, each.top, each.bottom) for each in found}) == 1
    assert found[0].baseline == pytest.approx(172, abs=1)
    assert found[0].size == pytest.approx(100, abs=3)


def test_lines_are_told_apart() -> None:
    first, second = words_in(table(word("Een", 0, 0, 40, 36), word("Twee", 0, 60, 50, 36, line=2)), scale=1)
    assert second.word.baseline - first.word.baseline == pytest.approx(60)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "geen tabel",
        table([4, 1, 1, 1, 1, 0, 0, 0, 100, 20, -1, ""]),
        table(word(" ", 0, 0, 10, 10)),
        table(word("plat", 0, 0, 10, 0)),
        table(word("x", 0, 0, 10, 10, sure=-1)),
        table([5, 1, 1, 1, 1, 1, "links", 0, 10, 10, 90, "woord"]),
        table([5, 1, 1, 1]),
        "\0\tlevel\n5",
    ],
)
def test_rows_that_are_no_words_are_passed_over(text: str) -> None:
    assert words_in(text, scale=1) == []


def test_a_quote_does_not_swallow_the_rest() -> None:
    found = words_in(table(word('"Jeugd', 0, 0, 60, 36), word("eerst", 70, 0, 50, 36)), scale=1)
    assert [each.word.text for each in found] == ['"Jeugd', "eerst"]


def test_words_that_are_not_sure_are_left_out_and_a_page_of_them_too() -> None:
    cells = [word("jeugd", 60 * place, 0, 50, 36, sure=90) for place in range(5)]
    rubbish = [word("ennen", 60 * place, 60, 50, 36, line=2, sure=12) for place in range(5)]
    assert [each.word.text for each in confident(words_in(table(*cells, *rubbish), 1))] == ["jeugd"] * 5
    assert confident(words_in(table(*cells, *rubbish * 6), 1)) == []
    assert confident(words_in(table(*(word("vaag", 0, 0, 50, 36, sure=45) for _ in range(9))), 1)) == []
    assert confident([]) == []


def test_a_page_is_drawn_at_the_resolution_or_as_large_as_may_be() -> None:
    data = small_pdf(LINES)
    picture = render(data, 1, 300, 40_000_000)
    assert picture is not None
    assert (picture.width, picture.height, picture.resolution) == (2480, 3509, 300)
    assert len(picture.pixels) == picture.width * picture.height
    assert min(picture.pixels) < 50
    assert max(picture.pixels) == 255
    small = render(data, 1, 300, 1_000_000)
    assert small is not None
    assert 900_000 < small.width * small.height < 1_010_000
    assert len(small.pixels) == small.width * small.height
    assert (render(data, 2, 300, 1_000_000), render(b"%PDF-", 1, 300, 1_000_000)) == (None, None)
    assert (count_pages(data), count_pages(b"%PDF-")) == (1, None)


def test_a_page_that_nothing_is_recognised_on_stays_scanned(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan(LINES, pages=1))
    asked: list[int] = []

    def nothing(data: bytes, number: int) -> tuple[()]:
        asked.append(number)
        return ()

    with pytest.raises(DocumentError, match="scanned"):
        read_document(path, nothing)
    assert asked == [1]


def scan(lines: Sequence[str], pages: int) -> bytes:
    """A PDF of pictures of these lines; skips where PIL is not installed."""
    image_module = pytest.importorskip("PIL.Image", reason="the extra ocr is not installed")
    drawing = pytest.importorskip("PIL.ImageDraw")
    font = pytest.importorskip("PIL.ImageFont").load_default(size=42)
    made = []
    for number in range(1, pages + 1):
        image = image_module.new("L", (1654, 2339), 250)
        pen = drawing.Draw(image)
        for place, line in enumerate((*lines, f"Dit is bladzijde {number} van de nota over wonen.")):
            pen.text((150, 200 + 110 * place), line, fill=10, font=font)
        made.append(image)
    out = io.BytesIO()
    made[0].save(out, "PDF", resolution=200, save_all=True, append_images=made[1:])
    return out.getvalue()


@pytest.fixture
def reader() -> Iterator[IsolatedReader]:
    reader = IsolatedReader()
    yield reader
    reader.close()


@needs_tesseract
def test_a_scan_is_read_and_marked(reader: IsolatedReader, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan(LINES, pages=2))
    document = reader.read(path)
    assert_whole(document)
    assert (document.coverage.pages, document.coverage.ocr, document.coverage.scanned) == (2, 2, 0)
    assert "De gemeente helpt ouders en kinderen in alle wijken." in document.text
    assert "1.250 euro" in document.text
    passages = tuple(split("0" * 64, document))
    assert passages
    assert all(passage.by_ocr for passage in passages)
    assert any("tekstherkenning" in problem for problem in document.problems)
    (box, *_) = document.boxes
    assert box.page == 1
    assert 45 < box.left < 65, "150 of 1654 pixels, of 595 points"


@needs_tesseract
def test_only_the_page_without_text_is_recognised(reader: IsolatedReader, tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    for data in (small_pdf(LINES), scan(LINES, pages=1)):
        writer.append(io.BytesIO(data))
    path = tmp_path / "gemengd.pdf"
    with path.open("wb") as stream:
        writer.write(stream)
    document = reader.read(path)
    assert (document.coverage.pages, document.coverage.read, document.coverage.ocr) == (2, 2, 1)
    text = "".join(document.text[span.start : span.end] for span in document.recognised)
    assert "bladzijde 1 van de nota" in text
    assert document.text.count("De gemeente helpt ouders") == 2
    assert text.count("De gemeente helpt ouders") == 1


@needs_tesseract
def test_a_scan_is_left_alone_where_recognition_is_off(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan(LINES, pages=1))
    reader = IsolatedReader(recognise=False)
    with pytest.raises(DocumentError, match="scanned"):
        reader.read(path)
    reader.close()


@needs_tesseract
@needs_documents
def test_real_scans_and_fonts_without_letters_are_read(reader: IsolatedReader, tmp_path: Path) -> None:
    letter = reader.read(DOCUMENTS / "scans" / "blg-1007826_scanned_letter.pdf")
    assert letter.coverage.ocr == 2
    assert "Naar aanleiding van het Tweeminutendebat mestbeleid van 11 november" in letter.text
    pypdf = pytest.importorskip("pypdf")
    accounts = pypdf.PdfReader(DOCUMENTS / "hostile" / "wassenaar_jaarrekening_2019_type3_garbled.pdf")
    writer = pypdf.PdfWriter()
    writer.add_page(accounts.pages[19])
    with (tmp_path / "bladzijde.pdf").open("wb") as stream:
        writer.write(stream)
    page = reader.read(tmp_path / "bladzijde.pdf")
    assert_whole(page)
    assert (page.coverage.ocr, page.coverage.scanned) == (1, 0)
    assert "Gemeentelijk onderwijsachterstandenbeleid" in page.text


@needs_tesseract
def test_it_tells_of_each_page_and_gives_up_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    pytesseract = pytest.importorskip("pytesseract")
    told: list[None] = []
    recognise = recogniser(lambda: told.append(None))
    data = scan(LINES, pages=1)
    assert len(recognise(data, 1) or ()) > 10
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", shutil.which("false"))
    assert recognise(data, 1) == []
    assert recognise(data, 7) == []
    assert len(told) == 3


def test_why_it_is_not_available_is_told_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    reason = unavailable.__wrapped__()
    assert reason is not None
    assert re.fullmatch(r"the program tesseract is not installed: install .*nld", reason)
