"""Cues in a text, and the lists that come with the product."""

import pytest

from app.aspects.cues import CueBook, heading_cues, word_cues, words_of

BOOK = CueBook({"geld": ["*budget*", "euro"], "samen": ["samen met", "werk* samen"], "heel": ["=onze visie"]})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Het jeugdbudget in Euro", {"geld": [1, 3]}),
        ("Wij werken nauw samen", {}),
        ("Wij werken samen met de school", {"samen": [1, 2]}),
        ("Onze visie", {"heel": [0]}),
        ("Onze visie op zorg", {}),
        ("", {}),
    ],
)
def test_cues_and_their_places(text: str, found: dict[str, list[int]]) -> None:
    assert BOOK.find(words_of(text)) == found


def test_words_with_their_places() -> None:
    text = "De GGD’en, € 30.000 en 8%"
    assert [word.text for word in words_of(text)] == ["de", "ggd’en", "€", "30.000", "en", "8", "%"]
    assert all(text[word.start : word.end].lower() == word.text for word in words_of(text))


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Wat willen we bereiken?", {"doelen"}),
        ("Welke doelgroep?", {"doelgroep"}),
        ("Wat doen we al?", {"huidigeInzet"}),
        ("Wat gaan we nog meer doen?", {"nieuweActies"}),
        ("Met welke partijen werken we samen?", {"partners"}),
        ("Wat gaat het kosten?", {"geld"}),
        ("Ambities", {"doelen"}),
        ("Wat zien we?", {"toestand"}),
        ("Artikel 4", {"regels"}),
        ("De Bloeiwijzer", set()),
    ],
)
def test_headings(heading: str, names: set[str]) -> None:
    assert set(heading_cues().find(words_of(heading))) == names


def test_every_list_of_words_can_be_found() -> None:
    assert set(word_cues().find(words_of("We gaan samen met de GGD onderzoeken of de kosten dalen."))) >= {
        "wij", "toekomst", "samen", "samen_met", "organisatie", "plan", "geldwoord",
    }  # fmt: skip
