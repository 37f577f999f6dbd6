"""What a parser hands on: the text of a file, and where its pages begin and end."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One page of the file, text[start:end]; `number` is 1-based and None where the file does not tell."""

    number: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file as it was read, before any cleaning.

    `pages` are the file's own pages, empty for a file without pages; `page_count`, `scanned` and `damaged` count all
    pages, those without text and those whose text is no words (None without pages); `parser` names parser and version.
    """

    text: str
    pages: tuple[SourcePage, ...]
    page_count: int | None
    scanned: int | None
    damaged: int | None
    parser: str
    problems: tuple[str, ...]
