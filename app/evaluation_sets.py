"""Questions with known answers, in the labelled layout and in that of BEIR."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from corpus.errors import UsageError

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with the quotes that answer it, by the name of the source file they stand in."""

    id: str
    kind: str
    text: str
    relevant: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SilentPair:
    """A question about which a municipality says nothing; None: about which nobody does."""

    text: str
    municipality: str | None


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """The labelled layout: vragen.jsonl and niets_gevonden.jsonl."""

    questions: tuple[LabelledQuestion, ...]
    silent: tuple[SilentPair, ...]


@dataclass(frozen=True, slots=True)
class BeirText:
    """One text of a BEIR corpus."""

    id: str
    title: str | None
    text: str


@dataclass(frozen=True, slots=True)
class BeirSet:
    """The BEIR layout: corpus.jsonl, queries.jsonl and qrels.tsv (or qrels/test.tsv)."""

    corpus: tuple[BeirText, ...]
    queries: Mapping[str, str]
    relevant: Mapping[str, Mapping[str, int]]


def load_set(directory: Path) -> LabelledSet | BeirSet:
    """Read the set in `directory`, whichever layout it has; UsageError names file, line and fault."""
    if (directory / "vragen.jsonl").is_file():
        silent = directory / "niets_gevonden.jsonl"
        return LabelledSet(
            questions=tuple(_rows(directory / "vragen.jsonl", _labelled)),
            silent=tuple(_rows(silent, _silent)) if silent.is_file() else (),
        )
    if (directory / "corpus.jsonl").is_file():
        return _beir(directory)
    raise UsageError(
        f"{directory} holds no evaluation set: it needs vragen.jsonl (labelled layout), "
        "or corpus.jsonl, queries.jsonl and qrels.tsv (BEIR layout)"
    )


def _beir(directory: Path) -> BeirSet:
    qrels = next((path for path in (directory / "qrels.tsv", directory / "qrels" / "test.tsv") if path.is_file()), None)
    if qrels is None:
        raise UsageError(f"{directory} has no qrels.tsv")
    relevant: dict[str, dict[str, int]] = {}
    for number, row in enumerate(csv.reader(_lines(qrels), delimiter="\t"), 1):
        if not row or (number == 1 and row[-1] == "score"):
            continue
        try:
            query, text, score = row
            relevant.setdefault(query, {})[text] = int(score)
        except ValueError as error:
            raise UsageError(f"{qrels}, line {number}: expected query-id, corpus-id, score; found {row}") from error
    queries = dict(_rows(directory / "queries.jsonl", lambda row: (str(row["_id"]), str(row["text"]))))
    return BeirSet(tuple(_rows(directory / "corpus.jsonl", _beir_text)), queries, relevant)


def _labelled(row: Mapping[str, Any]) -> LabelledQuestion:
    relevant = {str(source): tuple(map(str, quotes)) for source, quotes in row["relevant"].items()}
    return LabelledQuestion(str(row["id"]), str(row["soort"]), str(row["vraag"]), relevant)


def _silent(row: Mapping[str, Any]) -> SilentPair:
    municipality = row["gemeente"]
    return SilentPair(str(row["vraag"]), None if municipality is None else str(municipality))


def _beir_text(row: Mapping[str, Any]) -> BeirText:
    return BeirText(str(row["_id"]), str(row["title"]) if row.get("title") else None, str(row["text"]))


def _rows(path: Path, convert: Callable[[Mapping[str, Any]], _Row]) -> Iterator[_Row]:
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        place = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{place} is no JSON: {error}; each line is one JSON object") from error
        if not isinstance(row, dict):
            raise UsageError(f"{place} is no JSON object, such as {{...}}")
        try:
            yield convert(row)
        except KeyError as error:
            raise UsageError(f'{place} has no "{error.args[0]}"; add it') from error
        except (TypeError, AttributeError) as error:
            raise UsageError(f'{place}: "relevant" is no object of lists of quotes by file name') from error


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")  # read_text gives \r\n as \n; JSON may hold U+2028 as it is
    except FileNotFoundError:
        raise UsageError(f"{path} is not there") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
