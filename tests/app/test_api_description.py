"""The description: up to date in docs/, in Dutch, and true of what the service answers."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from app.api.write_description import written
from tests.app.api_client import Service
from tests.app.fake_documents import passages_of

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"
PASSAGE = passages_of("amstelveen-jeugd")[0].id
CALLS = [
    ("/v1/passages", "/v1/passages?vraag=e", 200),
    ("/v1/passages", "/v1/passages?vraag=woningen&gemeente=Groningen", 200),
    ("/v1/passages", "/v1/passages?vraag=&maxResultaten=0", 400),
    ("/v1/passages/{id}", f"/v1/passages/{PASSAGE}", 200),
    ("/v1/passages/{id}", "/v1/passages/x", 404),
    ("/v1/suggesties", "/v1/suggesties?q=je", 200),
    ("/v1/suggesties", "/v1/suggesties", 400),
    ("/v1/vergelijkingen", "/v1/vergelijkingen?onderwerp=e", 200),
    ("/v1/vergelijkingen", "/v1/vergelijkingen", 400),
    ("/v1/documenten", "/v1/documenten", 200),
    ("/v1/documenten/{id}", "/v1/documenten/utrecht-samenvatting", 200),
    ("/v1/documenten/{id}", "/v1/documenten/x", 404),
    ("/v1/documenten/{id}/tekst", "/v1/documenten/utrecht-samenvatting/tekst", 200),
    ("/v1/taken/{id}", "/v1/taken/x", 404),
    ("/v1/rapporten", "/v1/rapporten", 200),
    ("/v1/rapporten/{id}", "/v1/rapporten/x", 404),
    ("/v1/rapporten/{id}/bestand", "/v1/rapporten/x/bestand?formaat=doc", 400),
    ("/v1/gemeenten", "/v1/gemeenten", 200),
    ("/v1/openapi.json", "/v1/openapi.json", 200),
    ("/healthz", "/healthz", 200),
    ("/readyz", "/readyz", 200),
]


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


@pytest.fixture
def api(service: Service) -> dict[str, Any]:
    described: dict[str, Any] = service.get("/v1/openapi.json").json()
    return described


def operations(api: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in api["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def test_the_committed_description_is_up_to_date(api: dict[str, Any]) -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == written(), (
        "write it anew: python -m app.api.write_description docs/openapi.json"
    )
    assert json.loads(written()) == api


def test_it_is_openapi_31_without_422(api: dict[str, Any]) -> None:
    assert api["openapi"].startswith("3.1")
    assert (api["info"]["title"], api["info"]["version"]) == ("Beleidswijzer", "1.0.0")
    assert [path for path, _, operation in operations(api) if "422" in operation["responses"]] == []
    assert [name for name in api["components"]["schemas"] if "Validation" in name] == []


def test_every_operation_is_described_with_its_errors(api: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(api)]
    assert len(set(names)) == len(names) == 22
    for _, _, operation in operations(api):
        assert operation["summary"]
        assert operation["description"]
        for parameter in operation.get("parameters", []):
            assert parameter["description"]
        for status, response in operation["responses"].items():
            assert "API-Version" in response["headers"]
            if status == "default" or int(status) >= 400:
                assert response["content"]["application/problem+json"]["schema"]["$ref"].endswith("/ProblemBody")


def test_no_english_docstring_is_in_it(api: dict[str, Any]) -> None:
    for name, schema in api["components"]["schemas"].items():
        if name not in ("Ruling", "FoundBy"):
            assert "description" not in schema
        assert "title" not in str(list(schema.get("properties", {}).values()))


@pytest.mark.parametrize("path", ["/v1/passages", "/v1/vergelijkingen"])
def test_what_is_described_is_what_is_known(service: Service, api: dict[str, Any], path: str) -> None:
    described = [parameter["name"] for parameter in api["paths"][path]["get"]["parameters"]]
    (unknown,) = [
        each for each in service.get(path, {"onbekend": "x"}).json()["invalidParams"] if each["name"] == "onbekend"
    ]
    assert unknown["reason"] == f"is hier onbekend; mogelijk zijn {', '.join(described)}"
    for name in described:
        faults = service.get(path, {name: "\x00"}).json()["invalidParams"]
        assert [each for each in faults if "onbekend" in each["reason"]] == []


@pytest.mark.parametrize(("path", "address", "status"), CALLS)
def test_an_answer_is_as_described(service: Service, api: dict[str, Any], path: str, address: str, status: int) -> None:
    got = service.get(address)
    assert got.status_code == status
    validate(api, path, got)


def test_the_answer_to_a_report_is_as_described(service: Service, api: dict[str, Any]) -> None:
    asked = {"onderwerpen": ["woningen", {"onderwerp": "a", "vraag": "b", "groep": None}], "formaat": "csv"}
    for body, status in ((asked, 202), ({"onderwerpen": []}, 400)):
        got = service.ask("POST", "/v1/rapporten", json=body)
        assert got.status_code == status
        validate(api, "/v1/rapporten", got, "post")
    refused = service.ask("POST", "/v1/rapporten", content=b"", headers={"Content-Type": "text/plain"})
    validate(api, "/v1/rapporten", refused, "post")
    (made,) = service.get("/v1/rapporten").json()["rapporten"]

    async def read(client: httpx.AsyncClient) -> httpx.Response:
        while (got := await client.get(made["links"]["inhoud"])).status_code == 409:
            await asyncio.sleep(0.02)
        return got

    content = service.run(read)
    assert content.status_code == 200
    validate(api, "/v1/rapporten/{id}/inhoud", content)
    validate(api, "/v1/rapporten/{id}", service.get(made["links"]["self"]))


def test_the_answer_to_a_document_is_as_described(service: Service, api: dict[str, Any]) -> None:
    files = {"bestand": ("nota.txt", b"Nota.")}
    for sent, status in (({}, 202), ({"titel": ""}, 400)):
        got = service.ask("POST", "/v1/documenten", files=files, data=sent)
        assert got.status_code == status
        validate(api, "/v1/documenten", got, "post")
    refused = service.ask("POST", "/v1/documenten", content=b"", headers={"Content-Type": "text/plain"})
    validate(api, "/v1/documenten", refused, "post")
    task = service.ask("POST", "/v1/documenten", files=files).json()
    validate(api, "/v1/taken/{id}", service.get(task["links"]["self"]))


def test_a_wrong_answer_would_be_noticed(service: Service, api: dict[str, Any]) -> None:
    got = service.get("/v1/passages?vraag=e").json()
    del got["passages"][0]["positie"]["tot"]
    with pytest.raises(jsonschema.ValidationError, match="'tot' is a required property"):
        validate(api, "/v1/passages", httpx.Response(200, json=got))


def validate(api: dict[str, Any], path: str, got: httpx.Response, method: str = "get") -> None:
    """Hold an answer against the schema of its address and status."""
    content = api["paths"][path][method]["responses"][str(got.status_code)]["content"]
    media_type = got.headers["content-type"].partition(";")[0]
    schema = content[media_type]["schema"] | {"components": api["components"]}
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(json.loads(got.text))
