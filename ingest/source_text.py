"""What the parser of plain text hands on, and where the pages of a file begin and end."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One page of the file, text[start:end]; `number` is 1-based and None where the file does not tell."""

    number: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file without structure as it was read, before any cleaning; `parser` names parser and version."""

    text: str
    parser: str
