"""Pages drawn in a process of their own: what is marked, limits, and files that break the drawing."""

import os
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from corpus.errors import MachineError
from ingest import picture_process
from ingest.page_pictures import PagePictures
from ingest.pages.highlight import Place
from ingest.pages.png import png, size_of
from ingest.picture_wire import PagePicture, PictureLimits, PictureRequest
from tests.ingest.small_pdf import small_pdf

MAIN = "tests.ingest.odd_drawing:"
LINE = Place(72, 110, 300, 126)
GREY, COLOUR = 0, 2


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "two.pdf"
    path.write_bytes(small_pdf(["Een regel over jeugd"], ["De tweede bladzijde"]))
    return path


def pixels_of(picture: bytes) -> tuple[int, bytes]:
    """The kind of colour of a PNG as we write it, and its pixels."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = size_of(picture)
    start = picture.index(b"IDAT")
    length = int.from_bytes(picture[start - 4 : start])
    rows = zlib.decompress(picture[start + 4 : start + 4 + length])
    row = len(rows) // height
    assert row - 1 in (width, 3 * width)
    return picture[25], b"".join(rows[at + 1 : at + row] for at in range(0, len(rows), row))


def drawn(pictures: PagePictures, path: Path, page: int, *places: Place) -> PagePicture:
    found = pictures.picture(path, page, places)
    assert found is not None
    return found


def test_a_page_is_drawn_in_the_shape_it_has(pdf: Path) -> None:
    page = drawn(PagePictures(), pdf, 1)
    assert (page.pages, page.width, page.height) == (2, 595, 842)
    width, height = size_of(page.png)
    assert (width, height) == (910, 1287)  # 110 pixels to an inch
    kind, pixels = pixels_of(page.png)
    assert kind == GREY
    assert set(pixels) > {0, 255}


def test_the_lines_of_a_quote_are_marked_and_still_read(pdf: Path) -> None:
    pictures = PagePictures()
    kind, pixels = pixels_of(drawn(pictures, pdf, 1, LINE).png)
    colours = {pixels[at : at + 3] for at in range(0, len(pixels), 3)}
    assert kind == COLOUR
    assert {
        bytes((255, 238, 119)),
        bytes((0, 0, 0)),
        bytes((17, 68, 119)),
    } <= colours  # paper, ink and the line under it


def test_a_place_outside_the_page_marks_nothing(pdf: Path) -> None:
    pictures = PagePictures()
    for place in (Place(-50, -50, -10, -10), Place(5000, 5000, 6000, 6000), Place(300, 200, 100, 100)):
        assert pixels_of(drawn(pictures, pdf, 2, place).png)[0] == GREY


def test_the_size_of_a_page_is_known_without_drawing_it(pdf: Path) -> None:
    assert PagePictures().size(pdf, 2) == PagePicture(2, 595, 842, b"")


@pytest.mark.parametrize("page", [0, -1, 3, 10**6])
def test_a_page_that_is_not_there_is_none(pdf: Path, page: int) -> None:
    assert PagePictures().size(pdf, page) is None


@pytest.mark.parametrize(
    "content", [b"", b"gewone tekst", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", small_pdf(["jeugd"])[:200]]
)
def test_a_file_that_is_no_whole_pdf_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd"
    path.write_bytes(content)
    assert PagePictures().picture(path, 1, ()) is None


def test_a_file_that_is_gone_is_none(tmp_path: Path) -> None:
    assert PagePictures().picture(tmp_path / "gone.pdf", 1, ()) is None


def test_a_page_as_large_as_a_wall_stays_a_picture_of_bounded_size(tmp_path: Path) -> None:
    path = tmp_path / "wall.pdf"
    path.write_bytes(small_pdf(["jeugd"]).replace(b"0 0 595 842", b"0 0 9999 99"))
    page = drawn(PagePictures(PictureLimits(pixels=50_000)), path, 1)
    width, height = size_of(page.png)
    assert 25_000 < width * height < 60_000


@pytest.mark.parametrize("odd", ["crash", "babble", "lie", "silence", "nest"])
def test_a_drawing_that_breaks_is_none(pdf: Path, odd: str) -> None:
    assert PagePictures(main=MAIN + odd).picture(pdf, 1, ()) is None


def test_a_drawing_that_takes_too_long_is_ended(pdf: Path) -> None:
    began = time.monotonic()
    assert PagePictures(PictureLimits(seconds=1), main=f"{MAIN}hang").picture(pdf, 1, ()) is None
    assert time.monotonic() - began < 8


def test_an_answer_that_is_too_long_is_none(pdf: Path) -> None:
    assert PagePictures(PictureLimits(output=1_000)).picture(pdf, 1, ()) is None


@pytest.mark.skipif(os.name != "posix", reason="only there a process is held to its memory")
def test_too_little_memory_breaks_no_more_than_the_drawing(pdf: Path) -> None:
    assert PagePictures(PictureLimits(memory=1 << 20)).picture(pdf, 1, ()) is None


def test_the_process_knows_no_secret(pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BELEIDSWIJZER_QDRANT_API_KEY", "geheim")
    assert PagePictures(main=f"{MAIN}tell_secret").picture(pdf, 1, ()) == PagePicture(1, 1.0, 1.0, b"none")


def test_a_page_is_drawn_once_and_forgotten_where_there_is_no_room(pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    popen = subprocess.Popen

    def counted(*arguments: object, **options: object) -> object:
        started.append(arguments)
        return popen(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", counted)
    roomy, tight = PagePictures(), PagePictures(kept=300)
    assert drawn(roomy, pdf, 1) is drawn(roomy, pdf, 1)
    assert len(started) == 1
    drawn(roomy, pdf, 1, LINE)
    assert len(started) == 2
    drawn(tight, pdf, 1)
    drawn(tight, pdf, 1)
    assert len(started) == 4


def test_a_process_that_cannot_start_is_a_fault_of_the_machine(pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(pdf.parent / "no-python"))
    with pytest.raises(MachineError, match="close other programs"):
        PagePictures().picture(pdf, 1, ())


def test_what_is_drawn_is_told_whole(pdf: Path) -> None:
    request = PictureRequest(pdf, 1, (LINE,), True, PictureLimits())
    assert PictureRequest.decoded(request.encoded()) == request
    page = picture_process.draw(request)
    assert page is not None
    assert PagePicture.decoded(page.encoded()) == page


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\n",
        b"{}\n",
        b"[1, 2]\n",
        b'["1", 2.0, 3.0]\n',
        b"[1, NaN, 3.0]\n",
        b"[1, 1e300, 3.0]\n",
        b"[0, 2.0, 3.0]\n",
    ],
)
def test_an_answer_that_is_no_page_is_refused(answer: bytes) -> None:
    with pytest.raises(ValueError, match="not a page"):
        PagePicture.decoded(answer)


def test_a_picture_without_colour_is_written_in_grey() -> None:
    assert pixels_of(png(2, 1, bytes((0, 0, 0, 255, 255, 255)))) == (GREY, b"\x00\xff")
    assert pixels_of(png(1, 1, bytes((255, 0, 0)))) == (COLOUR, b"\xff\x00\x00")
