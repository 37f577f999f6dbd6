"""GET /v1/passages and /v1/passages/{id}: the promised shape, and every parameter."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.answer import FoundBy, Hit, Mode, PassageInContext, Question, Scope
from app.api.wire import passage_body, passage_in_context_body
from app.period import Period
from app.validity import Standing, Validity
from tests.app.api_client import Service
from tests.app.fake_documents import AMSTELVEEN, TEXTS, UTRECHT, documents, passages_of, version_of

UNKNOWN = Standing(Validity.UNKNOWN, ())
JEUGD = passages_of("amstelveen-jeugd")[0]


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


def test_an_answer_has_the_promised_shape(service: Service) -> None:
    got = service.get("/v1/passages", {"vraag": "conflictscheidingen"})
    assert got.status_code == 200
    document = {
        "id": "amstelveen-jeugd",
        "titel": "Jeugd- en onderwijsagenda",
        "gemeenten": [{"code": "GM0362", "naam": "Amstelveen"}, {"code": "GM0200", "naam": "Apeldoorn"}],
        "soort": "agenda",
        "status": "vastgesteld",
        "geldigVan": "2024-01-01",
        "geldigTot": "2027-12-31",
        "gepubliceerd": "2024-02",
        "vastgesteldDoor": "gemeenteraad",
        "bron": "https://amstelveen.example/agenda",
        "versie": version_of(TEXTS["amstelveen-jeugd"]),
        "geldigheid": "geldig",
        "vervangenDoor": [],
    }
    read = {"paginas": 1, "gelezen": 1, "gescand": 0, "ocr": 0, "beschadigd": 0}
    searched = [{"id": "amstelveen-jeugd", "titel": "Jeugd- en onderwijsagenda", "dekking": read}]
    unpaged = {"id": "utrecht-samenvatting", "titel": None, "dekking": dict.fromkeys(read)}
    assert got.json() == {
        "vraag": "conflictscheidingen",
        "ookGezochtOp": ["vechtscheiding"],
        "passages": [
            {
                "id": JEUGD.id,
                "citaat": "1. Jeugd\nKinderen hebben last van conflictscheidingen. 😀",
                "document": document,
                "sectie": ["1. Jeugd"],
                "pagina": {"van": 1, "tot": 1},
                "positie": {"van": 0, "tot": len(JEUGD.quote)},
                "problemen": [],
                "tabel": False,
                "ocr": False,
                "score": 0.5,
                "gevondenOp": ["betekenis", "woorden"],
                "links": {
                    "self": f"/v1/passages/{JEUGD.id}",
                    "document": "/v1/documenten/amstelveen-jeugd",
                    "lezen": f"/documenten/amstelveen-jeugd?passage={JEUGD.id}",
                },
            }
        ],
        "gemeenten": [
            {
                "code": "GM0362",
                "naam": "Amstelveen",
                "oordeel": "gevonden",
                "zekerheid": 0.9,
                "doorzochteDocumenten": searched,
                "geweigerdeDocumenten": [],
            },
            {
                "code": "GM0200",
                "naam": "Apeldoorn",
                "oordeel": "gevonden",
                "zekerheid": 0.9,
                "doorzochteDocumenten": searched,
                "geweigerdeDocumenten": [],
            },
            {
                "code": "GM0344",
                "naam": "Utrecht",
                "oordeel": "niets_gevonden",
                "zekerheid": 0.8,
                "doorzochteDocumenten": [unpaged],
                "geweigerdeDocumenten": [],
            },
        ],
    }


def test_what_is_not_known_of_a_document_is_null(service: Service) -> None:
    (passage,) = service.get("/v1/passages", {"vraag": "woningen"}).json()["passages"]
    assert passage["pagina"] is None
    unknown = {"titel", "soort", "status", "geldigVan", "geldigTot", "gepubliceerd", "vastgesteldDoor", "bron"}
    assert {name for name, value in passage["document"].items() if value is None} == unknown


def test_a_municipality_without_documents_is_not_searched(service: Service) -> None:
    got = service.get("/v1/passages", {"vraag": "woningen", "gemeente": "Groningen"}).json()["gemeenten"]
    expected = {"code": "GM0014", "naam": "Groningen", "oordeel": "niet_doorzocht", "zekerheid": None}
    assert got == [expected | {"doorzochteDocumenten": [], "geweigerdeDocumenten": []}]


def test_what_is_wrong_with_a_passage_goes_over_the_wire() -> None:
    damaged = replace(JEUGD, problem="Kolommen zijn door elkaar gelezen.")
    document = documents()["amstelveen-jeugd"]
    assert passage_body(Hit(damaged, document, UNKNOWN, 1.0, (FoundBy.WORDS,))).problems == [damaged.problem]
    assert passage_in_context_body(PassageInContext(damaged, document, UNKNOWN, "", "", None, ())).problems == [
        damaged.problem
    ]


def test_what_a_passage_is_made_of_goes_over_the_wire(service: Service) -> None:
    assert {each["tabel"] for each in service.get("/v1/passages", {"vraag": "kind"}).json()["passages"]} == {False}
    marked = replace(JEUGD, in_table=True, by_ocr=True)
    body = passage_body(Hit(marked, documents()["amstelveen-jeugd"], UNKNOWN, 1.0, (FoundBy.WORDS,)))
    assert (body.model_dump()["tabel"], body.model_dump()["ocr"]) == (True, True)
    alone = service.get(f"/v1/passages/{JEUGD.id}").json()
    assert alone["vlakken"] == [{"pagina": 1, "links": 56.7, "boven": 72.0, "rechts": 300.25, "onder": 84.5}]
    assert (alone["tabel"], alone["ocr"]) == (False, False)


def test_defaults(service: Service) -> None:
    service.get("/v1/passages", {"vraag": "kind"})
    assert service.knowledge.asked == [Question("kind", Scope(), 10, Mode.HYBRID)]


def test_every_parameter_is_passed_on(service: Service) -> None:
    asked = [
        ("vraag", " last van\tscheidingen? 😀 "),
        ("gemeente", "utrecht"),
        ("gemeente", "GM0362"),
        ("gemeente", "GM0344"),
        ("document", "amstelveen-jeugd"),
        ("document", "utrecht-samenvatting"),
        ("soort", "agenda"),
        ("status", "concept"),
        ("geldigOp", "2024-02-29"),
        ("periodeVan", "2022"),
        ("periodeTot", "2024-02"),
        ("maxResultaten", "50"),
        ("zoekwijze", "woorden"),
    ]
    assert service.get("/v1/passages", asked).status_code == 200
    scope = Scope(
        municipalities=(UTRECHT, AMSTELVEEN),
        documents=("amstelveen-jeugd", "utrecht-samenvatting"),
        kinds=("agenda",),
        statuses=("concept",),
        valid_on=date(2024, 2, 29),
        period=Period(date(2022, 1, 1), date(2024, 2, 29)),
    )
    assert service.knowledge.asked == [Question(" last van\tscheidingen? 😀 ", scope, 50, Mode.WORDS)]


def test_a_question_of_1000_characters_is_answered_whatever_its_bytes(service: Service) -> None:
    assert service.get("/v1/passages", {"vraag": "😀" * 1000}).status_code == 200


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("vraag", "", "is leeg"),
        ("vraag", " \t\n  ", "is leeg"),
        ("vraag", "x" * 1001, "telt 1001 tekens"),
        ("vraag", "x" * 10_000, "telt 10000 tekens"),
        ("vraag", "a\x00b", "stuurtekens"),
        ("vraag", "a\x1b[2Jb", "stuurtekens"),
        ("gemeente", "Amstelven", "'Amstelven' staat niet op de lijst van het CBS: bedoelde u Amstelveen (GM0362)"),
        ("gemeente", "GM9999", "'GM9999'"),
        ("gemeente", "", "staat niet op de lijst"),
        ("gemeente", "x" * 10_000, "langer dan elke naam"),
        ("document", "amstelveen", "document 'amstelveen' bestaat niet"),
        ("document", "", "document '' bestaat niet"),
        ("soort", "agende", "bedoelde u agenda?"),
        ("soort", "", "mogelijk zijn"),
        ("status", "Concept", "bedoelde u concept?"),
        ("geldigOp", "2025-02-29", "JJJJ-MM-DD"),
        ("geldigOp", "20250228", "JJJJ-MM-DD"),
        ("geldigOp", "2025-W01-1", "JJJJ-MM-DD"),
        ("geldigOp", "", "JJJJ-MM-DD"),
        ("periodeVan", "2025-02-29", "is '2025-02-29'; geef een bestaand jaar"),
        ("periodeVan", "2025-13", "bestaand jaar"),
        ("periodeVan", "2025-00", "bestaand jaar"),
        ("periodeTot", "0000", "bestaand jaar"),
        ("periodeTot", "0000-02", "bestaand jaar"),
        ("periodeTot", "2025-00-00", "bestaand jaar"),
        ("periodeTot", "31-12-2025", "bestaand jaar"),
        ("maxResultaten", "0", "is '0'; geef een geheel getal van 1 tot en met 50"),
        ("maxResultaten", "51", "is '51'"),
        ("maxResultaten", "-1", "is '-1'"),
        ("maxResultaten", "5.0", "is '5.0'"),
        ("maxResultaten", "+5", "is '+5'"),
        ("maxResultaten", "٥", "is '٥'"),
        ("maxResultaten", "1_0", "is '1_0'"),
        ("maxResultaten", "9" * 5000, "geef een geheel getal"),
        ("maxResultaten", "", "is ''"),
        ("zoekwijze", "hybrid", "bedoelde u hybride?"),
        ("zoekwijze", "", "mogelijk zijn hybride, betekenis, woorden"),
        ("maxresultaten", "5", "bedoelde u maxResultaten?"),
        ("q", "x", "is hier onbekend; mogelijk zijn vraag, gemeente"),
        ("", "x", "is hier onbekend"),
    ],
)
def test_a_bad_parameter_is_named(service: Service, name: str, value: str, reason: str) -> None:
    got = service.get("/v1/passages", {"vraag": "kind"} | {name: value})
    assert got.status_code == 400
    assert got.headers["content-type"] == "application/problem+json"
    (invalid,) = got.json()["invalidParams"]
    assert invalid["name"] == name
    assert reason in invalid["reason"]
    assert service.knowledge.asked == []


@pytest.mark.parametrize("octets", ["%FF", "%ED%A0%80", "%C0%AF"])
def test_octets_that_are_no_utf8_are_refused(service: Service, octets: str) -> None:
    got = service.get(f"/v1/passages?vraag=a{octets}b")
    assert got.status_code == 400
    assert "UTF-8" in got.json()["invalidParams"][0]["reason"]


@pytest.mark.parametrize("name", ["vraag", "soort", "status", "geldigOp", "maxResultaten", "zoekwijze"])
def test_a_single_parameter_given_twice_is_refused(service: Service, name: str) -> None:
    good = {
        "vraag": "kind",
        "soort": "agenda",
        "status": "concept",
        "geldigOp": "2025-01-01",
        "maxResultaten": "5",
        "zoekwijze": "woorden",
    }
    got = service.get("/v1/passages", [*good.items(), (name, good[name])])
    assert got.status_code == 400
    assert [each["name"] for each in got.json()["invalidParams"]] == [name]
    assert "2 keer" in got.json()["invalidParams"][0]["reason"]


def test_all_that_is_wrong_is_told_at_once(service: Service) -> None:
    asked = [
        ("gemeente", "Atlantis"),
        ("gemeente", "Utrecht"),
        ("gemeente", "Mordor"),
        ("document", "x"),
        ("soort", "x"),
        ("status", "x"),
        ("geldigOp", "x"),
        ("maxResultaten", "0"),
        ("zoekwijze", "x"),
        ("onbekend", "x"),
    ]
    got = service.get("/v1/passages", asked).json()
    assert [each["name"] for each in got["invalidParams"]] == [
        "vraag",
        "gemeente",
        "gemeente",
        "document",
        "soort",
        "status",
        "geldigOp",
        "maxResultaten",
        "zoekwijze",
        "onbekend",
    ]
    assert (got["status"], got["instance"]) == (400, "/v1/passages")


def test_too_many_values_are_refused_at_once(service: Service) -> None:
    got = service.get("/v1/passages", [("vraag", "kind"), *(("gemeente", f"x{number}") for number in range(501))])
    assert got.json()["invalidParams"] == [{"name": "gemeente", "reason": "heeft 501 waarden; geef er hoogstens 500"}]


def test_one_passage_comes_with_its_context(service: Service) -> None:
    passage = passages_of("amstelveen-jeugd")[1]
    got = service.get(f"/v1/passages/{passage.id}").json()
    assert got["citaat"] == "2. Onderwijs\nSchool is er voor elk kind."
    assert got["context"] == {
        "voor": TEXTS["amstelveen-jeugd"][: passage.start],
        "na": "",
        "inleiding": {"citaat": TEXTS["amstelveen-jeugd"][:3], "positie": {"van": 0, "tot": 3}},
    }
    assert (got["score"], got["gevondenOp"]) == (None, [])
    assert service.get(f"/v1/passages/{passage.id.upper()}").json() == got


@pytest.mark.parametrize(
    "passage_id",
    [
        "x",
        "12345678",
        "{6f6c1b0e-5d5c-5a38-9a54-7a1f0f3d2b11}",
        "6f6c1b0e5d5c5a389a547a1f0f3d2b11",
        "%00",
        "%2e%2e",
        "😀",
    ],
)
def test_a_malformed_passage_id_is_not_found(service: Service, passage_id: str) -> None:
    got = service.get(f"/v1/passages/{passage_id}")
    assert got.status_code == 404
    assert got.headers["content-type"] == "application/problem+json"


def test_an_unknown_passage_id_is_not_found(service: Service) -> None:
    got = service.get("/v1/passages/6f6c1b0e-5d5c-5a38-9a54-7a1f0f3d2b11")
    assert (got.status_code, got.json()["title"]) == (404, "Niet gevonden")
    assert "6f6c1b0e-5d5c-5a38-9a54-7a1f0f3d2b11" in got.json()["detail"]


def test_every_position_is_the_place_of_its_quote_in_the_text(service: Service) -> None:
    for passage in service.get("/v1/passages", {"vraag": "e"}).json()["passages"]:
        text = service.get(f"/v1/documenten/{passage['document']['id']}/tekst").json()
        assert text["tekst"][passage["positie"]["van"] : passage["positie"]["tot"]] == passage["citaat"]
        assert text["versie"] == passage["document"]["versie"]
