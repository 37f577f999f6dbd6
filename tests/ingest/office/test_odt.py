"""OpenDocument texts read by their own structure."""

import html
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from ingest.office.odt import parse_odt
from ingest.proposals.origins import PROPERTIES
from ingest.structured import Structured
from tests.ingest.office.odf_files import odf_file
from tests.ingest.office.word_files import packed
from tests.ingest.outlined import assert_whole, outlined

DOCUMENTS = Path(__file__).parents[3].parent / "shared" / "documents"
needs_documents = pytest.mark.skipif(not DOCUMENTS.exists(), reason="the shared documents are not here")


def read(body: str, styles: str = "", meta: str = "") -> Structured:
    return parse_odt("nota.odt", odf_file(body, styles, meta))


def h(text: str, level: int) -> str:
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{p(text)}</table:table-cell>"


def test_headings_paragraphs_and_white_space() -> None:
    body = (
        h("Inleiding", 1)
        + p(
            "Wij \n\t  helpen <text:span>elk</text:span><text:s text:c='2'/>kind."
            "<text:line-break/>Altijd<text:tab/>weer"
        )
        + h("Doel", 2)
        + p("Zie <text:a>de wet</text:a><office:annotation><text:p>nee</text:p></office:annotation>.")
    )
    assert outlined(read(body)) == [
        "h1 Inleiding",
        "p Wij helpen elk  kind./Altijd\tweer",
        "h2 Doel",
        "p Zie de wet.",
    ]


def test_headings_by_style() -> None:
    styles = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_2"/>'
        '<style:style style:name="Heading_20_2" style:family="paragraph"/>'
        '<style:style style:name="Title" style:family="paragraph"/>'
    )
    assert outlined(read(p("Nota", "Title") + p("Doel", "P1") + p("Tekst."), styles)) == [
        "h1 Nota",
        "h2 Doel",
        "p Tekst.",
    ]


LISTS = """
<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1" text:bullet-char="*"/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>
<text:list-style style:name="L2">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/></text:list-style>
"""


def test_lists_are_marked_and_counted() -> None:
    def items(*contents: str) -> str:
        return "".join(f"<text:list-item>{each}</text:list-item>" for each in contents)

    inner = f"<text:list>{items(p('ab'), p('cd'))}</text:list>"
    body = (
        f'<text:list text:style-name="L1">{items(p("een") + inner, p("twee") + p("nog iets"))}</text:list>'
        f'<text:list text:style-name="L2">{items(p("een"), p("twee") + inner)}</text:list>'
        f'<text:list text:style-name="L2" text:continue-numbering="true">{items(p("drie"))}</text:list>'
        f'<text:list text:style-name="L2">{items(p("opnieuw"))}</text:list>'
        f'<text:list text:style-name="L9">{items(p("onbekend"))}</text:list>'
    )
    assert outlined(read(body, LISTS)) == [
        "i - een",
        "i a) ab",
        "i b) cd",
        "i - twee",
        "p nog iets",
        "i 1. een",
        "i 2. twee",
        "i 2.1 ab",
        "i 2.2 cd",
        "i 3. drie",
        "i 1. opnieuw",
        "p onbekend",
    ]


def test_headings_have_the_numbers_of_the_outline() -> None:
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )
    body = h("Visie", 1) + h("Doel", 2) + h("Geld", 1) + h("Nu", 2)
    assert outlined(read(body, outline)) == ["h1 1 Visie", "h2 1.1 Doel", "h1 2 Geld", "h2 2.1 Nu"]


def test_a_table_with_heading_rows_and_spans() -> None:
    covered = "<table:covered-table-cell/>"
    span = 'table:number-columns-spanned="2"'
    body = (
        "<table:table><table:table-column/><table:table-header-rows><table:table-row>"
        f"{cell('Taakveld')}{cell('Lasten', span)}{covered}</table:table-row><table:table-row>{cell('')}{cell('2023')}"
        f"{cell('2024')}</table:table-row></table:table-header-rows><table:table-row>"
        f"{cell('Jeugd')}{cell('10')}{cell('20')}</table:table-row></table:table>"
    )
    lines = outlined(read(body))
    assert lines[:2] == ["r Taakveld | Lasten", "r 2023 | 2024"]
    assert "Lasten" in lines[2]
    assert "2023: 10" in lines[2]
    assert "2024: 20" in lines[2]


def test_notes_frames_contents_and_changes() -> None:
    note = (
        "<text:note><text:note-citation>3</text:note-citation>"
        "<text:note-body><text:p>Zie de wet.</text:p></text:note-body></text:note>"
    )
    frame = "<draw:frame><draw:text-box><text:p>In een kader.</text:p></draw:text-box></draw:frame>"
    fixed = '<draw:frame text:anchor-type="page"><draw:text-box><text:p>Onderaan.</text:p></draw:text-box></draw:frame>'
    contents = (
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>Nee</text:index-title-template>"
        "</text:table-of-content-source><text:index-body><text:index-title><text:p>Inhoud</text:p></text:index-title>"
        "<text:p>1 Visie<text:tab/>3</text:p></text:index-body></text:table-of-content>"
    )
    deletion = "<text:changed-region><text:deletion><text:p>Weg</text:p></text:deletion></text:changed-region>"
    changes = f"<text:tracked-changes>{deletion}</text:tracked-changes>"
    body = (
        fixed
        + changes
        + contents
        + p(f"Wij helpen{note}.{frame}")
        + '<text:section text:display="none"><text:p>x</text:p></text:section>'
    )
    assert outlined(read(body)) == [
        "c Inhoud",
        "c 1 Visie\t3",
        "p Wij helpen.",
        "p In een kader.",
        "n 3 Zie de wet.",
        "p Onderaan.",
    ]


def test_bold_lines_are_headings() -> None:
    bold = '<style:text-properties fo:font-weight="bold"/>'
    styles = f'<style:style style:name="B" style:family="paragraph">{bold}</style:style>'
    body = p("Onderwerp", "B") + p("Een hele zin over het onderwerp van deze nota.") * 2
    assert outlined(read(body, styles))[0] == "h1 Onderwerp"


def test_pictures_and_objects_are_told_to_be_unread() -> None:
    picture = '<draw:frame svg:width="10cm" svg:height="80mm"><draw:image/></draw:frame>'
    logo = '<draw:frame svg:width="1in" svg:height="2cm"><draw:image/></draw:frame>'
    chart = "<draw:frame><draw:object/><draw:image/></draw:frame>"
    assert read(p(f"Tekst.{picture}{logo}{chart}")).problems == (
        "Afbeeldingen van formaat: 1; tekst die daarin staat is niet doorzoekbaar",
        "Ingevoegde objecten (grafieken, diagrammen): 1; die zijn niet gelezen",
    )


def test_what_the_properties_propose() -> None:
    meta = (
        "<dc:title>Woonvisie Ede</dc:title>"
        '<meta:user-defined meta:name="DCTERMS.W3CDTF/DCTERMS.issued">2023-06-12</meta:user-defined>'
        '<meta:user-defined meta:name="OVERHEID.Gemeente/DC.creator">Gemeente Ede</meta:user-defined>'
    )
    found = [(each.field, each.value, each.origin) for each in read(p("Tekst."), meta=meta).proposals]
    assert found == [
        ("title", "Woonvisie Ede", PROPERTIES),
        ("kind", "visie", PROPERTIES),
        ("municipalities", "Ede", PROPERTIES),
        ("published", "2023-06-12", PROPERTIES),
    ]


def test_a_locked_file_and_one_without_a_text_are_refused() -> None:
    with pytest.raises(DocumentError, match="locked with a password"):
        parse_odt("dicht.odt", odf_file(p("x"), manifest="<m:encryption-data xmlns:m='m'/>"))
    with pytest.raises(DocumentError, match="no text document in it"):
        parse_odt("kaal.odt", packed({"content.xml": "<leeg/>"}))
    with pytest.raises(DocumentError, match="has no text"):
        parse_odt("leeg.odt", odf_file(p("  ")))


@needs_documents
def test_a_real_file_keeps_every_letter_and_finds_its_questions() -> None:
    path = DOCUMENTS / "office" / "ah-tk-20202021-3235.odt"
    source = parse_odt(str(path), path.read_bytes())
    assert_whole(source)
    lines = outlined(source)
    assert [line for line in lines if line.startswith("h")] == [
        line for number in range(1, 10) for line in (f"h1 Vraag {number}", f"h1 Antwoord {number}")
    ]
    content = zipfile.ZipFile(path).read("content.xml").decode()
    body = html.unescape(re.sub(r"<[^>]*>", "", content[content.index("<office:body") :]))
    assert Counter("".join(source.text.split())) == Counter("".join(body.split()))
