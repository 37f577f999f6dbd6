"""What documents suggest: topics, headings and abbreviations, each once."""

import pytest

from app.suggestions.analysis import WordAnalysis
from app.suggestions.candidates import Candidate, Candidates
from app.suggestions.offered import Offered
from app.suggestions.suggestion import SuggestionKind
from tests.app.suggestions.made import A, B, C, offered


def candidates(*documents: Offered) -> dict[str, Candidate]:
    places = [[A], [B], [C]][: len(documents)]
    made = Candidates(WordAnalysis(), ["Eendorp", "Tweestad", "Driebergen"]).of(documents, places)
    assert len({each.text for each in made}) == len(made)
    return {each.text: each for each in made}


def topics(body: str) -> set[str]:
    return {each.text for each in candidates(offered(("", body))).values() if each.kind is SuggestionKind.TOPIC}


def test_nouns_that_are_often_used_are_topics() -> None:
    found = topics(
        "De wachtlijsten zijn lang. Die wachtlijsten zijn er. Wij willen de armoede in dit land bestrijden. De armoede "
        "is groot. Wij bestrijden armoede. Wij bestrijden dat. Een goede school is er. De goede zaak. Het goede. In "
        "januari, januari en januari. Het aantal van alles, het aantal van niets en het aantal van 2024. Uit Eendorp, "
        "Eendorp, de Eendorp van nu."
    )
    assert found == {"wachtlijsten", "armoede"}


def test_the_form_that_is_used_most_is_shown_and_a_name_keeps_its_capital() -> None:
    found = topics("De wachtlijsten. Wachtlijsten! Een wachtlijst. De Jeugdwet. Jeugdwet. Van de Jeugdwet.")
    assert found == {"wachtlijsten", "Jeugdwet"}


@pytest.mark.parametrize(
    "body",
    [
        "Wij bespreken dit. Wij bespreken dat. Het bespreken van dit. Te bespreken.",
        "Dit leidt tot meer. Het leidt tot niets. Dat leidt af.",
        "De vrolijke kinderen. Een vrolijke school. Vrolijke mensen in een vrolijke straat.",
    ],
)
def test_verbs_and_adjectives_are_no_topics(body: str) -> None:
    assert not {"bespreken", "leidt", "vrolijke"} & topics(body)


def test_headings_are_told_once_however_they_are_written() -> None:
    found = candidates(
        offered(("1. Geestelijke gezondheid", "")),
        offered(("GEESTELIJKE GEZONDHEID", "")),
        offered(("De geestelijke gezondheid", "")),
    )
    told = [(each.text, each.municipalities) for each in found.values() if each.kind is SuggestionKind.HEADING]
    assert told == [("Geestelijke gezondheid", 3)]


@pytest.mark.parametrize("heading", ["Inleiding", "Inhoudsopgave", "Bijlage 1", "Wat gaan we doen?", "Eendorp", "Juni"])
def test_what_every_document_has_is_no_suggestion(heading: str) -> None:
    assert candidates(offered((heading, ""))) == {}


def test_a_heading_in_capitals_is_written_as_elsewhere() -> None:
    found = candidates(offered(("HOOFDSTUK 2 OPVANG EN GGZ-ZORG IN DE WIJK", "De opvang en de GGZ-zorg van de wijk.")))
    assert "Opvang en GGZ-zorg in de wijk" in found


def test_an_abbreviation_stands_with_what_it_means_and_takes_the_place_of_the_long_form() -> None:
    found = candidates(
        offered(("Persoonsgebonden budget", ""), abbreviations=[("pgb", "persoonsgebonden budget")]),
        offered(("Zorg", ""), abbreviations=[("PGB", "Persoonsgebonden budget"), ("x", "<b>x</b>")]),
    )
    budgets = [each for each in found.values() if "budget" in each.text.lower()]
    assert [(each.text.lower(), each.kind, each.municipalities) for each in budgets] == [
        ("persoonsgebonden budget (pgb)", SuggestionKind.ABBREVIATION, 2)
    ]
    assert not [text for text in found if "<" in text]


def test_no_document_or_an_empty_one_suggests_nothing() -> None:
    assert candidates() == {}
    assert candidates(offered(("", ""))) == {}
    assert candidates(offered(("", "x" * 10_000 + " " + "\u202e" * 10_000))) == {}
