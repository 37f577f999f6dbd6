"""README and CHANGELOG hold: every command, option, setting, address and link that they show is there."""

import argparse
import json
import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from app.cli_parser import PROGRAM, command_parser
from app.settings import NAMES, PREFIX
from corpus.errors import UsageError

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
SHELLS = ("console", "sh", "bash", "shell")
ELSEWHERE = ("git", "cd", "python", "python3", "py", "pip", "docker", "export", "set", "cat", "head", "less", "jq")


@dataclass(frozen=True, slots=True)
class Command:
    """One shell command as README shows it."""

    line: int
    words: tuple[str, ...]


def blocks(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Fenced blocks as (line number of the first line in it, language, lines)."""
    language, start, lines = None, 0, list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        fence = re.fullmatch(r"\s*```(\S*).*", line)
        if fence and language is None:
            language, start, lines = fence[1], number + 1, []
        elif fence:
            assert language is not None
            yield start, language, lines
            language = None
        else:
            lines.append(line)


def commands(text: str) -> Iterator[Command]:
    """The commands of shell blocks: after `$ ` where a block has prompts, else every line but comments."""
    for start, language, lines in blocks(text):
        if language not in SHELLS:
            continue
        prompts = any(line.startswith("$ ") for line in lines)
        continued = ""
        for number, line in enumerate(lines, start):
            if not continued and prompts and not line.startswith("$ "):
                continue
            continued += line.removeprefix("$ ")
            if continued.endswith("\\"):
                continued = continued[:-1]
                continue
            for words in simple_commands(continued):
                yield Command(number, words)
            continued = ""


def simple_commands(line: str) -> Iterator[tuple[str, ...]]:
    """The commands of one line, taken apart at pipes, lists and redirections, without variables set for them."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words: list[str] = []
    redirected = False
    for word in [*lexer, ";"]:
        if re.fullmatch("[|;&]+", word):
            if words:
                yield tuple(words)
            words = []
        elif re.fullmatch("[<>]+", word):
            redirected = True
        elif redirected:
            redirected = False
        elif words or not re.match(r"[A-Za-z_]\w*=", word):
            words.append(word)


def fault_of(words: tuple[str, ...]) -> str | None:
    """What is wrong with a command; None when it is right, or not ours to know."""
    name = words[0].removeprefix("./").removeprefix(".venv/bin/").removeprefix(".venv\\Scripts\\")
    if name.startswith("scripts/"):
        return _script_fault(name, words[1:])
    if name == PROGRAM:
        return _program_fault(words[1:])
    if name == "curl":
        return next((fault for word in words[1:] if "://" in word and (fault := _address_fault(word))), None)
    if name in ELSEWHERE or name in ("pytest", "ruff", "mypy"):
        return None
    return f"{words[0]} is not a command that README may show"


def _script_fault(name: str, options: tuple[str, ...]) -> str | None:
    script = ROOT / name
    if not script.is_file() or not script.stat().st_mode & 0o100:
        return f"{name} cannot be run"
    told = _help_of(script)
    unknown = [
        word
        for word in options
        if word.startswith("-") and word.partition("=")[0] not in re.findall(r"--?\w[\w-]*", told)
    ]
    return f"{name} has no {unknown}" if unknown else None


@cache
def _help_of(script: Path) -> str:
    return subprocess.run([script, "--help"], capture_output=True, text=True, check=True).stdout


def _program_fault(words: tuple[str, ...]) -> str | None:
    try:
        command_parser().parse_args(words)
    except UsageError as error:
        return str(error)
    except SystemExit as stop:
        return None if stop.code in (0, None) else f"exit code {stop.code}"
    return None


@cache
def _description() -> dict[str, Any]:
    description: dict[str, Any] = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    return description


def _address_fault(address: str) -> str | None:
    parts = urlsplit(address)
    if parts.hostname not in ("127.0.0.1", "localhost"):
        return None
    for path, operations in _description()["paths"].items():
        if re.fullmatch(re.sub(r"\\\{.*?\\\}", "[^/]+", re.escape(path)), parts.path):
            known = {each["name"] for operation in operations.values() for each in operation.get("parameters", ())}
            unknown = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True) if name not in known]
            return f"{path} has no parameter {unknown}" if unknown else None
    return f"{parts.path} is not an address of the service"


def readme() -> str:
    return README.read_text(encoding="utf-8")


def subcommands() -> dict[str, argparse.ArgumentParser]:
    actions = command_parser()._actions
    (choices,) = (action.choices for action in actions if isinstance(action, argparse._SubParsersAction))
    assert isinstance(choices, dict)
    return choices


def test_every_command_in_the_readme_can_be_run() -> None:
    shown = list(commands(readme()))
    faults = [f"README.md:{each.line}: {fault}" for each in shown if (fault := fault_of(each.words))]
    assert faults == []
    assert {"scripts/start", "scripts/check"} <= {each.words[0] for each in shown}


def test_the_readme_shows_every_command_of_the_program_and_no_other() -> None:
    named = set(re.findall(rf"`(?:\.venv/bin/)?{PROGRAM} ([a-z]+)", readme()))
    shown = {each.words[1] for each in commands(readme()) if each.words[0].endswith(PROGRAM) and len(each.words) > 1}
    assert named | shown == set(subcommands())


@pytest.mark.parametrize("name", sorted(subcommands()))
def test_help_of_a_command_tells_every_option(name: str) -> None:
    parser = subcommands()[name]
    told = parser.format_help()
    silent = [action.dest for action in parser._actions if not action.help]
    assert silent == []
    assert all(option in told for action in parser._actions for option in action.option_strings)


def test_the_program_names_every_command_in_its_help() -> None:
    told = command_parser().format_help()
    beside_or_below = r"(?: +|\n\1 +)\S"  # the help of a long name stands on the next line, further in
    assert [name for name in subcommands() if not re.search(rf"^( +){name}{beside_or_below}", told, re.MULTILINE)] == []


def test_nothing_in_the_readme_is_still_to_be_filled_in() -> None:
    assert re.findall("@[A-Z]+@", readme()) == []


def test_the_readme_has_every_setting_and_no_other() -> None:
    named = set(re.findall(rf"\b{PREFIX}([A-Z][A-Z_]*[A-Z])\b", readme()))
    assert named == set(NAMES)


@pytest.mark.parametrize("file", ["README.md", "CHANGELOG.md"])
def test_relative_links_lead_to_a_file_or_a_heading(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    headings = {_anchor(line) for line in re.findall(r"^#+ +(.*)$", text, re.MULTILINE)}
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    broken = [
        target
        for target in targets
        if not re.match(r"[a-z]+:", target)
        and not (target[1:] in headings if target.startswith("#") else (ROOT / target.partition("#")[0]).exists())
    ]
    assert broken == []


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def test_the_changelog_keeps_its_form_and_has_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    heads = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert heads[0] == "[Unreleased]"
    released = [re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})", head) for head in heads[1:]]
    assert all(released)
    assert [match[1] for match in released if match][:1] == [version]
    groups = set(re.findall(r"^### (.*)$", text, re.MULTILINE))
    assert groups <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("scripts/begin", "scripts/begin cannot be run"),
        ("scripts/start --prot 8001", "scripts/start has no ['--prot']"),
        ("beleidswijzer serch x", "invalid choice"),
        ("BELEIDSWIJZER_DATA_DIR=x .venv/bin/beleidswijzer search x --top 3", "unrecognized arguments"),
        ("git clone x && beleidswijzer compare", "required: TOPIC"),
        ("curl 'http://127.0.0.1:8000/v1/passage?vraag=x' | less", "/v1/passage is not an address"),
        ("curl 'http://127.0.0.1:8000/v1/passages?query=x'", "/v1/passages has no parameter ['query']"),
        ("apt-get install x", "apt-get is not a command"),
    ],
)
def test_a_wrong_command_is_noticed(line: str, fault: str) -> None:
    (found,) = [each for each in commands(f"```console\n$ {line}\noutput\n```\n") if fault_of(each.words)]
    assert fault in str(fault_of(found.words))


def test_commands_are_read_from_shell_blocks_only() -> None:
    text = (
        "```json\n$ no\n```\n"
        "```sh\n# remark\nscripts/start \\\n  --no-serve\n```\n"
        "```console\n$ a 'b c' > d\nout\n```\n"
    )
    assert list(commands(text)) == [Command(7, ("scripts/start", "--no-serve")), Command(10, ("a", "b c"))]
