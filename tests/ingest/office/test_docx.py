"""Word files read by their own structure."""

import io
from collections import Counter
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from corpus.errors import DocumentError
from ingest.office.docx import parse_docx
from ingest.proposals.origins import MADE_ON
from ingest.read import read_document
from ingest.structured import Structured
from tests.ingest.office.word_files import cell, p, packed, relations, row, table, word_file, word_parts
from tests.ingest.outlined import assert_whole, outlined

DOCUMENTS = Path(__file__).parents[3].parent / "shared" / "documents"
needs_documents = pytest.mark.skipif(not DOCUMENTS.exists(), reason="the shared documents are not here")


def read(body: str, **parts: str) -> Structured:
    return parse_docx("nota.docx", word_file(body, **parts))


def saved(document: Document) -> Structured:
    out = io.BytesIO()
    document.save(out)
    return parse_docx("nota.docx", out.getvalue())


def test_headings_lists_and_tables_that_python_docx_writes() -> None:
    document = docx.Document()
    document.add_heading("Jeugdbeleid", 0)
    document.add_heading("Inleiding", 1)
    document.add_paragraph("Wij helpen kinderen.")
    document.add_paragraph("Samen met ouders", style="List Bullet")
    document.add_paragraph("Dichtbij huis", style="List Bullet")
    document.add_paragraph("Eerst kijken", style="List Number")
    document.add_paragraph("Dan helpen", style="List Number")
    document.add_heading("Geld", 2)
    grid = document.add_table(rows=3, cols=3)
    for place, text in enumerate(
        ["Taakveld", "2023", "2024", "Jeugdhulp", "1.200", "1.350", "Onderwijs", "300", "310"]
    ):
        grid.cell(place // 3, place % 3).text = text
    source = saved(document)
    assert outlined(source) == [
        "h1 Jeugdbeleid",
        "h1 Inleiding",
        "p Wij helpen kinderen.",
        "i - Samen met ouders",
        "i - Dichtbij huis",
        "i 1. Eerst kijken",
        "i 2. Dan helpen",
        "h2 Geld",
        "r Taakveld | 2023 | 2024",
        "r Jeugdhulp | 2023: 1.200 | 2024: 1.350",
        "r Onderwijs | 2023: 300 | 2024: 310",
    ]
    assert (source.tables, source.pages, source.counts, source.boxes) == (1, (), None, ())


STYLES = """
<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Hoofdstuktitel"/><w:basedOn w:val="Kop1"/></w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Vreemd"><w:name w:val="Kop 4"/></w:style>
<w:style w:type="paragraph" w:styleId="Lus"><w:name w:val="Lus"/><w:basedOn w:val="Lus"/></w:style>
<w:style w:type="character" w:styleId="Weg"><w:name w:val="Weg"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


@pytest.mark.parametrize(
    ("properties", "sign"),
    [
        ('<w:pStyle w:val="Kop1"/>', "h1"),
        ('<w:pStyle w:val="Eigen"/>', "h1"),
        ('<w:pStyle w:val="Sub"/>', "h3"),
        ('<w:pStyle w:val="Vreemd"/>', "h4"),
        ('<w:outlineLvl w:val="1"/>', "h2"),
        ('<w:pStyle w:val="Kop1"/><w:outlineLvl w:val="9"/>', "p"),
        ('<w:pStyle w:val="Lus"/>', "p"),
        ('<w:pStyle w:val="BestaatNiet"/>', "p"),
    ],
)
def test_a_heading_is_told_by_its_style_and_level(properties: str, sign: str) -> None:
    assert outlined(read(p("Inleiding", properties) + p("Tekst."), styles=STYLES)) == [f"{sign} Inleiding", "p Tekst."]


def test_a_whole_paragraph_in_a_heading_style_is_no_heading() -> None:
    long = "Dit is een hele alinea. " * 15
    assert outlined(read(p(long, '<w:pStyle w:val="Kop1"/>'), styles=STYLES)) == [f"p {long.strip()}"]


def test_insertions_are_text_and_deletions_comments_and_hidden_text_are_not() -> None:
    body = (
        "<w:p><w:r><w:t>Wij </w:t></w:r>"
        '<w:ins w:id="1"><w:r><w:t>geven </w:t></w:r></w:ins>'
        '<w:del w:id="2"><w:r><w:delText>vragen </w:delText><w:t>echt </w:t></w:r></w:del>'
        '<w:moveFrom w:id="3"><w:r><w:t>oud </w:t></w:r></w:moveFrom>'
        '<w:commentRangeStart w:id="0"/><w:r><w:rPr><w:rStyle w:val="Weg"/></w:rPr><w:t>geheim </w:t></w:r>'
        '<w:r><w:commentReference w:id="0"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>weg </w:t></w:r>'
        '<w:moveTo w:id="4"><w:r><w:t>hulp</w:t></w:r></w:moveTo>'
        '<w:hyperlink r:id="x"><w:r><w:t> aan kinderen</w:t></w:r></w:hyperlink>'
        "<w:smartTag><w:r><w:t>.</w:t></w:r></w:smartTag></w:p>"
    )
    assert outlined(read(body, styles=STYLES)) == ["p Wij geven hulp aan kinderen."]


def test_a_paragraph_whose_end_is_deleted_runs_on() -> None:
    body = p("Wij helpen ", "<w:rPr><w:del/></w:rPr>") + p("kinderen.")
    assert outlined(read(body)) == ["p Wij helpen kinderen."]


def test_codes_of_fields_are_not_text_and_their_results_are() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a </w:instrText><w:t>code</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Tabel 3</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> toont het.</w:t></w:r></w:p>'
    )
    assert outlined(read(body)) == ["p Tabel 3 toont het."]


def test_a_field_that_never_ends_takes_no_text_away() -> None:
    body = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>Wij helpen.</w:t></w:r></w:p>' + p("Altijd.")
    assert outlined(read(body)) == ["p Wij helpen.", "p Altijd."]


def test_a_list_of_contents_is_known_by_its_field_style_or_control() -> None:
    by_field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1 Inleiding</w:t><w:tab/><w:t>3</w:t></w:r></w:p>'
        '<w:p><w:r><w:t>2 Aanpak</w:t></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    by_control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('Inhoud')}</w:sdtContent></w:sdt>"
    )
    styles = '<w:style w:type="paragraph" w:styleId="Inhopg1"><w:name w:val="toc 1"/></w:style>'
    by_style = p("3 Geld", '<w:pStyle w:val="Inhopg1"/>')
    assert outlined(read(by_control + by_field + by_style + p("Tekst."), styles=styles)) == [
        "c Inhoud",
        "c 1 Inleiding\t3",
        "c 2 Aanpak",
        "c 3 Geld",
        "p Tekst.",
    ]


def test_notes_stand_after_the_paragraph_that_calls_them_with_their_number() -> None:
    notes = (
        '<w:footnote w:id="-1"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="5">{p("Zie de wet.")}{p("En de toelichting.")}</w:footnote>'
        f'<w:footnote w:id="7">{p("Cijfers van het CBS.")}</w:footnote>'
    )
    body = (
        '<w:p><w:r><w:t>Wij helpen</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'
        + table(row(cell('<w:p><w:r><w:t>Jaar</w:t><w:footnoteReference w:id="5"/></w:r></w:p>'), cell("2023")))
        + '<w:p><w:r><w:t>Slot</w:t><w:endnoteReference w:id="1"/></w:r></w:p>'
    )
    endnotes = f'<w:endnote w:id="1">{p("Achterin.")}</w:endnote>'
    assert outlined(read(body, footnotes=notes, endnotes=endnotes)) == [
        "p Wij helpen.",
        "n 1 Cijfers van het CBS.",
        "r Jaar | 2023",
        "n 2 Zie de wet./En de toelichting.",
        "p Slot",
        "n i Achterin.",
    ]


def test_notes_that_count_anew_on_every_page_have_no_number() -> None:
    body = '<w:p><w:r><w:t>Wij helpen.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    settings = '<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>'
    notes = f'<w:footnote w:id="2">{p("Zie de wet.")}</w:footnote>'
    assert outlined(read(body, footnotes=notes, settings=settings)) == ["p Wij helpen.", "n Zie de wet."]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('In een kader.')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Naast</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wp:anchor>{box}</wp:anchor></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>" + p("Verder.")
    )
    assert outlined(read(body)) == ["p Naast", "p In een kader.", "p Verder."]


def test_content_controls_are_read_within_text_rows_and_the_body() -> None:
    body = (
        "<w:p><w:r><w:t>Naam: </w:t></w:r><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>Jan</w:t></w:r></w:sdtContent>"
        "</w:sdt></w:p>"
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Een alinea.')}"
        f"{table('<w:sdt><w:sdtContent>' + row(cell('Jeugd'), cell('12')) + '</w:sdtContent></w:sdt>')}"
        "</w:sdtContent></w:sdt>"
    )
    assert outlined(read(body)) == ["p Naam: Jan", "p Een alinea.", "r Jeugd | 12"]


def test_signs_breaks_and_symbols() -> None:
    body = (
        "<w:p><w:r><w:t>Regel een</w:t><w:br/><w:t>regel twee</w:t><w:br/><w:br/>"
        "<w:t>Nieuw</w:t><w:tab/><w:t>woord</w:t></w:r>"
        '</w:p><w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t xml:space="preserve"> ja, e</w:t>'
        "<w:noBreakHyphen/>"
        "<w:t>mail</w:t><w:softHyphen/><w:t>adres</w:t></w:r></w:p>"
    )
    assert outlined(read(body)) == ["p Regel een/regel twee", "p Nieuw\twoord", "p ☑ ja, e\u2011mailadres"]


def test_large_pictures_and_charts_are_told_to_be_unread() -> None:
    def drawn(uri: str, side: int) -> str:
        return (
            f'<w:drawing><wp:inline><wp:extent cx="{side}" cy="{side}"/><a:graphic>'
            f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/{uri}"/></a:graphic></wp:inline></w:drawing>'
        )

    logo, photo, chart = drawn("picture", 360_000), drawn("picture", 3_600_000), drawn("chart", 360_000)
    source = read(f"<w:p><w:r>{logo}{photo}{photo}{chart}<w:t>Tekst.</w:t></w:r></w:p><w:altChunk r:id='x'/>")
    assert source.problems == (
        "Afbeeldingen van formaat: 2; tekst die daarin staat is niet doorzoekbaar",
        "Grafieken en diagrammen: 1; tekst die daarin staat is niet doorzoekbaar",
        "Ingevoegde bestanden: 1; die zijn niet gelezen",
    )


def test_a_strict_file_and_another_main_part_are_read() -> None:
    parts = word_parts(p("Kop", '<w:outlineLvl w:val="0"/>') + p("Tekst."))
    strict = {
        name: str(content).replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        for name, content in parts.items()
    }
    assert outlined(parse_docx("s.docx", packed(strict))) == ["h1 Kop", "p Tekst."]
    moved = dict(parts)
    moved["word/document2.xml"] = moved.pop("word/document.xml")
    moved["_rels/.rels"] = relations({"officeDocument": "/word/document2.xml"})
    assert outlined(parse_docx("m.docx", packed(moved))) == ["h1 Kop", "p Tekst."]


def test_what_the_properties_propose() -> None:
    document = docx.Document()
    document.core_properties.title = "Beleidsplan Jeugd gemeente Zwolle"
    document.add_paragraph("Tekst.")
    source = saved(document)
    assert ("title", "Beleidsplan Jeugd gemeente Zwolle") in [(each.field, each.value) for each in source.proposals]
    assert ("municipalities", "Zwolle") in [(each.field, each.value) for each in source.proposals]
    assert {each.origin for each in source.proposals if each.field == "published"} == {MADE_ON}


def test_a_file_without_text_or_document_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"leeg\.docx has no text"):
        parse_docx("leeg.docx", word_file(p("  ") + p("\u200b")))
    with pytest.raises(DocumentError, match=r"kaal\.docx has no document in it"):
        parse_docx("kaal.docx", packed({"_rels/.rels": relations({})}))


@needs_documents
@pytest.mark.parametrize("name", ["Basis_aanvraag_jeugdhulp", "Kabinetsvisie", "collegevoorstel_sjabloon_Wassenaar"])
def test_real_files_keep_every_word_that_python_docx_finds(name: str) -> None:
    path = DOCUMENTS / "office" / f"{name}.docx"
    ours = parse_docx(str(path), path.read_bytes())
    assert_whole(ours)
    body = docx.Document(str(path)).element.body
    theirs = Counter("".join(sign for text in body.iter(qn("w:t")) for sign in (text.text or "").split()))
    missing = theirs - Counter("".join(ours.text.split()))
    assert (sum(theirs.values()) > 5000, missing) == (True, Counter())


@needs_documents
def test_the_headings_of_real_files() -> None:
    document = read_document(DOCUMENTS / "office" / "Basis_aanvraag_jeugdhulp.docx")
    paths = [section.path for section in document.sections]
    assert ("Persoonlijke gegevens", "Stap 3: wat is er nodig?") in paths
    document = read_document(DOCUMENTS / "office" / "Kabinetsvisie.docx")
    paths = [section.path for section in document.sections]
    assert ("Deel 2: de meerwaarde van (onderzoek naar) RAG", "Het belang van experimenteren") in paths
    notes = [section for section in document.sections if section.kind == "footnotes"]
    assert document.text[notes[0].start :].startswith("1 ChatGPT - Overheidsvisie Generatieve AI")
