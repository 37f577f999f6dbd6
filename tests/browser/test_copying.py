"""A quote is copied with its source, byte for byte, and where a browser forbids that it can be selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.conftest import Look

if TYPE_CHECKING:
    from playwright.sync_api import Page

_SEARCH = "/?vraag=wachtlijsten"


def copy(page: Page) -> str:
    """What the page says after the first quote was copied."""
    page.locator(".bw-result button", has_text="Kopieer met bron").first.click()
    told = page.locator(".bw-result [role=status]").first
    told.filter(has_text="opi").wait_for()
    return told.inner_text()


def test_a_quote_is_copied_in_one_click(look: Look) -> None:
    page = look(permissions=["clipboard-read", "clipboard-write"]).open(_SEARCH)
    assert copy(page) == "Gekopieerd"
    text = page.evaluate("() => navigator.clipboard.readText()")
    assert text == page.locator(".bw-copy__text").first.input_value()
    assert page.locator(".bw-result blockquote").first.inner_text() in text


def test_where_copying_is_refused_the_text_stands_selected(look: Look) -> None:
    page = look().open(_SEARCH)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    assert copy(page) == "Kopieer de geselecteerde tekst"
    text = page.locator(".bw-copy__text").first
    assert text.is_visible()
    assert text.evaluate("(each) => each.value.slice(each.selectionStart, each.selectionEnd)") == text.input_value()
