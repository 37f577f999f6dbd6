"""A paragraph or a table of a file, before it has its place in the source text."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.structured import ElementKind


@dataclass(frozen=True, slots=True)
class Look:
    """How all visible characters of a line look; `size` in points, None where the file does not tell."""

    bold: bool
    underlined: bool
    size: float | None


PLAIN = Look(bold=False, underlined=False, size=None)


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One line, without the line break at its end; a paragraph has more than one where its author broke it."""

    text: str
    look: Look


@dataclass(frozen=True, slots=True)
class DraftParagraph:
    """A heading (with `rank`), paragraph, list item, note or line of contents, never without visible text."""

    kind: ElementKind
    lines: tuple[DraftLine, ...]
    rank: int | None

    @property
    def text(self) -> str:
        """The lines as they go into the source."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class DraftCell:
    """A cell over `columns` columns; `continues` tells that it only goes on with the cell above or before it."""

    drafts: tuple[Draft, ...]
    columns: int
    continues: bool

    @property
    def text(self) -> str:
        """All that stands in the cell, tables within it included; empty for an empty cell."""
        return "\n".join(draft.text for draft in self.drafts)


@dataclass(frozen=True, slots=True)
class DraftTable:
    """A table whose rows all tell every column; `headers` counts its rows of column headings, None where unknown."""

    rows: tuple[tuple[DraftCell, ...], ...]
    headers: int | None

    @property
    def text(self) -> str:
        """The rows on lines of their own."""
        return "\n".join("\t".join(cell.text for cell in row if cell.text) for row in self.rows)


Draft = DraftParagraph | DraftTable


def paragraph(kind: ElementKind, text: str, rank: int | None = None) -> DraftParagraph:
    """A paragraph of which only the text is known."""
    return DraftParagraph(kind, tuple(DraftLine(line, PLAIN) for line in text.split("\n")), rank)
