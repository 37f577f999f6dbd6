"""Files read in a process of their own: limits, and a reader that breaks, stalls or lies."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from corpus.catalogue import packaged_catalogue
from corpus.document import Document
from corpus.errors import DocumentError, MachineError
from corpus.reason import Why, because
from ingest.isolation import IsolatedReader, Limits
from ingest.read import read_document

ROOT = Path(__file__).parents[2]
OBEY = "tests.ingest.odd_readers:obey"
LINUX = sys.platform == "linux"


@pytest.fixture(scope="module")
def reader() -> Iterator[IsolatedReader]:
    reader = IsolatedReader(function=OBEY)
    yield reader
    reader.close()


def order(folder: Path, text: str) -> Path:
    path = folder / "order"
    path.write_text(text)
    return path


def refusal(reader: IsolatedReader, folder: Path, text: str) -> str:
    """The reason that follows the name of the file."""
    path = order(folder, text)
    with pytest.raises(DocumentError) as raised:
        reader.read(path)
    assert str(raised.value).startswith(f"{path} ")
    return str(raised.value).removeprefix(f"{path} ")


def assert_reads(reader: IsolatedReader, folder: Path) -> None:
    """Nothing that happened before harms the next file."""
    assert reader.read(order(folder, "read goed")) == Document.of_text("goed", ())


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


def test_a_document_comes_back_as_it_was_read() -> None:
    reader = IsolatedReader()
    try:
        for entry in packaged_catalogue().entries[3:]:
            assert reader.read(entry.path) == read_document(entry.path)
    finally:
        reader.close()


def test_a_refusal_comes_back_with_its_reason(reader: IsolatedReader, tmp_path: Path) -> None:
    assert refusal(reader, tmp_path, "refuse Dit is niets") == "could not be read: Dit is niets"
    with pytest.raises(DocumentError) as raised:
        reader.read(order(tmp_path, "refuse Dit is niets"))
    assert raised.value.reason == because(Why.TOLD, told="Dit is niets")
    assert_reads(reader, tmp_path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    reader = IsolatedReader()
    try:
        with pytest.raises(DocumentError, match=r"weg\.pdf cannot be read: No such file"):
            reader.read(tmp_path / "weg.pdf")
    finally:
        reader.close()


@pytest.mark.parametrize("how", ["hang", "spin"])
def test_a_reader_that_stalls_is_given_up(tmp_path: Path, how: str) -> None:
    reader = IsolatedReader(Limits(seconds=1), function=OBEY)
    assert_reads(reader, tmp_path)
    workers = _workers(reader)
    started = time.monotonic()
    assert refusal(reader, tmp_path, how).startswith("was not read within 1 seconds and was given up; split it")
    assert time.monotonic() - started < 5
    assert not any(map(psutil.pid_exists, workers)), "a process that stalls was left"
    assert_reads(reader, tmp_path)
    reader.close()


def test_every_page_gives_more_time(tmp_path: Path) -> None:
    reader = IsolatedReader(Limits(seconds=0.5, seconds_a_page=0.01), function=OBEY)
    assert_reads(reader, tmp_path)
    started = time.monotonic()
    assert refusal(reader, tmp_path, "hang 100").startswith("was not read within 2 seconds")
    assert 1.4 < time.monotonic() - started < 5
    reader.close()


def test_recognised_pages_give_more_time_each_once(tmp_path: Path) -> None:
    limits = Limits(seconds=0.5, seconds_a_page=0, seconds_a_recognised_page=0.25)
    reader = IsolatedReader(limits, function=OBEY)
    assert_reads(reader, tmp_path)
    assert "makes no sense" in refusal(reader, tmp_path, "recognise 4"), "a fifth of four pages is not believed"
    reader.close()


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    reader = IsolatedReader(Limits(pages=20), function=OBEY)
    assert reader.read(order(tmp_path, "pages 20")).text == "20"
    assert refusal(reader, tmp_path, "pages 21").startswith("has 21 pages, and no more than 20 are read; split it")
    assert_reads(reader, tmp_path)
    reader.close()


@pytest.mark.skipif(not LINUX, reason="only Linux holds a process to its memory")
@pytest.mark.parametrize("how", ["memory", "library"])
def test_too_much_memory_is_refused(reader: IsolatedReader, tmp_path: Path, how: str) -> None:
    assert reader.read(order(tmp_path, "memory 500")).text == "500"
    reason = refusal(reader, tmp_path, f"{how} 1100")
    assert reason.startswith("takes more than 1,024 MiB of memory") or "for want of memory" in reason
    assert_reads(reader, tmp_path)


def test_too_much_text_is_refused(tmp_path: Path) -> None:
    reader = IsolatedReader(Limits(output=2 << 20), function=OBEY)
    path = order(tmp_path, "read " + 900_000 * "a")
    assert len(reader.read(path).text) == 900_000
    assert refusal(reader, tmp_path, "read " + 1_100_000 * "a").startswith("yields more than 2 MiB of text")
    assert_reads(reader, tmp_path)
    reader.close()


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("segfault", "(signal 11)"),
        ("abort", "(signal 6)"),
        ("exit 3", "(exit code 3)"),
        ("exit 0", "(exit code 0)"),
        ("noise", "("),
        ("half", "("),
        ("flood", "("),
    ],
)
def test_a_reader_that_breaks_is_told(reader: IsolatedReader, tmp_path: Path, how: str, told: str) -> None:
    reason = refusal(reader, tmp_path, how)
    assert reason.startswith(f"ended the process that read it {told}"), reason
    assert reason.endswith("open it in the program that it belongs to and save it again")
    assert_reads(reader, tmp_path)


def test_an_error_that_nobody_foresaw_is_told_without_text(reader: IsolatedReader, tmp_path: Path) -> None:
    reason = refusal(reader, tmp_path, "fail geheim")
    assert reason.startswith("cannot be read: its reader failed (KeyError, odd_readers.py:")
    assert "geheim" not in reason
    assert refusal(reader, tmp_path, "recurse").startswith("cannot be read: its reader failed (RecursionError, ")
    assert_reads(reader, tmp_path)


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "cos\nsystem\n(S'true'\ntR.", '{"text": 1}', '{"__class__": "Document"}']
)
def test_an_answer_that_is_no_document_is_refused(reader: IsolatedReader, tmp_path: Path, content: str) -> None:
    assert "an answer that makes no sense" in refusal(reader, tmp_path, f"answer {content}")
    assert_reads(reader, tmp_path)


@pytest.mark.parametrize("how", ["twice"])
def test_an_answer_that_is_not_in_order_is_refused(reader: IsolatedReader, tmp_path: Path, how: str) -> None:
    assert "an answer that makes no sense" in refusal(reader, tmp_path, how)
    assert_reads(reader, tmp_path)


def test_text_that_is_no_text_is_refused(reader: IsolatedReader, tmp_path: Path) -> None:
    assert refusal(reader, tmp_path, "surrogate").startswith("cannot be read: its reader failed")
    assert_reads(reader, tmp_path)


def test_what_libraries_print_goes_nowhere(
    reader: IsolatedReader, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert reader.read(order(tmp_path, "print geheim")).text == "printed"
    assert capfd.readouterr() == ("", "")


def test_the_process_knows_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BELEIDSWIJZER_QDRANT_API_KEY", "BELEIDSWIJZER_DATABASE_URL", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "geheim")
    reader = IsolatedReader(function=OBEY)
    names = reader.read(order(tmp_path, "environment")).text.split()
    reader.close()
    assert "PATH" in names
    assert not [name for name in names if "KEY" in name or name.startswith("BELEIDSWIJZER_")]


def test_what_a_reader_started_ends_with_it(tmp_path: Path) -> None:
    reader = IsolatedReader(Limits(seconds=2), function=OBEY)
    refusal(reader, tmp_path, f"children {tmp_path / 'ids'}")
    reader.close()
    for number in map(int, (tmp_path / "ids").read_text().split()):
        deadline = time.monotonic() + 5
        while psutil.pid_exists(number) and psutil.Process(number).status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < deadline, f"process {number} was left"
            time.sleep(0.01)


def test_a_process_is_used_again_and_costs_little(reader: IsolatedReader, tmp_path: Path) -> None:
    path = order(tmp_path, "read iets")
    reader.read(path)
    before = children()
    took = []
    for _ in range(20):
        started = time.monotonic()
        reader.read(path)
        took.append(time.monotonic() - started)
    assert children() == before
    assert sorted(took)[10] < 0.05


def test_several_threads_read_at_once(tmp_path: Path) -> None:
    reader = IsolatedReader(Limits(seconds=20), function=OBEY)
    paths = []
    for number in range(12):
        paths.append(tmp_path / str(number))
        paths[-1].write_text("segfault" if number % 4 == 3 else f"read {number}")

    def read(path: Path) -> str:
        try:
            return reader.read(path).text
        except DocumentError as error:
            return "refused" if "signal 11" in str(error) else str(error)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(read, paths))
    assert found == ["refused" if number % 4 == 3 else str(number) for number in range(12)]
    reader.rest()
    assert len([child for child in psutil.Process().children() if child.pid in _workers(reader)]) == 1
    reader.close()


def _workers(reader: IsolatedReader) -> set[int]:
    return {worker._process.pid for worker in (*reader._idle, *reader._busy)}


def test_closing_ends_what_is_being_read(tmp_path: Path) -> None:
    reader = IsolatedReader(function=OBEY)
    assert_reads(reader, tmp_path)
    failed = threading.Event()

    def read() -> None:
        with pytest.raises(DocumentError):
            reader.read(order(tmp_path, "hang"))
        failed.set()

    thread = threading.Thread(target=read)
    thread.start()
    time.sleep(0.3)
    (worker,) = _workers(reader)
    reader.close()
    assert failed.wait(5)
    thread.join()
    assert not psutil.pid_exists(worker)
    assert_reads(reader, tmp_path)
    reader.close()


def test_a_process_that_ended_between_two_files_is_replaced(tmp_path: Path) -> None:
    reader = IsolatedReader(function=OBEY)
    assert_reads(reader, tmp_path)
    (worker,) = _workers(reader)
    psutil.Process(worker).kill()
    time.sleep(0.2)
    assert_reads(reader, tmp_path)
    reader.close()


def test_a_reader_that_is_not_there_is_a_fault_of_the_machine(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    reader = IsolatedReader(function="tests.ingest.no_such_module:read")
    with pytest.raises(MachineError, match="does not start"):
        reader.read(order(tmp_path, "read"))
    assert "no_such_module" in capfd.readouterr().err
    reader.close()


def test_it_works_from_elsewhere_and_is_silent_when_interrupted(tmp_path: Path) -> None:
    """As an installed command would: another working directory, threads of a model, Ctrl-C to the whole group."""
    path = order(tmp_path, "hang")
    (tmp_path / "json.py").write_text("raise SystemExit('a file in the working directory was imported')")
    script = (
        f"import pathlib, signal, sys; sys.path.append({str(ROOT)!r})\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from ingest.isolation import IsolatedReader\n"
        f"reader = IsolatedReader(function={OBEY!r})\n"
        f"path = pathlib.Path({str(path)!r}); path.write_text('read goed')\n"
        "assert reader.read(path).text == 'goed'; path.write_text('hang')\n"
        "print('ready', flush=True)\n"
        "try: reader.read(path)\n"
        "except KeyboardInterrupt: reader.close(); print('stopped')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-P", "-c", script],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.3)
        os.killpg(process.pid, 2)
        output, messages = process.communicate(timeout=30)
    assert (process.returncode, output, messages) == (0, "stopped\n", "")


def test_the_process_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    path = order(tmp_path, "read goed")
    script = (
        f"import sys; sys.path.append({str(ROOT)!r})\n"
        "import os, pathlib\n"
        "from ingest.isolation import IsolatedReader\n"
        f"reader = IsolatedReader(function={OBEY!r}); reader.read(pathlib.Path({str(path)!r}))\n"
        "print(reader._idle[0]._process.pid, reader._idle[0]._folder.name, flush=True); os._exit(0)\n"
    )
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    worker, folder = int(process.stdout.split()[0]), Path(process.stdout.split()[1])
    deadline = time.monotonic() + 10
    while psutil.pid_exists(worker) and psutil.Process(worker).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert not folder.exists(), "what it wrote was left"
