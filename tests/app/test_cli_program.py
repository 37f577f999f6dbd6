"""The command as a process of its own: pipes, signals, locks and what it loads."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.holder import Holder
from tests.app.notes import filled

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "app.main")
HEAVY = (
    "torch",
    "sentence_transformers",
    "transformers",
    "qdrant_client",
    "qdrant_edge",
    "sqlalchemy",
    "fastapi",
    "numpy",
)
HEED_INTERRUPTS = (  # a test run in the background of a shell ignores them, and so would its children
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
)
HOLD = "import sys, time; from pathlib import Path; from app.holder import Holder\n" + (
    "holder = Holder.acquire(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
)
SERVE = (
    "import os, sys; from app import serve; from app.cli import run\n"
    "from app.knowledge_base import KnowledgeBase; from tests.app.notes import loader\n"
    "class HandMade:\n"
    "    open = staticmethod(lambda settings, notify: KnowledgeBase.open(settings, notify, loader()))\n"
    "serve.KnowledgeBase = HandMade\n"
    "sys.exit(run(['serve', '--port', '0'], os.environ, sys.stdout, sys.stderr))"
)


def ran(*argv: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*PROGRAM, *argv], capture_output=True, cwd=ROOT, env=environment, timeout=60)


@pytest.mark.parametrize(
    "argv", [["--help"], ["search", "--help"], ["search", ""], ["compare", "x", "--gemeente", "y"]]
)
def test_help_and_wrong_use_load_nothing_heavy(argv: list[str]) -> None:
    script = (
        f"import sys; from app.main import main; sys.argv = ['beleidswijzer', *{argv}]; main()\n"
        f"print(sorted(set({HEAVY}) & set(sys.modules)))"
    )
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert process.stdout.endswith("[]\n")


def test_an_index_held_by_a_process_without_address_ends_with_3(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, tmp_path], stdout=subprocess.PIPE, cwd=ROOT) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        script = (
            "import sys, functools; from app import cli, connection\n"
            "connect = functools.partial(connection.connect, patience=0.2)\n"
            "import os; sys.exit(cli.run(['search', 'jeugd'], os.environ, sys.stdout, sys.stderr, connect))"
        )
        process = subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={"BELEIDSWIJZER_DATA_DIR": str(tmp_path)},
            timeout=60,
        )
        holder.kill()
    assert process.returncode == 3
    assert f"process {holder.pid}" in process.stderr
    assert str(tmp_path) in process.stderr
    assert "Traceback" not in process.stderr


def test_a_reader_that_leaves_is_not_complained_about(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from app.cli import run; from tests.app.fake_cli import FakeService\n"
        "folder = Path(sys.argv[1]); settings = {'BELEIDSWIJZER_DATA_DIR': sys.argv[1]}\n"
        "service = FakeService(folder)\n"
        "sys.exit(run(['status'], settings, sys.stdout, sys.stderr, lambda *_: service))"
    )
    read, write = os.pipe()
    os.close(read)
    with subprocess.Popen(
        [sys.executable, "-c", script, tmp_path], stdout=write, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        os.close(write)
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_an_interrupt_ends_a_waiting_command_with_one_line(tmp_path: Path) -> None:
    script = (
        f"{HEED_INTERRUPTS}import os, sys; from app.cli import run\n"
        "print('ready', flush=True); sys.exit(run(['status'], os.environ, sys.stdout, sys.stderr))"
    )
    with (
        Holder.acquire(tmp_path),
        subprocess.Popen(
            [sys.executable, "-c", script],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={"BELEIDSWIJZER_DATA_DIR": str(tmp_path)},
        ) as process,
    ):
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        output, messages = process.communicate(timeout=30)
    assert (process.returncode, output, messages) == (130, b"", b"beleidswijzer: stopped\n")


def test_an_interrupt_while_the_program_loads_ends_it_with_the_same_line() -> None:
    script = (
        f"{HEED_INTERRUPTS}import sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'app.cli_commands': signal.raise_signal(signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupting()); sys.argv = ['beleidswijzer', 'status']\n"
        "from app.main import main; sys.exit(main())"
    )
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=ROOT, timeout=60)
    assert (process.returncode, process.stdout, process.stderr) == (130, b"", b"beleidswijzer: stopped\n")


def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    process = ran("search", "jeugd", "--soort", "één", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert process.returncode == 2
    assert b"Traceback" not in process.stderr
    script = (
        "from app import cli, main\n"
        "cli.run = lambda argv, environment, output, messages: output.write('\u00e9\u20ac\\n')\n"
        "main.main()"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        cwd=ROOT,
        env={"PYTHONIOENCODING": "ascii", "HOME": str(tmp_path)},
        timeout=60,
    )
    assert printed.stdout == "é€\n".encode()


def test_serving_data_of_another_model_is_refused_before_anything_is_announced(tmp_path: Path) -> None:
    with filled(tmp_path):
        pass
    environment = {"BELEIDSWIJZER_DATA_DIR": str(tmp_path / "data"), "BELEIDSWIJZER_EMBEDDING_MODEL": "other"}
    process = subprocess.run(
        [sys.executable, "-c", SERVE], capture_output=True, text=True, cwd=ROOT, env=environment, timeout=60
    )
    assert (process.returncode, process.stdout) == (2, "")
    assert len(process.stderr.splitlines()) == 1
    assert "was made with model 'hand', the settings say 'other'" in process.stderr


def test_serving_an_empty_knowledge_base_says_so_and_is_found(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVE],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"BELEIDSWIJZER_DATA_DIR": str(tmp_path)},
    ) as service:
        assert service.stderr is not None
        told = [service.stderr.readline(), service.stderr.readline()]
        status = ran("status", "--json", BELEIDSWIJZER_DATA_DIR=str(tmp_path))
        other = ran("ingest", BELEIDSWIJZER_DATA_DIR=str(tmp_path), BELEIDSWIJZER_EMBEDDING_MODEL="other")
        service.send_signal(signal.SIGTERM)
        log = service.communicate(timeout=30)[1]
    assert "beleidswijzer ingest" in told[0]
    assert "http://127.0.0.1:" in told[1]
    assert (status.returncode, b'"documenten": []' in status.stdout) == (0, True)
    assert (other.returncode, b"works with model 'packaged'" in other.stderr) == (2, True)
    assert "GET /v1/beheer/status 200" in log
    assert service.returncode == 0
    assert not (tmp_path / "address.json").exists()
