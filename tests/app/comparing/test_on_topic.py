"""Of what a broad passage says, only what is about the topic counts."""

from collections.abc import Sequence

from app.aspects.aspect import Aspect
from app.aspects.extract import Extract
from app.comparing.on_topic import on_topic
from corpus.passage import Passage
from tests.app.aspects.made import passage

LIST = "Wij gaan het volgende doen voor gescheiden ouders:\n- mediators werven;\n- ouders bellen.\nSpeeltuinen openen."


def says(text: str) -> float:
    return 1.0 if "scheid" in text.lower() else 0.0


def extract(found: Passage, text: str) -> Extract:
    start = found.start + found.quote.index(text)
    return Extract(Aspect.ACTIONS, found.id, start, start + len(text), text, 0.9, (), ())


def kept(
    extracts: Sequence[Extract], *passages: Passage, shown: Sequence[Passage] = (), belonging: Sequence[Passage] = ()
) -> list[str]:
    found = on_topic(
        {Aspect.ACTIONS: tuple(extracts), Aspect.MONEY: ()},
        {each.id: each for each in passages},
        shown={each.id for each in shown},
        belonging={each.id for each in belonging},
        says=says,
    )
    assert set(found) == {Aspect.ACTIONS, Aspect.MONEY}
    return [each.text for each in found[Aspect.ACTIONS]]


def test_a_statement_counts_that_says_the_topic_or_whose_paragraph_has_said_it() -> None:
    broad = passage("Er komt een loket. Bij scheiding helpt het. Het opent in mei.\nEr komt een fietspad.", start=40)
    extracts = [extract(broad, text) for text in ("Er komt een loket.", "Het opent in mei.", "Er komt een fietspad.")]
    assert kept(extracts, broad) == ["Het opent in mei."]


def test_items_of_a_list_count_whose_introduction_says_the_topic() -> None:
    found = passage(LIST)
    assert kept([extract(found, "mediators werven"), extract(found, "ouders bellen")], found) == [
        "mediators werven",
        "ouders bellen",
    ]


def test_everything_under_a_heading_that_says_the_topic_counts_but_a_title_above_it_does_not_tell() -> None:
    under = passage("Er komt een loket.", section=("Nota", "1b. Scheidingen", "Wat gaan we doen?"))
    beside = passage("Er komt een fietspad.", section=("Nota scheiding en meer", "Vervoer"), start=100)
    extracts = [extract(under, "Er komt een loket."), extract(beside, "Er komt een fietspad.")]
    assert kept(extracts, under, beside) == ["Er komt een loket."]


def test_actions_that_belong_to_a_heading_on_the_topic_count_whole() -> None:
    own = passage("ACTIE 2 Er komt een loket.", section=("Plan", "ACTIE 2"))
    told = passage("Scheiding kost geld.", start=100)
    extracts = [extract(own, "Er komt een loket."), extract(told, "Scheiding kost geld.")]
    assert kept(extracts, own, told, belonging=[own]) == ["Er komt een loket.", "Scheiding kost geld."]


def test_a_topic_that_is_told_in_other_words_counts_in_the_passages_that_are_shown() -> None:
    shown, other = passage("Ouders die uit elkaar gaan krijgen hulp."), passage("Er komt een fietspad.", start=100)
    extracts = [extract(shown, shown.quote), extract(other, other.quote)]
    assert kept(extracts, shown, other, shown=[shown]) == [shown.quote]
