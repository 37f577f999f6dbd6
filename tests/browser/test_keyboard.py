"""The product by keyboard alone: to search, read, compare and export, with a focus that is always to be seen."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import Look
from tests.browser.keyboard import Keyboard
from tests.browser.papers import AGENDA, TOPIC
from tests.browser.site import Site, address
from tests.browser.states import STATES

WALKED = {each.name: each for each in STATES}
# The radio buttons of one question are one stop.
FOCUSABLE = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((each) => each.type !== "hidden" && !each.disabled && each.checkVisibility({visibilityProperty: true}))
  .filter((each, place, all) => {
    const together = (other) => other.type === "radio" && other.name === each.name && other.form === each.form;
    return each.type !== "radio" || all.findIndex(together) === place;
  })
  .length"""


@pytest.mark.parametrize(
    "name",
    [
        "results unfolded",
        "passage on a page",
        "long text",
        "comparison unfolded",
        "documents unfolded",
        "reports",
        "api",
    ],
)
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (320, 256)])
def test_every_stop_is_seen_and_in_order(look: Look, site: Site, name: str, width: int, height: int) -> None:
    page = WALKED[name].shown(look(width, height), site)
    keyboard = Keyboard(page)
    stops = keyboard.walk()
    assert keyboard.faults == []
    assert [each.place for each in stops] == sorted(each.place for each in stops)
    assert [f"{a.name} before {b.name}" for a, b in pairwise(stops[1:]) if a.climbs_to(b)] == []
    assert len(stops) == page.evaluate(FOCUSABLE)


def test_the_way_back_is_the_same(look: Look, site: Site) -> None:
    page = WALKED["update with proposals"].shown(look(), site)
    keyboard = Keyboard(page)
    there, back = keyboard.walk(), keyboard.walk("Shift+Tab")
    assert [each.place for each in back] == [there[0].place, *(each.place for each in reversed(there[1:]))]
    assert keyboard.faults == []


def test_the_skip_link_leads_past_the_menu(look: Look) -> None:
    page = look().open("/")
    keyboard = Keyboard(page)
    stop = keyboard.press("Tab")
    assert stop is not None
    assert (stop.name, stop.path) == ("Naar de inhoud", "#inhoud")
    keyboard.press("Enter")
    stop = keyboard.press("Tab")
    assert stop is not None
    assert stop.id == "veld-vraag"
    assert keyboard.faults == ["main 'Zoeken in gemeentelijk beleid' has no outline"] or keyboard.faults == []


def test_an_advisor_searches_reads_compares_and_exports(look: Look) -> None:
    visit = look()
    page = visit.open("/")
    keyboard = Keyboard(page)
    keyboard.to("^Vraag of onderwerp$")
    keyboard.type(TOPIC)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_by_role("heading", name="Wat zegt elke gemeente?").is_visible()
    keyboard.to("^Doorzochte documenten van Amstelveen$")
    assert page.locator("details[open]").count() == 0
    keyboard.press("Enter")
    assert page.locator("details[open] li a").first.is_visible()
    keyboard.press("Space")
    assert page.locator("details[open]").count() == 0
    keyboard.follow("^Lees in het document: passage 1$")
    assert "/documenten/" in page.url
    stop = keyboard.stop()
    assert stop is not None
    assert (stop.id, stop.seen) == ("passage", True)
    results = keyboard.to("^Terug naar de zoekresultaten$", "Shift+Tab")
    assert parse_qs(urlsplit(results.path).query) == {"vraag": [TOPIC]}
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keyboard.follow("^Vergelijk gemeenten, vanaf passage 1$")
    assert page.get_by_role("heading", name="Overzicht").is_visible()
    keyboard.to("^Download als Word")
    with page.expect_download() as sent:
        page.keyboard.press("Enter")
    assert sent.value.suggested_filename.endswith(".docx")
    keyboard.to("^Doelen")
    side = page.locator("details", has=page.locator("summary", has_text="Doelen"))
    assert side.get_attribute("open") is None
    keyboard.press("Enter")
    assert side.get_by_text("langer dan zes weken").is_visible()
    keyboard.press("Space")
    assert side.get_attribute("open") is None
    assert keyboard.faults == []


def test_filters_are_chosen_with_keys(look: Look) -> None:
    page = look().open(address("/", vraag=TOPIC))
    keyboard = Keyboard(page)
    keyboard.to("^Filters")
    keyboard.press("Enter")
    keyboard.to("^Zwolle$")
    keyboard.press("Space")
    keyboard.to("^Soort document$")
    keyboard.press("n")
    keyboard.to("^Geldig op één dag$")
    keyboard.type("01012017")
    keyboard.follow("^Zoek met deze filters$")
    assert "gemeente=GM0193" in page.url
    assert "soort=nota" in page.url
    assert "geldigOp=2017-01-01" in page.url
    assert page.locator(".bw-verdicts > li").count() == 1
    assert keyboard.faults == []


@pytest.mark.parametrize("name", ["search with faults", "compare with faults", "reading with faults"])
def test_faults_get_the_focus(look: Look, site: Site, name: str) -> None:
    page = WALKED[name].shown(look(), site)
    keyboard = Keyboard(page)
    stop = keyboard.stop()
    assert stop is not None
    assert (stop.id, stop.fault()) == ("fouten", "")


def test_a_fault_leads_to_its_field(look: Look) -> None:
    visit = look()
    page = visit.open("/rapporten")
    keyboard = Keyboard(page)
    keyboard.to("^Onderwerpen$")
    keyboard.type("x" * 1001)
    visit.expect(400)
    keyboard.follow("^Maak rapport$")
    stop = keyboard.stop()
    assert stop is not None
    assert (stop.id, stop.fault()) == ("fouten", "")
    keyboard.to("^Onderwerpen$")
    keyboard.press("Enter")
    stop = keyboard.stop()
    assert stop is not None
    assert stop.id == "veld-onderwerpen"
    described = page.locator("#veld-onderwerpen").get_attribute("aria-describedby") or ""
    assert re.search("langer dan|tekens", page.locator(f"#{described.split()[0]}").inner_text())
    assert keyboard.faults == []


def test_headings_are_walked_with_keys(look: Look) -> None:
    page = look().open(f"/documenten/{AGENDA}")
    keyboard = Keyboard(page)
    keyboard.to("^2a. Schoolverzuim$")
    page.keyboard.press("Enter")
    assert page.url.endswith("#kop-2") or "#kop-" in page.url
    heading = page.get_by_role("heading", name="2a. Schoolverzuim")
    box = heading.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900
