"""Hostile text on the pages of a real browser: nothing runs, nothing is asked for, nothing turns or runs wide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import Look
from tests.browser.papers import empty
from tests.browser.site import Site, address, to_read
from tests.hostile_documents import (
    ALL,
    ARABIC,
    DEEP,
    PAGE,
    REFUSED,
    SCRIPT,
    TEXT,
    WORD,
    WORD_FILE,
    write_hostile_documents,
)
from tests.served import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NARROW = 320
_PAGES = (
    address("/", vraag=WORD),
    address("/", vraag="".join(sign for sign in "".join(ALL) if sign >= " " and sign != "\x85")),
    address("/", vraag="ruimtevaart \u202e\u2069", status="concept"),
    address("/vergelijken", onderwerp=f"{WORD}\n{SCRIPT}"),
    "/documenten",
    "/rapporten",
    *(f"/documenten/{document}/{page}" for document in (TEXT, DEEP) for page in ("bijwerken", "verwijderen")),
    f"/documenten/{REFUSED}/verwijderen",
)
# What the page itself says, apart from what it shows of documents: words whose letters stand from left to right.
_TURNED = """
() => {
  const turned = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("bdi, blockquote, textarea, script, option, .bw-text, [hidden]")) continue;
    for (const word of node.data.matchAll(/[A-Za-z]{3,}/g)) {
      const places = [0, word[0].length - 1].map((letter) => {
        range.setStart(node, word.index + letter);
        range.setEnd(node, word.index + letter + 1);
        return range.getBoundingClientRect();
      });
      if (places[0].width && places[0].top === places[1].top && places[0].left >= places[1].left) turned.push(word[0]);
    }
  }
  return turned;
}
"""
_ALIEN = """
() => [...document.querySelectorAll("*")].filter((element) =>
  element.getAttributeNames().some((name) => name.startsWith("on")) ||
  element.matches("img:not([src^='/']), script:not([src^='/static/']), svg:not(.bw-brand__mark)") ||
  element.matches("iframe, object, embed, base") ||
  /^\\s*javascript:/i.test(element.getAttribute("href") ?? element.getAttribute("action") ?? "")
).map((element) => element.outerHTML.slice(0, 200))
"""


@pytest.fixture(scope="module")
def hostile_site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    program = empty(tmp_path_factory.mktemp("hostile"))
    catalogue = write_hostile_documents(program.folder / "papers", headings=60)
    (ran,) = program.run_together(["ingest", "--catalogue", str(catalogue)])
    assert ran.code == 1, ran.messages  # the file with a null character
    with serving(program) as service:
        site = Site(service.address.url)
        site.wait_until_ready()
        yield site
        assert "Traceback" not in service.log.read_text(encoding="utf-8")


def look_over(page: Page) -> None:
    """All that holds for a page with hostile text on it, every part of it opened."""
    page.evaluate("() => document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    assert page.evaluate("() => window.geraakt") is None
    assert page.evaluate(_ALIEN) == []
    assert page.evaluate(_TURNED) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= NARROW


@pytest.mark.parametrize("path", _PAGES)
def test_a_page_with_hostile_text_is_a_page(look: Look, hostile_site: Site, path: str) -> None:
    visit = look(NARROW, 700, at=hostile_site)
    visit.page.on("dialog", lambda dialog: visit.faults.append(f"dialog: {dialog.message}"))
    visit.open(path)
    look_over(visit.settled())


@pytest.mark.parametrize("document", [TEXT, WORD_FILE, PAGE, DEEP, ARABIC])
def test_reading_hostile_text(look: Look, hostile_site: Site, document: str) -> None:
    visit = look(NARROW, 700, at=hostile_site)
    visit.page.on("dialog", lambda dialog: visit.faults.append(f"dialog: {dialog.message}"))
    visit.open(to_read(hostile_site, document, vraag=WORD))
    look_over(visit.settled())


@pytest.mark.parametrize("typed", ["jeug", "script", "kop"])
def test_suggestions_of_hostile_headings(look: Look, hostile_site: Site, typed: str) -> None:
    visit = look(NARROW, 700, at=hostile_site)
    page = visit.open("/")
    with page.expect_response("**/v1/suggesties*"):
        page.locator("#veld-vraag").press_sequentially(typed)
    look_over(visit.settled())


def test_a_quote_is_copied_to_the_character(look: Look, hostile_site: Site) -> None:
    with hostile_site.client() as client:
        answer: dict[str, Any] = client.get("/v1/passages", params={"vraag": WORD}).json()
    visit = look(at=hostile_site)
    page = visit.open(address("/", vraag=WORD))
    copies = page.eval_on_selector_all(".bw-copy__text", "(fields) => fields.map((field) => field.value)")
    shown = page.eval_on_selector_all("blockquote", "(quotes) => quotes.map((each) => each.textContent)")
    quotes = [passage["citaat"] for passage in answer["passages"]]
    assert [copy[1 : len(text) + 1] for copy, text in zip(copies, quotes, strict=True)] == quotes
    assert shown == quotes
