"""A topics file: what a report compares, one topic a line, as TOML or as CSV."""

import io
from pathlib import Path

from app.report.order import MOST_TOPICS, Topic, distinct
from app.topics_csv import topics_of_csv
from app.topics_file import Faults, TopicsFile
from app.topics_toml import topics_of_toml
from corpus.errors import UsageError


def load_topics(path: Path) -> TopicsFile:
    """What `path` asks for: its topics in their order, each once, without the white space around them.

    `.toml`: see `app.topics_toml`; `.csv`: see `app.topics_csv`. Anything else: one topic a line; empty lines are
    skipped, and `#` begins a topic like any other character. Raises UsageError with every fault and its place.
    """
    text = _read(path)
    faults = Faults()
    match path.suffix.lower():
        case ".toml":
            found = topics_of_toml(path, text, faults)
        case ".csv":
            found = TopicsFile(tuple(topics_of_csv(path, text, faults)))
        case _:
            lines = enumerate(io.StringIO(text, newline=None), start=1)
            names = [faults.question(f"line {number}", line) for number, line in lines]
            found = TopicsFile(tuple(Topic(name) for name in names if name is not None))
    faults.finish(path)
    return _checked(path, found)


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


def _checked(path: Path, found: TopicsFile) -> TopicsFile:
    topics = distinct(found.topics)
    if not topics:
        raise UsageError(f"topics file {path} holds no topic; write one a line")
    if len(topics) > MOST_TOPICS:
        raise UsageError(f"topics file {path} holds {len(topics)} topics, at most {MOST_TOPICS} go in a report")
    return TopicsFile(topics, found.title, found.municipalities, found.valid_on, found.per_municipality)
