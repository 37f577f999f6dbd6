"""Topics as CSV: a table with the columns onderwerp, vraag and groep, of which the last two may be left out."""

import csv
import difflib
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.report.order import Topic
from app.topics_file import Faults
from corpus.errors import UsageError

_TOPIC, _QUESTION, _GROUP = _COLUMNS = ("onderwerp", "vraag", "groep")
_ELSEWHERE = ("gemeente", "gemeenten", "titel", "geldig_op", "per_gemeente")
_ALIKE = 0.7


def topics_of_csv(path: Path, text: str, faults: Faults) -> Iterator[Topic]:
    """The topics of a file with commas or semicolons, or of one with a single column and no header.

    Other columns may stand beside them, unless their name looks like one of ours or is about the whole report. Raises
    UsageError where it is no table.
    """
    rows = _rows(path, text)
    if not rows:
        return
    names = [name.strip().casefold() for name in rows[0][1]]
    if _TOPIC not in names:
        yield from _single(path, rows, faults)
        return
    _check_columns(f"line {rows[0][0]}", names, faults)
    for number, row in rows[1:]:
        cells = {name: row[names.index(name)] for name in _COLUMNS if name in names and names.index(name) < len(row)}
        place = f"line {number}"
        name = faults.question(place, cells.get(_TOPIC, ""))
        question = faults.question(f"{place}, {_QUESTION}", cells.get(_QUESTION, ""))
        group = faults.line(f"{place}, {_GROUP}", cells.get(_GROUP, ""))
        if name is not None:
            yield Topic(name, question, group)
        elif (question or group) and not cells.get(_TOPIC, "").strip():
            faults.add(place, f"has no {_TOPIC}")


def _rows(path: Path, text: str) -> list[tuple[int, list[str]]]:
    header = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in header else ",", strict=True)
    try:
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise UsageError(f"topics file {path}, line {reader.line_num}: not CSV: {error}") from error


def _single(path: Path, rows: Sequence[tuple[int, list[str]]], faults: Faults) -> Iterator[Topic]:
    wide = next((number for number, row in rows if len(row) > 1), None)
    if wide is not None:
        raise UsageError(f"topics file {path}, line {wide}: several columns; name the one with topics {_TOPIC!r}")
    for number, row in rows:
        name = faults.question(f"line {number}", row[0])
        if name is not None:
            yield Topic(name)


def _check_columns(place: str, names: Sequence[str], faults: Faults) -> None:
    for name in _COLUMNS:
        if names.count(name) > 1:
            faults.add(place, f"has {names.count(name)} columns {name!r}; keep one")
    for name in names:
        near = difflib.get_close_matches(name, _COLUMNS, n=1, cutoff=_ALIKE)
        if name in _ELSEWHERE:
            faults.add(place, f"has a column {name!r}, which is about the whole report: use TOML, or an option")
        elif name not in _COLUMNS and near:
            faults.add(place, f"has a column {name!r}; is it {near[0]!r}?")
