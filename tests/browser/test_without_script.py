"""Everything works in a browser that runs no script."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import Look
from tests.browser.papers import TOPIC
from tests.browser.site import address
from tests.browser.visit import Visit

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Locator, Page

_PATIENCE = 60.0
_NOTE: FilePayload = {
    "name": "vlierbes.txt",
    "mimeType": "text/plain",
    "buffer": b"De Vlierbesstraat krijgt een buurtwinkel met een zitje.",
}
_PICTURE: FilePayload = {"name": "foto.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(99)}


@pytest.fixture
def visit(look: Look) -> Visit:
    return look(java_script_enabled=False)


def control(page: Page, name: str) -> Locator:
    """The first button or link with this text, hidden words included."""
    return page.locator("a, button").filter(has_text=re.compile(rf"^\s*{re.escape(name)}\s*$")).first


def press(page: Page, name: str) -> None:
    """A button or link that leads to another page."""
    with page.expect_navigation():
        control(page, name).click()


def test_who_searches_filters_reads_and_compares(visit: Visit) -> None:
    page = visit.open("/")
    page.get_by_label("Vraag of onderwerp").fill(TOPIC)
    press(page, "Zoek")
    assert page.get_by_role("heading", name="Wat zegt elke gemeente?").is_visible()
    page.get_by_text("Filters").first.click()
    page.get_by_role("checkbox", name="Utrecht", exact=True).check()
    press(page, "Zoek met deze filters")
    assert parse_qs(urlsplit(page.url).query)["gemeente"] == ["GM0344"]
    assert page.locator(".bw-verdicts > li").count() == 1
    page.get_by_text("Kopieer met bron").first.click()
    assert "Bron: Utrecht" in page.get_by_label("Citaat met bron").first.input_value()
    press(page, "Lees in het document: passage 1")
    assert page.locator("#passage").is_visible()
    assert page.evaluate("() => document.querySelector('#pagina img').complete")
    press(page, "Terug naar de zoekresultaten")
    press(page, "Vergelijk gemeenten, vanaf passage 1")
    assert page.locator("main table").get_by_text("Amstelveen").first.is_visible()
    with page.expect_download() as sent:
        page.get_by_role("link", name="Download als Word").click()
    assert sent.value.suggested_filename.endswith(".docx")
    assert Path(sent.value.path()).read_bytes().startswith(b"PK")


def test_who_says_that_a_verdict_is_wrong_sees_it_kept_and_takes_it_back(visit: Visit) -> None:
    page = visit.open(address("/", vraag=TOPIC))
    said = page.locator(".bw-feedback").first
    said.locator("summary").click()
    said.get_by_label("niets gevonden").check()
    said.get_by_label("Opmerking (hoeft niet)").fill("Het gaat daar over iets anders.")
    with page.expect_navigation():
        said.get_by_role("button", name="Verstuur").click()
    assert page.get_by_text("Het gaat daar over iets anders.").is_visible()
    kept = urlsplit(page.url).path
    press(page, "Trek opmerking in")
    assert page.get_by_role("heading", name="Uw opmerking is ingetrokken").is_visible()
    visit.open(kept, 404)


def test_a_file_is_sent_and_read(visit: Visit) -> None:
    page = visit.open("/documenten")
    page.get_by_label("Kies een of meer bestanden").set_input_files([_NOTE])
    press(page, "Voeg toe")
    assert urlsplit(page.url).path == "/inlezen"
    deadline = time.monotonic() + _PATIENCE
    while not control(page, "Lees het document: vlierbes.txt").is_visible():
        assert time.monotonic() < deadline
        page.reload()
    press(page, "Lees het document: vlierbes.txt")
    assert page.get_by_text("De Vlierbesstraat krijgt een buurtwinkel").is_visible()
    press(page, "Documenten")
    press(page, "Verwijderen: titel onbekend")


def test_a_file_that_is_refused_is_named(visit: Visit) -> None:
    page = visit.open("/documenten")
    page.get_by_label("Kies een of meer bestanden").set_input_files([_PICTURE])
    visit.expect(400)
    press(page, "Voeg toe")
    told = page.get_by_role("alert")
    assert "1 bestand is niet aangenomen" in told.inner_text()
    assert "foto.png" in told.inner_text()


def test_a_report_is_made_and_fetched(visit: Visit) -> None:
    page = visit.open("/rapporten")
    page.get_by_label("Onderwerpen").fill(TOPIC)
    page.get_by_label("Formaat").select_option("csv")
    press(page, "Maak rapport")
    deadline = time.monotonic() + _PATIENCE
    while not page.get_by_role("link", name="CSV").is_visible():
        assert time.monotonic() < deadline
        page.reload()
    with page.expect_download() as sent:
        page.get_by_role("link", name="CSV").click()
    assert sent.value.suggested_filename.endswith(".csv")


def test_a_field_that_is_wrong_is_told_with_what_was_typed(visit: Visit) -> None:
    page = visit.open("/rapporten")
    page.get_by_label("Onderwerpen").fill("x" * 1001)
    visit.expect(400)
    press(page, "Maak rapport")
    assert "Het rapport is nog niet aangevraagd" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Onderwerpen").input_value() == "x" * 1001
    assert page.title().startswith("Fout: ")


def test_a_page_of_a_comparison_can_be_shared(visit: Visit, look: Look) -> None:
    page = visit.open("/vergelijken")
    page.get_by_label("Onderwerp of onderwerpen").fill(TOPIC)
    press(page, "Vergelijk")
    shared = urlsplit(page.url)
    again = look(java_script_enabled=False).open(f"{shared.path}?{shared.query}")
    assert again.locator("main").inner_text() == page.locator("main").inner_text()
    assert address("/vergelijken") in page.url
