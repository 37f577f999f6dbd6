"""Nothing moves while a page is loaded: neither fonts nor pictures shift what somebody already reads."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Look
from tests.browser.papers import LONG, PLAN, TOPIC
from tests.browser.site import Site, address, to_read

MOST = 0.02
_WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    window.shifts.push([entry.value, ...entry.sources.map(({node}) => node?.outerHTML?.slice(0, 120) ?? "text")]);
  }
}).observe({type: "layout-shift", buffered: true});
"""
_WAIT = "() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 200)))"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("place", ["search", "results", "passage", "page", "comparison", "documents"])
def test_a_page_stands_still(look: Look, site: Site, place: str, width: int) -> None:
    places = {
        "search": "/",
        "results": address("/", vraag=TOPIC),
        "passage": to_read(site, LONG, vraag="Wijk 20"),
        "page": to_read(site, PLAN, vraag=TOPIC),
        "comparison": address("/vergelijken", onderwerp=TOPIC),
        "documents": "/documenten",
    }
    visit = look(width)
    visit.context.add_init_script(_WATCH)
    visit.open(places[place])
    page = visit.settled()
    page.evaluate(_WAIT)
    shifts = page.evaluate("() => window.shifts")
    assert sum(each[0] for each in shifts) < MOST, shifts


def test_a_picture_of_a_page_has_its_room_before_it_is_there(look: Look, site: Site) -> None:
    page = look().open(to_read(site, PLAN, vraag=TOPIC))
    (width, height, natural, tall) = page.locator("#pagina img").evaluate(
        "(img) => img.decode().then(() => [img.width, img.height, img.naturalWidth, img.naturalHeight])"
    )
    given = [int(page.locator("#pagina img").get_attribute(name) or 0) for name in ("width", "height")]
    assert abs(given[0] / given[1] - natural / tall) < 0.01
    assert abs(width / height - natural / tall) < 0.01
