"""A phrase that must stand in a text just so, but for capitals and white space."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_PLAIN = re.compile("[a-z0-9]+(?![\u0300-\u036f])")  # no letter with an accent
_ALIKE = ("'’‘ʼ", "-‐‑–")  # apostrophes, hyphens


@dataclass(frozen=True)
class Phrase:
    """Words that follow one another, written with any white space between them and any capitals."""

    text: str

    @property
    def plain_part(self) -> str:
        """The longest stretch of it that every way of writing has in common: letters a to z and digits, or nothing."""
        folded = unicodedata.normalize("NFD", self.text).lower()
        return max(_PLAIN.findall(folded), key=len, default="")

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where it stands as whole words in a text that `lowered` made, in order; with straight or curly signs."""
        return sorted(span for pattern in self._patterns for span in _matches(pattern, text))

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        """One for composed (NFC) and one for decomposed text (NFD), where they differ.

        They begin with a letter and not with what may not come before it: that is 20 times as fast.
        """
        forms = dict.fromkeys(unicodedata.normalize(form, lowered(self.text)) for form in ("NFC", "NFD"))
        return tuple(re.compile(_pattern(form)) for form in forms)


def lowered(text: str) -> str:
    """A text in lower case, with every character in its place: the few that would become two stay as they are."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(map(_lower, text))


def _lower(sign: str) -> str:
    return lower if len(lower := sign.lower()) == 1 else sign


def _pattern(text: str) -> str:
    words = text.split()
    after = r"(?!\w)" if words and _is_letter(words[-1][-1]) else ""
    return r"\s+".join("".join(map(_sign, word)) for word in words) + after


def _sign(sign: str) -> str:
    return next((f"[{re.escape(alike)}]" for alike in _ALIKE if sign in alike), re.escape(sign))


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    match = pattern.search(text)
    while match:
        start, end = match.span()
        if start == end:
            return  # a phrase of nothing stands nowhere
        if not (start and _is_letter(text[start]) and _is_letter(text[start - 1])):
            yield start, end
        match = pattern.search(text, start + 1)


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_" or unicodedata.combining(sign) > 0
