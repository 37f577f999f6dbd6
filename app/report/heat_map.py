"""The matrix of a report as a picture: what each cell says stands in it, beside its sign and colour."""

from typing import Any, Literal

from app.report.matrix import Cell, Matrix
from app.report.typst_calls import Drawing, compiled, template
from app.wording import shortened

COLUMNS = 12
PPI = 192.0
_LONGEST = 90


def heat_map_png(matrix: Matrix, ppi: float = PPI) -> bytes:
    """One picture of the matrix; the same matrix gives the same bytes.

    A matrix of more than COLUMNS municipalities is easier to read in its `blocks`, each a picture.
    """
    return _drawn(matrix, "png", ppi)


def heat_map_svg(matrix: Matrix) -> bytes:
    """The same picture as SVG (UTF-8), its letters drawn as shapes, so that no font is needed."""
    return _drawn(matrix, "svg", PPI)


def heat_map_data(matrix: Matrix) -> dict[str, Any]:
    """What the template of a heat map needs, with texts that fit in a picture."""
    return {
        "municipalities": [shortened(each.name, _LONGEST) for each in matrix.municipalities],
        "groups": [
            {
                "name": shortened(group.name, _LONGEST) if group.name else "",
                "rows": [
                    {
                        "number": row.number,
                        "topic": shortened(row.topic.topic, _LONGEST),
                        "cells": [cell_data(cell) for cell in row.cells],
                    }
                    for row in group.rows
                ],
            }
            for group in matrix.groups
        ],
        "legend": [
            {"symbol": look.symbol, "background": look.background, "ink": look.ink, "words": words}
            for look, words in matrix.legend()
        ],
        "changed": matrix.is_changed,
        "summary": matrix.summary(),
    }


def heat_map_template() -> str:
    """The typst functions that draw a heat map of `heat_map_data`."""
    return template("heat_map.typ")


def cell_data(cell: Cell) -> dict[str, Any]:
    """What a template needs of one cell."""
    look = cell.look
    return {
        "symbol": look.symbol,
        "background": look.background,
        "ink": look.ink,
        "lines": list(cell.lines),
        "changed": cell.change is not None,
    }


def _drawn(matrix: Matrix, form: Literal["png", "svg"], ppi: float) -> bytes:
    source = f"{heat_map_template()}\n#heat-map-page(json(bytes(sys.inputs.data)))\n"
    return compiled(source, heat_map_data(matrix), Drawing(form, ppi))
