"""The report as a web page: every quote exact, nothing carried out or fetched, and usable without eyes or mouse."""

import base64
import re
from collections import Counter
from collections.abc import Callable
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from app.answer import Ruling
from app.api.report_bodies import RunBody
from app.report.web_page import web_page
from tests.app.report.run_samples import (
    HOSTILE,
    empty_run,
    hostile_run,
    normal_run,
    run_of,
    since_run,
    topic_result,
    wide_run,
)
from tests.app.report.test_matrix import contrast
from tests.app.report.told import Page, passages_of, quotes_of
from tests.app.wire_samples import finding, passage

RUNS = [normal_run, since_run, hostile_run, wide_run, empty_run]
UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\r"), min_size=1, max_size=80)


def one_quote(quote: str) -> RunBody:
    return run_of(topic_result("jeugd", finding(Ruling.FOUND, [passage(quote)])))


@pytest.mark.parametrize("run", RUNS)
def test_every_quote_reads_back_exactly(run: Callable[[], RunBody]) -> None:
    report = run()
    read = Page(web_page(report)).marked
    shown = {UNHOLDABLE.sub("\ufffd", quote) for quote in quotes_of(report)}
    assert shown <= set(read)
    assert Counter(UNHOLDABLE.sub("\ufffd", quote) for quote in passages_of(report)) <= Counter(read)


@pytest.mark.parametrize("run", [normal_run, since_run, wide_run])
def test_another_parser_reads_the_same(run: Callable[[], RunBody]) -> None:
    report = run()
    page = html.fromstring(web_page(report))
    read = {element.text_content() for element in page.iter() if element.get("class") == "quote"}
    assert quotes_of(report) <= read


@settings(max_examples=40, deadline=None)
@given(texts)
def test_any_quote_reads_back_exactly(quote: str) -> None:
    assert Page(web_page(one_quote(quote))).marked == [quote]


@pytest.mark.parametrize("run", RUNS)
def test_the_same_run_gives_the_same_page(run: Callable[[], RunBody]) -> None:
    assert web_page(run()) == web_page(run())


@pytest.mark.parametrize("run", RUNS)
def test_a_page_carries_nothing_out_and_fetches_nothing(run: Callable[[], RunBody]) -> None:
    page = Page(web_page(run()))
    assert not page.all("script", "link", "iframe", "object", "embed", "form", "base", "textarea")
    assert [known for _, known in page.elements for name in known if name.startswith("on")] == []
    assert all(known["src"].startswith("data:image/svg+xml;base64,") for _, known in page.elements if "src" in known)
    assert all(known["href"].startswith("#") for _, known in page.elements if "href" in known)
    style = files("app.report").joinpath("templates", "web_page.css").read_text(encoding="utf-8")
    assert "url(" not in style
    assert "@import" not in style
    policies = [known["content"] for known in page.all("meta") if known.get("http-equiv") == "Content-Security-Policy"]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


@pytest.mark.parametrize("run", RUNS)
def test_a_page_is_built_for_who_does_not_see_it(run: Callable[[], RunBody]) -> None:
    page = Page(web_page(run()))
    assert page.all("html") == [{"lang": "nl"}]
    ids = [known["id"] for _, known in page.elements if "id" in known]
    assert len(ids) == len(set(ids))
    for _, known in page.elements:
        for name in ("href", "aria-labelledby"):
            assert known.get(name, "#inhoud").removeprefix("#") in ids
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(page.all("table")) == len(page.all("caption"))
    assert all(known["scope"] in ("col", "row", "rowgroup") for known in page.all("th"))
    assert all(known["alt"] for known in page.all("img"))
    scrolling = [known for _, known in page.elements if "scroll" in known.get("class", "").split()]
    assert scrolling
    assert all(known["tabindex"] == "0" and known["role"] == "region" for known in scrolling)
    assert page.all("nav")
    assert page.all("main")


@pytest.mark.parametrize(
    ("ink", "background"),
    [
        ("#1b1b1b", "#ffffff"),
        ("#4a4a4a", "#f4f8fa"),
        ("#8f2b06", "#fdf3ee"),
        ("#0b4f6c", "#ffffff"),
        ("#1b1b1b", "#dcdcd6"),
    ],
)
def test_the_colours_of_the_style_have_the_contrast_of_wcag_aa(ink: str, background: str) -> None:
    style = files("app.report").joinpath("templates", "web_page.css").read_text(encoding="utf-8")
    assert f"color: {ink}" in style
    assert f"background: {background}" in style or background == "#ffffff"
    assert contrast(ink, background) >= 4.5


def test_a_page_tells_all_there_is() -> None:
    page = Page(web_page(since_run()))
    text = " ".join(page.text.split())
    for told in (
        "Peildatum 1 maart 2026 Gemeenten Amstelveen, Utrecht en 's-Hertogenbosch",
        "Ook gezocht op: vechtscheiding, relatietherapie.",
        "Vraag: Wat doet de gemeente bij conflictscheidingen?",
        "◐ zijdelings genoemd alleen verlopen Δ gewijzigd",
        "Gevonden, 2 documenten doorzocht (360 van 390 pagina's gelezen), 30 gescand, niet doorzoekbaar "
        "(zekerheid 97%).",
        "Let op: verlopen (gold tot en met 31 december 2023), vervangen door Jeugdagenda; "
        "met tekstherkenning (OCR) gelezen.",
        "Let op: Alles wat hier gevonden is, staat in documenten die verlopen, ingetrokken of vervangen zijn.",
        "Bron: Amstelveen, Jeugdagenda, 1. Jeugd, pagina 3-4; geldigheid onbekend "
        "(document jeugdagenda, positie 10-189, versie ffffffffffff)",
        "bedrag: €30.000; waarvoor: regulier budget conflictscheidingen; jaar: 2025-2027; structureel; per jaar",
        "Nieuwe acties In 2025 starten wij met KIES. jaar: 2025",
        "niet in Oude agenda.",
        "Let op: De teksten noemen niet hetzelfde jaar.",
        "Δ gewijzigd: ander oordeel: Het oordeel was niets gevonden en is nu gevonden.",
        "Let op: nieuw sinds het vorige rapport.",
        "vuurwerk, Apeldoorn: niet meer in dit rapport",
        "Niet gelukt woningbouw: de index antwoordt niet",
        "Niet gelezen: Nota: is damaged.",
        "180 van 195 pagina's gelezen; 15 gescand, niet doorzoekbaar; 4 met tekstherkenning (OCR)",
        "Utrecht: Nota (nota.pdf): is beschadigd",
        "Kenmerk van dit rapport 0b0f4a52-6f57-4a5c-9a52-0d1c7f7ab001",
        "Model van de index multilingual-e5-small",
        "Kenmerk van de index 1d5c3a9f0e7b",
    ):
        assert told in text


def test_the_picture_of_a_wide_matrix_comes_in_parts_with_words() -> None:
    images = Page(web_page(wide_run())).all("img")
    assert len(images) == 4
    assert {known["alt"].partition(":")[0] for known in images} == {"Matrix van 20 onderwerpen bij 10 gemeenten"}
    assert all(base64.b64decode(known["src"].partition(",")[2]).startswith(b"<svg") for known in images)


def test_hostile_texts_stay_texts() -> None:
    page = Page(web_page(hostile_run()))
    assert page.text.count(HOSTILE[0]) > 5
    assert "49" not in page.text.partition("{{ 7*7 }}")[2][:3]


def test_a_carriage_return_and_a_control_character() -> None:
    assert Page(web_page(one_quote("een\r\ntwee\rdrie"))).marked == ["een\r\ntwee\rdrie"]
    assert Page(web_page(one_quote("nul\x00bel\x07"))).marked == ["nul\ufffdbel\ufffd"]
