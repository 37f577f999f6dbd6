"""How well figures that are lined up agree with the labelled sentences of tests/evaluation/figures."""

import pytest

from app.figures.measure import measures
from app.figures.stems import packaged_stems
from tests.app.figures.labelled import lined_up, load
from tests.app.figures.stated import Said, findings_of


@pytest.mark.parametrize(
    ("half", "precision", "recall"), [("tuning", 0.97, 0.9), ("held_out", 0.97, 0.85), ("later", 0.85, 0.6)]
)
def test_figures_of_one_kind_are_lined_up_and_others_are_not(half: str, precision: float, recall: float) -> None:
    labelled = load(half)
    wanted, found = labelled.pairs(), lined_up(labelled.found(packaged_stems()))
    wrong = [sorted(pair) for pair in found - wanted]
    assert len(found & wanted) / len(found) >= precision, wrong
    assert len(found & wanted) / len(wanted) >= recall


def test_the_halves_hold_no_sentence_and_no_kind_in_common() -> None:
    one, two = load("tuning"), load("held_out")
    assert not {each.text for each in one.statements} & {each.text for each in two.statements}
    assert not set(one.kinds.values()) & set(two.kinds.values())
    assert len(one.statements) + len(two.statements) >= 80
    assert len({*one.kinds.values(), *two.kinds.values()}) >= 20


@pytest.mark.parametrize("half", ["tuning", "held_out"])
def test_every_labelled_number_stands_in_its_sentence(half: str) -> None:
    labelled = load(half)
    assert labelled.kinds
    for _, number, written in labelled.kinds:
        assert written in labelled.statements[number].text


@pytest.mark.parametrize("half", ["tuning", "held_out"])
def test_another_order_of_the_municipalities_lines_up_the_same(half: str) -> None:
    statements = load(half).statements
    assert _texts(statements) == _texts(statements[::-1])


def _texts(statements: tuple[Said, ...]) -> set[frozenset[tuple[str, str, int]]]:
    return {
        frozenset((each.municipality.name, each.text, each.value.start) for each in measure.figures)
        for measure in measures(findings_of(statements), packaged_stems())
    }
