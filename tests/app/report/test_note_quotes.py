"""Stretches of the five notes that come with the product: what every readable format holds is in the note itself."""

import csv
import io
from importlib.resources import files

import pytest
from markdown_it import MarkdownIt

from app.answer import Ruling
from app.api.report_bodies import RunBody
from app.report.markdown import markdown
from app.report.table import table
from app.report.typeset import typeset
from app.report.web_page import web_page
from tests.app.report.run_parts import aspect, run_of, topic_result, with_aspects
from tests.app.report.test_table import original
from tests.app.report.test_typeset import flat, text_of
from tests.app.report.told import Page, passages_of
from tests.app.wire_samples import finding, passage

LONGEST = 1200
STRETCHES = 12


def notes() -> dict[str, str]:
    """The texts of the notes by file name, with the line ends that a canonical text has."""
    found = [file for file in files("corpus").joinpath("notes").iterdir() if file.name.endswith(".txt")]
    return {file.name: "\n".join(file.read_text(encoding="utf-8").splitlines()) for file in found}


def stretches(text: str) -> list[str]:
    """Stretches of a text of all lengths up to the longest, from everywhere in it."""
    step = len(text) // STRETCHES
    cut = [
        text[at : at + LONGEST * (number + 1) // STRETCHES].strip()
        for number, at in enumerate(range(0, len(text), step))
    ]
    return [each for each in cut if each]


@pytest.fixture(scope="module")
def run() -> RunBody:
    """A topic for each note, of which the stretches are the quotes; the first line of each is also a goal."""
    results = []
    for name, text in sorted(notes().items()):
        quotes = [passage(each, title=name) for each in stretches(text)]
        goals = [aspect(each.quote.splitlines()[0], each) for each in quotes]
        results.append(topic_result(name, with_aspects(finding(Ruling.FOUND, quotes), goals=goals)))
    return run_of(*results)


@pytest.fixture(scope="module")
def everything() -> str:
    return "\f".join(notes().values())


def test_there_is_something_to_read_back(run: RunBody) -> None:
    assert len(notes()) == 5
    assert len(passages_of(run)) >= 5 * STRETCHES
    assert max(map(len, passages_of(run))) > 1000


def test_every_quote_of_a_web_page_is_in_its_note(run: RunBody, everything: str) -> None:
    read = Page(web_page(run)).marked
    assert set(passages_of(run)) <= set(read)
    assert [quote for quote in read if quote not in everything] == []


def test_every_quote_of_a_markdown_file_is_in_its_note(run: RunBody, everything: str) -> None:
    parsed = MarkdownIt().parse(markdown(run).decode())
    read = [token.content.removesuffix("\n") for token in parsed if token.type == "fence"]
    assert set(passages_of(run)) <= set(read)
    assert [quote for quote in read if quote not in everything] == []


def test_every_quote_of_a_table_is_in_its_note(run: RunBody, everything: str) -> None:
    text = table(run).decode().removeprefix("\ufeff")
    read = [original(row["citaat"]) for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert set(passages_of(run)) <= set(read)
    assert [quote for quote in read if quote not in everything] == []


def test_every_quote_is_in_the_text_of_a_pdf(run: RunBody) -> None:
    content = typeset(run)
    text = text_of(content)
    assert [quote for quote in passages_of(run) if flat(quote) not in text] == []
    assert b"pdfuaid" in content
