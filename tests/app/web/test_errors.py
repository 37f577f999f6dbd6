"""Errors as pages for who reads pages, as problems for programs, and the headers that go with everything."""

import asyncio
from pathlib import Path

import httpx
import pytest

from app.web.rendering import POLICY
from corpus import errors
from tests.app.api_client import Service
from tests.app.web.html_page import HTML, HtmlPage

PAGES = ("/", "/vergelijken", "/documenten", "/inlezen", "/rapporten", "/over", "/toegankelijkheid", "/api")
PROBLEM = "application/problem+json"


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole_and_safe(service: Service, path: str) -> None:
    got = service.get(path, headers=HTML)
    page = HtmlPage.of(got.text)
    assert (got.status_code, page.faults()) == (200, [])
    assert [each["lang"] for each in page.all("html")] == ["nl"]
    assert len(page.all("h1")) == len(page.all("main")) == 1
    elsewhere = [held for _, held in page.tags for name in ("src", "href", "action") if "://" in held.get(name, "")]
    assert elsewhere == []
    assert got.headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY


@pytest.mark.parametrize(
    "path", [*PAGES, "/v1/documenten", "/v1/documenten/amstelveen-jeugd/bestand", "/healthz", "/x"]
)
def test_every_answer_has_the_headers_that_keep_browsers_safe(service: Service, path: str) -> None:
    headers = service.get(path, headers=HTML).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["referrer-policy"] == ("same-origin" if path in (*PAGES, "/x") else "no-referrer")
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    ("path", "accept", "kind"),
    [
        ("/nergens", HTML["Accept"], "text/html; charset=utf-8"),
        ("/nergens", "*/*", PROBLEM),
        ("/nergens", "application/json", PROBLEM),
        ("/v1/nergens", HTML["Accept"], PROBLEM),
        ("/v1", HTML["Accept"], PROBLEM),
        ("/static/x/y.css", HTML["Accept"], PROBLEM),
        ("/rapporten/x", "*/*", "text/html; charset=utf-8"),
        ("/rapporten/x", "application/problem+json", PROBLEM),
    ],
)
def test_who_reads_pages_gets_a_page(service: Service, path: str, accept: str, kind: str) -> None:
    got = service.get(path, headers={"Accept": accept})
    assert (got.status_code, got.headers["content-type"]) == (404, kind)
    if kind != PROBLEM:
        assert "Deze pagina is er niet" in got.text
        assert "openapi" not in HtmlPage.of(got.text).text


def test_an_unknown_parameter_is_named(service: Service) -> None:
    got = service.get("/over", {"vraag": "<i>"}, headers=HTML)
    assert got.status_code == 400
    assert "vraag is hier onbekend" in HtmlPage.of(got.text).text


def test_another_method_is_told_with_those_that_are_there(service: Service) -> None:
    got = service.ask("POST", "/over", headers=HTML)
    assert (got.status_code, got.headers["allow"]) == (405, "GET, HEAD")
    assert "Dit kan niet op dit adres" in got.text


@pytest.mark.parametrize(
    ("raised", "status"), [(RuntimeError, 500), (errors.DataDirectoryError, 500), (errors.MachineError, 507)]
)
def test_a_fault_tells_nothing_of_our_inside(service: Service, raised: type[Exception], status: int) -> None:
    service.knowledge.fail = raised
    got = service.get("/", {"vraag": "zeergeheim"}, headers=HTML)
    assert (got.status_code, got.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert "zeergeheim" not in got.text
    assert "no answer" not in got.text
    assert HtmlPage.of(got.text).faults() == []


def test_a_page_waits_while_the_model_loads(service: Service) -> None:
    service.knowledge.may_load.clear()

    async def early() -> tuple[httpx.Response, httpx.Response, httpx.Response]:
        async with service.running(ready=False) as client:
            try:
                return (
                    await client.get("/", headers=HTML),
                    await client.get("/documenten", headers=HTML),
                    await client.get("/v1/passages", params={"vraag": "kind"}, headers=HTML),
                )
            finally:
                service.knowledge.may_load.set()

    search, documents, rest = asyncio.run(early())
    page = HtmlPage.of(search.text)
    assert (search.status_code, search.headers["retry-after"], page.faults()) == (503, "5", [])
    assert [each["content"] for each in page.all("meta") if "http-equiv" in each] == ["5"]
    assert "opent vanzelf" in page.text
    assert documents.status_code == 200
    assert (rest.status_code, rest.headers["content-type"]) == (503, PROBLEM)


def test_a_model_that_cannot_be_loaded_is_not_waited_for(service: Service) -> None:
    service.knowledge.load_failure = errors.ModelError("no model")

    async def later() -> httpx.Response:
        async with service.running(ready=False) as client:
            while not service.model_failures:
                await asyncio.sleep(0.01)
            return await client.get("/", headers=HTML)

    got = asyncio.run(later())
    assert (got.status_code, "retry-after" in got.headers) == (503, False)
    assert not [each for each in HtmlPage.of(got.text).all("meta") if "http-equiv" in each]


def test_the_statement_claims_no_audit(service: Service) -> None:
    text = HtmlPage.of(service.get("/toegankelijkheid", headers=HTML).text).text
    assert "Nalevingsstatus: niet vastgesteld" in text
    assert "geen onafhankelijke audit gehouden" in text
    assert "Niet getest met gebruikers" in text
    assert "Meld het bij de beheerder" in text


def test_the_examples_name_this_service(service: Service) -> None:
    got = service.get("/api", headers=HTML)
    assert "curl -G 'http://127.0.0.1:8000/v1/passages'" in HtmlPage.of(got.text).text
    assert "/v1/openapi.json" in HtmlPage.of(got.text).links()
