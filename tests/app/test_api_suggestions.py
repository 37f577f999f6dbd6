"""GET /v1/suggesties: its shape, what is wrong with a request, and that no log tells what was typed."""

import asyncio
import logging
from pathlib import Path

import httpx
import pytest

from tests.app.api_client import Service


@pytest.fixture
def service(tmp_path: Path) -> Service:
    made = Service(tmp_path)
    made.knowledge.suggester.suggest("jeugd", 1, 30.0)
    return made


def test_suggestions_have_the_documented_shape(service: Service) -> None:
    got = service.get("/v1/suggesties", {"q": "je"})
    assert got.status_code == 200
    assert got.json() == {"suggesties": [{"tekst": "Jeugd", "soort": "kop", "aantalGemeenten": 3}]}
    short = service.get("/v1/suggesties", {"q": "POH"}).json()["suggesties"]
    assert short == [{"tekst": "praktijkondersteuner huisarts (POH)", "soort": "afkorting", "aantalGemeenten": 3}]


def test_one_letter_or_nothing_that_fits_gives_an_empty_list(service: Service) -> None:
    for typed in ("j", "xyzzy", "%", " j "):
        assert service.get("/v1/suggesties", {"q": typed}).json() == {"suggesties": []}


@pytest.mark.parametrize(
    ("parameters", "name", "told"),
    [
        ({}, "q", "ontbreekt"),
        ({"q": ""}, "q", "is leeg; geef 1 tot 200"),
        ({"q": " \n"}, "q", "is leeg"),
        ({"q": "x" * 201}, "q", "telt 201 tekens; hoogstens 200"),
        ({"q": "je\x00"}, "q", "stuurtekens"),
        ({"q": "je", "maxResultaten": "0"}, "maxResultaten", "van 1 tot en met 20"),
        ({"q": "je", "vraag": "je"}, "vraag", "onbekend"),
    ],
)
def test_what_is_wrong_is_told(service: Service, parameters: dict[str, str], name: str, told: str) -> None:
    got = service.get("/v1/suggesties", parameters)
    assert got.status_code == 400
    ((fault_name, reason),) = ((each["name"], each["reason"]) for each in got.json()["invalidParams"])
    assert fault_name == name
    assert told in reason


def test_suggestions_need_no_model(service: Service) -> None:
    service.knowledge.may_load.clear()

    async def asked() -> httpx.Response:
        async with service.running(ready=False) as client:
            try:
                assert (await client.get("/v1/passages", params={"vraag": "jeugd"})).status_code == 503
                return await client.get("/v1/suggesties", params={"q": "je"})
            finally:
                service.knowledge.may_load.set()

    assert [each["tekst"] for each in asyncio.run(asked()).json()["suggesties"]] == ["Jeugd"]


def test_no_log_tells_what_was_typed(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        service.get("/v1/suggesties", {"q": "geheimzinnig"})
        service.get("/v1/suggesties", {"q": "geheimzinnig" * 20})
    assert "GET /v1/suggesties 200" in caplog.text
    ours = [each.getMessage() for each in caplog.records if not each.name.startswith("httpx")]  # that of this test
    assert [each for each in ours if "geheimzinnig" in each] == []


def test_a_page_names_the_address_and_works_without_it(service: Service) -> None:
    page = service.get("/", headers={"Accept": "text/html"}).text
    assert 'data-suggesties="/v1/suggesties"' in page
    assert "suggesting.js" in page
    assert "suggesting.js" not in service.get("/vergelijken", headers={"Accept": "text/html"}).text
