"""The scripts that people and CI call; the environment they share runs here with a Python and a pip that only note."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.browser.browser import NAMES, VARIABLE

ROOT = Path(__file__).parents[1]

# Stands in for python3.13 and for .venv/bin/python: notes what pip is asked, and makes a venv that holds itself.
FAKE_PYTHON = """#!/usr/bin/env bash
case "$1 $2" in
  "-c "*) [[ $2 != *metadata* && $2 != *urllib* ]] ;;
  "-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && printf 'venv\\n' >>"$NOTES" ;;
  "-m pip")
    [[ $3 == config ]] && exit
    shift 6
    printf 'pip %s\\n' "$*" >>"$NOTES"
    if [[ -n ${KILL_DURING:-} && "$*" == *"$KILL_DURING"* ]]; then kill -9 $PPID; fi
    [[ -z ${FAIL_DURING:-} || "$*" != *"$FAIL_DURING"* ]]
    ;;
  *) exec REAL_PYTHON "$@" ;;
esac
"""
FIRST_RUN = ["venv", "pip setuptools", "pip torch==2.13.0", "pip --no-build-isolation --editable ."]


class Checkout:
    """A checkout with only what scripts/environment looks at, and a PATH with only the stand-in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "check out"
        (self.folder / "scripts").mkdir(parents=True)
        for script in ("environment", "start", "check"):
            shutil.copy(ROOT / "scripts" / script, self.folder / "scripts")
        (self.folder / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
        (self.folder / "constraints.txt").write_text("numpy==2.4.6\ntorch==2.13.0\n", encoding="utf-8")
        self.notes = folder / "notes"
        self.bin = folder / "bin"
        self.bin.mkdir()
        for tool in (
            "bash",
            "dirname",
            "sed",
            "head",
            "grep",
            "rm",
            "mv",
            "ln",
            "readlink",
            "uname",
            "mkdir",
            "cp",
            "sleep",
        ):
            found = shutil.which(tool)
            assert found is not None
            (self.bin / tool).symlink_to(found)
        self.add_python("python3.13")

    def add_python(self, name: str) -> None:
        python = self.bin / name
        python.write_text(FAKE_PYTHON.replace("REAL_PYTHON", sys.executable), encoding="utf-8")
        python.chmod(0o755)

    def add_tool(self, name: str, exit_code: int = 0, only_for: str = "") -> None:
        """A command in .venv that notes how it was called; it ends with `exit_code` (`only_for` that first word)."""
        tool = self.folder / ".venv" / "bin" / name
        tool.write_text(
            f"#!/usr/bin/env bash\nprintf '%s\\n' \"{name} $*\" >>\"$NOTES\"\necho 'closing line of {name}'\n"
            f"[[ -n '{only_for}' && $1 != '{only_for}' ]] || exit {exit_code}\n",
            encoding="utf-8",
        )
        tool.chmod(0o755)

    def environment(self, *extra: str, variables: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Make the environment, seen from another folder."""
        return self._run('. "$1/scripts/environment"; environment "${@:2}"', *extra, variables=variables)

    def script(
        self, name: str, *options: str, variables: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a script from another folder."""
        return self._run(f'exec "$1/scripts/{name}" "${{@:2}}"', *options, variables=variables)

    def _run(
        self, program: str, *words: str, variables: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", program, "start", self.folder, *words],
            env={"PATH": str(self.bin), "NOTES": str(self.notes), **(variables or {})},
            cwd=self.bin,
            text=True,
            capture_output=True,
            check=False,
        )

    def done(self) -> list[str]:
        """What was done since the last time this was asked."""
        lines = self.notes.read_text(encoding="utf-8").splitlines() if self.notes.exists() else []
        self.notes.unlink(missing_ok=True)
        return lines


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_first_run_installs_and_second_does_nothing(checkout: Checkout) -> None:
    assert checkout.environment().returncode == 0
    assert checkout.done() == FIRST_RUN
    assert checkout.environment().returncode == 0
    assert checkout.done() == []


def test_test_tools_are_added_once_and_stay(checkout: Checkout) -> None:
    checkout.environment()
    checkout.done()
    checkout.environment("test")
    assert checkout.done() == [*FIRST_RUN[1:3], "pip --no-build-isolation --editable .[test]"]
    checkout.environment("test")
    checkout.environment()
    assert checkout.done() == []


def test_extras_are_added_to_those_that_are_there(checkout: Checkout) -> None:
    checkout.environment("test")
    checkout.done()
    checkout.environment("test", "browser")
    assert checkout.done() == [*FIRST_RUN[1:3], "pip --no-build-isolation --editable .[test,browser]"]
    for extras in (("browser",), ("test",), ("test", "browser"), ()):
        checkout.environment(*extras)
    assert checkout.done() == []
    checkout.environment("ocr")
    assert checkout.done()[-1] == "pip --no-build-isolation --editable .[test,browser,ocr]"


def test_other_requirements_are_installed_in_place(checkout: Checkout) -> None:
    checkout.environment("test")
    checkout.done()
    with (checkout.folder / "constraints.txt").open("a", encoding="utf-8") as constraints:
        constraints.write("rich==15.0.0\n")
    checkout.environment()
    assert checkout.done() == [*FIRST_RUN[1:3], "pip --no-build-isolation --editable .[test]"]


def test_a_half_made_environment_is_made_anew(checkout: Checkout) -> None:
    assert checkout.environment(variables={"KILL_DURING": "torch"}).returncode == -9
    checkout.done()
    assert checkout.environment().returncode == 0
    assert checkout.done() == FIRST_RUN


def test_a_moved_checkout_gets_an_environment_of_its_own(checkout: Checkout) -> None:
    checkout.environment()
    checkout.done()
    checkout.folder = checkout.folder.rename(checkout.folder.with_name("moved"))
    checkout.environment()
    assert checkout.done() == FIRST_RUN


def test_a_failing_pip_is_told_and_tried_again(checkout: Checkout) -> None:
    failed = checkout.environment(variables={"FAIL_DURING": "--editable"})
    assert failed.returncode == 5
    assert "made anew by the next run" in failed.stderr
    checkout.done()
    assert checkout.environment().returncode == 0
    assert checkout.done() == FIRST_RUN


def test_no_python_is_told(checkout: Checkout) -> None:
    (checkout.bin / "python3.13").unlink()
    failed = checkout.environment()
    assert failed.returncode == 2
    assert "No Python 3.11 or newer was found" in failed.stderr


def test_two_runs_at_once_install_once(checkout: Checkout) -> None:
    held = checkout.folder / ".venv.lock"
    held.symlink_to(str(os.getpid()))
    waiting = subprocess.Popen(
        ["bash", "-c", '. "$1/scripts/environment"; environment', "start", checkout.folder],
        env={"PATH": str(checkout.bin), "NOTES": str(checkout.notes)},
        stderr=subprocess.PIPE,
        text=True,
    )
    with waiting:
        assert waiting.stderr is not None
        assert waiting.stderr.readline() == f"Waiting for process {os.getpid()}, which is installing in .venv.\n"
        assert checkout.done() == []
        held.unlink()
        waiting.communicate(timeout=60)
    assert waiting.returncode == 0
    assert checkout.done() == FIRST_RUN


def test_start_ingests_compares_and_serves(checkout: Checkout) -> None:
    checkout.environment()
    checkout.done()
    checkout.add_tool("beleidswijzer")
    assert checkout.script("start", "--port", "8123").returncode == 0
    told = ["beleidswijzer ingest", "beleidswijzer compare conflictscheidingen", "beleidswijzer serve --port 8123"]
    assert checkout.done() == told
    assert checkout.script("start", "--no-serve").returncode == 0
    assert checkout.done() == told[:2]


@pytest.mark.parametrize(("exit_code", "goes_on"), [(1, True), (2, False), (5, False)])
def test_start_goes_on_only_when_some_documents_failed(checkout: Checkout, exit_code: int, goes_on: bool) -> None:
    checkout.environment()
    checkout.add_tool("beleidswijzer", exit_code, only_for="ingest")
    used = checkout.script("start", "--no-serve")
    assert used.returncode == (0 if goes_on else exit_code)
    assert ("beleidswijzer compare conflictscheidingen" in checkout.done()) is goes_on


@pytest.mark.parametrize("failing", [None, "ruff", "mypy", "pytest"])
def test_check_runs_everything_and_ends_with_the_tests(checkout: Checkout, failing: str | None) -> None:
    checkout.environment("test")
    checkout.done()
    for tool in ("ruff", "mypy", "pytest"):
        checkout.add_tool(tool, exit_code=1 if tool == failing else 0)
    used = checkout.script("check")
    assert checkout.done() == ["ruff check", "ruff format --check", "mypy ", "pytest "]
    assert used.returncode == (1 if failing else 0)
    assert used.stdout.endswith("closing line of pytest\n")
    assert used.stderr.endswith("== pytest\n")
    assert (f"These failed: {failing}" in used.stderr) is (failing in ("ruff", "mypy"))


def test_check_in_a_browser_needs_one(checkout: Checkout) -> None:
    refused = checkout.script("check", "--browser")
    assert refused.returncode == 2
    assert f"looked for {' '.join(NAMES)})" in refused.stderr
    assert 'Remedy: "sudo apt install chromium"' in refused.stderr
    assert checkout.done() == []
    checkout.environment("test")
    checkout.done()
    (checkout.bin / NAMES[-1]).symlink_to(checkout.bin / "bash")
    for tool in ("ruff", "mypy", "pytest"):
        checkout.add_tool(tool)
    assert checkout.script("check", "--browser").returncode == 0
    assert checkout.done() == [
        *FIRST_RUN[1:3],
        "pip --no-build-isolation --editable .[test,browser]",
        "ruff check",
        "ruff format --check",
        "mypy ",
        "pytest ",
    ]


def test_check_takes_the_chromium_that_is_named(checkout: Checkout) -> None:
    (checkout.bin / NAMES[0]).symlink_to(checkout.bin / "bash")
    refused = checkout.script("check", "--browser", variables={VARIABLE: "/no where/chrome"})
    assert (refused.returncode, checkout.done()) == (2, [])
    assert "looked for /no where/chrome)" in refused.stderr


def test_ci_looks_for_the_same_browsers() -> None:
    assert f"browsers=({' '.join(NAMES)})" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("script", "options", "message"),
    [
        ("start", ["--prot", "8001"], 'start: unknown option "--prot"'),
        ("start", ["--port"], "start: --port needs a number"),
        ("start", ["--port", "0"], 'start: --port must be 1 to 65535, not "0"'),
        ("start", ["--port=65536"], 'start: --port must be 1 to 65535, not "65536"'),
        ("start", ["--port", "http"], 'start: --port must be 1 to 65535, not "http"'),
        ("check", ["-k", "ingest"], 'check: unknown option "-k"'),
        ("bench", ["--fast"], 'bench: unknown option "--fast"'),
        ("bench", ["--documents"], "bench: --documents needs a folder"),
        ("fuzz", ["--fast"], 'fuzz: unknown option "--fast"'),
        ("fuzz", ["--seed"], "fuzz: --seed needs a value"),
    ],
)
def test_wrong_use_is_told_before_anything_is_done(
    tmp_path: Path, script: str, options: list[str], message: str
) -> None:
    used = subprocess.run(
        [ROOT / "scripts" / script, *options], cwd=tmp_path, text=True, capture_output=True, check=False
    )
    assert used.returncode == 2
    assert used.stderr == f"{message}\ntry: scripts/{script} --help\n"
    assert used.stdout == ""


@pytest.mark.parametrize("script", ["start", "check", "bench", "fuzz"])
def test_help(tmp_path: Path, script: str) -> None:
    used = subprocess.run(
        [ROOT / "scripts" / script, "--help"], cwd=tmp_path, text=True, capture_output=True, check=True
    )
    assert used.stdout.startswith(f"usage: scripts/{script}")
    assert used.stderr == ""
