"""How the real server stops: at a signal, with what is in flight answered to its end."""

import json
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.app.fake_service import TOKEN
from tests.app.running_service import Running, running, wait_until_ready

WAITS = "De dienst stopt na het huidige document"


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
