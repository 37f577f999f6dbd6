"""The matrix of a report: one order, one look for each kind of cell, and what changed."""

import pytest

from app.answer import Ruling
from app.report.matrix import FAILED, LOOKS, NOT_ASKED, Look, matrix_of
from app.wording import ruling_words
from tests.app.report.run_samples import (
    change,
    empty_run,
    failed_topic,
    normal_run,
    run_of,
    since_of,
    since_run,
    topic_result,
    wide_run,
)
from tests.app.wire_samples import AMSTELVEEN, DEN_BOSCH, UTRECHT, finding


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, after WCAG 2."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", LOOKS.values())
def test_the_text_of_a_cell_has_the_contrast_of_wcag_aa(look: Look) -> None:
    assert contrast(look.background, look.ink) >= 4.5


def test_every_kind_of_cell_has_its_own_sign_and_colour() -> None:
    assert set(LOOKS) == {*map(ruling_words, Ruling), FAILED, NOT_ASKED}
    assert len({look.symbol for look in LOOKS.values()}) == len(LOOKS)
    assert len({look.background for look in LOOKS.values()}) == len(LOOKS)


def test_municipalities_stand_in_the_order_asked_and_else_in_that_of_the_comparisons() -> None:
    first = topic_result("a", finding(Ruling.NOTHING, municipality=UTRECHT))
    second = topic_result("b", finding(Ruling.NOTHING), finding(Ruling.NOTHING, municipality=UTRECHT))
    assert matrix_of(run_of(first, second)).municipalities == (UTRECHT, AMSTELVEEN)
    asked = matrix_of(run_of(first, second, municipalities=[DEN_BOSCH, AMSTELVEEN]))
    assert asked.municipalities == (DEN_BOSCH, AMSTELVEEN, UTRECHT)
    assert [cell.words for cell in asked.rows[0].cells] == [NOT_ASKED, NOT_ASKED, "niets gevonden"]


def test_topics_of_one_group_stand_together_and_keep_their_numbers() -> None:
    silent = finding(Ruling.NOTHING)
    run = run_of(
        topic_result("a", silent, group="Jeugd"), topic_result("b", silent), topic_result("c", silent, group="Jeugd")
    )
    matrix = matrix_of(run)
    told = [(group.name, [(row.number, row.topic.topic) for row in group.rows]) for group in matrix.groups]
    assert told == [("Jeugd", [(1, "a"), (3, "c")]), (None, [(2, "b")])]
    assert matrix.is_grouped
    assert not matrix_of(run_of(topic_result("a", silent))).is_grouped


def test_a_cell_says_verdict_certainty_age_and_change() -> None:
    rows = matrix_of(since_run()).rows
    assert [cell.lines for cell in rows[0].cells] == [
        ("gevonden", "97%"),
        ("zijdelings genoemd", "alleen verlopen", "Δ gewijzigd"),
        ("niet doorzocht",),
    ]
    assert [cell.words for cell in rows[1].cells] == [FAILED] * 3
    assert rows[1].error == "de index antwoordt niet"
    assert not matrix_of(normal_run()).is_changed


def test_a_change_belongs_to_a_topic_and_its_question() -> None:
    silent = finding(Ruling.NOTHING)
    asked = topic_result("a", silent, question="Wat is a?")
    plain = topic_result("a", silent)
    matrix = matrix_of(run_of(asked, plain, since=since_of(change("a", AMSTELVEEN, question="Wat is a?"))))
    assert [row.cells[0].change is not None for row in matrix.rows] == [True, False]


@pytest.mark.parametrize(
    ("columns", "sizes"), [(12, [10, 10, 10, 10]), (40, [40]), (9, [8] * 5), (7, [7, 7, 7, 7, 6, 6])]
)
def test_a_wide_matrix_falls_in_even_blocks(columns: int, sizes: list[int]) -> None:
    matrix = matrix_of(wide_run())
    blocks = matrix.blocks(columns)
    assert sorted((len(block.municipalities) for block in blocks), reverse=True) == sizes
    assert tuple(each for block in blocks for each in block.municipalities) == matrix.municipalities
    for number, row in enumerate(matrix.rows):
        assert tuple(cell for block in blocks for cell in block.rows[number].cells) == row.cells
    assert all(
        [cell.municipality for cell in row.cells] == list(block.municipalities)
        for block in blocks
        for row in block.rows
    )


def test_a_matrix_without_municipalities_is_one_block() -> None:
    matrix = matrix_of(empty_run())
    assert matrix.blocks(8) == (matrix,)
    assert matrix.summary() == "Matrix van 2 onderwerpen bij 0 gemeenten: geen oordelen."


def test_the_summary_and_the_legend_tell_what_there_is() -> None:
    matrix = matrix_of(since_run())
    assert matrix.summary() == (
        "Matrix van 3 onderwerpen bij 3 gemeenten: 1 keer gevonden, 1 keer zijdelings genoemd, 2 keer niets gevonden, "
        "2 keer niet doorzocht, 3 keer niet gelukt; 1 gewijzigd."
    )
    assert [words for _, words in matrix.legend()] == [words for words in LOOKS if words != NOT_ASKED]


def test_a_topic_that_failed_is_told_apart_from_one_that_was_not_asked() -> None:
    run = run_of(failed_topic("a"), topic_result("b", finding(Ruling.NOTHING)), municipalities=[AMSTELVEEN, UTRECHT])
    assert [[cell.words for cell in row.cells] for row in matrix_of(run).rows] == [
        [FAILED, FAILED],
        ["niets gevonden", NOT_ASKED],
    ]
