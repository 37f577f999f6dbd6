"""Words of a question are marked in a quote, and the quote stays what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.marking import Marker


def marked(question: str, text: str, *also: str) -> list[str]:
    stretches = Marker(question, also).stretches(text)
    assert "".join(each.text for each in stretches) == text
    return [each.text for each in stretches if each.found]


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("conflictscheidingen", "Bij een conflictscheiding of een scheiding.", ["conflictscheiding", "scheiding"]),
        ("scheiding", "Veel (conflict)scheidingen.", ["(conflict)scheidingen"]),
        ("jeugdbeleid", "Het armoedebeleid van 2025.", []),
        ("Wat doet de gemeente?", "De stad en het dorp.", []),
        ("€30.000", "Het kost €30.000.", ["€30.000"]),
    ],
)
def test_words_are_found_by_stem_and_by_compound(question: str, text: str, words: list[str]) -> None:
    assert marked(question, text) == words


def test_other_words_for_the_same_are_found_too() -> None:
    assert marked("conflictscheiding", "Een vechtscheiding.", "vechtscheiding") == ["vechtscheiding"]


@given(st.text(max_size=60), st.text(max_size=200))
def test_no_text_changes(question: str, text: str) -> None:
    marked(question, text)
