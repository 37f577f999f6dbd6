"""What stands between quotation marks in a question, which must be found just so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A pair opens after white space or a bracket and closes before no letter. Single marks are apostrophes as well: they
# are a pair only where the first is none of 's, 't, 'n ('s avonds).
_QUOTED = re.compile(
    r"(?<![\w\"“”„‟])(?:"
    r"[\"“„‟]\s*(?P<double>[^\"“”„‟«»]*\w[^\"“”„‟«»]*)[\"”“]"
    r"|«\s*(?P<guillemets>[^«»]*\w[^«»]*)»"
    r"|(?<![^\s(\[])['‘](?![stnkm]\b)(?P<single>\w(?:[^'‘’\"]|(?<=\w)['’](?=\w))*)['’]"
    r")(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a question without its quotation marks."""

    text: str
    quoted: bool


def pieces(question: str) -> tuple[Piece, ...]:
    """The question in order, quoted and other stretches apart; an unclosed mark quotes nothing."""
    return tuple(_pieces(question))


def _pieces(question: str) -> Iterator[Piece]:
    done = 0
    for match in _QUOTED.finditer(question):
        yield Piece(question[done : match.start()], quoted=False)
        text = match["double"] or match["guillemets"] or match["single"]
        yield Piece(" ".join(text.split()), quoted=True)
        done = match.end()
    yield Piece(question[done:], quoted=False)
