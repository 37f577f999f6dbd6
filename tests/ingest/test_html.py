"""Web pages: the text that a reader came for, by the structure of the page."""

import codecs
from collections import Counter
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from ingest.proposals.origins import PROPERTIES
from ingest.read import read_document
from ingest.structured import Structured
from ingest.web.html import parse_html
from tests.ingest.outlined import assert_whole, outlined

DOCUMENTS = Path(__file__).parents[2].parent / "shared" / "documents"
needs_documents = pytest.mark.skipif(not DOCUMENTS.exists(), reason="the shared documents are not here")


def read(body: str, head: str = "") -> Structured:
    return parse_html("p.html", f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode())


def test_headings_paragraphs_and_what_stands_within_them() -> None:
    body = (
        "<h1>Jeugdbeleid</h1><p>Wij   helpen\n<em>elk</em> kind, <a href='/x'>ook thuis</a>.<p>Zonder eindteken"
        "<h2>Geld &amp; middelen</h2>Losse tekst<br>op twee regels<div>In een vak<br><br>Nieuw</div>na het vak"
        "<div role='heading' aria-level='3'>Kop zonder h</div><pre>a  b\nc</pre>"
    )
    assert outlined(read(body)) == [
        "h1 Jeugdbeleid",
        "p Wij helpen elk kind, ook thuis.",
        "p Zonder eindteken",
        "h2 Geld & middelen",
        "p Losse tekst/op twee regels",
        "p In een vak",
        "p Nieuw",
        "p na het vak",
        "h3 Kop zonder h",
        "p a  b",
        "i c",
    ]


def test_lists_are_marked_unless_they_mark_themselves() -> None:
    body = (
        "<ul><li>een<ul><li>onder</ul><li><p>twee</p><p>nog iets</p></ul>"
        "<ol start=3><li>drie<li value=7>zeven<li>acht</ol>"
        "<ol type=a><li>aa<li>bb</ol><ul><li>a. zelf genummerd</ul><ol reversed><li>af</ol><li>los</li>"
    )
    assert outlined(read(body)) == [
        "i - een", "i - onder", "i - twee", "p nog iets", "i 3. drie", "i 7. zeven", "i 8. acht", "i a. aa", "i b. bb",
        "i a. zelf genummerd", "i - af", "i - los",
    ]  # fmt: skip


def test_a_table_with_headings_and_spans() -> None:
    body = (
        "<table><caption>Tabel 1</caption><thead>"
        "<tr><th rowspan=2>Taakveld<th colspan=2>Lasten<tr><th>2023<th>2024</thead>"
        "<tr><td rowspan=2>Jeugd<td>10<td>20<tr><td>11<td>21<tr><td>Zorg<td colspan=2>30</table>"
    )
    lines = outlined(read(body))
    assert lines[:3] == ["p Tabel 1", "r Taakveld | Lasten", "r 2023 | 2024"]
    assert all(part in lines[3] for part in ("r Jeugd | ", "2023: 10", "2024: 20", "Lasten"))
    assert all(part in lines[4] for part in ("Jeugd", "2023: 11", "2024: 21"))
    assert lines[5].startswith("r Zorg | Lasten")


def test_a_table_that_lays_out_a_page() -> None:
    body = "<table><tr><td><h1>Nota</h1><p>Eerste.</p></td><td>Zijkant</td></tr></table>"
    assert outlined(read(body)) == ["h1 Nota", "p Eerste.", "p Zijkant"]
    inner = "<table><tr><td>a<td>1<tr><td>b<td>2</table>"
    assert outlined(read(f"<table><tr><td>{inner}</table>")) == ["r a | 1", "r b | 2"]


def test_what_is_not_text_is_left_out() -> None:
    body = (
        "<header><p>Gemeente X</p></header><nav><a>Menu</a></nav><div class='cookie-banner'>Wij gebruiken cookies</div>"
        "<div id=breadcrumb>U bent hier</div><script>weg()</script><style>p{}</style><noscript>Zet aan</noscript>"
        "<p>Een <span style='display: none'>stiekem</span>woord<svg><text>x</text></svg> en"
        "<select><option>1</select> meer.</p>voor<nav>weg</nav>na"
        "<p hidden>weg</p><p class='sr-only'>weg</p><i aria-hidden=true>weg</i><template><p>weg</p></template>"
        "<form><label>Zoek</label><input value=weg><button>Ga</button><p>In een formulier.</p></form>"
        "<!-- weg --><iframe>weg</iframe><footer>Contact</footer><div role=dialog>weg</div>"
    )
    assert outlined(read(body)) == ["p Een woord en meer.", "p voor", "p na", "p In een formulier."]


def test_what_looks_like_a_banner_but_holds_the_page_is_read() -> None:
    body = f"<div class='page breadcrumb'><p>{'Wij helpen elk kind. ' * 20}</p></div><p>Kort.</p>"
    assert len(outlined(read(body))) == 2


def test_the_main_part_is_taken_where_it_holds_most() -> None:
    text = "<h1>Nota</h1><p>Wij helpen elk kind in onze gemeente.</p>"
    source = read(f"<div>Terug</div><main><header>{text}</header></main><div>Deel deze pagina</div>")
    assert (outlined(source), source.problems) == (["h1 Nota", "p Wij helpen elk kind in onze gemeente."], ())
    assert outlined(read(f"<p>Terug</p><article>{text}</article>"))[0] == "h1 Nota"
    assert outlined(read(f"<p>Terug</p><div id=content>{text}</div>"))[0] == "h1 Nota"
    doubtful = read(f"<main>Kort.</main>{text}")
    assert outlined(doubtful)[0] == "p Kort."
    assert len(doubtful.problems) == 1
    assert "Niet zeker is welk deel" in doubtful.problems[0]


def test_notes_are_apart_and_their_marks_leave_the_words_alone() -> None:
    body = (
        "<p>Wij helpen<sup><a href='#n1' id=r1>1</a></sup> kinderen"
        "<a class=noteref href='#n2'>[2]</a>. Zie <a href='#a'>12</a></p>"
        "<div class=footnotes><p id=n1>1. Zie de wet. <a href='#r1'>↩</a></p></div><p class=voetnoot>2 CBS.</p>"
        "<ol><li role=doc-footnote>Nog een.</ol><ul class=toc><li>Inhoud</ul>"
    )
    assert outlined(read(body)) == [
        "p Wij helpen kinderen. Zie 12",
        "n 1. Zie de wet.",
        "n 2 CBS.",
        "n Nog een.",
        "c Inhoud",
    ]


def test_bold_lines_are_headings_where_the_page_names_none() -> None:
    body = (
        "<p><b>Onderwerp</b></p><p>Een hele zin over het onderwerp.</p><p><strong>Doel</strong><br>Dat is het doel.</p>"
    )
    assert outlined(read(body + "<p>Nog een zin van deze pagina.</p>")) == [
        "h1 Onderwerp",
        "p Een hele zin over het onderwerp.",
        "h1 Doel",
        "p Dat is het doel.",
        "p Nog een zin van deze pagina.",
    ]


@pytest.mark.parametrize(
    "data",
    [
        "<p>Coördinatie € 5</p>".encode(),
        codecs.BOM_UTF8 + "<p>Coördinatie € 5</p>".encode(),
        "\ufeff<p>Coördinatie € 5</p>".encode("utf-16-le"),
        "\ufeff<p>Coördinatie € 5</p>".encode("utf-16-be"),
        "<p>Coördinatie € 5</p>".encode("windows-1252"),
        "<meta charset=iso-8859-1><p>Coördinatie € 5</p>".encode("windows-1252"),
        "<meta charset=base64><p>Coördinatie € 5</p>".encode("windows-1252"),
        "<meta charset=bestaat-niet><p>Coördinatie € 5</p>".encode("windows-1252"),
        "<meta charset=iso-8859-1><p>Coördinatie € 5</p>".encode(),
        "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-15'><p>Coördinatie € 5</p>".encode(
            "iso-8859-15"
        ),
        "<?xml version='1.0' encoding='cp850'?><html><p>Coördinatie &euro; 5</p>".encode("cp850"),
        b"<p>Co&ouml;rdinatie &#8364;&#32;5\0</p>",
    ],
)
def test_letters_are_read_in_every_encoding(data: bytes) -> None:
    assert outlined(parse_html("p.html", data)) == ["p Coördinatie € 5"]


def test_what_the_head_proposes() -> None:
    head = (
        "<title>Nota | Gemeente Zwolle</title><meta name='DCTERMS.title' content='Woonvisie 2030'>"
        "<meta name='OVERHEID.authority' content='Zwolle'><meta name='DCTERMS.issued' content='2023-06-12T10:00'>"
    )
    found = [(each.field, each.value) for each in read("<p>Tekst.</p>", head).proposals]
    assert found == [
        ("title", "Woonvisie 2030"),
        ("kind", "visie"),
        ("municipalities", "Zwolle"),
        ("published", "2023-06-12"),
    ]
    assert {each.origin for each in read("<p>Tekst.</p>", head).proposals} == {PROPERTIES}


def test_a_page_without_text_is_refused() -> None:
    for body in ("", "<nav>Menu</nav>", "<script>maak()</script><noscript>Zet JavaScript aan</noscript>", "<frameset>"):
        with pytest.raises(DocumentError, match=r"p\.html has no text"):
            read(body)


def test_deep_pages_are_read_whole_or_refused() -> None:
    assert outlined(read("<div>" * 1500 + "diep" + "</div>" * 1500)) == ["p diep"]
    assert outlined(read("<font>" * 700 + "<p>Een zin.</p>")) == ["p Een zin."]
    with pytest.raises(DocumentError, match="nests its elements too deep"):
        read("<div>" * 5000 + "diep")


def test_wide_and_odd_tables_stay_small() -> None:
    odd = (
        "<table><tr><td colspan=999999 rowspan=0>a<td rowspan=99999>b"
        + "<tr><td colspan=x rowspan=-1>c" * 500
        + "</table>"
    )
    assert len(outlined(read(odd))) == 501
    assert outlined(read("<tr><td>los</td></tr><table>kaal<tr>rij</table></td></table>")) == [
        "p los",
        "p kaal",
        "p rij",
    ]


@needs_documents
def test_a_real_page_holds_the_same_letters_as_its_body() -> None:
    path = DOCUMENTS / "text" / "ah-tk-20202021-3235.html"
    source = parse_html(str(path), path.read_bytes())
    assert_whole(source)
    lines = outlined(source)
    assert [line for line in lines if line.startswith("h2")][:3] == ["h2 Vraag 1", "h2 Antwoord 1", "h2 Vraag 2"]
    assert Counter(line[:1] for line in lines) == {"h": 20, "p": 19}


FOLDED = """<main><h1>Jeugdhulp</h1>
<div class="accordion"><h2><button aria-expanded="false" aria-controls="p1">Voorwaarden</button></h2>
<div id="p1" hidden><p>Uw kind is jonger dan 18 jaar.</p></div></div>
<button class="accordion-header">Kosten</button><div class="accordion-body" style="display:none">Gratis.</div>
<button aria-expanded="false" class="menu-toggle">Menu</button><ul class="submenu collapse" hidden><li>Wonen</li></ul>
<div id="cookie-modal" class="collapse" hidden>Koekjes</div><p hidden>weg</p></main>"""


def test_parts_of_the_text_that_a_reader_unfolds_are_read() -> None:
    source = parse_html("pagina.html", FOLDED.encode())
    assert source.text.split("\n") == [
        "Jeugdhulp",
        "Voorwaarden",
        "Uw kind is jonger dan 18 jaar.",
        "Kosten",
        "Gratis.",
        "",
    ]
    assert [element.kind.name for element in source.elements[:3]] == ["HEADING", "HEADING", "PARAGRAPH"]


def test_lines_that_are_set_as_they_are_stay_lines(tmp_path: Path) -> None:
    body = "<p>Vooraf.</p><pre>Maandag\n  dinsdag\n\nNa wit\n- punt</pre><ul><li><pre>een\ntwee</pre></ul><p>Slot."
    assert outlined(read(body)) == [
        "p Vooraf.",
        "p Maandag",
        "i dinsdag",
        "p Na wit",
        "i - punt",
        "i - een",
        "i twee",
        "p Slot.",
    ]
    path = tmp_path / "p.html"
    path.write_text(f"<!doctype html><html><body>{body}</body></html>")
    assert read_document(path).text == "Vooraf.\n\nMaandag\ndinsdag\n\nNa wit\n- punt\n- een\ntwee\n\nSlot."
