"""What is sent compressed, to whom, and that it stays the same."""

import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from app.api.compression import Compression, accepts_gzip
from tests.app.api_client import Service
from tests.app.web.html_page import HTML

GZIP = {"Accept-Encoding": "gzip"}
IDENTITY = {"Accept-Encoding": "identity"}
TEXT = "Jeugdhulp is er voor elk kind. " * 100


def answered(media_type: str, body: str = TEXT, headers: Mapping[str, str] | None = None) -> TestClient:
    """A client of a service that always answers this."""

    def answer(_: Request) -> Response:
        return Response(body, media_type=media_type, headers=headers)

    def stream(_: Request) -> Response:
        return StreamingResponse(iter([body[:7], body[7:]]), media_type=media_type)

    return TestClient(Compression(Starlette(routes=[Route("/", answer), Route("/stroom", stream)])))


@pytest.mark.parametrize(
    "media_type",
    ["text/html", "application/json", "application/problem+json", "text/csv", "text/markdown", "image/svg+xml"],
)
@pytest.mark.parametrize("parameter", ["", "; charset=utf-8"])
def test_text_is_compressed_for_who_takes_that(media_type: str, parameter: str) -> None:
    client = answered(media_type + parameter)
    packed, plain = client.get("/", headers=GZIP), client.get("/", headers=IDENTITY)
    assert (packed.headers["content-encoding"], packed.text) == ("gzip", TEXT)
    assert int(packed.headers["content-length"]) < 200
    assert ("content-encoding" in plain.headers, plain.text) == (False, TEXT)
    assert plain.headers["content-length"] == str(len(TEXT))
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "media_type",
    [
        "image/png",
        "application/pdf",
        "font/woff2",
        "application/octet-stream",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "text/plain",
    ],
)
def test_what_is_compressed_already_goes_as_it_is(media_type: str) -> None:
    got = answered(media_type).get("/", headers=GZIP)
    assert {"content-encoding", "vary"} & set(got.headers) == set()
    assert got.headers["content-length"] == str(len(TEXT))


@pytest.mark.parametrize("headers", [{"ETag": '"a"'}, {"Content-Encoding": "br"}, {"Content-Range": "bytes 0-9/99"}])
def test_what_has_a_tag_or_an_encoding_or_is_a_part_goes_as_it_is(headers: dict[str, str]) -> None:
    with answered("text/html", headers=headers).stream("GET", "/", headers=GZIP) as got:
        assert b"".join(got.iter_raw()) == TEXT.encode()
        assert got.headers.get("content-encoding") != "gzip"


def test_a_short_answer_goes_as_it_is_and_can_still_vary() -> None:
    got = answered("text/html", "kort").get("/", headers=GZIP)
    assert (got.text, "content-encoding" in got.headers, got.headers["vary"]) == ("kort", False, "Accept-Encoding")


def test_a_header_that_says_on_what_it_varies_says_more() -> None:
    assert answered("text/html", headers={"Vary": "Accept"}).get("/").headers["vary"] == "Accept, Accept-Encoding"


def test_a_stream_goes_on_as_it_comes() -> None:
    got = answered("text/html").get("/stroom", headers=GZIP)
    assert (got.text, "content-encoding" in got.headers) == (TEXT, False)


def test_a_large_answer_is_compressed_too() -> None:
    large = TEXT * 100
    assert answered("application/json", large).get("/", headers=GZIP).text == large


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("*", True),
        ("deflate, br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.0, *", False),
        ("*;q=0", False),
        ("identity", False),
        ("", False),
        ("gzip;q=x", False),
        ("xgzip", False),
    ],
)
def test_who_takes_gzip(header: str, taken: bool) -> None:
    assert accepts_gzip(header) is taken


def test_pages_and_rest_are_compressed_and_files_are_not(tmp_path: Path) -> None:
    service = Service(tmp_path)
    for path in ("/", "/v1/documenten", "/v1/nergens?x=" + "y" * 1200):
        got = service.get(path, headers=HTML | GZIP)
        assert (path, got.headers["vary"]) == (path, "Accept-Encoding")
    assert service.get("/", headers=HTML | GZIP).headers["content-encoding"] == "gzip"
    file = service.get("/v1/documenten/amstelveen-jeugd/bestand", headers=GZIP)
    assert ("content-encoding" in file.headers, "etag" in file.headers) == (False, True)


def test_the_head_tells_what_get_would_send(tmp_path: Path) -> None:
    service = Service(tmp_path)
    head, got = service.ask("HEAD", "/over", headers=HTML | GZIP), service.get("/over", headers=HTML | GZIP)
    names = ("content-encoding", "content-length", "vary", "content-type")
    assert [head.headers[name] for name in names] == [got.headers[name] for name in names]
    assert len(gzip.compress(got.content, 5)) == int(got.headers["content-length"])


def test_nothing_else_than_requests_is_touched() -> None:
    with TestClient(Compression(Starlette(routes=[Route("/", lambda _: PlainTextResponse("ja"))]))) as client:
        assert client.get("/").text == "ja"
