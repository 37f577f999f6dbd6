"""Suggestions while typing: by keyboard, mouse and touch, told to who does not see them, and in nobody's way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import Look
from tests.browser.visit import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

_LIST = "[role=listbox]"
_BOXES = """() => ["[role=combobox]", ".bw-search__button", "h1", "footer"].map((each) => {
  const box = document.querySelector(each).getBoundingClientRect();
  return [box.left, box.top + scrollY, box.width, box.height].map(Math.round);
})"""


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Vraag of onderwerp")


def options(page: Page) -> list[str]:
    return [each.inner_text() for each in page.locator(f"{_LIST} [role=option] bdi").all()]


def active(page: Page) -> str | None:
    """The text of the suggestion that the field points at; it is the one that is selected."""
    found: list[str] = page.evaluate(
        """() => {
          const named = document.querySelector("[role=combobox]").getAttribute("aria-activedescendant");
          const selected = [...document.querySelectorAll("[role=option][aria-selected=true]")];
          if (selected.length > 1 || (selected[0]?.id ?? null) !== named) throw new Error("not the same is selected");
          return selected.map((each) => each.querySelector("bdi").textContent);
        }"""
    )
    return found[0] if found else None


def typed(visit: Visit, text: str) -> Page:
    """The search page after typing, its list open; the service makes its suggestions when they are first asked for."""
    page = visit.open("/")
    for _ in range(20):
        field(page).fill("")
        field(page).press_sequentially(text, delay=5)
        page.wait_for_timeout(600)
        if page.locator(_LIST).is_visible():
            return page
    raise AssertionError(f"there are no suggestions for {text!r}")


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_suggestion_is_chosen_by_keyboard_and_searched_with_the_filters_that_are_set(look: Look) -> None:
    page = typed(look(), "wacht")
    page.keyboard.press("Escape")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Soort document").select_option("agenda")
    field(page).focus()
    keys = page.keyboard
    assert field(page).get_attribute("aria-expanded") == "false"
    keys.press("ArrowDown")
    page.locator(_LIST).wait_for()
    found = options(page)
    assert len(found) > 1
    assert active(page) == found[0]
    keys.press("ArrowUp")
    assert active(page) == found[-1]
    keys.press("ArrowDown")
    assert active(page) == found[0]
    keys.press("Home")
    assert active(page) is None
    keys.press("ArrowUp")
    keys.press("End")
    assert active(page) is None
    keys.press("ArrowDown")
    assert field(page).input_value() == "wacht"
    with page.expect_navigation():
        keys.press("Enter")
    assert asked(page)["vraag"] == [found[0]]
    assert asked(page)["soort"] == ["agenda"]


def test_escape_closes_the_list_and_keeps_what_was_typed_and_enter_searches_for_that(look: Look) -> None:
    page = typed(look(), "wacht")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.locator(_LIST).is_hidden()
    assert active(page) is None
    assert field(page).input_value() == "wacht"
    assert field(page).get_attribute("aria-expanded") == "false"
    page.keyboard.press("Alt+ArrowDown")
    page.locator(_LIST).wait_for()
    assert active(page) is None
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert asked(page)["vraag"] == ["wacht"]


def test_tab_leaves_the_field_and_closes_the_list(look: Look) -> None:
    page = typed(look(), "wacht")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.locator(_LIST).is_hidden()
    assert field(page).input_value() == "wacht"
    assert page.evaluate("() => document.activeElement.textContent.trim()") == "Zoek"


def test_a_suggestion_is_chosen_with_the_mouse(look: Look) -> None:
    page = typed(look(), "wacht")
    last = page.locator(f"{_LIST} [role=option]").last
    text = last.locator("bdi").inner_text()
    with page.expect_navigation():
        last.click()
    assert asked(page)["vraag"] == [text]


def test_a_suggestion_is_chosen_by_touch(look: Look) -> None:
    page = typed(look(390, 844, has_touch=True), "wacht")
    first = page.locator(f"{_LIST} [role=option]").first
    with page.expect_navigation():
        first.tap()
    assert asked(page)["vraag"][0]


def test_how_many_there_are_is_told_and_what_was_typed_is_marked(look: Look) -> None:
    page = typed(look(), "wacht")
    count = len(options(page))
    told = page.get_by_role("status").filter(has_text=f"{count} suggestie")
    told.wait_for(state="attached")
    assert {each.lower() for each in page.locator(".bw-suggestions__typed").all_inner_texts()} == {"wacht"}
    field(page).fill("qqxxzz")
    page.get_by_role("status").filter(has_text="Geen suggesties").wait_for(state="attached")
    assert page.locator(_LIST).is_hidden()


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (640, 450), (320, 640), (320, 256)])
def test_the_list_breaks_no_rule_moves_nothing_and_fits(look: Look, width: int, height: int) -> None:
    visit = look(width, height)
    page = visit.open("/")
    before = page.evaluate(_BOXES.replace("[role=combobox]", "#veld-vraag"))
    page = typed(visit, "je")
    assert page.evaluate(_BOXES) == before
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    for _ in options(page):
        box = page.locator("[aria-selected=true]").bounding_box()
        assert box is not None
        assert box["height"] >= 24
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height + 1
        page.keyboard.press("ArrowDown")


def test_the_selected_one_is_seen_in_forced_colours(look: Look) -> None:
    page = typed(look(forced_colors="active"), "wacht")
    page.keyboard.press("ArrowDown")
    shown = "(each) => { const style = getComputedStyle(each); return [style.backgroundColor, style.outlineStyle]; }"
    chosen = page.locator("[aria-selected=true]").evaluate(shown)
    assert chosen[1] == "solid"
    assert chosen[0] != page.locator("[aria-selected=false]").first.evaluate(shown)[0]


def test_one_pause_in_typing_is_one_request_and_a_late_answer_is_not_shown(look: Look) -> None:
    page = typed(look(), "wacht")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url) if "/v1/suggesties" in request.url else None)
    field(page).fill("")
    field(page).press_sequentially("jeugdhulp", delay=10)
    page.wait_for_timeout(500)
    assert [parse_qs(urlsplit(each).query)["q"] for each in requests] == [["jeugdhulp"]]

    def late(route: Route) -> None:
        page.wait_for_timeout(700)
        route.fulfill(json={"suggesties": [{"tekst": "te laat", "soort": "kop", "aantalGemeenten": 1}]})

    page.route(re.compile("q=sch$"), late)
    field(page).fill("sch")
    page.wait_for_timeout(250)
    field(page).fill("wacht")
    page.wait_for_timeout(1_200)
    assert "te laat" not in options(page)


def test_a_service_that_fails_gives_no_list_and_hostile_suggestions_are_text(look: Look) -> None:
    visit = look()
    page = visit.open("/")
    visit.expect(503)
    page.route(re.compile("q=wonen$"), lambda route: route.fulfill(status=503, body="{}"))
    field(page).fill("wonen")
    page.wait_for_timeout(500)
    assert page.locator(_LIST).is_hidden()
    hostile = '<img src=x onerror="alert(1)">\u202e jeugd ' + "x" * 10_000
    answer = {"suggesties": [{"tekst": hostile, "soort": "kop", "aantalGemeenten": 2}]}
    page.route(re.compile("q=jeugd$"), lambda route: route.fulfill(json=answer))
    field(page).fill("jeugd")
    page.locator(_LIST).wait_for()
    assert options(page) == [hostile]
    assert page.locator(f"{_LIST} img").count() == 0
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_the_field_is_a_plain_one(look: Look) -> None:
    page = look(java_script_enabled=False).open("/")
    plain = page.locator("#veld-vraag")
    assert plain.get_attribute("role") is None
    plain.fill("wachtlijsten")
    plain.press("Enter")
    assert asked(page)["vraag"] == ["wachtlijsten"]


def test_who_types_on_after_selecting_searches_what_was_typed(look: Look) -> None:
    page = typed(look(), "wacht")
    page.keyboard.press("ArrowDown")
    assert active(page)
    page.keyboard.type("g")
    assert active(page) is None
    page.keyboard.press("Enter")
    page.wait_for_url("**vraag=**")
    assert asked(page)["vraag"] == ["wachtg"]
