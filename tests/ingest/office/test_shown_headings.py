"""Headings that a Word file does not name but shows, and sentences that its author broke over paragraphs."""

from ingest.office.docx import parse_docx
from ingest.structured import Structured
from tests.ingest.office.word_files import p, word_file
from tests.ingest.outlined import outlined


def read(body: str, **parts: str) -> Structured:
    return parse_docx("nota.docx", word_file(body, **parts))


def test_bold_lines_are_headings_only_where_the_file_names_none() -> None:
    body = p("Onderwerp", run="<w:b/>") + p("Hier staat een hele zin over het onderwerp.") * 3
    assert outlined(read(body))[0] == "h1 Onderwerp"
    named = p("Een", '<w:outlineLvl w:val="0"/>') + p("Tekst.") + p("Twee", '<w:outlineLvl w:val="0"/>')
    assert "p Onderwerp" in outlined(read(named + body))


def test_a_bold_line_before_a_line_break_is_a_heading() -> None:
    body = (
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Beoogd effect</w:t><w:br/></w:r>"
        "<w:r><w:t>Kinderen groeien veilig op.</w:t></w:r></w:p>" + p("Dat is het doel van deze nota.") * 2
    )
    assert outlined(read(body))[:2] == ["h1 Beoogd effect", "p Kinderen groeien veilig op."]


def test_larger_letters_stand_above_smaller_ones() -> None:
    text = p("Hier staat een hele zin over het onderwerp, in gewone letters.", run='<w:sz w:val="20"/>') * 2
    body = (
        p("Aanpak", run='<w:b/><w:sz w:val="24"/>')
        + text
        + p("Jeugdnota", run='<w:sz w:val="40"/>')
        + text
        + p("Geld", run='<w:b/><w:sz w:val="24"/>')
        + text
    )
    assert [line for line in outlined(read(body)) if line[0] == "h"] == ["h2 Aanpak", "h1 Jeugdnota", "h2 Geld"]


def test_a_sentence_broken_over_paragraphs_is_one_and_a_list_without_marks_is_not() -> None:
    first = "Hier beschrijf je waarom hulp wordt gevraagd door de ouders"
    broken = p(first + " of door de jeugdige") + p("en wat de gemeente vindt.") + p("Daarna volgt het besluit.")
    assert outlined(read(broken)) == [
        f"p {first} of door de jeugdige/en wat de gemeente vindt.",
        "p Daarna volgt het besluit.",
    ]
    for one in ("Kort", first + ":", first.lower() + " van de jeugdige in de wijk"):
        assert outlined(read(p(one) + p("en nog iets"))) == [f"p {one}", "p en nog iets"]
