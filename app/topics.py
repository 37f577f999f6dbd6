"""A topics file: what a report compares, one topic a line, as TOML or as CSV."""

import csv
import io
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.answer import MAX_QUESTION_CHARACTERS
from corpus.errors import UsageError

COLUMN = "onderwerp"
TOML_KEY = "onderwerpen"
_TOML_REMEDY = f'write {TOML_KEY} = ["...", "..."] and nothing else'


@dataclass(frozen=True, slots=True)
class _Topic:
    place: str
    text: str


def load_topics(path: Path) -> tuple[str, ...]:
    """The topics of `path` in their order, each once, without the white space around them.

    `.toml`: a list `onderwerpen = [...]`. `.csv`: the column `onderwerp`, or the only column (comma or semicolon).
    Anything else: one topic a line; empty lines are skipped, and `#` begins a topic like any other character.
    Raises UsageError with every fault and its line number.
    """
    text = _read(path)
    match path.suffix.lower():
        case ".toml":
            topics = _toml(path, text)
        case ".csv":
            topics = _csv(path, text)
        case _:
            topics = [_on_line(number, line) for number, line in enumerate(io.StringIO(text, newline=None), start=1)]
    return _checked(path, topics)


def question_fault(question: str) -> str | None:
    """What is wrong with a question or topic, or None: it takes 1 to 1,000 characters that are not all space.

    The same is refused over REST.
    """
    if not question.strip():
        return "is empty"
    if len(question) > MAX_QUESTION_CHARACTERS:
        return f"has {len(question)} characters, at most {MAX_QUESTION_CHARACTERS} can be asked"
    if any("\ud800" <= sign <= "\udfff" or sign == "\ufffd" for sign in question):
        return "is not valid UTF-8"
    if any(unicodedata.category(sign) == "Cc" and sign not in "\t\n\r" for sign in question):
        return "holds control characters"
    return None


def _read(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"topics file {path}: {error.strerror}; give a readable text, TOML or CSV file") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"topics file {path}, line {line}: not UTF-8; save the file as UTF-8") from error


def _toml(path: Path, text: str) -> list[_Topic]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"topics file {path}: not TOML: {error}; {_TOML_REMEDY}") from error
    unknown = sorted(set(content) - {TOML_KEY})
    topics = content.get(TOML_KEY)
    if unknown or not isinstance(topics, list) or not all(isinstance(topic, str) for topic in topics):
        fault = f"unknown key {unknown[0]!r}" if unknown else f"no list of texts {TOML_KEY!r}"
        raise UsageError(f"topics file {path}: {fault}; {_TOML_REMEDY}")
    return [_Topic(f"topic {number}", topic.strip()) for number, topic in enumerate(topics, start=1)]


def _csv(path: Path, text: str) -> list[_Topic]:
    header = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in header else ",", strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise UsageError(f"topics file {path}, line {reader.line_num}: not CSV: {error}") from error
    if not rows:
        return []
    names = [name.strip().casefold() for name in rows[0][1]]
    if COLUMN in names:
        column = names.index(COLUMN)
        return [_on_line(number, row[column] if column < len(row) else "") for number, row in rows[1:]]
    wide = next((number for number, row in rows if len(row) > 1), None)
    if wide is not None:
        raise UsageError(f"topics file {path}, line {wide}: several columns; name the one with topics {COLUMN!r}")
    return [_on_line(number, row[0]) for number, row in rows]


def _on_line(number: int, text: str) -> _Topic:
    return _Topic(f"line {number}", text.strip())


def _checked(path: Path, topics: Iterable[_Topic]) -> tuple[str, ...]:
    kept = [topic for topic in topics if topic.text]
    faults = [f"{topic.place} {fault}" for topic in kept if (fault := question_fault(topic.text)) is not None]
    if faults:
        raise UsageError(f"topics file {path} cannot be used:\n" + "\n".join(f"- {fault}" for fault in faults))
    if not kept:
        raise UsageError(f"topics file {path} holds no topic; write one a line")
    return tuple(dict.fromkeys(topic.text for topic in kept))
