"""Labelled statements: tests/evaluation/aspects/README.md says how they were drawn and labelled."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from app.aspects.aspect import Aspect
from app.aspects.statement import Statement, StatementKind
from corpus.errors import UsageError


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")

    file: str
    headings: tuple[str, ...]
    kind: StatementKind
    lead_in: str | None
    text: str
    aspects: tuple[Aspect, ...]
    drawn: str


@dataclass(frozen=True, slots=True)
class LabelledStatement:
    """A statement of the source `file` with its aspects, possibly none; its positions say nothing.

    `drawn` tells from what it was drawn.
    """

    file: str
    statement: Statement
    aspects: frozenset[Aspect]
    drawn: str

    @property
    def section(self) -> tuple[str, ...]:
        """The part of a document that it stands in: what is in one fold, or one half."""
        return (self.file, *self.statement.headings[:3])


@dataclass(frozen=True, slots=True)
class Sample:
    """The labelled statements of one JSON Lines file."""

    name: str
    sha256: str
    statements: tuple[LabelledStatement, ...]


def read_sample(path: Path) -> Sample:
    """The sample in a file; UsageError that names the line where it is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}): give a file of labelled statements") from error
    statements = []
    for number, line in enumerate(data.decode().splitlines(), start=1):
        try:
            statements.append(_labelled(_Line.model_validate_json(line)))
        except ValidationError as error:
            raise UsageError(f"{path}, line {number} is no labelled statement: {error.errors()[0]['msg']}") from error
    return Sample(path.stem, hashlib.sha256(data).hexdigest(), tuple(statements))


def _labelled(line: _Line) -> LabelledStatement:
    statement = Statement("", 0, len(line.text), line.text, line.kind, line.headings, line.lead_in)
    return LabelledStatement(line.file, statement, frozenset(line.aspects), line.drawn)
