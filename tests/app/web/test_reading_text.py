"""The text of a document in parts, with its headings, tables and marks: nothing is lost, added or out of order."""

from itertools import pairwise

import pytest

from app.web.blocks import Block, Blocks, Piece
from app.web.contents import Heading, contents_of, section_of
from app.web.marked import HIT, Marked, apart
from app.web.marking import Marker
from app.web.parts import part_at, parts_of
from corpus.document import PageSpan, Section, SectionKind, TextSpan
from corpus.stored import CanonicalText

WHOLE = 10**9
NO_WORDS = Marker("", ())


def canonical(*sections: tuple[tuple[str, ...], str, str], pages: tuple[PageSpan, ...] = ()) -> CanonicalText:
    """A text of sections, each a path, its own heading and what stands under it."""
    text, found = "", []
    for path, heading, body in sections:
        start = len(text)
        text += heading + body
        found.append(Section(path, SectionKind.BODY, start, start + len(heading), len(text)))
    return CanonicalText("v1", text, pages, tuple(found))


def blocks(text: CanonicalText, *marks: Marked, part: TextSpan | None = None, marker: Marker = NO_WORDS) -> list[Block]:
    return list(Blocks(text, marks, marker).of(part or TextSpan(0, len(text.text))))


def shown(block: Block) -> str:
    return "".join(stretch.text for piece in block.pieces for stretch in piece.stretches)


def all_text(found: list[Block]) -> str:
    pieces: list[Piece] = []
    for block in found:
        pieces += block.pieces
        pieces += [piece for row in block.rows for cell in row for piece in (*cell.heading, *cell.value)]
    return "".join(stretch.text for piece in pieces for stretch in piece.stretches)


def outline(headings: list[Heading]) -> list[object]:
    return [[heading.title, *outline(heading.below)] if heading.below else heading.title for heading in headings]


TWO = canonical(
    (("1. Jeugd",), "1. Jeugd", "\n\nKinderen groeien op.\nMet hulp.\n\n"),
    (("1. Jeugd", "1.1 Geld"), "1.1 Geld", "\n\nNaam | 2024\nZorg | 2024: 5\n"),
)


def test_headings_lines_and_tables_come_in_order() -> None:
    found = blocks(TWO)
    assert [(block.level, block.id, shown(block)) for block in found[:3]] == [
        (3, "kop-0", "1. Jeugd"),
        (0, None, "Kinderen groeien op."),
        (0, None, "Met hulp."),
    ]
    assert (found[3].level, found[3].id, shown(found[3])) == (4, "kop-1", "1.1 Geld")
    (table,) = [block for block in found if block.rows]
    told = [
        [(all_text([Block(0, None, None, each.heading)]), all_text([Block(0, None, None, each.value)])) for each in row]
        for row in table.rows
    ]
    assert told == [[("", "Naam"), ("", "2024")], [("", "Zorg"), ("2024: ", "5")]]


def test_one_line_with_a_bar_is_no_table() -> None:
    (block,) = blocks(canonical(((), "", "voor | na\n")))
    assert shown(block) == "voor | na"


def test_a_heading_is_never_more_than_one_level_below_the_one_before_it() -> None:
    text = canonical(
        (("a", "b", "c"), "c", "\n"), (("a",), "a", "\n"), (("a", "b", "c", "d", "e", "f"), "d\ne\nf", "\nx")
    )
    assert [block.level for block in blocks(text) if block.level] == [3, 3, 4, 5, 6]


def test_a_mark_over_headings_and_lines_has_its_anchor_once() -> None:
    start, end = TWO.text.index("groeien"), TWO.text.index("| 2024: 5")
    found = blocks(TWO, Marked(start, end, "passage", "passage"))
    pieces = [piece for block in found for piece in block.pieces if piece.kind]
    cells = [piece for block in found for row in block.rows for cell in row for piece in cell.value if piece.kind]
    headings = [piece for block in found for row in block.rows for cell in row for piece in cell.heading]
    assert all(piece.stretches for piece in (*pieces, *cells, *headings))
    assert [piece.id for piece in (*pieces, *cells)] == ["passage", *[None] * (len(pieces) + len(cells) - 1)]
    assert "".join(s.text for p in pieces for s in p.stretches) == "groeien op.Met hulp.1.1 Geld"
    assert [s.text for p in cells for s in p.stretches] == ["Naam", "2024", "Zorg"]


def test_words_of_the_question_are_found_in_marks_alone() -> None:
    text = canonical(((), "", "jeugd buiten\njeugd binnen\n"))
    start = text.text.index("jeugd binnen")
    found = blocks(text, Marked(start, start + 12, "passage", "passage"), marker=Marker("jeugd", ()))
    assert [s.found for block in found for piece in block.pieces for s in piece.stretches] == [False, True, False]


def test_pages_are_told_where_they_begin() -> None:
    pages = (PageSpan(None, 0, 3), PageSpan(4, 3, 6), PageSpan(5, 6, 9))
    assert [block.page for block in blocks(canonical(((), "", "aa\nbb\ncc\n"), pages=pages))] == [None, 4, 5]


def test_the_passage_stays_whole_and_hits_give_way() -> None:
    passage = Marked(10, 20, "passage", "passage")
    hits = [Marked(5, 12, HIT, "1"), Marked(8, 30, HIT, "2"), Marked(11, 19, HIT, "3"), Marked(29, 35, HIT, "4")]
    found = apart(passage, hits)
    assert [(each.start, each.end, each.id) for each in found] == [
        (5, 10, "1"),
        (10, 20, "passage"),
        (20, 30, "2"),
        (30, 35, "4"),
    ]
    assert apart(None, hits[:1]) == (Marked(5, 12, HIT, "1"),)


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", []),
        ("x" * 25, []),
        ("abcdefg\n" * 8, []),
        ("y" * 7 + "\n" + "z" * 30, [0, 8]),
        ("q" * 40, [0, 6, 11, 19, 30]),
    ],
)
def test_parts_tile_the_text_and_are_never_too_long(text: str, starts: list[int]) -> None:
    ends = [*starts[1:], len(text)]
    sections = [Section((), SectionKind.BODY, a, a, b) for a, b in zip(starts, ends, strict=True)] if starts else []
    parts = parts_of(text, sections, 10)
    assert parts[0].start == 0
    assert parts[-1].end == len(text)
    assert all(one.end == two.start for one, two in pairwise(parts))
    assert all(part.end - part.start <= 10 for part in parts)
    assert all(parts[part_at(parts, at) - 1].start <= at < parts[part_at(parts, at) - 1].end for at in range(len(text)))


def test_a_part_begins_with_a_section_where_it_can() -> None:
    text = canonical((("a",), "a", "\n" + "x" * 6), (("b",), "b", "\n" + "y" * 6))
    assert [part.start for part in parts_of(text.text, text.sections, 10)] == [0, 8]


def test_the_parts_together_show_all_that_the_text_holds() -> None:
    sections = [
        ((f"{n}. Kop",), f"{n}. Kop", f"\n\nAlinea {n} met woorden.\nA | {n}\nB | A: {n}\n\n") for n in range(40)
    ]
    text = canonical(*sections)
    parts = parts_of(text.text, text.sections, 200)
    assert len(parts) > 5
    told = "".join(all_text(blocks(text, part=part)) for part in parts)
    assert told == text.text.replace("\n", "").replace(" | ", "")


def test_the_headings_are_a_tree() -> None:
    text = canonical(
        ((), "", "vooraf\n"),
        (("1",), "1", "\nx"),
        (("1", "1.1"), "1.1", "\nx"),
        (("1", "1.1"), "", "voetnoot\n"),
        (("2", "2.1", "2.1.1"), "2\n2.1\n2.1.1", "\nx"),
        (("2", "2.1", "2.1.1"), "2.1.1", "\nnog een keer"),
    )
    parts = parts_of(text.text, text.sections)
    found = contents_of(text.sections, parts, 1)
    assert outline(found) == [["1", "1.1"], ["2", ["2.1", "2.1.1", "2.1.1"]]]
    assert [heading.section for heading in found] == [1, 4]


def test_the_tree_of_a_long_document_stays_short() -> None:
    sections = [((f"{n // 10}", f"{n}"), f"{n}", "\nx\n") for n in range(2000)]
    text = canonical(*sections)
    parts = parts_of(text.text, text.sections, 500)
    found = contents_of(text.sections, parts, 2)
    below = [heading for top in found for heading in top.below]
    assert len(found) == 200
    assert below
    assert {heading.part for heading in below} == {2}


def current(headings: list[Heading]) -> list[str]:
    """The titles of the headings that are marked."""
    return [title for each in headings for title in [each.title] * each.current + current(each.below)]


def test_the_heading_of_the_passage_is_marked() -> None:
    sections = TWO.sections
    parts = parts_of(TWO.text, sections)
    for start, end, path, title in (
        (0, 20, ("1. Jeugd",), "1. Jeugd"),
        (0, WHOLE, ("1. Jeugd", "1.1 Geld"), "1.1 Geld"),
        (sections[1].start, WHOLE, ("een andere kop",), "1.1 Geld"),
    ):
        number = section_of(sections, start, end, path)
        assert current(contents_of(sections, parts, 1, number)) == [title]
    assert current(contents_of(sections, parts, 1)) == []
    assert section_of((), 0, 5, ()) is None


def test_a_heading_that_is_left_out_is_marked_by_the_one_above_it() -> None:
    sections: list[tuple[tuple[str, ...], str, str]] = []
    for number in range(200):
        chapter = f"{number}."
        sections += [((chapter,), chapter, "\n"), ((chapter, f"{number}.1"), f"{number}.1", "\ntekst\n")]
    text = canonical(*sections)
    parts = parts_of(text.text, text.sections, 1000)
    last = len(sections) - 1
    assert len(parts) > 1
    assert current(contents_of(text.sections, parts, 1, last)) == ["199."]
    assert current(contents_of(text.sections, parts, len(parts), last)) == ["199.1"]
