"""The real server: what it logs, how it stops, what it does with a port that it cannot have."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from app.serving import listen
from corpus.errors import UsageError
from tests.app.fake_service import TOKEN

ROOT = Path(__file__).parents[2]
MARKER = "zeergeheimevraag"


@dataclass
class Running:
    """A server in its own process; after `stop` its output is in `output`."""

    process: subprocess.Popen[str]
    url: str
    output: str = ""

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=30)
        self.output = out + err
        return self.process.returncode


@contextmanager
def running(folder: Path, fault: str = "") -> Iterator[Running]:
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "tests.app.fake_service", str(folder), fault],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield Running(process, f"http://127.0.0.1:{int(process.stdout.readline())}")
    finally:
        if process.returncode is None:
            process.kill()
            process.communicate()


def wait_until_ready(url: str) -> None:
    deadline = time.monotonic() + 30
    while httpx.get(f"{url}/readyz", trust_env=False).status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.02)


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


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_it_without_a_traceback(tmp_path: Path, number: signal.Signals, code: int) -> None:
    with running(tmp_path) as server:
        wait_until_ready(server.url)
        assert server.stop(number) == code
    assert "Traceback" not in server.output


def test_while_the_model_loads_it_lives_but_is_not_ready_and_a_signal_ends_it(tmp_path: Path) -> None:
    with running(tmp_path, "slow") as server:
        assert httpx.get(f"{server.url}/healthz", trust_env=False).status_code == 200
        assert httpx.get(f"{server.url}/readyz", trust_env=False).status_code == 503
        assert server.stop() == 0
    assert "Traceback" not in server.output


def test_an_ingest_in_flight_is_answered_to_the_end(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        wait_until_ready(server.url)
        wanted = {"paden": ["/a", "/b"], "catalogus": None, "opnieuw": False}
        headers = {"X-Beleidswijzer-Token": TOKEN}
        url = f"{server.url}/v1/beheer/ingest"
        with httpx.stream("POST", url, json=wanted, headers=headers, trust_env=False) as got:
            stopping = threading.Thread(target=server.stop)
            stopping.start()
            lines = list(got.iter_lines())
        stopping.join()
    assert '"verslag":{' in lines[-1]
    assert server.process.returncode == 0


WAITS = "De dienst stopt na het huidige document"


@contextmanager
def ingesting(server: Running) -> Iterator[Iterator[str]]:
    """An ingest that has begun: the lines that come after the first."""
    wait_until_ready(server.url)
    wanted = {"paden": ["/a"], "catalogus": None, "opnieuw": False}
    headers = {"X-Beleidswijzer-Token": TOKEN}
    url = f"{server.url}/v1/beheer/ingest"
    with httpx.stream("POST", url, json=wanted, headers=headers, trust_env=False, timeout=30) as got:
        lines = got.iter_lines()
        next(lines)
        yield lines


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_an_ingest_after_the_document_at_hand(tmp_path: Path, number: signal.Signals, code: int) -> None:
    with running(tmp_path, "long ingest") as server, ingesting(server) as lines:
        server.process.send_signal(number)
        last = list(lines)[-1]
        server.output = "".join(server.process.communicate(timeout=30))
    assert json.loads(last)["verslag"]["gestopt"] is True
    assert server.process.returncode == code
    assert server.output.count(WAITS) == 1
    assert "Traceback" not in server.output


@contextmanager
def stalled(server: Running, folder: Path) -> Iterator[socket.socket]:
    """The connection of an upload of which a file is half in, and nothing more comes."""
    host, port = server.url.removeprefix("http://").split(":")
    head = (
        "POST /v1/documenten HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=g\r\n"
        'Content-Length: 900\r\n\r\n--g\r\nContent-Disposition: form-data; name="bestand"; filename="a.txt"\r\n\r\n'
    )
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(head.encode() + b"x" * 100)
        deadline = time.monotonic() + 20
        while not halves(folder):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        yield connection


def halves(folder: Path) -> list[Path]:
    return list((folder / "files").glob(".half-*"))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_an_upload_that_stalls_holds_no_stop_up(tmp_path: Path, number: signal.Signals, code: int) -> None:
    with running(tmp_path, "short stop") as server:
        wait_until_ready(server.url)
        with stalled(server, tmp_path) as connection:
            assert server.stop(number) == code
            answer = connection.recv(10_000)
            assert answer.startswith(b"HTTP/1.1 503 ")
            assert b"content-type: application/problem+json" in answer
    assert halves(tmp_path) == []
    assert "Traceback" not in server.output
    assert "Exception in ASGI application" not in server.output


def test_an_ingest_is_answered_to_the_end_also_where_that_takes_longer_than_other_requests_get(tmp_path: Path) -> None:
    with running(tmp_path, "short stop") as server, stalled(server, tmp_path), ingesting(server) as lines:
        server.process.send_signal(signal.SIGTERM)
        last = list(lines)[-1]
        server.output = "".join(server.process.communicate(timeout=30))
    assert json.loads(last)["verslag"]["gestopt"] is True
    assert (server.process.returncode, halves(tmp_path)) == (0, [])


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


def test_a_signal_ends_an_ingest_without_its_client(tmp_path: Path) -> None:
    with running(tmp_path, "long ingest") as server:
        with ingesting(server):
            pass
        assert server.stop() == 0
    assert server.output.count(WAITS) == 1


def test_an_ingest_that_waits_for_its_turn_goes_with_its_client(tmp_path: Path) -> None:
    with running(tmp_path, "waiting ingest") as server:
        with ingesting(server):
            pass
        assert server.process.stderr is not None
        while "dropped" not in (line := server.process.stderr.readline()):
            assert line
        assert server.stop() == 0
    assert WAITS not in server.output


def test_a_signal_ends_an_ingest_that_waits_for_its_turn(tmp_path: Path) -> None:
    with running(tmp_path, "waiting ingest") as server, ingesting(server) as lines:
        server.process.send_signal(signal.SIGTERM)
        last = json.loads(list(lines)[-1])
        server.output = "".join(server.process.communicate(timeout=30))
    assert (last["verslag"]["gestopt"], last["verslag"]["documenten"]) == (True, 0)
    assert server.process.returncode == 0


def test_without_an_ingest_nothing_is_said_of_one(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        with ingesting(server) as lines:
            list(lines)
        assert server.stop() == 0
    assert WAITS not in server.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_ends_it_at_once(tmp_path: Path, number: signal.Signals) -> None:
    with running(tmp_path, "stuck ingest") as server, ingesting(server):
        server.process.send_signal(number)
        assert server.process.stderr is not None
        while WAITS not in (line := server.process.stderr.readline()):
            assert line
        assert server.stop(number) == 130
    assert "Traceback" not in server.output


def test_a_model_that_cannot_be_loaded_ends_it(tmp_path: Path) -> None:
    with running(tmp_path, "model") as server:
        assert server.process.wait(timeout=30) == 1
        output = server.process.communicate()[1]
    assert "ended by: model 'x' does not exist" in output
    assert "Traceback" not in output
    assert "fake_knowledge_base.py" not in output


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
