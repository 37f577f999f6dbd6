"""What two versions share, and in what they differ."""

from datetime import date

from app.comparing.versions import MOST_DIFFERENCES, Versions
from app.holdings import NearIdentical
from app.validity import Validity
from tests.app.comparing.made import document, hit, quotes

OLD, NEW, OTHER = document("oud", date(2020, 1, 1)), document("nieuw", date(2024, 1, 1)), document("ander")
ALIKE = {"oud": (NearIdentical(NEW, 0.9),), "nieuw": (NearIdentical(OLD, 0.9),)}
SHARED = "Elk gezin krijgt een mediator van de gemeente."
TEXTS = {
    "oud": f"{SHARED} Wij geven 20.000 euro aan hulp bij scheiding. De poli gaat dicht.",
    "nieuw": "Elk gezin krijgt een\nmediator van de gemeente. Wij geven 30.000 euro aan hulp bij scheiding.",
    "ander": SHARED,
}
VERSIONS = Versions(ALIKE, TEXTS.__getitem__)


def test_what_both_have_is_shown_once_in_the_newer() -> None:
    hits = [hit(OLD, SHARED, 0.9), hit(NEW, "Elk gezin krijgt een\nmediator van de gemeente.", 0.8)]
    assert quotes(VERSIONS.without_repeats(hits)) == ["Elk gezin krijgt een\nmediator van de gemeente."]


def test_what_may_be_in_force_goes_before_what_is_newer() -> None:
    hits = [hit(NEW, SHARED, 0.8, Validity.NOT_YET), hit(OLD, SHARED, 0.9, Validity.IN_FORCE)]
    assert [each.document for each in VERSIONS.without_repeats(hits)] == [OLD]


def test_what_only_one_has_stays() -> None:
    hits = [hit(OLD, "De poli gaat dicht.", 0.9), hit(NEW, SHARED, 0.8)]
    assert VERSIONS.without_repeats(hits) == hits


def test_documents_that_are_no_versions_of_each_other_keep_all() -> None:
    hits = [hit(OTHER, SHARED, 0.9), hit(NEW, SHARED, 0.8)]
    assert VERSIONS.without_repeats(hits) == hits
    assert VERSIONS.differences(hits) == ()


def test_the_sentences_that_the_other_has_nowhere() -> None:
    hits = [hit(NEW, TEXTS["nieuw"], 0.9), hit(OLD, TEXTS["oud"], 0.8)]
    differences = VERSIONS.differences(hits)
    assert [(each.text, each.document, each.other) for each in differences] == [
        ("Wij geven 30.000 euro aan hulp bij scheiding.", NEW, OLD),
        ("Wij geven 20.000 euro aan hulp bij scheiding.", OLD, NEW),
        ("De poli gaat dicht.", OLD, NEW),
    ]
    for each in differences:
        assert TEXTS[each.document.version][each.start : each.end] == each.text


def test_only_of_what_was_found_in_both() -> None:
    assert VERSIONS.differences([hit(OLD, TEXTS["oud"], 0.8)]) == ()


def test_one_that_says_to_replace_the_other_is_a_version_of_it() -> None:
    newest = document("nieuwst", date(2025, 1, 1), replaces=("ander",))
    texts = {"nieuwst": "Wij stoppen met hulp.", "ander": SHARED}
    versions = Versions({}, texts.__getitem__)
    hits = [hit(OTHER, SHARED, 0.9), hit(newest, "Wij stoppen met hulp.", 0.8)]
    assert [each.text for each in versions.differences(hits)] == [SHARED, "Wij stoppen met hulp."]


def test_no_more_than_a_handful_and_those_of_the_best() -> None:
    sentences = [f"Wij doen zaak nummer {number} in de wijk." for number in range(20)]
    texts = {"oud": " ".join(sentences), "nieuw": "Iets anders staat hier."}
    versions = Versions(ALIKE, texts.__getitem__)
    hits = [
        hit(NEW, "Iets anders staat hier.", 0.9),
        hit(OLD, " ".join(sentences[10:]), 0.8, start=texts["oud"].index(sentences[10])),
        hit(OLD, " ".join(sentences[:10]), 0.7),
    ]
    found = versions.differences(hits)
    assert [each.text for each in found] == ["Iets anders staat hier.", *sentences[10 : 10 + MOST_DIFFERENCES - 1]]
