"""The report as PDF: tagged, every quote in its text, the same bytes twice, and no text carried out as markup."""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pypdf
import pypdfium2
import pytest

from app.answer import Ruling
from app.api.report_bodies import RunBody
from app.report.matrix import matrix_of
from app.report.typeset import BREAK, typeset
from tests.app.report.run_parts import aspect, with_aspects
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
from tests.app.report.told import quotes_of
from tests.app.wire_samples import UTRECHT, finding, passage

RUNS = [normal_run, since_run, empty_run]
READ_BACK = [text for text in HOSTILE if not re.search("[\u0590-\u06ff\u2067\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad]", text)]


def text_of(content: bytes) -> str:
    """The text of all pages, every stretch of white space one space, without what only breaks long words.

    PDFium tells a hyphen at the end of a line as U+FFFE; a report ends no line inside a word.
    """
    pages = pypdfium2.PdfDocument(content)
    return flat(" ".join(page.get_textpage().get_text_range().replace("\ufffe", "- ") for page in pages))


def flat(text: str) -> str:
    return " ".join(re.sub(rf"{BREAK}\s*", "", text).split())


def one_quote(quote: str, title: str = "Jeugdagenda") -> RunBody:
    return run_of(topic_result("jeugd", finding(Ruling.FOUND, [passage(quote, title)])))


def root_of(content: bytes) -> Any:
    """The catalogue of a PDF, whose entries are of any kind."""
    return pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]


def tags_of(content: bytes) -> set[str]:
    """The kinds of the structure elements of a tagged PDF."""
    found = set()
    waiting = [root_of(content)["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, list):
            waiting += element
        elif isinstance(element, dict):
            found.add(str(element.get("/S", "")))
            waiting += [element[key] for key in ("/K",) if key in element]
    return found


@pytest.mark.parametrize("run", [*RUNS, wide_run])
def test_every_quote_stands_in_the_text_of_the_file(run: Callable[[], RunBody]) -> None:
    report = run()
    text = text_of(typeset(report))
    assert [quote for quote in quotes_of(report) if flat(quote) not in text] == []


@pytest.mark.parametrize("quote", READ_BACK)
def test_a_hostile_quote_stands_in_the_text_of_the_file(quote: str) -> None:
    assert flat(quote[:1200]) in text_of(typeset(one_quote(quote[:1200])))


def test_a_long_quote_is_not_broken_by_a_page_or_at_its_own_signs() -> None:
    word = "jeugd-GGZ/kinder- en jeugdpsychiatrie (0-18 jaar) en/of ‘wijk-’teams, "
    quotes = [f"{number}. {word * 14}" for number in range(12)]
    report = run_of(topic_result("jeugd", finding(Ruling.FOUND, [passage(quote) for quote in quotes])))
    content = typeset(report)
    assert len(pypdfium2.PdfDocument(content)) > 4
    text = text_of(content)
    assert [quote for quote in quotes if flat(quote) not in text] == []


def test_a_quote_longer_than_a_page_goes_on_on_the_next() -> None:
    quote = "\n".join(f"regel {number}" for number in range(100))
    text = text_of(typeset(one_quote(quote)))
    assert [number for number in range(100) if not re.search(rf"regel {number}(1 |\s)", text)] == []


@pytest.mark.parametrize("run", RUNS)
def test_the_same_run_gives_the_same_file(run: Callable[[], RunBody]) -> None:
    assert typeset(run()) == typeset(run())


def test_a_file_is_accessible() -> None:
    content = typeset(since_run())
    reader = pypdf.PdfReader(io.BytesIO(content))
    root = root_of(content)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("nl")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid:part>1<" in root["/Metadata"].get_object().get_data().decode()
    assert {"/Document", "/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/BlockQuote", "/Note", "/TOC", "/L"} <= tags_of(
        content
    )
    assert reader.metadata is not None
    assert reader.metadata.title == "Vergelijking van gemeentelijk beleid"
    assert reader.metadata.creation_date == datetime(2026, 3, 1, 22, 15, tzinfo=UTC)


def test_a_file_tells_the_moment_in_universal_time() -> None:
    made_at = datetime(2026, 7, 1, 0, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    run = empty_run().model_copy(update={"made_at": made_at})
    metadata = pypdf.PdfReader(io.BytesIO(typeset(run))).metadata
    assert metadata is not None
    assert metadata.creation_date == made_at.astimezone(UTC)


def test_a_file_has_bookmarks_for_groups_and_topics() -> None:
    def titles(entries: list[object]) -> list[object]:
        return [titles(each) if isinstance(each, list) else each["/Title"] for each in entries]  # type: ignore[index]

    assert titles(pypdf.PdfReader(io.BytesIO(typeset(normal_run()))).outline)[:6] == [  # type: ignore[arg-type]
        "Samenvatting",
        "Niet gelukt",
        "Jeugd",
        ["conflictscheidingen"],
        "Wonen",
        ["woningbouw", "laadpalen"],
    ]


def test_a_file_tells_all_there_is() -> None:
    text = text_of(typeset(since_run()))
    for told in (
        "Peildatum: 1 maart 2026",
        "Gemeenten: Amstelveen, Utrecht en 's-Hertogenbosch",
        "● gevonden 97%",
        "◐ zijdelings genoemd alleen verlopen Δ gewijzigd",
        "× niet gelukt",
        "Ook gezocht op: vechtscheiding, relatietherapie.",
        "Let op: Alles wat hier gevonden is, staat in documenten die verlopen, ingetrokken of vervangen zijn.",
        "Bron: Amstelveen, Jeugdagenda, 1. Jeugd, pagina 3-4; geldigheid onbekend",
        "bedrag: €30.000; waarvoor: regulier budget conflictscheidingen; jaar: 2025-2027; structureel; per jaar",
        "Staat niet in Oude agenda.",
        "Let op: De teksten noemen niet hetzelfde jaar.",
        "Δ gewijzigd: ander oordeel",
        "woningbouw: de index antwoordt niet",
        "Utrecht: Nota (nota.pdf): is beschadigd",
        "Kenmerk van dit rapport: 0b0f4a52-6f57-4a5c-9a52-0d1c7f7ab001",
        "Pagina 1 van ",
    ):
        assert flat(told) in text


def test_many_municipalities_stand_on_pages_turned_on_their_side_with_their_heads_repeated() -> None:
    pages = pypdf.PdfReader(io.BytesIO(typeset(wide_run(16, 20)))).pages
    turned = [page for page in pages if page.mediabox.width > page.mediabox.height]
    texts = [flat(page.extract_text()) for page in turned]
    assert len(texts) >= 3
    assert all(re.search("Onderwerp (Alphen aan den Rijn 1|Ede 9) ", text) for text in texts)


def test_signs_without_a_letter_form_do_not_stop_a_report() -> None:
    plain, rare = typeset(one_quote("€ – “ ” • ✓ →")), typeset(one_quote("\U0001f600 漢字"))
    assert b"pdfuaid" in plain
    assert b"pdfuaid" not in rare
    assert root_of(rare)["/MarkInfo"]["/Marked"]
    assert "漢字" in text_of(rare)


def test_hostile_texts_do_nothing() -> None:
    run = hostile_run()
    results = [each for each in run.results if len(each.topic.topic) < 1000]
    short = run.model_copy(update={"results": results, "documents": run.documents[:3], "refused": run.refused[:3]})
    text = text_of(typeset(short))
    assert text.count(flat(HOSTILE[1])) > 5
    assert text.count(HOSTILE[0]) > 5


def test_a_word_of_ten_thousand_characters_stays_inside_the_page() -> None:
    content = typeset(run_of(topic_result("w" * 10_000, finding(Ruling.NOTHING)), title="v" * 1000))
    assert text_of(content).count("w") > 2 * 10_000
    for page in pypdfium2.PdfDocument(content):
        width, _ = page.get_size()
        rights = [item.get_bounds()[2] for item in page.get_objects() if item.type == 1]
        assert all(right <= width for right in rights)


@pytest.mark.parametrize("before", range(0, 60, 4))
def test_a_heading_stays_with_its_first_quote(before: int) -> None:
    """However full the page is, and however long the note of the quote."""
    filling = passage("\n".join(f"Regel {number}." for number in range(before + 1)))
    quoted = passage("Daar gaat het om.").model_copy(update={"section": ["Een lange kop " * 10] * 3})
    found = [finding(Ruling.FOUND, [filling]), finding(Ruling.FOUND, [quoted], UTRECHT)]
    pages = [
        flat(page.extract_text())
        for page in pypdf.PdfReader(io.BytesIO(typeset(run_of(topic_result("jeugd", *found))))).pages
    ]
    (page,) = [text for text in pages if "Utrecht: gevonden" in text]
    assert "Daar gaat het om." in page


def test_statements_of_one_document_share_a_note_and_each_tells_its_position() -> None:
    quoted = passage("Een citaat.")
    elsewhere = passage("Iets anders.")
    told = with_aspects(
        finding(Ruling.FOUND, [quoted]), goals=[aspect(text, elsewhere) for text in ("Doel een.", "Doel twee.")]
    )
    text = text_of(typeset(run_of(topic_result("jeugd", told))))
    assert text.count("Bron:") == 2
    assert len(re.findall(r"positie \d+-\d+", text)) == 3


def test_the_legend_tells_every_sign_of_a_wide_matrix() -> None:
    text = text_of(typeset(wide_run(16, 20)))
    for look, words in matrix_of(wide_run(16, 20)).legend():
        assert f"{look.symbol} {words}" in text.rsplit("Percentage: zekerheid", 1)[0]
