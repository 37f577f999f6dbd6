"""What the search page shows in each of its states: nothing typed, nothing found, nothing there, filters, many."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from app.answer import Answer, Mode, Question, Ruling, Scope, Verdict
from app.knowledge_base import KnowledgeBase
from app.period import Period
from corpus.document import Municipality
from tests.app.api_client import Service
from tests.app.fake_documents import AMSTELVEEN, APELDOORN, UTRECHT, documents, refusal
from tests.app.fake_knowledge_base import FakeKnowledgeBase
from tests.app.notes import loader, settings, write_catalogue
from tests.app.web.html_page import HTML, HtmlPage
from tests.app.web.pages import Pages
from tests.ingest.plain_reader import PlainReader


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """The pages over three small notes, of which that of Apeldoorn held from 2020 to 2022."""
    folder = tmp_path_factory.mktemp("notes")
    with KnowledgeBase.open(settings(folder), load=loader(), reader=PlainReader()) as opened:
        opened.ingest([], write_catalogue(folder), force=False)
        yield Pages(opened)


def page(service: Service, *parameters: tuple[str, str], status: int = 200) -> HtmlPage:
    got = service.get("/", params=list(parameters), headers=HTML)
    assert got.status_code == status
    return whole(got.text)


def whole(text: str) -> HtmlPage:
    found = HtmlPage.of(text)
    assert found.faults() == []
    return found


def shown(pages: Pages, *parameters: tuple[str, str]) -> HtmlPage:
    got = pages.get("/", *parameters)
    assert got.status_code == 200
    return whole(got.text)


@pytest.mark.parametrize("typed", ["", "   ", "\t\n"])
def test_an_empty_field_is_told_beside_it(service: Service, typed: str) -> None:
    found = page(service, ("vraag", typed), ("soort", "agenda"), status=400)
    (field,) = [each for each in found.all("input") if each.get("name") == "vraag"]
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"].split() == ["fout-vraag"]
    assert found.text.count("is leeg; typ een vraag of een onderwerp") == 2  # above the form and at the field
    assert [each["href"] for each in found.all("a") if each["href"] == "#veld-vraag"] == ["#veld-vraag"]
    assert service.knowledge.asked == []


def test_every_field_tells_its_own_fault_and_the_summary_leads_there(service: Service) -> None:
    wrong = {"soort": "x", "periodeVan": "ooit", "periodeTot": "2025-13", "geldigOp": "nu", "status": "y"}
    found = page(service, ("vraag", "jeugd"), *wrong.items(), status=400)
    ids = {attributes.get("id") for _, attributes in found.tags}
    for name in wrong:
        assert {f"fout-{name}", f"veld-{name}"} <= ids
        assert f"#veld-{name}" in found.links()


def test_a_period_that_ends_before_it_begins_is_told_at_both_its_ends(service: Service) -> None:
    found = page(service, ("vraag", "jeugd"), ("periodeVan", "2026"), ("periodeTot", "2025"), status=400)
    assert (found.value("periodeVan"), found.value("periodeTot")) == ("2026", "2025")
    assert {"fout-periodeVan", "fout-periodeTot"} <= {attributes.get("id") for _, attributes in found.tags}


def test_a_period_is_asked_for_and_stays_in_the_form(service: Service) -> None:
    found = page(service, ("vraag", "jeugd"), ("periodeVan", "2024-02"), ("periodeTot", "2026"))
    (asked,) = service.knowledge.asked
    assert isinstance(asked, Question)
    assert asked.scope.period == Period(date(2024, 2, 1), date(2026, 12, 31))
    assert (found.value("periodeVan"), found.value("periodeTot")) == ("2024-02", "2026")
    assert "geldig tussen 1 februari 2024 en 2026" in found.text


def test_every_filter_that_is_on_can_be_taken_away_alone(notes: Pages) -> None:
    on = [("gemeente", "Utrecht"), ("soort", "agenda"), ("periodeVan", "2020"), ("geldigOp", "2021-03-04")]
    on += [("periodeTot", "2020"), ("status", "concept")]
    found = shown(notes, ("vraag", "a&b #+ é"), *on)
    words = "Utrecht haal weg", "agenda haal weg", "geldig in 2020 haal weg", "geldig op 4 maart 2021 haal weg"
    assert [each for each in (*words, "status concept haal weg") if each not in found.text] == []
    links = [each for each in found.links() if each.startswith("/?vraag=a%26b+")]
    asked = [parse_qsl(urlsplit(each).query) for each in links]
    assert all(("vraag", "a&b #+ é") in each for each in asked)
    gone = [frozenset(name for name, _ in on) - {name for name, _ in each} for each in asked]
    assert {frozenset({"gemeente"}), frozenset({"soort"}), frozenset({"periodeVan", "periodeTot"})} <= set(gone)
    assert frozenset(name for name, _ in on) in gone  # and all of them together


@pytest.mark.parametrize(
    "filters",
    [
        [("soort", "verordening")],
        [("gemeente", "Groningen")],
        [("gemeente", "Apeldoorn"), ("periodeVan", "2023")],
        [("gemeente", "Apeldoorn"), ("periodeTot", "2019-12-31")],
    ],
)
def test_where_no_document_passes_the_filters_the_page_says_so(notes: Pages, filters: list[tuple[str, str]]) -> None:
    found = shown(notes, ("vraag", "scheidingen"), *filters)
    assert "Geen document past bij deze filters" in found.text
    assert "zoek zonder filters in 3 documenten" in found.text
    assert "/?vraag=scheidingen" in found.links()
    assert "geen document past bij de filters" in found.text  # beside each municipality
    assert "Niets gevonden" not in found.text


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ({"periodeVan": "2022"}, True),
        ({"periodeVan": "2023"}, False),
        ({"periodeTot": "2020"}, True),
        ({"periodeTot": "2019"}, False),
        ({"periodeVan": "2010", "periodeTot": "2030"}, True),
    ],
)
def test_a_period_leaves_out_what_held_on_none_of_its_days(notes: Pages, period: dict[str, str], found: bool) -> None:
    text = shown(notes, ("vraag", "scheidingen"), *period.items()).text
    assert ("Apeldoorn: Nota van Apeldoorn" in text) is found
    assert "Amersfoort: Nota van Amersfoort" in text  # of which no period is known


def test_where_nothing_is_found_the_words_and_what_to_do_are_told(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service.knowledge, "search", _silent(service.knowledge))
    found = page(service, ("vraag", "ruimte\u202evaart"), ("soort", "agenda"))
    assert "Gezocht op “ ruimte vaart ” en op vechtscheiding" in found.text
    assert "Probeer een ander woord" in found.text
    assert "Zoek zonder filters" in found.text
    assert "niets gevonden in 2 gemeenten: Amstelveen en Utrecht" in found.text


def test_a_service_without_documents_says_so(tmp_path: Path) -> None:
    with KnowledgeBase.open(settings(tmp_path), load=loader(), reader=PlainReader()) as opened:
        for parameters in ([], [("vraag", "jeugd")], [("vraag", "jeugd"), ("gemeente", "Utrecht")]):
            found = shown(Pages(opened), *parameters)
            assert "Er zijn nog geen documenten" in found.text
            assert "/documenten" in found.links()
            assert "Geen document past" not in found.text
            assert "Begin met een onderwerp" not in found.text


def test_a_verdict_is_not_said_twice(service: Service) -> None:
    service.knowledge.refusals = (refusal("kapot.pdf", "kapot", UTRECHT),)
    found = page(service, ("vraag", "conflictscheidingen"))
    assert "Amstelveen ✓ gevonden 1 document doorzocht; zekerheid 90%" in found.text
    assert "1 document doorzocht; 1 document kon niet gelezen worden; zekerheid 80%" in found.text
    assert "gevonden, " not in found.text


def test_many_municipalities_stay_a_page_that_can_be_read(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    municipalities = [Municipality(f"GM{number:04}", f"Gemeente {number:02}") for number in range(40)]
    rulings = [Ruling.FOUND] * 9 + [Ruling.TOUCHED] * 5 + [Ruling.NOTHING] * 23 + [Ruling.NOT_SEARCHED] * 3
    (document, *_) = documents().values()
    answer = service.knowledge.search(Question("jeugd", Scope(), 10, Mode.HYBRID))
    verdicts = tuple(
        Verdict(each, ruling, 0.9, () if ruling is Ruling.NOT_SEARCHED else (document,) * 3, ())
        for each, ruling in zip(municipalities, reversed(rulings), strict=True)
    )
    monkeypatch.setattr(service.knowledge, "search", lambda _: replace(answer, verdicts=verdicts))
    got = service.get("/", params={"vraag": "jeugd"}, headers=HTML)
    assert len(got.content) < 150_000
    found = whole(got.text)
    assert "Gevonden: 9; zijdelings genoemd: 5; niets gevonden: 23; niet doorzocht: 3." in found.text
    assert "#passages" in found.links()
    named = [each.name for each in municipalities]
    first = [found.text.index(name) for name in (named[31], named[26], named[3], named[0])]
    assert first == sorted(first)  # found, touched on, silent, not searched
    assert f"niets gevonden in 23 gemeenten: {', '.join(named[3:25])} en {named[25]}" in found.text
    assert all(found.text.count(name) >= 1 + (number < 26) for number, name in enumerate(named))  # and each by itself


def test_who_has_something_but_no_place_among_the_best_is_named_with_a_way_there(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = service.knowledge.search(Question("jeugd", Scope(), 10, Mode.HYBRID))
    said = {AMSTELVEEN: Ruling.FOUND, UTRECHT: Ruling.TOUCHED, APELDOORN: Ruling.NOTHING}
    verdicts = tuple(Verdict(each, ruling, 0.9, tuple(documents().values()), ()) for each, ruling in said.items())
    hits = tuple(hit for hit in answer.hits if AMSTELVEEN in hit.document.metadata.municipalities)
    assert hits
    monkeypatch.setattr(service.knowledge, "search", lambda _: replace(answer, hits=hits, verdicts=verdicts))
    found = page(service, ("vraag", "jeugd & zorg"), ("periodeVan", "2020"))
    assert "Hier niet bij, maar er staat wel iets over in: Utrecht (zijdelings)." in found.text
    asked = [parse_qsl(urlsplit(each).query) for each in found.links() if each.startswith("/?") and "gemeente" in each]
    alone = [("vraag", "jeugd & zorg"), ("gemeente", UTRECHT.code), ("periodeVan", "2020")]
    assert asked.count(alone) == 2  # beside its verdict, and above the passages
    assert not any(("gemeente", APELDOORN.code) in each for each in asked)
    monkeypatch.setattr(service.knowledge, "search", lambda _: replace(answer, verdicts=verdicts[:1]))
    assert "Alleen" not in page(service, ("vraag", "jeugd")).text


def test_passages_that_nobody_vouches_for_are_called_the_nearest(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = service.knowledge.search(Question("jeugd", Scope(), 10, Mode.HYBRID))
    said = [replace(each, ruling=Ruling.NOTHING) for each in answer.verdicts]
    hit = answer.hits[0]
    nowhere = replace(hit.document, metadata=replace(hit.document.metadata, municipalities=(), title=None))
    for verdicts, hits, who, homeless in (
        (said, (hit,), "Geen gemeente zegt hier iets over", False),
        (said, (replace(hit, document=nowhere),), "Geen gemeente zegt hier iets over", True),
        (said[:1], (hit,), "Geen document van Amstelveen zegt hier iets over", False),
    ):
        other = replace(answer, verdicts=tuple(verdicts), hits=hits)
        monkeypatch.setattr(service.knowledge, "search", lambda _, other=other: other)
        found = page(service, ("vraag", "zwembad"))
        assert "1 passage, het dichtst bij uw vraag" in found.text
        assert who in found.text
        assert ("waarvan de gemeente onbekend is" in found.text) is homeless
        assert (f"titel onbekend ({hit.document.metadata.document_id})" in found.text) is homeless
    monkeypatch.setattr(service.knowledge, "search", lambda _: answer)
    assert "dichtst bij" not in page(service, ("vraag", "jeugd")).text


@pytest.mark.parametrize(
    ("question", "named"),
    [("Wat doet utrecht aan jeugd?", ["Utrecht"]), ("jeugd", []), ("jeugd in Utrechtse wijken", [])],
)
def test_a_municipality_in_the_question_is_offered_as_a_filter(
    service: Service, question: str, named: list[str]
) -> None:
    found = page(service, ("vraag", question))
    assert [name for name in ("Amstelveen", "Utrecht") if f"zoek alleen in {name}" in found.text] == named


def test_a_municipality_that_was_named_is_ticked_also_without_documents(service: Service) -> None:
    found = page(service, ("vraag", "jeugd"), ("gemeente", "Utrecht"), ("gemeente", "Zwolle"))
    ticked = [each["value"] for each in found.all("input") if each.get("name") == "gemeente" and "checked" in each]
    assert ticked == [UTRECHT.code, "GM0193"]


def _silent(knowledge: FakeKnowledgeBase) -> Callable[[Question], Answer]:
    answer = knowledge.search(Question("ruimtevaart", Scope(), 10, Mode.HYBRID))
    verdicts = tuple(
        replace(each, ruling=Ruling.NOTHING) for each in answer.verdicts if each.municipality.name != "Apeldoorn"
    )
    return lambda _: Answer(answer.question, answer.also_searched, (), verdicts)
