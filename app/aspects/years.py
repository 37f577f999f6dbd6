"""Years and periods as a text states them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_YEAR = r"(?<![\w.,€/-])(?<!€ )(?:19|20)\d\d(?![\d.,]*\d)"
_SECOND = r"(?:(?:19|20)\d\d|['’]?\d\d)(?![\d.,]*\d)(?!\s*(?:%|procent|euro))"
_SPAN = re.compile(
    rf"(?P<since>\b(?:vanaf|sinds|met ingang van|per)\s+(?:(?:het\s+)?(?:school)?jaar\s+|[a-z]+\s+)?)?"
    rf"(?P<first>{_YEAR})"
    rf"(?:\s?(?P<joint>-|–|/|t/m|tot en met|tot|en)\s?(?P<last>{_SECOND}))?"
    rf"|\b(?P<until>(?:t/m|tot en met|tot)\s+(?:[^\W\d_]+\s+){{0,2}})(?P<end>{_YEAR})",
    re.IGNORECASE,
)
_OPEN = ("vanaf", "sinds", "met ingang van")


@dataclass(frozen=True, slots=True)
class Years:
    """A year or period that text[start:end] states.

    A single year is both first and last; 'vanaf 2025' has no last, 'tot en met 2027' no first.
    """

    first: int | None
    last: int | None
    start: int
    end: int


def find_years(text: str) -> list[Years]:
    """The years and periods in a text, in order, none overlapping."""
    return [_years(match) for match in _SPAN.finditer(text)]


def action_years(text: str, headings: Sequence[str]) -> tuple[Years, ...]:
    """The years of what a statement says will be done: its own, else those of the heading that it stands under.

    The positions of the latter are those in the heading. A text's topmost heading is its title, and tells of all of it.
    """
    if own := find_years(text):
        return tuple(own)
    return tuple(find_years(headings[-1])) if len(headings) > 1 else ()


def _years(match: re.Match[str]) -> Years:
    if match["end"]:
        return Years(None, int(match["end"]), *match.span())
    first = int(match["first"])
    if match["last"]:
        last = int(str(first)[:2] + match["last"][-2:])
        if last > first:
            return Years(first, last, *match.span())
        return Years(first, first, match.start(), match.end("first"))
    since = (match["since"] or "").lower()
    return Years(first, None if any(word in since for word in _OPEN) else first, *match.span())
