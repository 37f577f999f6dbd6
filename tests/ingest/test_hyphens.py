"""Hyphens at line ends: which are mended away and which belong to the word."""

import pytest

from ingest.clean import clean
from ingest.hyphen import Mending, Vocabulary
from ingest.source_text import SourceText


def cleaned(text: str) -> str:
    return clean(SourceText(text, "test")).text


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("zo thuisnabij mo-\ngelijk wonen.", "zo thuisnabij mogelijk wonen."),
        ("de vele dwars-\n\nverbanden met zorg.", "de vele dwarsverbanden met zorg."),
        ("de netwerkbijeen- \nkomsten van 2024.", "de netwerkbijeenkomsten van 2024."),
        ("een verantwoordelijk-\r\nheid van ons.", "een verantwoordelijkheid van ons."),
        ("een verant\u00ad\nwoording van ons.", "een verantwoording van ons."),
        ("via de POH-\njeugd geholpen.", "via de POH-jeugd geholpen."),
        ("steun voor jeugd-\nGGZ in de wijk.", "steun voor jeugd-GGZ in de wijk."),
        ("kinderen van 0-\n18 jaar oud.", "kinderen van 0-18 jaar oud."),
        ("in de reguliere VE-\n\ngroepen geplaatst.", "in de reguliere VE-groepen geplaatst."),
        ("samen met welzijns-\nen zorgpartners hier.", "samen met welzijns- en zorgpartners hier."),
        ("met hulp-\nof zorgvragen hier.", "met hulp- of zorgvragen hier."),
        ("in een medisch-\n\northopedagogisch centrum.", "in een medisch-orthopedagogisch centrum."),
        ("ouders en/\nof verzorgers zijn er.", "ouders en/of verzorgers zijn er."),
    ],
)
def test_a_word_broken_over_two_lines_is_whole_again(broken: str, mended: str) -> None:
    assert cleaned(broken) == mended


@pytest.mark.parametrize(
    "text", ["jeugd-GGZ voor 0-18 jarigen.", "zorg- en onderwijspartners.", "hulp-, zorg- en welzijn."]
)
def test_a_hyphen_inside_a_line_stays(text: str) -> None:
    assert cleaned(text) == text


def test_the_documents_own_spelling_decides() -> None:
    assert Vocabulary("de thuis-school-hulp en zorg-onderwijs").mend("een zorg-", "onderwijs") is Mending.KEEP
    assert Vocabulary("een aansluiting jeugdzorg-onderwijs").mend("kostbare zorg-", "onderwijs") is Mending.KEEP
    assert Vocabulary("de jeugdgezondheidszorg").mend("de Jeugd-", "gezondheidszorg van") is Mending.DROP
    assert Vocabulary("ex-partners zijn er, expartners ook, expartners").mend("de ex-", "partners") is Mending.DROP


def test_a_line_without_a_hyphen_is_left_alone() -> None:
    assert Vocabulary("").mend("een zin", "gaat door") is Mending.NONE
    assert Vocabulary("").mend("een streep -", "gaat door") is Mending.NONE
