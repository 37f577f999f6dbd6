"""What a statement shows of itself, of its headings, and of the line that introduces it."""

import pytest

from app.aspects.cues import words_of
from app.aspects.features import features
from app.aspects.statement import Statement, StatementKind
from app.aspects.word_pairs import word_pairs
from tests.app.aspects.made import statement


def test_words_and_pairs_with_numbers_as_one() -> None:
    assert word_pairs(words_of("In 2025 starten we.")) == dict.fromkeys(
        (
            "word: in",
            "word: #",
            "word: starten",
            "word: we",
            "pair: < in",
            "pair: in #",
            "pair: # starten",
            "pair: starten we",
            "pair: we >",
        ),
        1.0,
    )


@pytest.mark.parametrize(
    ("text", "with_someone"),
    [
        ("We organiseren samen met de jeugd een feest.", True),
        ("In overleg met schoolbesturen wordt dat onderzocht.", True),
        ("Dat doen we samen met onze partners.", False),
        ("Wij werken samen met elkaar.", False),
        ("We organiseren een feest voor de jeugd.", False),
    ],
)
def test_together_with_someone_who_is_told(text: str, with_someone: bool) -> None:
    assert ("together with someone" in features(statement(text))) is with_someone


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("In 2024 onderzoeken we dat.", "year after heading"),
        ("In 2023 is dat onderzocht.", "year of heading or before"),
    ],
)
def test_years_against_those_of_the_headings(text: str, shown: str) -> None:
    found = features(statement(text, headings=("Jaarverslag 2023", "Wonen")))
    assert {"year after heading", "year of heading or before"} & found.keys() == {shown}
    assert shown not in features(statement(text, headings=("Jaarverslag",)))


def test_verbs_of_the_line_that_introduces_a_list() -> None:
    item = Statement("p", 0, 15, "Een nieuw loket", StatementKind.ITEM, (), "In 2025 gaan we regelen:")
    assert "lead:verb:wij gaan" in features(item)
    assert not any(name.startswith("lead:") for name in features(statement("Een nieuw loket")))


def test_an_item_without_a_verb_has_those_of_the_line_that_introduces_it() -> None:
    made = [
        Statement("p", 0, len(text), text, StatementKind.ITEM, (), "In 2025 gaan we regelen:")
        for text in ("Een nieuw loket", "Een nieuw loket openen", "We hebben al een loket")
    ]
    assert ["verb:wij gaan" in features(each) for each in made] == [True, True, False]
