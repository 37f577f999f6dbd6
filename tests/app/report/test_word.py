"""Word reports: what the reader sees is what was found, and every source is a footnote."""

import io
import re
import zipfile
from collections import Counter
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Twips

from app.answer import Ruling
from app.api.report_bodies import RunBody
from app.report.matrix import matrix_of
from app.report.sources import Sources
from app.report.word.document import word
from app.report.word.runs import allowed
from tests.app.report.run_quotes import quotes_of
from tests.app.report.run_samples import (
    HOSTILE,
    aspect,
    empty_run,
    hostile_run,
    normal_run,
    run_of,
    since_run,
    topic_result,
    wide_run,
    with_aspects,
)
from tests.app.report.word_reading import called, notes, opened, paragraphs, part, text_of
from tests.app.wire_samples import finding, passage

RUNS = {"normal": normal_run, "since": since_run, "hostile": hostile_run, "empty": empty_run}
Written = tuple[RunBody, bytes]


@pytest.fixture(scope="module", params=list(RUNS))
def written(request: pytest.FixtureRequest) -> Written:
    """A run with its document."""
    run = RUNS[request.param]()
    return run, word(run)


@pytest.fixture(scope="module")
def normal() -> bytes:
    """The document of the normal run."""
    return word(normal_run())


@pytest.fixture(scope="module")
def since() -> bytes:
    """The document of the run that is compared with another."""
    return word(since_run())


def test_every_quote_is_a_paragraph_that_reads_exactly_so(written: Written) -> None:
    run, content = written
    seen = Counter(text_of(each) for each in paragraphs(opened(content)))
    wanted = Counter(allowed(quote) for quote in quotes_of(run))
    assert {quote: count for quote, count in wanted.items() if seen[quote] < count} == {}


def test_every_quote_of_a_passage_has_quote_style_and_its_source_in_a_footnote(written: Written) -> None:
    run, content = written
    told = notes(content)
    sources = Sources(run)
    wanted = {
        (allowed(each.quote), allowed(re.sub(r"[\t\n]", "", sources.line(each))).strip())
        for result in run.results
        for place in (result.comparison.municipalities if result.comparison else ())
        for each in place.passages
    }
    quoted = [each for each in paragraphs(opened(content)) if each.style and each.style.name == "Quote"]
    assert all(len(called(each)) == 1 for each in quoted)
    assert wanted <= {(text_of(each), told[called(each)[0]]) for each in quoted}


def test_every_mark_has_a_note_and_every_note_a_mark(written: Written) -> None:
    _, content = written
    marks = [number for each in paragraphs(opened(content)) for number in called(each)]
    assert marks == list(notes(content)) == [str(number) for number in range(1, len(marks) + 1)]


def test_every_reference_inside_the_file_resolves(written: Written) -> None:
    _, content = written
    body = part(content, "word/document.xml")
    names = [each.attrib[qn("w:name")] for each in body.iter(qn("w:bookmarkStart"))]
    numbers = [each.attrib[qn("w:id")] for each in body.iter(qn("w:bookmarkStart"))]
    asked = {each.attrib[qn("w:anchor")] for each in body.iter(qn("w:hyperlink"))}
    fields = [(each.text or "").split() for each in body.iter(qn("w:instrText"))]
    asked |= {words[1] for words in fields if words[0] == "NOTEREF"}
    assert asked <= set(names)
    assert len(set(names)) == len(names) == len(set(numbers))
    related = {each.attrib["Id"] for each in part(content, "word/_rels/document.xml.rels")}
    used = {value for each in body.iter() for key, value in each.attrib.items() if key in (qn("r:id"), qn("r:embed"))}
    assert used <= related


def test_every_part_is_well_formed_and_listed(written: Written) -> None:
    _, content = written
    archive = zipfile.ZipFile(io.BytesIO(content))
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(archive.read(name))
    listed = {each.attrib.get("PartName") for each in part(content, "[Content_Types].xml")}
    assert {"/word/document.xml", "/word/footnotes.xml", "/word/styles.xml"} <= listed
    assert not any("customXml" in name or "thumbnail" in name for name in archive.namelist())


def test_the_same_run_gives_the_same_bytes_without_the_hour_at_which_they_were_written(since: bytes) -> None:
    content = since
    assert content == word(since_run())
    assert {each.date_time for each in zipfile.ZipFile(io.BytesIO(content)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    about = part(content, "docProps/core.xml")
    stamps = [each.text for each in about if each.tag.endswith(("}created", "}modified"))]
    assert stamps == ["2026-03-01T22:15:00Z"] * 2


def test_the_lines_above_the_notes_are_known_to_the_settings(normal: bytes) -> None:
    content = normal
    listed = part(content, "word/settings.xml").find(qn("w:footnotePr"))
    assert listed is not None
    kinds = {
        each.attrib[qn("w:id")]: each.attrib[qn("w:type")]
        for each in part(content, "word/footnotes.xml")
        if qn("w:type") in each.attrib
    }
    assert kinds == {"-1": "separator", "0": "continuationSeparator"}
    assert [each.attrib[qn("w:id")] for each in listed] == list(kinds)


def test_every_style_that_is_used_is_there(since: bytes) -> None:
    content = since
    known = {each.attrib[qn("w:styleId")] for each in part(content, "word/styles.xml").iter(qn("w:style"))}
    tags = [qn(f"w:{name}") for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next")]
    names = ("document", "footnotes", "styles", "footer1")
    used = {
        each.attrib[qn("w:val")]
        for name in names
        for tag in tags
        for each in part(content, f"word/{name}.xml").iter(tag)
    }
    assert used <= known
    assert {"Title", "Heading1", "Heading2", "Heading3", "Quote", "Caption", "ListBullet", "FootnoteText"} <= used


def test_a_statement_out_of_a_quote_refers_to_the_note_of_that_quote_and_another_has_its_own() -> None:
    quoted = passage("Kinderen groeien veilig op. Dat is ons doel.")
    elsewhere = passage("Ouders worden geholpen.")
    told = with_aspects(
        finding(Ruling.FOUND, [quoted]),
        goals=[aspect("Kinderen groeien veilig op.", quoted), aspect("Ouders worden geholpen.", elsewhere)],
    )
    content = word(run_of(topic_result("jeugd", told)))
    found = {text_of(each): each for each in paragraphs(opened(content))}
    out_of_quote, own = found["Kinderen groeien veilig op."], found["Ouders worden geholpen."]
    assert called(out_of_quote) == []
    assert out_of_quote.text == "Kinderen groeien veilig op.1"
    assert called(own) == ["2"]
    assert len(notes(content)) == 2


def test_the_contents_hold_the_headings_as_links_inside_a_field_that_word_can_renew(normal: bytes) -> None:
    content = normal
    document = opened(content)
    headings = [
        each.text
        for each in document.paragraphs
        if each.style and each.style.name in ("Heading 1", "Heading 2", "heading 1", "heading 2")
    ]
    lines = ["".join(link.text for link in each.hyperlinks) for each in paragraphs(document) if each.hyperlinks]
    assert lines == headings
    assert {"Samenvatting", "Jeugd", "conflictscheidingen", "laadpalen", "Instellingen"} <= set(headings)
    body = part(content, "word/document.xml")
    assert ' TOC \\o "1-2" \\h \\z \\u ' in [each.text for each in body.iter(qn("w:instrText"))]
    marks = Counter(each.attrib[qn("w:fldCharType")] for each in body.iter(qn("w:fldChar")))
    assert marks["begin"] == marks["separate"] == marks["end"] > 0


def test_the_language_title_and_page_numbers_are_those_of_a_dutch_report(normal: bytes) -> None:
    content = normal
    document = opened(content)
    assert (document.core_properties.title, document.core_properties.language) == (
        "Vergelijking van gemeentelijk beleid",
        "nl-NL",
    )
    languages = {each.attrib[qn("w:val")] for each in part(content, "word/styles.xml").iter(qn("w:lang"))}
    assert languages == {"nl-NL"}
    fields = [(each.text or "").strip() for each in part(content, "word/footer1.xml").iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_matrix_is_a_picture_with_a_text_and_a_table_that_says_every_verdict_in_words(since: bytes) -> None:
    document = opened(since)
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == f"Heatmap. {matrix_of(since_run()).summary()}"
    matrix = document.tables[0]
    rows = [[cell.text for cell in row.cells] for row in matrix.rows]
    assert rows[0] == ["Onderwerp", "Amstelveen", "Utrecht", "'s-Hertogenbosch"]
    assert rows[2] == [
        "conflictscheidingen",
        "● gevonden 97%",
        "◐ zijdelings genoemd\nalleen verlopen\nΔ gewijzigd",
        "– niet doorzocht",
    ]
    assert rows[4] == ["woningbouw", *["× niet gelukt"] * 3]


@pytest.mark.parametrize("run", [normal_run(), wide_run(12, 3)], ids=["normal", "wide"])
def test_every_table_repeats_its_header_and_says_what_it_is(run: RunBody) -> None:
    for table in opened(word(run)).tables:
        assert table._tbl.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        summary = table._tbl.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}")
        assert summary is not None
        assert summary.get(qn("w:val"))
        assert {sum(cell.grid_span for cell in row.tc_lst) for row in table._tbl.tr_lst} == {len(table.columns)}


def test_forty_municipalities_lie_on_turned_pages_in_blocks_and_in_their_order() -> None:
    run = wide_run(40, 20)
    document = opened(word(run))
    assert [each.orientation for each in document.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    tables = [each for each in document.tables if each.rows[0].cells[0].text == "Onderwerp"][:-1]
    names = [cell.text for each in tables for cell in each.rows[0].cells[1:]]
    assert names == [each.name for each in run.settings.municipalities]
    assert all(len(each.columns) <= 11 for each in tables)
    assert len(document.inline_shapes) == 2 * len(tables)
    section = document.sections[1]
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    for shape in document.inline_shapes:
        assert 0 < shape.width <= room + Twips(1)


def test_a_few_municipalities_stand_on_one_kind_of_page(normal: bytes) -> None:
    (section,) = opened(normal).sections
    assert section.orientation == WD_ORIENT.PORTRAIT


def test_what_a_reader_has_to_know_of_a_quote_stands_above_it(since: bytes) -> None:
    texts = [each.text for each in opened(since).paragraphs]
    line = texts[texts.index("Relatietherapie wordt vergoed.") - 1]
    assert line.startswith("Citaat 2 van 2; ")
    assert "verlopen" in line
    assert "vervangen door Jeugdagenda" in line
    assert "tekstherkenning (OCR)" in line


def test_a_verdict_stands_with_all_that_was_searched_and_what_could_not_be_read(normal: bytes) -> None:
    told = "\n".join(cell.text for table in opened(normal).tables for row in table.rows for cell in row.cells)
    assert "Gevonden, 2 documenten doorzocht (360 van 390 pagina's gelezen)" in told
    assert "Jeugdagenda (180 van 195 pagina's gelezen; 15 gescand, niet doorzoekbaar" in told
    assert "niet gelezen: Nota: is damaged" in told
    assert "Niet doorzocht (geen doorzoekbaar document)." in told


def test_money_actions_and_figures_are_told_with_their_years(normal: bytes) -> None:
    document = opened(normal)
    (sides,) = [each for each in document.tables if each.rows[0].cells[0].text == "Aspect"]
    rows = {row.cells[0].text: row.cells[1].text for row in sides.rows}
    assert list(rows) == ["Aspect", "Doelen", "Nieuwe acties", "Geld", "Cijfers"]
    assert "jaar: 2025" in rows["Nieuwe acties"]
    assert (
        "bedrag: €30.000; waarvoor: regulier budget conflictscheidingen; jaar: 2025-2027; structureel; per jaar"
        in (rows["Geld"])
    )
    (figures,) = [each for each in document.tables if len(each.columns) == 5 and "Waarde" in each.rows[0].cells[1].text]
    assert [cell.text for cell in figures.rows[1].cells][:3] == ["Amstelveen", "8 %", "2022"]
    texts = [each.text for each in document.paragraphs]
    assert "Let op: De teksten noemen niet hetzelfde jaar." in texts


def test_a_failed_topic_says_why_and_the_others_are_there(normal: bytes) -> None:
    texts = [each.text for each in opened(normal).paragraphs]
    assert texts[texts.index("woningbouw") + 1] == "Dit onderwerp is niet gelukt. de index antwoordt niet"
    assert "laadpalen" in texts


def test_what_changed_since_another_run_is_listed_and_marked(normal: bytes, since: bytes) -> None:
    document = opened(since)
    (changes,) = [each for each in document.tables if "Citaten die er niet meer zijn" in each.rows[0].cells[-1].text]
    assert [row.cells[0].text for row in changes.rows] == ["Onderwerp", "conflictscheidingen", "vuurwerk"]
    assert changes.rows[1].cells[3].text == "Dit citaat is er niet meer."
    thick = document.tables[0].rows[2].cells[2]._tc.find(f"{qn('w:tcPr')}/{qn('w:tcBorders')}")
    assert thick is not None
    assert "Wat er veranderd is" not in [each.text for each in opened(normal).paragraphs]


def test_the_appendix_tells_what_was_read_what_was_not_what_was_searched_with_and_the_settings(normal: bytes) -> None:
    run = normal_run()
    told = [cell.text for table in opened(normal).tables for row in table.rows for cell in row.cells]
    settings = (run.id, "multilingual-e5-small", "packaged-1", "1d5c3a9f0e7b", "0.1.0", "1 maart 2026")
    read = ("Utrecht: kapot.pdf", "is beschadigd", "vechtscheiding, relatietherapie")
    assert {*settings, *read} <= set(told)
    assert any("180 van 195 pagina's gelezen; 15 gescand" in each for each in told)


def test_a_run_without_any_result_is_a_document_that_says_so() -> None:
    document = opened(word(empty_run()))
    texts = [each.text for each in document.paragraphs]
    assert "Er is geen document doorzocht." in texts
    assert texts.count("Dit onderwerp is niet gelukt. de index antwoordt niet") == 2
    assert len(document.inline_shapes) == 0


def test_signs_that_xml_has_no_place_for_are_replaced_one_for_one() -> None:
    quote = "voor\x00na\x1b[31m\x0c\ufffe slot"
    run = run_of(topic_result("x\x07y", finding(Ruling.FOUND, [passage(quote, "titel\x01")])), title="kop\x02")
    content = word(run)
    shown = "voor\ufffdna\ufffd[31m\ufffd\ufffd slot"
    assert len(shown) == len(quote)
    assert shown in [text_of(each) for each in paragraphs(opened(content))]
    assert opened(content).core_properties.title == "kop\ufffd"


@pytest.mark.parametrize("text", HOSTILE)
def test_allowed_keeps_what_xml_can_hold(text: str) -> None:
    kept = allowed(text)
    assert len(kept) == len(text)
    assert all(a == b or b == "\ufffd" for a, b in zip(text, kept, strict=True))
    ElementTree.fromstring(f"<a>{escape(kept)}</a>")
