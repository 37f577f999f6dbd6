"""What a page weighs with all that it loads, as it is sent, over the five notes that come with the product."""

import re
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from starlette.requests import Request

from app.answer import Mode, Question, Scope
from app.knowledge_base import KnowledgeBase
from app.web.assets import PREFIX, assets
from app.web.search import search_page
from tests.app.notes import loader, settings
from tests.app.web.html_page import HtmlPage
from tests.app.web.pages import Pages

MOST_BYTES = 150_000
_FONT = re.compile(r'url\("(noto/[^"]+)"\)')
TOPICS = "wachtlijsten jeugdhulp\nschulden\nonderwijs\ngezondheid\nveiligheid\nwonen"  # as many as go together


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(settings(tmp_path_factory.mktemp("five")), load=loader()) as opened:
        assert opened.ingest([], None, force=False).documents == 5
        yield opened


@pytest.fixture(scope="module")
def pages(notes: KnowledgeBase) -> Pages:
    return Pages(notes)


def weights(page: HtmlPage) -> dict[str, int]:
    """The bytes of every asset of a page, the fonts of its style sheets included."""
    prefix = re.compile(rf"{PREFIX}/[0-9a-f]+/")
    linked = [each.get("href", "") for each in page.all("link")] + [each.get("src", "") for each in page.all("script")]
    names = {prefix.sub("", each, count=1) for each in linked if prefix.match(each)}
    names |= {
        font for name in names if name.endswith(".css") for font in _FONT.findall(assets()[name].content.decode())
    }
    return {name: len(assets()[name].packed or assets()[name].content) for name in names}


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/", [("vraag", "Hoe helpt de gemeente kinderen in de jeugdhulp?")]),
        ("/vergelijken", [("onderwerp", TOPICS)]),
        ("/documenten", []),
    ],
)
def test_a_page_weighs_less_than_150_kb(pages: Pages, path: str, parameters: list[tuple[str, str]]) -> None:
    got = pages.get(path, *parameters)
    assert (got.status_code, got.headers["content-encoding"]) == (200, "gzip")
    own, loaded = int(got.headers["content-length"]), weights(HtmlPage.of(got.text))
    assert {"beleidswijzer.css", "utrecht/index.css", "beleidswijzer.js"} <= loaded.keys()
    assert any(name.endswith("700-normal.woff2") for name in loaded)
    assert own + sum(loaded.values()) < MOST_BYTES, (own, loaded)


def test_reading_any_of_the_notes_weighs_less_than_150_kb(notes: KnowledgeBase, pages: Pages) -> None:
    documents = [f"/documenten/{each.metadata.document_id}" for each in notes.snapshot().documents]
    for got in pages.all(*((path, [("vraag", "jeugd")]) for path in documents)):
        assert got.status_code == 200
        weight = int(got.headers["content-length"]) + sum(weights(HtmlPage.of(got.text)).values())
        assert weight < MOST_BYTES, got.url


def test_a_search_page_is_made_in_no_time(notes: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes about ten milliseconds of the processor beyond the search; a hundred are for any machine."""
    question = Question("Hoe helpt de gemeente kinderen in de jeugdhulp?", Scope(), 10, Mode.HYBRID)
    answer = notes.search(question)
    assert len(answer.hits) == 10
    monkeypatch.setattr(notes, "search", lambda _: answer)
    query = urlencode({"vraag": question.text}).encode()
    took = []
    for _ in range(5):
        request = Request({"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": query})
        begin = time.process_time()
        search_page(request, notes)
        took.append(time.process_time() - begin)
    assert min(took) < 0.1
