"""Where a sentence begins, and where the same marks end none."""

from itertools import pairwise

import pytest

from ingest.sentences import sentence_starts


def sentences(text: str) -> list[str]:
    starts = [0, *sentence_starts(text, 0, len(text)), len(text)]
    return [text[one:two].strip() for one, two in pairwise(starts)]


@pytest.mark.parametrize(
    "text",
    [
        "Dit doen we bijv. Met ouders en o.a. Samen055 in de wijk.",
        "Zie art. 2.3 van de wet, d.w.z. De Jeugdwet.",
        "Dhr. Jansen en mevr. De Vries werken bij drs. P. Berkhout.",
        "We openen om 18.30 uur en dat kost € 1.000 per jaar.",
        "Dit gaat over ca. 130 jongeren m.b.t. GGZ.",
        "We willen ... meer doen.",
        "Kijk op www.amersfoort.nl voor meer.",
    ],
)
def test_an_abbreviation_number_or_initial_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wij werken. Zij leren.", ["Wij werken.", "Zij leren."]),
        ("Wat doen we? Veel! En meer.", ["Wat doen we?", "Veel!", "En meer."]),
        ("Dat zei hij (in 2023). ‘Mooi zo.’ Klaar.", ["Dat zei hij (in 2023).", "‘Mooi zo.’", "Klaar."]),
        ("Onderzoek wijst dat uit.12 Daarna niet.", ["Onderzoek wijst dat uit.12", "Daarna niet."]),
        ("We doen: veel; en meer.", ["We doen:", "veel;", "en meer."]),
        ("Scholen, sport, etc. Daarna volgt meer.", ["Scholen, sport, etc. Daarna volgt meer."]),
        ("In 2024. 80% van de jongeren.", ["In 2024.", "80% van de jongeren."]),
    ],
)
def test_sentences_end_where_they_should(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected
