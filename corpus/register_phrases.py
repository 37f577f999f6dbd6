"""Which versions may hold a phrase, by the words that the register keeps of them, and which passages do."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, or_, select, true

from corpus.phrase import Phrase, lowered
from corpus.register_schema import passage, version, version_word
from corpus.register_wording import LONGEST_WORD
from corpus.vocabulary import word_forms

_MOST_WORDS = 8  # that are looked up for one question, the longest


def versions_like(
    connection: Connection, phrases: Sequence[Phrase], versions: Sequence[str]
) -> Sequence[Row[Any, Any]]:
    """Id and sha256 of the versions with all words of the phrases, or, where words are not kept or too short, with
    their longest stretch of plain letters: never fewer than those that hold them.
    """
    words = {word for phrase in phrases for word in word_forms(phrase.text) if len(word) <= LONGEST_WORD}
    looked_up = sorted(words, key=lambda word: (-len(word), word))[:_MOST_WORDS]
    parts = [part for phrase in phrases if (part := phrase.plain_part)]
    stretches = and_(true(), *(version.c.text.icontains(part, autoescape=True) for part in parts))
    if looked_up:
        kept = exists().where(version_word.c.version == version.c.id)
        likely = or_(and_(*map(_has, looked_up)), and_(~kept, stretches))
    else:
        likely = stretches
    found = select(version.c.id, version.c.sha256).where(version.c.sha256.in_(versions), likely)
    return connection.execute(found).all()


def passages_holding(connection: Connection, number: int, text: str, phrases: Sequence[Phrase]) -> Iterator[str]:
    """The ids of the passages of one version in which every phrase stands."""
    folded = lowered(text)
    spans = [phrase.spans(folded) for phrase in phrases]
    if all(spans):
        columns = passage.c.id, passage.c.start, passage.c.end
        for row in connection.execute(select(*columns).where(passage.c.version == number)):
            if all(_within(row.start, row.end, each) for each in spans):
                yield row.id


def _has(word: str) -> ColumnElement[bool]:
    columns = version_word.c
    holders = select(columns.version).where(columns.initial == word[0], columns.word == word)
    return version.c.id.in_(holders)


def _within(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the spans, which are in order, lies between start and end."""
    first = bisect_left(spans, (start, start))
    return first < len(spans) and spans[first][1] <= end
