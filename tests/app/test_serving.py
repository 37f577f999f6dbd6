"""The real server: what it logs, what it answers, what it does with a port that it cannot have."""

import http.client
import json
import socket
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from app.serving import listen
from corpus.errors import UsageError
from tests.app.running_service import running, wait_until_ready

MARKER = "zeergeheimevraag"


def test_no_log_holds_a_question(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        wait_until_ready(server.url)
        with httpx.Client(base_url=server.url, trust_env=False) as client:
            assert client.get("/v1/passages", params={"vraag": MARKER}).status_code == 200
            assert client.head("/v1/passages", params={"vraag": MARKER}).status_code == 200
            assert client.get("/v1/vergelijkingen", params={"onderwerp": MARKER}).status_code == 200
            assert client.get("/v1/passages", params={"vraag": MARKER * 900}).status_code == 400
            assert client.get("/v1/passages", params={"vraag": MARKER, MARKER: "x"}).status_code == 400
            assert client.get("/v1/passages", params={"vraag": "kind", "gemeente": MARKER}).status_code == 400
            assert client.get(f"/v1/passages/{MARKER}").status_code == 404
            assert client.get(f"/v1/{MARKER}?vraag={MARKER}").status_code == 404
            assert client.get(f"/v1/passages%3Fvraag={MARKER}").status_code == 404
            assert client.post("/v1/passages", params={"vraag": MARKER}).status_code == 405
            assert client.request(MARKER.upper(), "/v1/passages").status_code == 405
            assert client.get("/healthz", headers={"Referer": f"http://x/?vraag={MARKER}"}).status_code == 200
        host, port = server.url.removeprefix("http://").split(":")
        for head in (f"GET /v1/passages?vraag={MARKER} NOTHTTP", f"GET /v1/passages?vraag={MARKER}\x01 x HTTP/1.1"):
            with socket.create_connection((host, int(port)), timeout=10) as connection:
                connection.sendall(f"{head}\r\nHost: x\r\n\r\n".encode())
                assert connection.recv(100).startswith(b"HTTP/1.1 400")
        assert server.stop() == 0
    assert MARKER not in server.output.lower()
    lines = server.output.splitlines()
    assert sum("GET /v1/passages 200" in line for line in lines) == 1
    assert sum("HEAD /v1/passages 200" in line for line in lines) == 1
    assert sum("GET /v1/passages/{id} 404" in line for line in lines) == 1
    assert sum("GET (unknown address) 404" in line for line in lines) == 2


@pytest.mark.parametrize(
    ("fault", "status", "kind"), [("search", 500, "RuntimeError"), ("unreachable", 503, "UnreachableError")]
)
def test_no_log_holds_a_question_when_the_answer_fails(tmp_path: Path, fault: str, status: int, kind: str) -> None:
    with running(tmp_path, fault) as server:
        wait_until_ready(server.url)
        got = httpx.get(f"{server.url}/v1/passages", params={"vraag": MARKER}, trust_env=False)
        assert got.status_code == status
        assert server.stop() == 0
    assert MARKER not in server.output
    assert "GET /v1/passages failed: " in server.output
    assert kind in server.output
    assert ("fake_knowledge_base.py" in server.output) is (fault == "search")


def test_a_question_of_10000_emoji_gets_a_problem(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        wait_until_ready(server.url)
        with closing(http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=30)) as connection:
            connection.request("GET", f"/v1/passages?vraag={quote('😀' * 10_000)}")
            got = connection.getresponse()
            assert got.status == 400
            assert got.getheader("content-type") == "application/problem+json"
            assert "10000 tekens" in json.load(got)["invalidParams"][0]["reason"]


def test_no_log_holds_bytes_of_a_body(tmp_path: Path) -> None:
    """The library that reads forms would write down which byte it found."""
    with running(tmp_path) as server:
        wait_until_ready(server.url)
        for body in (b"geen formulier", b"--g\r\nX\x01Y: z\r\n\r\n", b"--g\r\nA: b\r\n\r\nc\r\n--g--\r\n"):
            headers = {"Content-Type": "multipart/form-data; boundary=g"}
            got = httpx.post(f"{server.url}/v1/documenten", content=body, headers=headers, trust_env=False)
            assert got.status_code == 400
        assert server.stop() == 0
    lines = server.output.splitlines()
    assert [line for line in lines if "POST /v1/documenten 400" not in line and "python_multipart" in line] == []
    assert "Expected boundary" not in server.output
    assert "invalid character" not in server.output


def test_a_port_in_use_is_named() -> None:
    with closing(listen("127.0.0.1", 0)) as first:
        port = first.getsockname()[1]
        with pytest.raises(UsageError, match=rf"port {port} on 127\.0\.0\.1 is in use.*--port"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port", "message"),
    [
        ("127.0.0.1", 65536, "--port 65536 is no port"),
        ("127.0.0.1", -1, "--port -1 is no port"),
        ("192.0.2.1", 8000, "--host 192.0.2.1 is no address of this machine"),
        ("no such host", 8000, "--host 'no such host' is not known"),
        ("a" * 70, 8000, "is not known"),
    ],
)
def test_a_place_that_cannot_be_listened_on_is_named(host: str, port: int, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        listen(host, port).close()
