"""Headings of documents as something to ask: without their numbers, and only those that could be asked."""

import re
import unicodedata
from collections.abc import Iterable

from corpus.document import Section, SectionKind

LONGEST_HEADING = 80
_LONGEST_WORD = 40
_SENTENCE = 5  # words from which on a full stop ends a sentence
_SHARE_OF_LETTERS = 0.6

_NAMED = (
    r"hoofdstuk|paragraaf|bijlage|thema|speerpunt|artikel|deel|actie|actiepunt|doel|stap|pijler|spoor|programma"
    r"|maatregel|ambitie|opgave|lijn|hoofdlijn|prioriteit|onderdeel|focuspunt"
)
_NUMBERING = re.compile(
    rf"(?:(?i:{_NAMED})\s+(?:\d+(?:\.\d+)*[a-z]?|[IVX]+|[A-Za-z](?![^\W_]))"  # Hoofdstuk 5, Thema B
    r"|\d+(?:\.\d+)+[a-z]?|\d+[a-z]?(?=\s*[.:)])|\d+[a-z](?=\s)|\d+(?=\s+[^\W\d_a-z(])|\d+(?=\s*$)"  # 2.4.1, 3b, 4
    r"|[IVX]+(?=[.)])|[A-Za-z](?=[.)]\s)|[A-H](?=\s+[A-Z]))"  # II., a), B Meedoen
    r"[\s.:)–-]*"
)
_NOTE_MARKS = re.compile(r"[\s¹²³⁰⁴⁵⁶⁷⁸⁹]+$")
_BRACKETS_INSIDE = re.compile(r"(?<=\w)\((\w+)\)|\((\w+)\)(?=\w)")  # (conflict)scheidingen, jeugd(hulp)
_BULLETS = "•▪◦‣·*–—-> \t"
_CAPTION = re.compile(r"(?i:figuur|tabel|grafiek|kaart|afbeelding|foto|bron)\s*\d*\s*[:.]")
_FORBIDDEN = frozenset("<>{}[]|\\^~`=_")
_SOFT_HYPHEN = "\u00ad"


def headings_of(sections: Iterable[Section]) -> tuple[str, ...]:
    """The distinct headings of a document that could be asked, in order; those of contents and colophon are not read.

    Left out: sentences, captions, what is longer than 80 characters or has a word of more than 40, and what holds signs
    that are no text (markup, control characters, marks of direction).
    """
    body = (section.path for section in sections if section.kind is SectionKind.BODY)
    raw = dict.fromkeys(heading for path in body for heading in path)
    return tuple(dict.fromkeys(heading for heading in map(cleaned, raw) if heading))


def cleaned(heading: str) -> str:
    """A heading without number, bullet and note marks; empty where it is none that could be asked."""
    if len(heading) > 2 * LONGEST_HEADING:
        return ""
    text = " ".join(unicodedata.normalize("NFC", heading).replace(_SOFT_HYPHEN, "").split())
    text = text.lstrip(_BULLETS)
    numbering = _NUMBERING.match(text)
    text = text[numbering.end() :] if numbering else text
    text = _NOTE_MARKS.sub("", text).rstrip(" :;,-–")
    if text.endswith("."):
        if len(text.split()) >= _SENTENCE:
            return ""
        text = text.rstrip(". ")
    text = _BRACKETS_INSIDE.sub(r"\1\2", text)
    return text if _could_be_asked(text) else ""


def _could_be_asked(text: str) -> bool:
    if not 3 <= len(text) <= LONGEST_HEADING or _CAPTION.match(text):
        return False
    if any(len(word) > _LONGEST_WORD for word in text.split()):
        return False
    if any(sign in _FORBIDDEN or unicodedata.category(sign)[0] == "C" for sign in text):
        return False
    letters = sum(sign.isalpha() or sign.isspace() for sign in text)
    return letters >= _SHARE_OF_LETTERS * len(text)
