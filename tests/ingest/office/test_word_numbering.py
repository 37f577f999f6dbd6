"""The numbers that Word shows before headings and items."""

import pytest

from ingest.office.docx import parse_docx
from ingest.office.number_formats import letter, roman, written
from tests.ingest.office.word_files import p, word_file
from tests.ingest.outlined import outlined


def level(place: int, text: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}'
        "</w:lvl>"
    )


def numbering(*levels: str, more: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    )


def item(text: str, place: int = 0, list_id: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{list_id}"/></w:numPr>')


def read(body: str, numbers: str, styles: str = "") -> list[str]:
    return outlined(parse_docx("n.docx", word_file(body, numbering=numbers, styles=styles)))


def test_levels_count_and_begin_anew_under_each_number() -> None:
    numbers = numbering(level(0, "%1."), level(1, "%1.%2", "decimal"), level(2, "%3)", "lowerLetter"))
    body = item("een") + item("onder", 1) + item("diep", 2) + item("diep", 2) + item("twee") + item("onder", 1)
    assert read(body, numbers) == ["i 1. een", "i 1.1 onder", "i a) diep", "i b) diep", "i 2. twee", "i 2.1 onder"]


def test_headings_carry_the_number_of_their_style() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Kop{n}"><w:name w:val="heading {n}"/><w:pPr><w:numPr>'
        f'<w:ilvl w:val="{n - 1}"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for n in (1, 2)
    )
    body = "".join(
        p(text, f'<w:pStyle w:val="Kop{n}"/>')
        for n, text in [(1, "Visie"), (2, "Doel"), (2, "Weg"), (1, "Geld"), (2, "Nu")]
    )
    numbers = numbering(level(0, "%1"), level(1, "%1.%2"))
    assert read(body, numbers, styles) == ["h1 1 Visie", "h2 1.1 Doel", "h2 1.2 Weg", "h1 2 Geld", "h2 2.1 Nu"]


def test_an_empty_item_counts_but_is_not_written() -> None:
    assert read(item("een") + item("") + item("drie"), numbering(level(0, "%1)"))) == ["i 1) een", "i 3) drie"]


def test_bullets_of_any_form_are_a_dash() -> None:
    assert read(item("een"), numbering(level(0, "\uf0b7", "bullet"))) == ["i - een"]


def test_lists_of_one_kind_count_on_unless_one_starts_anew() -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = item("a") + item("b", 0, 2) + item("c", 0, 3) + item("d", 0, 3)
    assert read(body, numbering(level(0, "%1."), more=again)) == ["i 1. a", "i 2. b", "i 5. c", "i 6. d"]


def test_a_level_can_go_on_or_stand_in_figures_only() -> None:
    goes_on = numbering(level(0, "%1"), level(1, "(%2)", more='<w:lvlRestart w:val="0"/>'))
    assert read(item("a") + item("b", 1) + item("c") + item("d", 1), goes_on)[1::2] == ["i (1) b", "i (2) d"]
    legal = numbering(level(0, "%1", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>"))
    assert read(item("a") + item("b", 1), legal) == ["i I a", "i 1.1 b"]


def test_what_is_not_certain_is_left_out() -> None:
    assert read(item("a", 1), numbering(level(0, "%1"), level(1, "%1.%2"))) == ["p a"]
    assert read(item("a"), numbering(level(0, "%1", "hebrew1"))) == ["p a"]
    assert read(item("a"), numbering(level(0, "%1" + "x" * 100))) == ["p a"]
    assert read(item("a", 0, 9), numbering(level(0, "%1"))) == ["p a"]
    assert read(item("a", 0, 0), numbering(level(0, "%1"))) == ["p a"]


def test_a_list_by_way_of_a_style() -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="4"><w:numStyleLink w:val="Lijst"/></w:abstractNum>'
        '<w:num w:numId="4"><w:abstractNumId w:val="4"/></w:num>'
    )
    style = (
        '<w:style w:type="numbering" w:styleId="Lijst"><w:name w:val="Lijst"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    assert read(item("a", 0, 4), numbering(level(0, "%1."), more=linked), style) == ["i 1. a"]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (4, "decimal", "4"), (4, "decimalZero", "04"), (4, "lowerRoman", "iv"), (1999, "upperRoman", "MCMXCIX"),
        (27, "lowerLetter", "aa"), (52, "upperLetter", "ZZ"), (0, "decimal", "0"), (0, "lowerLetter", None),
        (4000, "decimal", None), (3, "chicago", None),
    ],
)  # fmt: skip
def test_numbers_are_written_as_word_does(number: int, form: str, text: str | None) -> None:
    assert written(number, form) == text


def test_letters_and_numerals() -> None:
    assert [letter(number) for number in (1, 26, 28)] == ["a", "z", "bb"]
    assert [roman(number) for number in (9, 40, 944)] == ["ix", "xl", "cmxliv"]
