"""GET /v1/vergelijkingen: the promised shape, and every parameter."""

from datetime import date
from pathlib import Path

import pytest

from app.answer import Scope
from app.period import Period
from tests.app.api_client import Service
from tests.app.fake_documents import AMSTELVEEN, UTRECHT, passages_of
from tests.app.fake_knowledge_base import TODAY

ASPECTS = ["doelen", "doelgroep", "huidigeInzet", "nieuweActies", "partners", "geld", "cijfers"]


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


def test_a_comparison_has_the_promised_shape(service: Service) -> None:
    asked = [("onderwerp", "conflictscheidingen"), ("gemeente", "Amstelveen"), ("gemeente", "GM0344")]
    got = service.get("/v1/vergelijkingen", asked).json()
    (passage,) = service.get("/v1/passages", {"vraag": "conflictscheidingen"}).json()["passages"]
    assert list(got) == ["onderwerp", "ookGezochtOp", "peildatum", "gemeenten", "kengetallen"]
    assert (got["onderwerp"], got["peildatum"], got["kengetallen"]) == ("conflictscheidingen", str(TODAY), [])
    amstelveen, utrecht = got["gemeenten"]
    read = {"paginas": 1, "gelezen": 1, "gescand": 0, "ocr": 0, "beschadigd": 0}
    assert amstelveen == {
        "code": "GM0362",
        "naam": "Amstelveen",
        "oordeel": "gevonden",
        "zekerheid": 0.9,
        "doorzochteDocumenten": [{"id": "amstelveen-jeugd", "titel": "Jeugd- en onderwijsagenda", "dekking": read}],
        "geweigerdeDocumenten": [],
        "alleenVerlopen": False,
        "passages": [passage],
        "aspecten": {aspect: [] for aspect in ASPECTS},
        "verschillen": [],
    }
    assert (utrecht["oordeel"], utrecht["passages"]) == ("niets_gevonden", [])
    assert list(utrecht["aspecten"]) == ASPECTS


def test_defaults_and_every_parameter(service: Service) -> None:
    service.get("/v1/vergelijkingen", {"onderwerp": "jeugd"})
    asked = [
        ("onderwerp", "jeugd"),
        ("gemeente", "Utrecht"),
        ("gemeente", "Amstelveen"),
        ("perGemeente", "10"),
        ("geldigOp", "2025-01-01"),
        ("periodeTot", "2025"),
    ]
    service.get("/v1/vergelijkingen", asked)
    scope = Scope(
        municipalities=(UTRECHT, AMSTELVEEN), valid_on=date(2025, 1, 1), period=Period(None, date(2025, 12, 31))
    )
    assert service.knowledge.asked == [("jeugd", Scope(), 3), ("jeugd", scope, 10)]


@pytest.mark.parametrize(("path", "name"), [("/v1/passages", "vraag"), ("/v1/vergelijkingen", "onderwerp")])
def test_a_period_that_ends_before_it_begins_is_a_fault_of_both_its_ends(
    service: Service, path: str, name: str
) -> None:
    got = service.get(path, {name: "jeugd", "periodeVan": "2026", "periodeTot": "2025"})
    assert got.status_code == 400
    first, last = got.json()["invalidParams"]
    assert (first["name"], last["name"]) == ("periodeVan", "periodeTot")
    assert all("2026-01-01" in each["reason"] and "2025-12-31" in each["reason"] for each in (first, last))
    assert service.knowledge.asked == []
    assert service.get(path, {name: "jeugd", "periodeVan": "2026", "periodeTot": "2026"}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "told", "valid_on"),
    [
        ({"peildatum": "2021-06-01"}, "2021-06-01", None),
        ({"geldigOp": "2022-01-01"}, "2022-01-01", date(2022, 1, 1)),
        ({"peildatum": "2021-06-01", "geldigOp": "2022-01-01"}, "2021-06-01", date(2022, 1, 1)),
        ({}, str(TODAY), None),
    ],
)
def test_the_day_of_reference_leaves_nothing_out(
    service: Service, asked: dict[str, str], told: str, valid_on: date | None
) -> None:
    got = service.get("/v1/vergelijkingen", {"onderwerp": "jeugd", **asked}).json()
    assert got["peildatum"] == told
    assert service.knowledge.asked == [("jeugd", Scope(valid_on=valid_on), 3)]


def test_at_most_so_many_passages_a_municipality(service: Service) -> None:
    asked = {"onderwerp": "e", "gemeente": "Amstelveen", "perGemeente": "1"}
    (finding,) = service.get("/v1/vergelijkingen", asked).json()["gemeenten"]
    assert [each["id"] for each in finding["passages"]] == [passages_of("amstelveen-jeugd")[0].id]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("onderwerp", " "),
        ("onderwerp", "x" * 1001),
        ("gemeente", "Atlantis"),
        ("perGemeente", "0"),
        ("perGemeente", "11"),
        ("geldigOp", "morgen"),
        ("vraag", "x"),
        ("maxResultaten", "3"),
        ("document", "amstelveen-jeugd"),
        ("zoekwijze", "woorden"),
    ],
)
def test_a_bad_parameter_is_named(service: Service, name: str, value: str) -> None:
    got = service.get("/v1/vergelijkingen", {"onderwerp": "jeugd"} | {name: value})
    assert got.status_code == 400
    assert [each["name"] for each in got.json()["invalidParams"]] == [name]
