"""What stands between quotation marks in a question."""

import pytest

from app.quoted import pieces


def quoted(question: str) -> list[str]:
    return [piece.text for piece in pieces(question) if piece.quoted]


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ('"complexe scheidingen"', ["complexe scheidingen"]),
        ("Wat zegt men over “complexe scheidingen”?", ["complexe scheidingen"]),
        ("Wat zegt men over „complexe scheidingen” of „vechtscheiding“?", ["complexe scheidingen", "vechtscheiding"]),
        ('«sociale basis» en "eigen kracht"', ["sociale basis", "eigen kracht"]),
        ('("eigen  kracht")', ["eigen kracht"]),
        ('" eigen kracht "', ["eigen kracht"]),
        ("het programma 'Gezond Leven'.", ["Gezond Leven"]),
        ("het programma ‘Gezond Leven’ nu", ["Gezond Leven"]),
        ("'foto's van thuis'", ["foto's van thuis"]),
        ("\"foto's van 's avonds\"", ["foto's van 's avonds"]),
    ],
)
def test_phrases(question: str, phrases: list[str]) -> None:
    assert quoted(question) == phrases


@pytest.mark.parametrize(
    "question",
    [
        "complexe scheidingen",
        'de "onbesloten zin',
        'een mark erna"',
        "„onbesloten",
        "«onbesloten",
        '"" en " "',
        '"?!"',
        "'s avonds en 's nachts",
        "de ouders' wens en 't kind z'n wens'",
        "foto's en video's",
        '5"buis6"',
        "",
    ],
)
def test_no_phrases(question: str) -> None:
    assert quoted(question) == []
    assert "".join(piece.text for piece in pieces(question)) == question


def test_the_rest_stays_in_order() -> None:
    found = [(piece.text, piece.quoted) for piece in pieces('geld voor "eigen kracht" in "de wijk".')]
    assert found == [("geld voor ", False), ("eigen kracht", True), (" in ", False), ("de wijk", True), (".", False)]
