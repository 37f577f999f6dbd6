"""Tables of a markdown page."""

from collections.abc import Iterable, Sequence

from app.experiment.paired import Difference

NONE = "–"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], texts: int = 1, last_too: bool = False) -> list[str]:
    """The lines of a table; figures stand to the right.

    The first `texts` columns are words, and with `last_too` the last.
    """
    words = [place < texts or (last_too and place == len(heads) - 1) for place in range(len(heads))]
    marks = [":--" if each else "--:" for each in words]
    lines = [heads, marks, *rows]
    return ["| " + " | ".join(_escaped(cell) for cell in line) + " |" for line in lines]


def figure(value: float) -> str:
    """Three decimals."""
    return f"{value:.3f}"


def signed(value: float) -> str:
    """Three decimals with a sign; no sign before nothing."""
    text = f"{value:+.3f}"
    return "0.000" if text in ("+0.000", "-0.000") else text.replace("-", "−")


def compared(difference: Difference) -> str:
    """A difference with its p, a star where p is under 0.05; nothing where no question moved."""
    if difference.mean == 0.0 and difference.p >= 1.0:
        return "="
    star = "\\*" if difference.p < 0.05 else ""
    p = "<0.001" if difference.p < 0.001 else f"{difference.p:.3f}"
    return f"{signed(difference.mean)} ({p}){star}"


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|").replace("\n", " ")
