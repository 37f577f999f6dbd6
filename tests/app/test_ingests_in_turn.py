"""Ingests beside each other and beside uploads, as the commands ask for them: in process and through the service."""

import asyncio
import io
import json
import signal
from pathlib import Path

import httpx
import pytest

from app.api.application import create_app
from app.api.ingest_lines import INGEST_PATH, TOKEN_HEADER
from app.cli import run
from app.local_service import LocalService
from tests.app.knowledge_room import TEXT, Room, opened_room
from tests.app.notes import write_catalogue

TOKEN = "token-of-this-test"
WAITS = "beleidswijzer: wacht op een ander bestand dat ingelezen wordt ...\n"


class Kept(LocalService):
    """A `LocalService` that leaves its knowledge base open."""

    def close(self) -> None:
        """It is closed by the test."""


def command(room: Room, note: Path, messages: io.StringIO) -> int:
    """`ingest NOTE` in this process."""
    note.write_text(f"{note.stem} {TEXT}", encoding="utf-8")
    environment = {"BELEIDSWIJZER_DATA_DIR": str(note.parent / "data")}
    service = lambda _, notify: Kept(room.opened, notify)  # noqa: E731 - one line for one command
    return run(["ingest", str(note)], environment, io.StringIO(), messages, service)


class OpensTheGate(io.StringIO):
    """Messages of a command; the first one lets the long ingest of the room end."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room

    def write(self, text: str) -> int:
        self._room.gate.open.set()
        return super().write(text)


class PressesCtrlC(io.StringIO):
    """Messages of a command that is interrupted at the first one."""

    def __init__(self) -> None:
        super().__init__()
        self._pressed = False

    def write(self, text: str) -> int:
        written = super().write(text)
        if text.endswith("\n") and not self._pressed:
            self._pressed = True
            signal.raise_signal(signal.SIGINT)
        return written


def test_the_command_says_once_that_it_waits_and_is_then_done(tmp_path: Path) -> None:
    with opened_room(tmp_path, None) as room:
        room.begin_long_ingest()
        messages = OpensTheGate(room)
        assert command(room, tmp_path / "kort.txt", messages) == 0
        assert messages.getvalue() == WAITS
        assert len(room.ids()) == 2


def test_ctrl_c_while_it_waits_ends_it_at_once(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with opened_room(tmp_path, None) as room:
            ingest = room.begin_long_ingest()
            messages = PressesCtrlC()
            assert command(room, tmp_path / "kort.txt", messages) == 130
            assert messages.getvalue() == f"{WAITS}beleidswijzer: stopped\n"
            assert ingest.is_alive()
            room.end()
            assert command(room, tmp_path / "kort.txt", io.StringIO()) == 0
            assert len(room.ids()) == 2
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("upload", [False, True])
def test_two_ingests_through_the_service_beside_long_work(tmp_path: Path, upload: bool) -> None:
    """And a document is taken out meanwhile."""
    files = [tmp_path / f"{name}.txt" for name in ("een", "twee")]
    for file in files:
        file.write_text(f"{file.stem} {TEXT}", encoding="utf-8")

    async def worked(room: Room) -> list[list[dict[str, object]]]:
        app = create_app(room.opened, LocalService(room.opened).ingest, TOKEN, lambda _: None)
        transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 50000))
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", timeout=60) as client,
        ):
            if upload:
                content = {"bestand": ("lang.txt", f"LANG {TEXT}".encode())}
                assert (await client.post("/v1/documenten", files=content, data={"id": "lang"})).status_code == 202
                assert await asyncio.to_thread(room.gate.reached.wait, 20)
            else:
                await asyncio.to_thread(room.begin_long_ingest)

            async def ingest(file: Path) -> list[dict[str, object]]:
                wanted = {"paden": [str(file)], "catalogus": None, "opnieuw": False}
                got = await client.post(INGEST_PATH, json=wanted, headers={TOKEN_HEADER: TOKEN})
                return [json.loads(line) for line in got.text.splitlines()]

            both = [asyncio.create_task(ingest(file)) for file in files]
            await asyncio.sleep(0.5)
            assert not any(task.done() for task in both)
            assert (await client.delete("/v1/documenten/utrecht-nota")).status_code == 204
            assert (await client.get("/v1/documenten/utrecht-nota")).status_code == 404
            room.gate.open.set()
            return list(await asyncio.gather(*both))

    with opened_room(tmp_path, write_catalogue(tmp_path / "notes")) as room:
        for lines in asyncio.run(worked(room)):
            assert [line["wacht"] for line in lines].count(True) == 1
            assert lines[0]["wacht"] is True
            report = lines[-1]["verslag"]
            assert isinstance(report, dict)
            assert (report["documenten"], report["gestopt"]) == (1, False)
        assert len(room.ids()) == 5
        room.end()
        assert room.is_clean()
