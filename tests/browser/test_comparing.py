"""Comparing forty municipalities: choosing them, reading what they say, on a screen, on a narrow one and on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pytest

from corpus.municipalities import load_municipalities
from tests.browser.browser import chromium
from tests.browser.conftest import Look
from tests.browser.keyboard import Keyboard
from tests.browser.papers import TOPIC, empty
from tests.browser.site import Site, address
from tests.served import serving

PLACES = list(load_municipalities())[:40]
COMPARISON = address("/vergelijken", onderwerp=TOPIC)


@pytest.fixture(scope="package")
def many(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A service over a document of each of forty municipalities."""
    assert chromium() is not None
    folder = tmp_path_factory.mktemp("many")
    program = empty(folder)
    papers = folder / "papers"
    papers.mkdir()
    for number, place in enumerate(PLACES):
        told = f"De wachtlijsten in de jeugdhulp zijn {number + 3} weken. Wij willen dat dit minder wordt."
        text = f"1. Wachtlijsten\n\n{told}\n"
        (papers / f"{place.code}.txt").write_text(text, encoding="utf-8")
        (papers / f"{place.code}.txt.toml").write_text(f'municipalities = ["{place.code}"]\ntitle = "Nota"\n')
    (ran,) = program.run_together(["ingest", str(papers)])
    assert ran.code == 0, ran.messages
    with serving(program) as service:
        site = Site(service.address.url)
        site.wait_until_ready()
        yield site


def test_municipalities_are_found_and_chosen_by_keyboard(look: Look, many: Site) -> None:
    page = look(at=many).open("/vergelijken")
    keyboard = Keyboard(page)
    keyboard.to("^Onderwerp of onderwerpen$")
    keyboard.type(TOPIC)
    keyboard.to("^Gemeenten en looptijd")
    keyboard.press("Enter")
    keyboard.to("^Zoek een gemeente$")
    keyboard.type("ALMERE")
    assert page.locator(".bw-choice:visible").count() == 1
    assert page.get_by_text("1 van 40 getoond").is_visible()
    keyboard.to("^Almere$")
    keyboard.press("Space")
    assert page.locator("[data-gekozen]").inner_text() == "1 gekozen"
    keyboard.to("^Zoek een gemeente$", "Shift+Tab")
    keyboard.press("Escape")
    assert page.locator(".bw-choice:visible").count() == 40
    keyboard.follow("^Vergelijk$")
    assert "gemeente=GM0034" in page.url
    assert page.locator("tbody tr[id]").count() == 1
    assert page.locator("[data-gekozen]").inner_text() == "1 gekozen"
    page.get_by_role("button", name="Kies alle").click()
    assert page.locator("[data-gekozen]").inner_text() == "40 gekozen"
    page.get_by_role("button", name="Kies geen").click()
    assert page.locator("[data-gekozen]").inner_text() == "alle gemeenten"
    assert keyboard.faults == []


def test_a_verdict_opens_its_passages_and_a_link_leads_back(look: Look, many: Site) -> None:
    page = look(at=many).open(COMPARISON)
    row = page.locator("tbody tr[id]").nth(30)
    code = str(row.get_attribute("id")).removeprefix("rij-")
    row.get_by_role("link").click()
    article = page.locator(f"#{code}-1")
    assert article.locator("blockquote").is_visible()
    assert page.locator("blockquote:visible").count() == 1
    article.get_by_role("link", name="Naar het overzicht").click()
    assert page.url.endswith(f"#rij-{code}")
    box, head = row.bounding_box(), page.locator("thead").first.bounding_box()
    assert box is not None
    assert head is not None
    assert box["y"] >= head["y"] + head["height"] - 1  # not under the header that stays in sight


def test_an_address_that_ends_in_nonsense_breaks_nothing(look: Look, many: Site) -> None:
    page = look(at=many).open(f"{COMPARISON}#%")  # a visit tells of what fails in a script
    page.get_by_role("button", name="Open alle kanten").click()
    assert page.locator("[data-kanten] > details[open]").count() >= 1


def test_the_header_and_the_first_column_stay_in_sight(look: Look, many: Site) -> None:
    page = look(700, 500, at=many).open(address("/vergelijken", onderwerp="\n".join(f"{TOPIC} {n}" for n in range(6))))
    scrolled = page.locator(".bw-scroll").first
    scrolled.evaluate("each => each.scrollTo(300, 400)")
    outer = scrolled.bounding_box()
    head = page.locator("thead th").first.bounding_box()
    first = page.locator("tbody th").nth(20).bounding_box()
    assert outer is not None
    assert head is not None
    assert first is not None
    assert (round(head["x"] - outer["x"]), round(head["y"] - outer["y"])) == (1, 1)
    assert round(first["x"] - outer["x"]) == 1


def test_the_cards_of_a_narrow_screen_are_a_table_to_who_listens(look: Look, many: Site) -> None:
    page = look(320, 800, at=many).open(address("/vergelijken", onderwerp=f"{TOPIC}\nsport"))
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    table = page.get_by_role("table", name="Overzicht")
    assert table.get_by_role("row").count() == 41
    assert table.get_by_role("rowheader").count() == 40
    assert table.get_by_role("columnheader").count() == 3
    assert table.get_by_role("columnheader").get_by_role("link").first.is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_on_paper_all_stands_open(look: Look, many: Site, script: bool) -> None:
    page = look(at=many, java_script_enabled=script).open(COMPARISON)
    assert page.locator("blockquote:visible").count() == 0
    with pypdfium2.PdfDocument(page.pdf(format="A4")) as paper:
        text = " ".join("".join(sheet.get_textpage().get_text_range() for sheet in paper).split())
    assert [place.name for place in PLACES if place.name not in text] == []
    assert text.count("Wij willen dat dit minder wordt.") >= 40
    assert f"{many.url}/vergelijken?onderwerp=" in text.replace(" ", "")
    assert "Naar het overzicht" not in text
    assert "Citaat met bron" not in text


def test_after_printing_all_is_as_it_was(look: Look, many: Site) -> None:
    page = look(at=many).open(COMPARISON)
    page.locator("summary:visible", has_text="passage").first.click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".bw-passages:not([open])").count() == 0
    assert page.locator(".bw-feedback[open], .bw-copy[open]").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".bw-comparison details[open]").count() == 1


def test_all_sides_open_and_close_in_one_go(look: Look, many: Site) -> None:
    page = look(at=many).open(COMPARISON)
    sides = page.locator("[data-kanten] > details")
    assert sides.count() >= 1
    page.get_by_role("button", name="Open alle kanten").click()
    assert page.locator("[data-kanten] > details[open]").count() == sides.count()
    page.get_by_role("button", name="Sluit alle kanten").click()
    assert page.locator("[data-kanten] > details[open]").count() == 0
