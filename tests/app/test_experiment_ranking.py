"""A recipe followed: the product's as the product does, and each of its parts by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.beir_index import rank as rank_as_product
from app.evaluation_sets import BeirText
from app.experiment.legs import Legs
from app.experiment.pool import Pool, PoolPassage
from app.experiment.ranking import rank
from app.experiment.readings import Readings
from app.experiment.recipe import (
    EVEN,
    PLAIN,
    PRODUCT,
    Convex,
    DistributionBased,
    Meaning,
    Recipe,
    ReciprocalRank,
    Words,
)
from corpus.document import SectionKind
from tests.app.experiment_pool import TEXTS, legs, named, pool, store
from tests.hand_encoder import HandEncoder

QUESTIONS = ("vechtscheiding van ouders", "jongeren in de buurt", "hulp bij schulden", "thuizitters op school")


@pytest.mark.parametrize(
    ("late", "recipe"), [(True, PRODUCT), (False, Recipe(words=Words(), meaning=Meaning(), fusion=EVEN))]
)
def test_the_product_s_recipe_ranks_as_the_product_does(tmp_path: Path, late: bool, recipe: Recipe) -> None:
    made = legs(tmp_path / "cache", QUESTIONS)
    ours = [named(made, rows) for rows in rank(made, recipe)]
    queries = {str(number): text for number, text in enumerate(QUESTIONS)}
    theirs = rank_as_product(TEXTS, queries, HandEncoder(), tmp_path, depth=len(TEXTS), late=late)
    assert ours == [[each.id for each in own] for own in theirs.values()]
    assert len(ours[0]) == len(TEXTS)


def test_one_leg_keeps_its_order_and_words_find_only_what_has_them(tmp_path: Path) -> None:
    made = legs(tmp_path, ["gratis relatietherapie"])
    assert named(made, rank(made, Recipe(words=Words(), reading=PLAIN))[0]) == ["therapy"]
    assert len(rank(made, Recipe(meaning=Meaning(), reading=PLAIN))[0]) == len(TEXTS)


@pytest.mark.parametrize("fusion", [Convex(0.0, 1.0, 0.0), ReciprocalRank(1), DistributionBased(0.01, 1.0)])
def test_every_fusion_puts_first_what_words_find_alone(
    tmp_path: Path, fusion: Convex | ReciprocalRank | DistributionBased
) -> None:
    made = legs(tmp_path, ["gratis relatietherapie"])
    recipe = Recipe(words=Words(), meaning=Meaning(), fusion=fusion, reading=PLAIN)
    assert named(made, rank(made, recipe)[0])[0] == "therapy"


def test_a_fourth_leg_counts(tmp_path: Path) -> None:
    made = legs(tmp_path, ["parkeren"])
    extra = replace(PRODUCT, extra=Words(), fusion=Convex(1.0, 0.0, 0.0, extra=5.0))
    assert named(made, rank(made, extra)[0])[0] == "parking"


def test_only_the_questions_asked_for_are_ranked(tmp_path: Path) -> None:
    made = legs(tmp_path, QUESTIONS)
    assert rank(made, PRODUCT, [2]) == [rank(made, PRODUCT)[2]]


def test_body_text_goes_before_all_else(tmp_path: Path) -> None:
    body = pool()
    footnote = replace(body.passages[1].passage, kind=SectionKind.FOOTNOTES)
    mixed = Pool([PoolPassage(body.passages[1].source, footnote), *body.passages[2:4]])
    made = Legs(mixed, ["gratis relatietherapie"], store(tmp_path), Readings(mixed))
    assert named(made, rank(made, PRODUCT)[0])[-1] == "therapy"


def test_near_duplicates_of_a_text_come_last(tmp_path: Path) -> None:
    said = "De gemeente biedt gratis relatietherapie aan alle ouders die gaan scheiden. "
    twice = BeirText("twice", None, said * 16)  # two passages that say the same
    made = legs(tmp_path, ["gratis relatietherapie"], (twice, *TEXTS[2:]))
    asked = replace(PRODUCT, repeats_last=False)
    assert named(made, rank(made, asked)[0])[:2] == ["twice", "twice"]
    last = named(made, rank(made, PRODUCT)[0])
    assert (last[0], last[-1]) == ("twice", "twice")


def test_neighbours_lift_a_passage(tmp_path: Path) -> None:
    """The first passage of the long text matches; its neighbour gets part of that, another text's passage none."""
    filler = "Iets anders over zaken die hier staan en verder niets. " * 12
    long = BeirText("long", None, "Gratis relatietherapie. " * 26 + "\n\n" + filler)
    other = BeirText("other", None, filler)
    made = legs(tmp_path, ["gratis relatietherapie"], (long, other))
    assert len(made.pool) == 3
    names = named(made, rank(made, replace(PRODUCT, repeats_last=False, neighbours=0.5))[0])
    assert names == ["long", "long", "other"]
