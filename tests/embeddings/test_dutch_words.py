"""What counts as correct Dutch, so that it is never taken for a slip."""

import pytest

from embeddings.compounds import CompoundSplitter
from embeddings.dutch_words import DutchWords

DUTCH = DutchWords(CompoundSplitter())


@pytest.mark.parametrize(
    "word",
    (
        # listed; names as well
        "mantelzorg lachgas podcast po hercules "
        # nouns and adjectives, inflected
        "gezinnen huizen jaren scholen kinderen subsidies gemeentes huisjes sociale sociaalst provinciale materiële "
        "energieën duurdere ministeriële knieën drukker "
        # verbs, also strong and separable ones, and participles
        "spijbelde spijbelden gewandeld gehandhaafd wordt overgaat aangaat afgeweken overgelegd toegekend opgevraagde "
        "gelezen bleven verstreken vermeden bevonden ontstonden wonende trekkend geëvacueerd geïndexeerd "
        "vóórkomen "
        # compounds, inflected or not
        "hondenbelasting vuurwerkverbod vuurwerkverboden conflictscheiding conflictscheidingen mantelzorgbeleid "
        "schuldhulpverlening jeugdhulpregio"
    ).split(),
)
def test_correct_dutch(word: str) -> None:
    assert DUTCH.knows(word)


@pytest.mark.parametrize(
    "word",
    (
        "conflictscheidinge thuizitters matelzorg jeugthulp schuldhulpverlenning sociaale onderwjis scheidngen "
        "eenzaamhied laaggeleterdheid begleiding kinderopvan preventei ouederen truancy housing youth"
    ).split(),
)
def test_slips_and_other_languages(word: str) -> None:
    assert not DUTCH.knows(word)
