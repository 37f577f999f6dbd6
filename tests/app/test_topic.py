"""What a question is about."""

import pytest

from app.topic import TopicFinder
from corpus.municipalities import load_municipalities

TOPICS = TopicFinder(load_municipalities())


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Wat doet Amstelveen aan conflictscheidingen?", "conflictscheidingen"),
        ("Wat doet de gemeente aan conflictscheidingen?", "conflictscheidingen"),
        ("Hoe pakt Apeldoorn eenzaamheid aan?", "eenzaamheid"),
        ("Hoeveel geld trekt Amstelveen uit voor conflictscheidingen?", "geld conflictscheidingen"),
        ("de Utrechtse aanpak van schulden", "aanpak schulden"),
        ("Wat zegt Aa en Hunze over thuiszitters?", "thuiszitters"),
        ("Wat doet 's-Gravenhage aan armoede?", "armoede"),
    ],
)
def test_municipality_and_asking_are_taken_out(question: str, topic: str) -> None:
    assert TOPICS.topic(question) == topic


@pytest.mark.parametrize(
    "question",
    [
        "conflictscheidingen",
        "mensen die op straat dreigen te belanden",
        "Wat is er voor thuiszitters?",
        "Utrecht",
        "?!",
        "",
    ],
)
def test_question_that_names_nobody_or_nothing_else_stays_as_it_is(question: str) -> None:
    assert TOPICS.topic(question) == question
