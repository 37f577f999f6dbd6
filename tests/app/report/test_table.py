"""The report as CSV: a row for each quote, read back as it was, and nothing that a spreadsheet calculates."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer import Ruling
from app.api.document_bodies import CoverageBody
from app.api.report_bodies import RunBody
from app.report.table import COLUMNS, neutral, table
from tests.app.report.run_samples import (
    HOSTILE,
    RUN_ID,
    empty_run,
    failed_topic,
    hostile_run,
    normal_run,
    run_of,
    since_run,
    topic_result,
    wide_run,
)
from tests.app.report.told import passages_of, quotes_of
from tests.app.wire_samples import UTRECHT, finding, passage

RUNS = [normal_run, since_run, hostile_run, wide_run, empty_run]
FIRST_COLUMNS = (
    "onderwerp,gemeentecode,gemeente,oordeel,zekerheid,doorzochte documenten,citaat,titel,gemeenten van het document,"
    "soort,sectie,pagina van,pagina tot,positie van,positie tot,score,document,versie,passage,fout,toelichting,"
    "dekking,ocr"
)
CALCULATED = ("=", "+", "-", "@", "\t", "\r", "\n")
MORE = ["'=al aangehaald", "''=tweemaal", "'s-Hertogenbosch", "\ttab vooraan", '"aanhalingstekens"; punt, komma']
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t`~|='"), min_size=1, max_size=80)


def rows_of(run: RunBody) -> list[dict[str, str]]:
    text = table(run).decode()
    assert text.startswith("\ufeff")
    assert text.endswith("\r\n")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert all(None not in row and None not in row.values() for row in rows)
    return rows


def original(cell: str) -> str:
    """The text that `neutral` made this cell of."""
    return re.sub(r"\A'('*[=+\-@\t\r\n＝＋－＠])", r"\1", cell)


def one_quote(*quotes: str) -> RunBody:
    return run_of(topic_result("jeugd", finding(Ruling.FOUND, [passage(quote) for quote in quotes])))


def test_columns_keep_their_place() -> None:
    assert ",".join(COLUMNS).startswith(f"{FIRST_COLUMNS},rij,groep,")
    assert len(set(COLUMNS)) == len(COLUMNS)


@pytest.mark.parametrize("run", RUNS)
def test_every_quote_reads_back_exactly(run: Callable[[], RunBody]) -> None:
    report = run()
    rows = rows_of(report)
    assert [original(row["citaat"]) for row in rows if row["rij"] == "citaat"] == passages_of(report)
    assert quotes_of(report) <= {original(row["citaat"]) for row in rows}


@pytest.mark.parametrize("run", RUNS)
def test_the_same_run_gives_the_same_file_and_nothing_is_calculated(run: Callable[[], RunBody]) -> None:
    assert table(run()) == table(run())
    assert [cell for row in rows_of(run()) for cell in row.values() if cell.startswith(CALCULATED)] == []


@pytest.mark.parametrize("quote", [*HOSTILE[:9], *MORE])
def test_a_quote_can_be_read_back(quote: str) -> None:
    (row,) = rows_of(one_quote(quote))
    assert quote in row["citaat"]
    assert original(row["citaat"]) == quote


@given(quotes=st.lists(texts, min_size=1, max_size=4))
def test_any_quotes_can_be_read_back(quotes: list[str]) -> None:
    assert [original(row["citaat"]) for row in rows_of(one_quote(*quotes))] == quotes


@given(st.text())
def test_what_is_neutralised_is_told_apart_from_what_looked_so(text: str) -> None:
    assert original(neutral(text)) == text
    assert not neutral(text).startswith(CALCULATED)


def test_there_is_a_row_per_quote_and_per_silent_municipality() -> None:
    found = finding(Ruling.FOUND, [passage("Eerste."), passage("Tweede.", pages=None)], certainty=0.98)
    silent = finding(Ruling.NOTHING, municipality=UTRECHT)
    first, second, third = rows_of(run_of(topic_result("jeugd", found, silent)))
    assert (first["citaat"], first["pagina van"], first["pagina tot"]) == ("Eerste.", "3", "4")
    assert (second["citaat"], second["pagina van"], second["zekerheid"]) == ("Tweede.", "", "0.98")
    assert (third["gemeente"], third["oordeel"], third["citaat"]) == ("Utrecht", "niets_gevonden", "")
    assert [row["rij"] for row in (first, second, third)] == ["citaat", "citaat", "oordeel"]


def test_a_row_tells_what_was_not_read() -> None:
    partly = CoverageBody(pages=195, read=180, scanned=15, ocr=0, damaged=0)
    recognised = passage("citaat").model_copy(update={"by_ocr": True})
    nothing, found = rows_of(
        run_of(
            topic_result(
                "jeugd",
                finding(Ruling.NOTHING, coverage=partly, refused=["Nota"]),
                finding(Ruling.FOUND, [recognised], UTRECHT),
            )
        )
    )
    assert nothing["toelichting"] == (
        "niets gevonden in 1 doorzocht document (180 van 195 pagina's gelezen), 15 gescand, niet doorzoekbaar; "
        "1 document kon niet gelezen worden"
    )
    assert nothing["dekking"] == "Jeugdagenda: 180 van 195 pagina's gelezen; 15 gescand, niet doorzoekbaar"
    assert (nothing["ocr"], found["ocr"], found["dekking"]) == ("", "ja", "Jeugdagenda: bestand zonder pagina's")


def test_a_row_tells_statements_amounts_differences_and_figures() -> None:
    rows = rows_of(since_run())
    kinds = [row["rij"] for row in rows if row["gemeente"] == "Amstelveen" and row["onderwerp"] != "laadpalen"]
    assert kinds == [
        "citaat",
        "citaat",
        "uitspraak",
        "uitspraak",
        "uitspraak",
        "bedrag",
        "uitspraak",
        "verschil",
        "kengetal",
    ]
    (amount,) = (row for row in rows if row["rij"] == "bedrag")
    told = ("kant", "citaat", "bedrag", "waarvoor", "jaren", "terugkerend", "per jaar", "document")
    assert [amount[name] for name in told] == [
        "Geld",
        "€30.000",
        "€30.000",
        "regulier budget conflictscheidingen",
        "2025-2027",
        "structureel",
        "ja",
        "jeugdagenda",
    ]
    (action,) = (row for row in rows if row["kant"] == "Nieuwe acties")
    assert (action["citaat"], action["jaren"], action["titel"]) == (
        "In 2025 starten wij met KIES.",
        "2025",
        "Jeugdagenda",
    )
    figures = [row for row in rows if row["rij"] == "kengetal"]
    assert [(row["gemeente"], row["waarde"], row["eenheid"], row["jaren"]) for row in figures] == [
        ("Amstelveen", "8 %", "%", "2022"),
        ("Utrecht", "11,8 %", "%", ""),
    ]
    assert {(row["vergelijkbaar"], row["opmerking"]) for row in figures} == {
        ("nee", "De teksten noemen niet hetzelfde jaar.")
    }
    (difference,) = (row for row in rows if row["rij"] == "verschil")
    assert (difference["document"], difference["ander document"]) == ("jeugdagenda", "oud")


def test_a_row_tells_validity_change_and_run() -> None:
    rows = rows_of(since_run())
    ended = next(row for row in rows if row["titel"] == "Oude agenda")
    assert [ended[name] for name in ("geldigheid", "status", "geldig tot", "vervangen door", "ocr")] == [
        "verlopen",
        "concept",
        "2023-12-31",
        "jeugdagenda",
        "ja",
    ]
    (changed,) = (row for row in rows if row["gewijzigd"] == "oordeel" and row["rij"] == "citaat")
    assert (changed["gemeente"], changed["reden van wijziging"]) == ("Utrecht", "nieuw_document")
    assert changed["alleen verlopen"] == "ja"
    gone = [row for row in rows if row["rij"] == "verdwenen"]
    assert [(row["gemeente"], row["citaat"]) for row in gone] == [
        ("Utrecht", "Dit citaat is er niet meer."),
        ("Apeldoorn", "Dit citaat is er niet meer."),
    ]
    assert {(row["rapport"], row["peildatum"], row["index"]) for row in rows} == {
        (RUN_ID, "2026-03-01", "1d5c3a9f0e7b")
    }
    assert [row["fout"] for row in rows if row["rij"] == "geweigerd"] == ["is beschadigd"] * 2


def test_a_topic_that_failed_has_a_row_with_its_error() -> None:
    silent, failed = rows_of(run_of(topic_result("jeugd", finding(Ruling.NOTHING)), failed_topic("=1+1", "@stuk")))
    assert silent["rij"] == "oordeel"
    assert (failed["onderwerp"], failed["oordeel"], failed["fout"], failed["rij"]) == ("'=1+1", "", "'@stuk", "mislukt")
