"""Characters and markup that do not belong in a quote: found in the source, replaced or dropped with a reason."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from corpus.document import Change

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_CHARACTERS = re.compile(
    "(?P<bom>\\ufeff)|(?P<replacement>\\ufffd+)|(?P<soft>\\u00ad)|(?P<ligature>[ﬀ-ﬆ])"
    "|(?P<control>[\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u206f"
    "\\ue000-\\uf8ff]+)"
)
_REASONS = {
    "bom": Change.BYTE_ORDER_MARK,
    "replacement": Change.REPLACEMENT_CHARACTER,
    "soft": Change.HYPHEN,
    "ligature": Change.LIGATURE,
    "control": Change.CONTROL_CHARACTER,
}
_HEADING = re.compile(r"(?m)^[ \t]{0,3}(?P<mark>#{1,6}[ \t]+)(?=\S)")
_LINK = re.compile(r"(?P<open>!?\[)(?P<text>[^\[\]\n]{1,400})(?P<close>\]\([^()\s]{0,400}\))")
_AUTOLINK = re.compile(r"(?P<open><)https?://[^<>\s]{1,400}(?P<close>>)")
_BOLD = re.compile(r"(?P<open>\*\*)(?=[^\s*])(?:[^*\n]|\n(?![ \t]*\n)){1,1000}?(?<=[^\s*])(?P<close>\*\*)")
_ITALIC = re.compile(
    r"(?<![\w*])(?P<open>\*)(?=[^\s*])(?:[^*\n]|\n(?![ \t]*\n)){1,1000}?(?<=[^\s*])(?P<close>\*)(?![\w*])"
)
_ESCAPE = re.compile(r"(?P<mark>\\)(?=[\\`*_{}\[\]()#+\-.!<>|])")
_MARKDOWN_SIGN = re.compile(r"(?m)^#{1,6} \S|\*\*[^\s*]|\]\((?:#|https?:)|^\*[^\s*][^*\n]*\*?$")


@dataclass(frozen=True, slots=True)
class Mark:
    """source[start:end] reads as `text` in the canonical text."""

    start: int
    end: int
    text: str
    change: Change


def find_marks(source: str) -> list[Mark]:
    """All marks of a source text in order, none overlapping; markup only in a text that uses markdown."""
    found: Iterable[Mark] = find_odd_characters(source)
    if _MARKDOWN_SIGN.search(source):
        found = chain(found, _markup(source))
    marks: list[Mark] = []
    for mark in sorted(found, key=lambda mark: (mark.start, mark.end)):
        if not marks or mark.start >= marks[-1].end:
            marks.append(mark)
    return marks


def find_odd_characters(source: str) -> Iterator[Mark]:
    """The ligatures, soft hyphens, control and replacement characters of a source text, in order."""
    for match in _CHARACTERS.finditer(source):
        name = match.lastgroup or ""
        yield Mark(match.start(), match.end(), _LIGATURES.get(match.group(), ""), _REASONS[name])


def _markup(source: str) -> Iterator[Mark]:
    for pattern in (_LINK, _AUTOLINK, _BOLD, _ITALIC):
        for match in pattern.finditer(source):
            yield Mark(*match.span("open"), "", Change.MARKUP)
            yield Mark(*match.span("close"), "", Change.MARKUP)
    for pattern in (_HEADING, _ESCAPE):
        for match in pattern.finditer(source):
            yield Mark(*match.span("mark"), "", Change.MARKUP)
