"""Excel reports: every text is there as it was, none is calculated, and each row can be filtered and traced."""

import io
import re
import zipfile
from collections import Counter
from datetime import date, datetime
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.answer import Ruling
from app.api.report_bodies import RunBody
from app.report.matrix import matrix_of
from app.report.sheet.spreadsheet import spreadsheet
from tests.app.report.run_quotes import quotes_of
from tests.app.report.run_samples import (
    HOSTILE,
    change,
    empty_run,
    hostile_run,
    normal_run,
    run_of,
    since_of,
    since_run,
    topic_result,
    wide_run,
)
from tests.app.wire_samples import AMSTELVEEN, finding, passage

SHEETS = (
    "Matrix",
    "Citaten",
    "Oordelen",
    "Aspecten",
    "Bedragen",
    "Kengetallen",
    "Verschillen",
    "Onderwerpen",
    "Dekking",
    "Instellingen",
)
RUNS = {"normal": normal_run, "since": since_run, "hostile": hostile_run, "empty": empty_run}
Written = tuple[RunBody, bytes]


@pytest.fixture(scope="module", params=list(RUNS))
def written(request: pytest.FixtureRequest) -> Written:
    """A run with its workbook."""
    run = RUNS[request.param]()
    return run, spreadsheet(run)


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def rows_of(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows under their column names, texts as Excel shows them."""
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, header), map(shown, row), strict=True)) for row in rows]


def shown(value: object) -> object:
    """A value as Excel shows it: it writes signs that XML has no place for, and texts that look so, as _xHHHH_."""
    if not isinstance(value, str):
        return value
    return re.sub(r"_x([0-9A-F]{4})_", lambda match: chr(int(match.group(1), 16)), value)


def texts(content: bytes) -> set[object]:
    """Every text of the workbook, read without openpyxl, which does not keep what looks like _xHHHH_."""
    root = ElementTree.fromstring(parts(content)["xl/sharedStrings.xml"])
    return {shown("".join(each.itertext())) for each in root}


def parts(content: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist()}


def test_every_quote_stands_in_a_cell_exactly_as_it_is(written: Written) -> None:
    run, content = written
    book = opened(content)
    names = ("Citaten", "Aspecten", "Verschillen", "Kengetallen")
    seen = Counter(row["citaat"] for name in names for row in rows_of(book[name]))
    assert seen == Counter(quotes_of(run))


def test_no_cell_is_calculated_and_none_is_a_link(written: Written) -> None:
    _, content = written
    for name, part in parts(content).items():
        if name.startswith("xl/worksheets/sheet"):
            tags = {each.tag.rpartition("}")[2] for each in ElementTree.fromstring(part).iter()}
            assert tags & {"f", "hyperlink", "hyperlinks"} == set()
    for sheet in opened(content).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if isinstance(cell.value, str) and re.match(r"[=+\-@\t\r'＝＋－＠]", cell.value):
                    assert cell.quotePrefix, cell.value


def test_every_part_is_well_formed_and_no_text_is_lost_to_markup(written: Written) -> None:
    _, content = written
    for part in parts(content).values():
        ElementTree.fromstring(part)


def test_every_sheet_has_a_frozen_header_a_filter_and_columns_that_can_be_read(written: Written) -> None:
    run, content = written
    book = opened(content)
    assert tuple(name for name in book.sheetnames if name != "Wijzigingen") == SHEETS
    assert ("Wijzigingen" in book.sheetnames) == (run.since is not None)
    for sheet in book.worksheets:
        assert sheet.freeze_panes is not None
        assert sheet.freeze_panes != "A1"
        assert re.fullmatch(r"[A-Z]+2", str(sheet.freeze_panes))
        assert sheet.auto_filter.ref == sheet.dimensions or sheet.max_column == 1
        assert sheet.print_title_rows == "$1:$1"
        assert all(6 <= each.width <= 100 for each in sheet.column_dimensions.values())


def test_the_same_run_gives_the_same_bytes_without_the_hour_at_which_they_were_written(written: Written) -> None:
    run, content = written
    assert content == spreadsheet(run)
    assert {each.date_time for each in zipfile.ZipFile(io.BytesIO(content)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    about = ElementTree.fromstring(parts(content)["docProps/core.xml"])
    stamps = [each.text for each in about if each.tag.endswith(("}created", "}modified"))]
    assert stamps == ["2026-03-01T22:15:00Z"] * 2


def test_the_matrix_says_every_verdict_in_words_beside_its_colour() -> None:
    run = since_run()
    sheet = opened(spreadsheet(run))["Matrix"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ["groep", "onderwerp", "Amstelveen", "Utrecht", "'s-Hertogenbosch"]
    assert rows[1] == [
        "Jeugd",
        "conflictscheidingen",
        "● gevonden 97%",
        "◐ zijdelings genoemd\nalleen verlopen\nΔ gewijzigd",
        "– niet doorzocht",
    ]
    assert rows[2][2:] == ["× niet gelukt"] * 3
    assert sheet["C2"].fill.fgColor.rgb == "FF0B4F6C"
    assert (sheet["C2"].border.left.style, sheet["D2"].border.left.style) == ("thin", "thick")
    assert sheet.freeze_panes == "C2"


def test_a_quote_stands_with_all_that_is_known_of_its_source() -> None:
    old = passage("Relatietherapie wordt vergoed.").model_copy(update={"by_ocr": True, "in_table": True})
    told = old.document.model_copy(
        update={
            "kind": "nota",
            "status": "vastgesteld",
            "valid_from": date(2020, 1, 1),
            "valid_until": date(2023, 12, 31),
            "source": "https://voorbeeld.nl/nota",
        }
    )
    old = old.model_copy(update={"document": told})
    changed = change("jeugd", AMSTELVEEN).model_copy(update={"new_passages": [old.id], "question": "Wat?"})
    result = topic_result("jeugd", finding(Ruling.FOUND, [old], certainty=0.97), group="Zorg", question="Wat?")
    (row,) = rows_of(opened(spreadsheet(run_of(result, since=since_of(changed))))["Citaten"])
    assert row == {
        "onderwerp": "jeugd",
        "groep": "Zorg",
        "vraag": "Wat?",
        "gemeente": "Amstelveen",
        "code": "GM0362",
        "oordeel": "gevonden",
        "zekerheid": 0.97,
        "citaat": "Relatietherapie wordt vergoed.",
        "titel": "Jeugdagenda",
        "gemeenten van het document": "Amstelveen",
        "soort": "nota",
        "status": "vastgesteld",
        "geldigheid": "onbekend",
        "geldig van": datetime(2020, 1, 1),
        "geldig tot": datetime(2023, 12, 31),
        "vervangen door": None,
        "gepubliceerd": None,
        "vastgesteld door": None,
        "sectie": "1. Jeugd",
        "pagina van": 3,
        "pagina tot": 4,
        "positie van": 10,
        "positie tot": 40,
        "score": 0.5,
        "document": "jeugdagenda",
        "versie": "f" * 64,
        "passage-id": old.id,
        "bron": "https://voorbeeld.nl/nota",
        "ocr": "ja",
        "tabel": "ja",
        "problemen": None,
        "nieuw sinds": "ja",
    }


def test_every_verdict_has_a_row_with_what_it_rests_on_also_without_a_quote() -> None:
    run = normal_run()
    rows = rows_of(opened(spreadsheet(run))["Oordelen"])
    assert [(row["onderwerp"], row["code"], row["oordeel"]) for row in rows] == [
        (row.topic.topic, cell.municipality.code, cell.words) for row in matrix_of(run).rows for cell in row.cells
    ]
    told = {(row["onderwerp"], row["gemeente"]): row for row in rows}
    found = told["conflictscheidingen", "Amstelveen"]
    assert (found["citaten"], found["zekerheid"], found["gewijzigd"]) == (2, 0.97, None)
    assert str(found["doorzochte documenten"]).startswith("Jeugdagenda: 180 van 195 pagina's gelezen; 15 gescand")
    assert told["woningbouw", "Utrecht"]["toelichting"] == "de index antwoordt niet"
    assert told["laadpalen", "Utrecht"]["niet gelezen documenten"] == "Nota: is damaged"


def test_money_actions_and_figures_have_rows_of_their_own() -> None:
    book = opened(spreadsheet(normal_run()))
    sides = {row["aspect"]: row for row in rows_of(book["Aspecten"])}
    assert list(sides) == ["doelen", "nieuwe acties", "geld", "cijfers"]
    assert sides["nieuwe acties"]["jaren"] == "2025"
    (amount,) = rows_of(book["Bedragen"])
    names = ("bedrag", "waarvoor", "jaar van", "jaar tot", "structureel of incidenteel", "per jaar")
    assert tuple(amount[name] for name in names) == (
        "€30.000",
        "regulier budget conflictscheidingen",
        2025,
        2027,
        "structureel",
        "ja",
    )
    figures = rows_of(book["Kengetallen"])
    assert [(row["gemeente"], row["waarde"], row["jaar van"], row["vergelijkbaar"]) for row in figures] == [
        ("Amstelveen", "8 %", 2022, "nee"),
        ("Utrecht", "11,8 %", None, "nee"),
    ]
    assert {row["opmerking"] for row in figures} == {"De teksten noemen niet hetzelfde jaar."}
    (difference,) = rows_of(book["Verschillen"])
    assert (difference["staat in"], difference["staat niet in"]) == ("Jeugdagenda", "Oude agenda")


def test_coverage_tells_of_every_document_and_of_every_file_that_could_not_be_read() -> None:
    rows = rows_of(opened(spreadsheet(normal_run()))["Dekking"])
    assert [(row["titel"], row["gelezen"], row["reden"]) for row in rows] == [
        ("Jeugdagenda", "ja", None),
        ("Oude agenda", "ja", None),
        (None, "nee", "is beschadigd"),
        ("Nota", "nee", "is beschadigd"),
    ]
    assert [rows[0][name] for name in ("pagina's", "pagina's gelezen", "pagina's gescand")] == [195, 180, 15]
    assert rows[0]["tijdstip (UTC)"] == rows[2]["tijdstip (UTC)"] == datetime(2026, 3, 1, 22, 15)


def test_topics_that_failed_say_why_and_the_settings_are_real_dates_and_numbers() -> None:
    run = normal_run()
    book = opened(spreadsheet(run))
    topics = rows_of(book["Onderwerpen"])
    assert [(row["nummer"], row["onderwerp"], row["gelukt"], row["reden"]) for row in topics] == [
        (1, "conflictscheidingen", "ja", None),
        (2, "woningbouw", "nee", "de index antwoordt niet"),
        (3, "laadpalen", "ja", None),
    ]
    assert topics[0]["ook gezocht op"] == "vechtscheiding, relatietherapie"
    settings = {row["instelling"]: row["waarde"] for row in rows_of(book["Instellingen"])}
    assert (settings["rapport"], settings["peildatum"]) == (run.id, datetime(2026, 3, 1))
    assert settings["passages per gemeente, ten hoogste"] == 3
    assert settings["gemaakt op (UTC)"] == datetime(2026, 3, 1, 22, 15)
    assert settings["model"] == "multilingual-e5-small"


def test_what_changed_since_another_run_is_a_sheet_and_marks_the_verdicts() -> None:
    book = opened(spreadsheet(since_run()))
    changes = rows_of(book["Wijzigingen"])
    assert [(row["onderwerp"], row["gemeente"]) for row in changes] == [
        ("conflictscheidingen", "Utrecht"),
        ("vuurwerk", "Apeldoorn"),
    ]
    assert changes[0]["verdwenen citaat"] == "Dit citaat is er niet meer."
    assert changes[0]["wijziging"] == "ander oordeel (nieuw document)"
    marked = [row["gemeente"] for row in rows_of(book["Oordelen"]) if row["gewijzigd"] == "ja"]
    assert marked == ["Utrecht"]


def test_forty_municipalities_are_columns_in_their_order_beside_a_topic_that_stays_in_sight() -> None:
    run = wide_run(40, 6)
    sheet = opened(spreadsheet(run))["Matrix"]
    header = next(sheet.iter_rows(values_only=True))
    assert list(header[2:]) == [each.name for each in run.settings.municipalities]
    assert (sheet.max_row, sheet.max_column, sheet.freeze_panes) == (7, 42, "C2")
    assert sheet.print_title_cols == "$A:$B"


@pytest.mark.parametrize(
    "text",
    [
        *HOSTILE,
        "=cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "＝1+1",
        "'=1+1",
        "\t=1",
        "\r=1",
        "<r><t>vet</t></r>",
        "<r>kapot</r>",
        "_x0041_ en _x000D_",
        "http://voorbeeld.nl",
        "0123",
        "12",
        "1e5",
        "WAAR",
        "voor\x00na\x1b\ufffe slot",
        " spatie vooraan",
        "regel\r\nregel\rregel\n",
    ],
)
def test_any_text_comes_back_as_it_was_and_as_text(text: str) -> None:
    run = run_of(topic_result(text, finding(Ruling.FOUND, [passage(text[:1200], title=text)]), group=text), title=text)
    content = spreadsheet(run)
    for part in parts(content).values():
        ElementTree.fromstring(part)
    assert {text, text[:1200]} <= texts(content)
    (row,) = opened(content)["Citaten"].iter_rows(min_row=2)
    assert {row[place].data_type for place in (0, 1, 7, 8)} == {"s"}
