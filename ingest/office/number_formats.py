"""Numbers as lists write them: 3, 03, c, C, iii, III."""

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_HIGHEST = 3999


def roman(number: int) -> str:
    """A number from 1 to 3999 in small Roman numerals."""
    pieces: list[str] = []
    for worth, sign in _ROMAN:
        count, number = divmod(number, worth)
        pieces.append(sign * count)
    return "".join(pieces)


def letter(number: int) -> str:
    """A number from 1 in small letters: a, ..., z, aa, bb, ..., as Word and LibreOffice count on."""
    return _LETTERS[(number - 1) % 26] * ((number - 1) // 26 + 1)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": letter,
    "upperLetter": lambda number: letter(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
}


def written(number: int, form: str) -> str | None:
    """A number in one of Word's formats, None where it is not certain how it reads."""
    if form not in _FORMATS or number > _HIGHEST or number < (0 if form.startswith("decimal") else 1):
        return None
    return _FORMATS[form](number)
