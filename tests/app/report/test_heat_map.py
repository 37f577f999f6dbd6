"""The heat map: the same picture for the same matrix, another for another, and never text read as markup."""

import struct
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from app.answer import Ruling
from app.api.report_bodies import RunBody
from app.report.heat_map import heat_map_data, heat_map_png, heat_map_svg
from app.report.matrix import matrix_of
from app.report.typst_calls import Drawing, compiled
from corpus.errors import MachineError
from tests.app.report.run_samples import (
    empty_run,
    hostile_run,
    normal_run,
    run_of,
    since_run,
    topic_result,
    wide_run,
)
from tests.app.wire_samples import finding

RUNS = [normal_run, since_run, hostile_run, wide_run, empty_run]


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("run", RUNS)
def test_any_matrix_gives_the_same_picture_twice(run: Callable[[], RunBody]) -> None:
    for block in matrix_of(run()).blocks(12):
        first = heat_map_png(block, 72.0)
        assert first == heat_map_png(block, 72.0)
        assert min(size(first)) > 50
        picture = heat_map_svg(block)
        assert picture == heat_map_svg(block)
        assert ElementTree.fromstring(picture).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_picture_has_a_column_for_each_municipality_and_a_row_for_each_topic() -> None:
    whole = matrix_of(wide_run())
    part = whole.blocks(8)[0]
    assert size(heat_map_png(whole, 72.0))[0] > 4 * size(heat_map_png(part, 72.0))[0]
    fewer = matrix_of(wide_run(topics=5)).blocks(8)[0]
    assert size(heat_map_png(part, 72.0))[1] > 2 * size(heat_map_png(fewer, 72.0))[1]


def test_each_cell_holds_its_words_and_sign() -> None:
    data = heat_map_data(matrix_of(since_run()))
    assert data["municipalities"] == ["Amstelveen", "Utrecht", "'s-Hertogenbosch"]
    jeugd, wonen = data["groups"]
    assert (jeugd["name"], wonen["name"]) == ("Jeugd", "Wonen")
    assert [(row["number"], row["topic"]) for row in wonen["rows"]] == [(2, "woningbouw"), (3, "laadpalen")]
    (row,) = jeugd["rows"]
    assert [(cell["symbol"], cell["lines"], cell["changed"]) for cell in row["cells"]] == [
        ("●", ["gevonden", "97%"], False),
        ("◐", ["zijdelings genoemd", "alleen verlopen", "Δ gewijzigd"], True),
        ("–", ["niet doorzocht"], False),
    ]
    assert (row["cells"][1]["background"], row["cells"][1]["ink"]) == ("#a9d0e3", "#10242e")


@pytest.mark.parametrize("ruling", [Ruling.TOUCHED, Ruling.NOTHING, Ruling.NOT_SEARCHED])
def test_another_verdict_is_another_picture(ruling: Ruling) -> None:
    def drawn(ruling: Ruling, certainty: float | None = None) -> bytes:
        return heat_map_png(matrix_of(run_of(topic_result("a", finding(ruling, certainty=certainty)))), 72.0)

    assert drawn(ruling) != drawn(Ruling.FOUND)
    assert drawn(ruling, 0.5) != drawn(ruling)


def test_a_changed_cell_is_another_picture() -> None:
    assert heat_map_svg(matrix_of(since_run())) != heat_map_svg(matrix_of(normal_run()))


def test_markup_in_a_topic_is_drawn_and_not_carried_out() -> None:
    def drawn(topic: str) -> bytes:
        return heat_map_svg(matrix_of(run_of(topic_result(topic, finding(Ruling.NOTHING)))))

    assert drawn('#panic("typst")') != drawn("")
    assert drawn("*ster*") != drawn("ster")


def test_what_typst_refuses_is_told() -> None:
    with pytest.raises(MachineError, match=r"could not be set in type: .*choose another format"):
        compiled('#panic("no")', {}, Drawing("png", 72.0))
