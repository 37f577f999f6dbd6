"""A search that takes a while says so, and the page is as it was when it is shown again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.conftest import Look

if TYPE_CHECKING:
    from playwright.sync_api import Route

# Sends the form, whose answer is held up, and tells what the button and the status say and how wide the button is:
# before, while it waits, and once the wait is broken off.
_SENT = """
async () => {
  const form = document.querySelector("form[data-bezig]");
  const button = form.querySelector(".bw-search__button");
  const told = () => [button.textContent, form.querySelector(":scope > [role=status]").textContent, button.offsetWidth];
  const before = told();
  form.requestSubmit();
  await new Promise((resolve) => setTimeout(resolve, 600));
  const during = told();
  dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  return [before, during, told()];
}
"""


def test_a_slow_search_says_that_it_is_under_way(look: Look) -> None:
    page = look().open("/")
    held: list[Route] = []
    page.route("**/?vraag=*", lambda route: held.append(route))
    page.fill("#veld-vraag", "wachtlijsten")
    before, during, after = page.evaluate(_SENT)
    assert before[:2] == ["Zoek", ""]
    assert during == ["Bezig…", "Bezig met zoeken…", before[2]]  # as wide as it was: nothing moves
    assert after == before
    assert len(held) == 1
    held[0].abort()


def test_a_page_from_the_history_is_not_busy(look: Look) -> None:
    page = look().open("/")
    page.evaluate("() => { document.querySelector('.bw-search__button').textContent = 'Bezig…'; }")
    page.evaluate("() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert page.text_content(".bw-search__button") == "Zoek"
