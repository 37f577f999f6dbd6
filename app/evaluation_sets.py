"""Questions with known answers, in the labelled layout and in that of BEIR."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from corpus.errors import UsageError
from corpus.municipalities import load_municipalities

JUDGED_FILE = "oordelen.jsonl"
LABELLED_FILES = ("vragen.jsonl", "niets_gevonden.jsonl", JUDGED_FILE)
_FOUND, _TOUCHED, _NOTHING = "gevonden", "zijdelings", "niets_gevonden"

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
class JudgedPair:
    """A question on which somebody says what is right of a municipality: that it is `found`, or nothing is."""

    text: str
    municipality: str
    found: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """The pairs of oordelen.jsonl, the last of each, and how many of its rows tell nothing of found or silent.

    `filtered` were given on a question with filters, which is another question; `touched` say that it is touched on.
    """

    pairs: tuple[JudgedPair, ...]
    filtered: int
    touched: int


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """The labelled layout: vragen.jsonl and niets_gevonden.jsonl, oordelen.jsonl, or all of them.

    `judged` is None where there is no oordelen.jsonl.
    """

    questions: tuple[LabelledQuestion, ...]
    silent: tuple[SilentPair, ...]
    judged: Judged | None = None

    @property
    def judged_pairs(self) -> tuple[JudgedPair, ...]:
        """What people said of verdicts, as far as it can be counted."""
        return self.judged.pairs if self.judged else ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Every question that is asked, once."""
        every: tuple[LabelledQuestion | SilentPair | JudgedPair, ...]
        every = (*self.questions, *self.silent, *self.judged_pairs)
        return tuple(dict.fromkeys(each.text for each in every))


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
    questions, silent, judged = (directory / name for name in LABELLED_FILES)
    if questions.is_file() or judged.is_file():
        return LabelledSet(
            questions=tuple(_rows(questions, _labelled)) if questions.is_file() else (),
            silent=tuple(_rows(silent, _silent)) if silent.is_file() else (),
            judged=_judged(judged) if judged.is_file() else None,
        )
    if (directory / "corpus.jsonl").is_file():
        return _beir(directory)
    raise UsageError(
        f"{directory} holds no evaluation set: it needs vragen.jsonl or oordelen.jsonl (labelled layout), "
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


def _judged(path: Path) -> Judged:
    rows = list(_rows(path, _judgement))
    unfiltered = [row for row in rows if not row.filtered]
    last = {(" ".join(row.text.casefold().split()), row.municipality): row for row in unfiltered}
    counted = [row for row in last.values() if row.ruling != _TOUCHED]
    return Judged(
        tuple(JudgedPair(row.text, row.municipality, row.ruling == _FOUND) for row in counted),
        filtered=len(rows) - len(unfiltered),
        touched=len(last) - len(counted),
    )


@dataclass(frozen=True, slots=True)
class _Judgement:
    text: str
    municipality: str
    ruling: str
    filtered: bool


def _judgement(row: Mapping[str, Any]) -> _Judgement:
    text, place, ruling, filters = row["vraag"], row["gemeente"], row["oordeel"], row.get("filters", {})
    if not isinstance(text, str) or not isinstance(place, str) or not text.strip():
        raise UsageError('"vraag" and "gemeente" are texts, a question and the name of a municipality')
    if ruling not in (_FOUND, _TOUCHED, _NOTHING):
        raise UsageError(f'"oordeel" is {ruling!r}; it is {_FOUND}, {_TOUCHED} or {_NOTHING}')
    if not isinstance(filters, dict):
        raise UsageError('"filters" is no object, such as {}')
    return _Judgement(text, load_municipalities().find(place).name, ruling, bool(filters))


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
        except UsageError as error:
            raise UsageError(f"{place}: {error}") from error
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
