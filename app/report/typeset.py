"""A report as PDF: tagged, with contents and bookmarks, and a footnote for the source of each quote."""

import re
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.api.report_bodies import RunBody
from app.report.contents import Place
from app.report.contents_of import contents_of
from app.report.heat_map import cell_data, heat_map_data, heat_map_template
from app.report.matrix import Cell, Matrix
from app.report.typst_calls import Pages, compiled, template

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

BREAK = "\u200b"
_LONG_WORD = re.compile(r"[^\s-]{40,}|\S{100,}")
_PIECE = re.compile(r".{1,10}")
_UPRIGHT = 4
_ACROSS = 8


def typeset(run: RunBody) -> bytes:
    """The report as PDF/UA-1; the same run gives the same bytes.

    A matrix of many municipalities stands on pages turned on their side, in parts. A word too long for a line is broken
    with zero-width spaces, which no quote holds itself.
    """
    contents = contents_of(run)
    matrix = contents.matrix
    wide = len(matrix.municipalities) > _UPRIGHT
    blocks = matrix.blocks(_ACROSS if wide else _UPRIGHT)
    made_at = run.made_at.astimezone(UTC) if run.made_at.tzinfo else run.made_at.replace(tzinfo=UTC)
    data = _plain(contents)
    if not isinstance(data, dict):
        raise TypeError("contents are a mapping")
    data |= {
        "summary": matrix.summary(),
        "wide": wide,
        "legend": heat_map_data(matrix)["legend"],
        "changed": matrix.is_changed,
        "blocks": [heat_map_data(block) for block in blocks],
        "moment": _parts(made_at),
    }
    return compiled(f"{heat_map_template()}\n{template('report.typ')}", data, Pages(made_at.replace(microsecond=0)))


def _parts(at: datetime) -> dict[str, int]:
    names = ("year", "month", "day", "hour", "minute", "second")
    return {name: getattr(at, name) for name in names}


def _plain(value: object) -> object:
    """A value as JSON can hold it; the matrix goes in blocks of its own."""
    if isinstance(value, Cell):
        return cell_data(value)
    if isinstance(value, Matrix):
        return None
    if isinstance(value, Place):
        return _plain_fields(value) | {"sides": _noted(value)}
    if is_dataclass(value) and not isinstance(value, type):
        return _plain_fields(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return _breakable(value) if isinstance(value, str) else value


def _plain_fields(value: "DataclassInstance") -> dict[str, object]:
    return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}


def _noted(place: Place) -> list[dict[str, object]]:
    """The sides, each statement with the note it has: that of its quote, the first of its document, or that again."""
    quotes = {quote.passage for quote in place.quotes}
    documents: set[str] = set()
    sides: list[dict[str, object]] = []
    for side in place.sides:
        statements = []
        for each in side.statements:
            quoted = each.passage in quotes
            noted = "quote" if quoted else "again" if each.document in documents else "first"
            if not quoted:
                documents.add(each.document)
            statements.append(_plain_fields(each) | {"noted": noted})
        sides.append({"name": side.name, "statements": statements})
    return sides


def _breakable(text: str) -> str:
    """The text with room to break long words; a tab, for which fonts have no sign, is a space."""
    return _LONG_WORD.sub(lambda word: BREAK.join(_PIECE.findall(word[0])), text.replace("\t", " "))
