"""What every page has: a language, a title of its own, one first heading, and where somebody is."""

from __future__ import annotations

from tests.browser.conftest import Look
from tests.browser.papers import AGENDA, LONG, PLAN, TOPIC
from tests.browser.site import Site, address, report, to_read

MENU = {
    "/": "Zoeken",
    address("/", vraag=TOPIC): "Zoeken",
    "/vergelijken": "Vergelijken",
    address("/vergelijken", onderwerp=TOPIC): "Vergelijken",
    "/documenten": "Documenten",
    f"/documenten/{AGENDA}": "Documenten",
    f"/documenten/{LONG}": "Documenten",
    f"/documenten/{LONG}?deel=2": "Documenten",
    f"/documenten/{PLAN}/bijwerken": "Documenten",
    f"/documenten/{PLAN}/verwijderen": "Documenten",
    "/inlezen": "Documenten",
    "/rapporten": "Rapporten",
}


def test_every_page_has_a_title_of_its_own_and_tells_where_it_is(look: Look, site: Site) -> None:
    visit = look(java_script_enabled=False)
    made = {f"/rapporten/{report(site)}": "Rapporten", f"/rapporten/{report(site)}/verwijderen": "Rapporten"}
    titles: dict[str, str] = {}
    for path, here in (MENU | made).items():
        page = visit.open(path)
        current = page.locator("header [aria-current=page]").all_inner_texts()
        assert (path, current) == (path, [here])
        titles[path] = page.title()
    for path in ("/over", "/toegankelijkheid", "/api"):
        page = visit.open(path)
        assert (path, page.locator("header [aria-current]").count()) == (path, 0)
        titles[path] = page.title()
        assert page.locator("footer [aria-current=page]").get_attribute("href") == path
    assert len(set(titles.values())) == len(titles), titles
    assert all(each.endswith(" – Beleidswijzer") for each in titles.values())


def test_the_contents_mark_where_the_passage_stands(look: Look, site: Site) -> None:
    page = look(java_script_enabled=False).open(to_read(site, AGENDA, vraag="conflictscheidingen"))
    current = page.locator(".bw-contents [aria-current]")
    assert current.all_inner_texts() == ["1b. Scheidingen"]
    assert current.get_attribute("aria-current") == "location"
    assert current.evaluate("(link) => getComputedStyle(link).fontWeight") == "700"
