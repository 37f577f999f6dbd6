"""Hostile text goes from a file through reading, search, comparison and reports to every page, and stays text."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from html import unescape
from urllib.parse import urlsplit

import pytest

from app.answer import Mode, Question, Scope
from app.api.wire import passages_body
from app.knowledge_base import KnowledgeBase
from app.local_service import made_report
from app.report.order import ReportOrder, Topic
from app.web.rendering import copied
from tests.app.notes import loader, settings
from tests.app.web.html_page import HtmlPage
from tests.app.web.pages import Pages
from tests.hostile_documents import (
    ALL,
    ARABIC,
    DEEP,
    LONG,
    PAGE,
    PRODUCT,
    REFUSED,
    SCRIPT,
    TEXT,
    WORD,
    WORD_FILE,
    write_hostile_documents,
)
from tests.ingest.plain_reader import PlainReader

READ = (TEXT, WORD_FILE, PAGE, DEEP, ARABIC)
_COPIES = re.compile(r"<textarea[^>]*class=\"bw-copy__text\"[^>]*>(.*?)</textarea>", re.DOTALL)
_FENCED = re.compile(r"^(`{3,})text\n.*?^\1$", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    folder = tmp_path_factory.mktemp("hostile")
    with KnowledgeBase.open(settings(folder), load=loader(), reader=PlainReader()) as opened:
        report = opened.ingest([], write_hostile_documents(folder / "papers"), force=False)
        assert (report.documents, len(report.failures)) == (len(READ), 1)
        yield opened


@pytest.fixture(scope="module")
def pages(library: KnowledgeBase) -> Pages:
    return Pages(library)


def assert_harmless(text: str) -> HtmlPage:
    """A page with no element, attribute or address that the service did not make itself."""
    page = HtmlPage.of(text)
    assert page.faults() == []
    assert {each["src"] for each in page.all("script") if not each["src"].startswith("/static/")} == set()
    assert not {"img", "iframe", "object", "embed", "base", "b", "i", "form-x"} & {tag for tag, _ in page.tags}
    assert all("onload" not in held and "onerror" not in held for _, held in page.tags)
    for name in ("href", "src", "action", "formaction"):
        assert {urlsplit(held[name]).scheme for _, held in page.tags if name in held} <= {""}
    assert not _TURNS.search("".join(_TITLE.findall(text)))
    assert PRODUCT not in page.text
    return page


def assert_isolated(text: str) -> None:
    """No sign that turns the direction, but in a field of its own."""
    assert not _TURNS.search(_COPIES.sub("", text))


@pytest.mark.parametrize("attack", [WORD, SCRIPT, *ALL[1:]])
def test_searching_for_it_and_finding_it_does_nothing(pages: Pages, attack: str) -> None:
    asked = "".join(sign for sign in attack if unicodedata.category(sign) != "Cc")
    for got in pages.all(("/", [("vraag", asked)]), ("/vergelijken", [("onderwerp", asked)])):
        assert got.status_code == 200
        assert_harmless(got.text)


def test_what_is_found_is_shown_as_it_stands(library: KnowledgeBase, pages: Pages) -> None:
    shown = pages.get("/", ("vraag", WORD)).text
    assert_isolated(shown)
    texts = "".join(assert_harmless(shown).words)
    answer = passages_body(library.search(Question(WORD, Scope(), 10, Mode.HYBRID)))
    assert len(answer.passages) == 10
    for passage in answer.passages:
        assert library.text(passage.document.id).text[passage.position.start : passage.position.end] == passage.quote
        assert passage.quote in texts
    copies = [unescape(each) for each in _COPIES.findall(shown)]
    assert copies == [copied(passage) for passage in answer.passages]


@pytest.mark.parametrize("document", READ)
def test_reading_does_nothing(library: KnowledgeBase, pages: Pages, document: str) -> None:
    answer = passages_body(library.search(Question(WORD, Scope(documents=(document,)), 1, Mode.HYBRID)))
    found = [("passage", answer.passages[0].id), ("vraag", WORD)]
    for got in pages.all((f"/documenten/{document}", []), (f"/documenten/{document}", found)):
        assert got.status_code == 200
        assert_harmless(got.text)
        assert_isolated(got.text)


@pytest.mark.parametrize("document", [*READ, REFUSED])
@pytest.mark.parametrize("page", ["bijwerken", "verwijderen"])
def test_managing_does_nothing(pages: Pages, document: str, page: str) -> None:
    got = pages.get(f"/documenten/{document}/{page}")
    assert got.status_code in (200, 404)
    assert_harmless(got.text)


@pytest.mark.parametrize("path", ["/documenten", "/vergelijken?onderwerp=jeugdhulp", "/rapporten", "/inlezen"])
def test_lists_and_tables_do_nothing(pages: Pages, path: str) -> None:
    got = pages.get(path)
    assert got.status_code == 200
    assert_harmless(got.text)
    assert_isolated(got.text)


@pytest.mark.parametrize("format_name", ["html", "md", "csv", "docx", "xlsx"])
def test_a_report_of_it_is_text(library: KnowledgeBase, format_name: str) -> None:
    topics = tuple(Topic(each) for each in (WORD, SCRIPT, "{{ 1913*1913 }}", "=1+1"))
    order = ReportOrder(f"Rapport {SCRIPT}", topics, (), format_name, date(2026, 3, 1), per_municipality=10)
    content = made_report(library, order, lambda *_: None).content
    if format_name in ("docx", "xlsx"):
        assert content.startswith(b"PK")
        return
    text = content.decode()
    assert LONG[:500] in text
    assert PRODUCT not in text
    if format_name == "html":
        page = HtmlPage.of(text)
        assert {each["src"][:26] for each in page.all("img")} <= {"data:image/svg+xml;base64,"}  # the matrix in colours
        assert not {"script", "svg", "iframe", "form", "textarea"} & {tag for tag, _ in page.tags}
        assert not any(name.startswith("on") for _, held in page.tags for name in held)
        assert SCRIPT in "".join(page.words)
    if format_name == "md":
        marked_up = _FENCED.sub("", text)
        assert len(marked_up) < len(text)
        assert not re.search(r"(?<!\\)<\w", marked_up)
        assert not _TURNS.search(marked_up)


@pytest.mark.parametrize("typed", ["jeu", "kop", "script", "klik", "<script", "scheef", "Zal"])
def test_suggestions_are_data(pages: Pages, typed: str) -> None:
    got = pages.get("/v1/suggesties", ("q", typed))
    assert (got.status_code, got.headers["content-type"]) == (200, "application/json")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert not _TURNS.search(got.text)
