"""Compounds and their parts."""

import subprocess
import sys
import time

import pytest

from embeddings.compounds import CompoundSplitter


@pytest.fixture(scope="module")
def splitter() -> CompoundSplitter:
    return CompoundSplitter()


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("conflictscheidingen", ("conflict", "scheidingen")),
        ("vechtscheiding", ("vecht", "scheiding")),
        ("jeugdhulp", ("jeugd", "hulp")),
        ("kinderopvang", ("kinder", "opvang")),
        ("wachtlijsten", ("wacht", "lijst")),
        ("verslavingszorg", ("verslaving", "zorg")),
        ("praktijkondersteuner", ("praktijk", "ondersteuner")),
        ("relatietherapie", ("relatie", "therapie")),
        ("schoolverzuim", ("school", "verzuim")),
    ],
)
def test_compound_is_split_into_known_words(splitter: CompoundSplitter, word: str, parts: tuple[str, ...]) -> None:
    assert splitter.split(word) == parts


@pytest.mark.parametrize(
    "word",
    [
        "gemeente",
        "opvoeding",
        "ondersteunen",
        "verschillende",
        "gesprekken",
        "bibliotheek",
        "ouders",
        "qqqqqqqqqq",
        "",
        "a",
    ],
)
def test_word_that_is_no_compound_stays_whole(splitter: CompoundSplitter, word: str) -> None:
    assert splitter.split(word) == ()


def test_parts_cover_the_word_but_for_what_links_them(splitter: CompoundSplitter) -> None:
    for word in ("armoedebestrijding", "samenwerkingsovereenkomst", "toegankelijkheidsagenda", "gezinsklimaat"):
        parts = splitter.split(word)
        assert len(parts) >= 2
        assert word.startswith(parts[0])
        assert word.endswith(parts[-1])
        assert sum(map(len, parts)) >= len(word) - 2 * (len(parts) - 1)


def test_very_long_word_costs_nothing(splitter: CompoundSplitter) -> None:
    started = time.monotonic()
    assert splitter.split("jeugd" * 2000) == ()
    assert time.monotonic() - started < 0.1


def test_word_list_loads_quickly() -> None:
    """Under 0.3 s of processor time, import of the module included."""
    program = (
        "import time; started = time.process_time()\n"
        "from embeddings.compounds import CompoundSplitter; CompoundSplitter().split('jeugdhulp')\n"
        "print(time.process_time() - started)"
    )
    seconds = min(
        float(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    )
    assert seconds < 0.3
