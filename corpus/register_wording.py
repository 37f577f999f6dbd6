"""The words and abbreviations of document versions in the tables of the register."""

from sqlalchemy import Connection, delete, func, insert, select

from corpus.register_schema import State, abbreviation, version, version_word
from corpus.vocabulary import Abbreviation, Wording

LONGEST_WORD = 64


def replace_wording(connection: Connection, number: int, wording: Wording) -> None:
    """Keep what a version says in place of what was kept of it; `number` is its id in the table."""
    connection.execute(delete(version_word).where(version_word.c.version == number))
    connection.execute(delete(abbreviation).where(abbreviation.c.version == number))
    words = [
        {"initial": word[0], "word": word, "version": number, "passages": passages}
        for word, passages in wording.words.items()
        if len(word) <= LONGEST_WORD
    ]
    pairs = [
        {"version": number, "ordinal": ordinal, "short": pair.short, "long": pair.long}
        for ordinal, pair in enumerate(wording.abbreviations)
    ]
    if words:
        connection.execute(insert(version_word), words)
    if pairs:
        connection.execute(insert(abbreviation), pairs)


def words_beginning_with(connection: Connection, letter: str) -> dict[str, int]:
    """The words of active versions with this first letter, and how many passages hold each."""
    rows = connection.execute(
        select(version_word.c.word, func.sum(version_word.c.passages))
        .join(version, version.c.id == version_word.c.version)
        .where(version_word.c.initial == letter, version.c.state == State.ACTIVE)
        .group_by(version_word.c.word)
    )
    return {row[0]: int(row[1]) for row in rows}


def abbreviations_of(connection: Connection, sha256: str) -> tuple[Abbreviation, ...]:
    """What one version defines, in its order."""
    rows = connection.execute(
        select(abbreviation.c.short, abbreviation.c.long)
        .join(version, version.c.id == abbreviation.c.version)
        .where(version.c.sha256 == sha256)
        .order_by(abbreviation.c.ordinal)
    )
    return tuple(Abbreviation(row.short, row.long) for row in rows)


def active_abbreviations(connection: Connection) -> tuple[Abbreviation, ...]:
    """What active versions define, each distinct pair once, those of the most versions and defined earliest first."""
    short, long = abbreviation.c.short, abbreviation.c.long
    rows = connection.execute(
        select(short, long, func.count(), func.min(abbreviation.c.ordinal))
        .join(version, version.c.id == abbreviation.c.version)
        .where(version.c.state == State.ACTIVE)
        .group_by(short, long)
    )
    ordered = sorted((-count, ordinal, short, long) for short, long, count, ordinal in rows)
    return tuple(Abbreviation(short, long) for _, _, short, long in ordered)
