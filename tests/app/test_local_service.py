"""Commands on a real knowledge base in this process, with an encoder that a person can compute."""

import io
import json
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from app.api.schemas import ProgressBody
from app.cli import run
from app.interrupts import heeding_interrupts
from app.knowledge_base import KnowledgeBase
from app.local_service import LocalService, progress_body
from app.settings import Settings
from ingest.pipeline_report import Progress, Stage
from tests.app.fake_cli import Ran
from tests.app.notes import knowledge_base, loader
from tests.hand_encoder import HandEncoder

AMSTELVEEN = "Jeugdagenda\n\nKinderen hebben last van conflictscheidingen. De gemeente helpt hen met een praatgroep.\n"
UTRECHT = "Woonvisie\n\nUtrecht bouwt woningen in de wijk. De nieuwe huizen zijn zuinig met energie.\n"


class Program:
    """Runs commands over the knowledge base in `data_dir`, opened and closed for each."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self.encoder = HandEncoder()

    def __call__(self, *argv: str) -> Ran:
        output, messages = io.StringIO(), io.StringIO()
        environment = {"BELEIDSWIJZER_DATA_DIR": str(self._data_dir)}
        code = run(argv, environment, output, messages, self._connect)
        return Ran(code, output.getvalue(), messages.getvalue())

    def _connect(self, settings: Settings, notify: Callable[[str], None]) -> LocalService:
        return LocalService(KnowledgeBase.open(settings, notify, loader(self.encoder)))


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "data")


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    for name, code, text in (("jeugd.txt", "GM0362", AMSTELVEEN), ("wonen.txt", "GM0344", UTRECHT)):
        (folder / name).write_text(text, encoding="utf-8")
        (folder / f"{name}.toml").write_text(f'id = "{name[:-4]}"\nmunicipalities = ["{code}"]\n', encoding="utf-8")
    return folder


def test_a_stop_reaches_the_pipeline_and_its_report_the_wire(tmp_path: Path, notes: Path) -> None:
    with knowledge_base(tmp_path) as opened:
        service = LocalService(opened)
        body = service.ingest([notes], None, False, lambda _: None, lambda: bool(service.status().documents))
        assert (body.stopped, body.documents, len(service.status().documents)) == (True, 1, 1)
        assert not service.ingest([notes], None, False, lambda _: None).stopped


def test_what_is_gone_is_reported_and_pruned(program: Program, notes: Path) -> None:
    program("ingest", str(notes))
    (notes / "jeugd.txt").unlink()
    told = program("ingest", str(notes))
    assert told.code == 0
    assert told.messages == (
        f"beleidswijzer: document 'jeugd': its file {notes / 'jeugd.txt'} is gone; ingest with --prune takes it out\n"
    )
    assert told.output.endswith("(1 ongewijzigd, 0 teksten gecodeerd, 1 verdwenen)\n")
    assert "it was taken out" in program("ingest", str(notes), "--prune").messages
    assert program("ingest", str(notes)).messages == ""
    assert json.loads(program("status", "--json").output)["passages"] == 1


def test_what_is_gone_from_the_folder_of_a_catalogue_is_reported(program: Program, notes: Path) -> None:
    (notes / "lijst.toml").write_text(
        "".join(f"[[document]]\nid = '{name}'\nfile = '{name}.txt'\n" for name in ("jeugd", "wonen"))
    )
    program("ingest", "--catalogue", str(notes / "lijst.toml"))
    (notes / "jeugd.txt").unlink()
    (notes / "lijst.toml").write_text("[[document]]\nid = 'wonen'\nfile = 'wonen.txt'\n")
    told = program("ingest", "--catalogue", str(notes / "lijst.toml"), "--prune")
    assert "document 'jeugd'" in told.messages
    assert json.loads(program("status", "--json").output)["passages"] == 1


def test_a_bad_sidecar_fails_its_own_document_only(program: Program, notes: Path) -> None:
    (notes / "jeugd.txt.toml").write_text("kind = 'gedicht'")
    ran = program("ingest", str(notes))
    assert ran.code == 1
    (line,) = ran.messages.splitlines()
    assert line.startswith(f"beleidswijzer: {notes / 'jeugd.txt'}: Het bestand is niet gelezen, want de beschrijving ")
    assert "(jeugd.txt.toml)" in line
    assert "gedicht" in line
    assert ran.output.startswith("1 document, 1 passage, ")


def test_ctrl_c_ends_an_ingest_after_the_document_at_hand(tmp_path: Path, notes: Path) -> None:
    told: list[str] = []

    def interrupt(step: ProgressBody) -> None:
        if not told and step.done:  # it is read, and being encoded
            signal.raise_signal(signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with knowledge_base(tmp_path) as opened:
            service = LocalService(opened, told.append)
            body = service.ingest([notes], None, False, interrupt)
            assert (body.stopped, body.documents) == (True, 1)
            assert told == ["stopping after the document at hand; press Ctrl-C again to stop at once"]
            assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
            assert service.ingest([notes], None, False, lambda _: None).unchanged == 1
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_second_ctrl_c_ends_it_at_once(tmp_path: Path, notes: Path) -> None:
    def interrupt(step: ProgressBody) -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with knowledge_base(tmp_path) as opened, pytest.raises(KeyboardInterrupt):
            LocalService(opened).ingest([notes], None, False, interrupt)
    finally:
        signal.signal(signal.SIGINT, before)


def test_in_another_thread_ctrl_c_is_left_to_the_main_one() -> None:
    before = signal.getsignal(signal.SIGINT)
    seen: list[bool] = []

    def work() -> None:
        with heeding_interrupts(lambda _: None) as stops:
            seen.append(stops())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [False]
    assert signal.getsignal(signal.SIGINT) is before


def test_from_note_to_quote_and_away_again(program: Program, notes: Path) -> None:
    ran = program("ingest", str(notes))
    assert (ran.code, ran.messages) == (0, "")
    assert ran.output.startswith("2 documenten, 2 passages, ")
    assert ran.output.endswith("0 problemen (0 ongewijzigd, 2 teksten gecodeerd)\n")

    encoded = program.encoder.encoded
    assert program("ingest", str(notes)).output.endswith("0 problemen (2 ongewijzigd, 0 teksten gecodeerd)\n")
    assert program.encoder.encoded == encoded

    found = json.loads(program("search", "conflictscheidingen", "--gemeente", "Amstelveen", "--json").output)
    (passage,) = found["passages"]
    assert passage["document"]["id"] == "jeugd"
    assert AMSTELVEEN[AMSTELVEEN.index(passage["citaat"]) :].startswith(passage["citaat"])
    assert passage["citaat"] in program("search", "conflictscheidingen", "--gemeente", "Amstelveen").output

    status = json.loads(program("status", "--json").output)
    assert [document["id"] for document in status["documenten"]] == ["jeugd", "wonen"]

    assert program("remove", "jeugd").code == 0
    assert program("remove", "jeugd").code == 2
    assert [each["naam"] for each in json.loads(program("compare", "huizen", "--json").output)["gemeenten"]] == [
        "Utrecht"
    ]


def test_a_note_that_fails_is_named_and_the_others_are_in(program: Program, notes: Path) -> None:
    (notes / "leeg.txt").write_bytes(b"")
    (notes / "latijn.txt").write_bytes("café".encode("latin-1"))
    ran = program("ingest", str(notes))
    assert ran.code == 1
    assert [line.split(": ")[1] for line in ran.messages.splitlines()] == [
        str(notes / "latijn.txt"),
        str(notes / "leeg.txt"),
    ]
    assert "2 documenten, 2 passages" in ran.output
    assert "2 problemen" in ran.output


def test_an_empty_data_directory_says_what_to_do(program: Program, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for command in (["search", "jeugd"], ["search", "jeugd", "--gemeente", "Utrecht"], ["compare", "jeugd"]):
        ran = program(*command)
        assert ran.code == 2
        assert "beleidswijzer ingest" in ran.messages
    assert program("status").output.endswith("0 documenten, 0 passages, model nog niet gekozen\n")
    assert program.encoder.encoded == 0


def test_a_data_directory_that_cannot_be_used_is_named(program: Program, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "register.db").write_bytes(b"no database at all, but long enough to be taken for one" * 20)
    ran = program("status")
    assert ran.code == 2
    assert str(tmp_path / "data") in ran.messages
    assert "Traceback" not in ran.messages


@pytest.mark.parametrize(
    ("stage", "documents_done", "passages_done", "passages", "done"),
    [
        (Stage.READING, 0, 0, 0, 0),
        (Stage.ENCODING, 0, 10, 40, 25),
        (Stage.STORING, 0, 40, 40, 100),
        (Stage.ACTIVE, 1, 40, 40, 100),
        (Stage.UNCHANGED, 2, 40, 40, 200),
        (Stage.FAILED, 3, 0, 0, 300),
    ],
)
def test_a_document_counts_for_a_hundred_steps(
    stage: Stage, documents_done: int, passages_done: int, passages: int, done: int
) -> None:
    step = Progress(documents_done, 3, "a.txt", "a", passages_done, passages, stage)
    assert progress_body(step) == ProgressBody(document="a.txt", done=done, total=300)
