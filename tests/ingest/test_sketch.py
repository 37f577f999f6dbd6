"""Sketches of texts: the same everywhere, fast, and close where texts are close."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.near_identical import SIZE, Sketch, containment, near_identical, resemblance
from ingest.parse import parse
from ingest.sketch import sketch

DOCUMENTS = Path(__file__).parents[2].parent / "shared" / "documents"
NOTES = Path(__file__).parents[2] / "corpus" / "notes"
needs_documents = pytest.mark.skipif(not DOCUMENTS.exists(), reason="the shared documents are not here")


def words(start: int, end: int) -> str:
    return " ".join(f"woord{number}" for number in range(start, end))


def test_a_sketch_by_hand() -> None:
    assert sketch("") == sketch("... -- ...") == Sketch(0, ())
    short = sketch("Wij helpen.")
    assert (short.shingles, len(short.hashes)) == (1, 1)
    six = sketch("een twee drie vier vijf zes")
    assert (six.shingles, len(six.hashes)) == (2, 2)
    assert set(sketch("een twee drie vier vijf").hashes) < set(six.hashes)


def test_the_same_text_has_this_sketch_on_every_platform() -> None:
    assert sketch("Wij helpen elk kind.") == Sketch(1, (8499660482635954687,))


def test_case_signs_and_line_ends_do_not_count() -> None:
    assert sketch("Wij helpen,\nelk   KIND; altijd-weer!") == sketch("wij helpen elk kind altijd weer")


def test_a_large_text_keeps_the_smallest_hashes() -> None:
    found = sketch(words(0, 5000))
    assert (found.shingles, len(found.hashes)) == (4996, SIZE)
    assert list(found.hashes) == sorted(found.hashes)
    assert max(found.hashes) < 2**64 * 0.1


@given(st.text())
def test_any_text_resembles_itself(text: str) -> None:
    found = sketch(text)
    assert resemblance(found, found) == containment(found, found) == (1.0 if found.shingles else 0.0)


@pytest.mark.parametrize(
    ("start", "end", "expected"), [(0, 2000, 1.0), (400, 2000, 0.8), (1000, 3000, 1 / 3), (2000, 4000, 0)]
)
def test_the_estimate_is_near_the_true_share(start: int, end: int, expected: float) -> None:
    assert resemblance(sketch(words(0, 2000)), sketch(words(start, end))) == pytest.approx(expected, abs=0.08)


def test_two_hundred_pages_take_less_than_half_a_second() -> None:
    text = words(0, 9_000) + words(0, 900) * 90
    best = min(_seconds(text) for _ in range(3))
    assert best < 0.5


def _seconds(text: str) -> float:
    start = time.process_time()
    sketch(text)
    return time.process_time() - start


@needs_documents
def test_two_versions_of_a_file_are_noticed_and_different_files_are_not() -> None:
    names = [
        "pdf/100_jaar_rivm.pdf",
        "pdf/100_jaar_rivm_cleaned.pdf",
        "pdf/De_Groenen_A5_2col.pdf",
        "pdf/TK_2021-03_GroenLinks.pdf",
        "office/ah-tk-20202021-3235.odt",
        "text/ah-tk-20202021-3235.html",
        "text/jeugdwet_BWBR0034925.md",
        "text/leerplichtwet_1969_BWBR0002628.md",
        "text/wmo_2015_BWBR0035362.md",
    ]
    files = {name: DOCUMENTS / name for name in names} | {file.name: file for file in NOTES.glob("*.txt")}
    sketches = {name: sketch(parse(file).text) for name, file in files.items()}
    pairs = near_identical(sketches)
    for pair in pairs:
        print(f"{pair.first} ~ {pair.second}: resemblance {pair.resemblance:.2f}, containment {pair.containment:.2f}")
    laws = resemblance(sketches["text/jeugdwet_BWBR0034925.md"], sketches["text/wmo_2015_BWBR0035362.md"])
    print(f"the two laws: resemblance {laws:.2f}")
    assert [(pair.first, pair.second) for pair in pairs] == [
        ("office/ah-tk-20202021-3235.odt", "text/ah-tk-20202021-3235.html"),
        ("pdf/100_jaar_rivm.pdf", "pdf/100_jaar_rivm_cleaned.pdf"),
    ]
    assert laws < 0.2
