"""Lines that show by their form that they are a heading, or the start of a list item."""

import re
from dataclasses import dataclass
from enum import IntEnum

from ingest.abbreviations import ends_with_abbreviation

_CHAPTER = "hoofdstuk|deel|bijlage|appendix|annex|chapter"
_THEME = "thema|speerpunt|pijler|programmalijn|opgave|ambitie|focuspunt|spoor|prioriteit|leidraad|kernopgave|lijn"
_ARTICLE = "artikel|art\\.|paragraaf|§"
_ACTION = "actie|maatregel|actiepunt|doel|doelstelling|project|stap"
_LABEL = re.compile(
    rf"(?i:(?P<chapter>{_CHAPTER})|(?P<theme>{_THEME})|(?P<article>{_ARTICLE})|(?P<action>{_ACTION}))"
    r"\s+(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}[a-z]?|[IVX]{1,4}|[A-Z])(?![\w%])(?P<mark>\s*[.:–-])?\s*(?P<title>.*)"
)
_DECIMAL = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,4})\.?\s+(?P<title>[^\W\d_a-zß-ÿ\t].*|[‘'\"“(][^\W\d_].*)")
_LETTERED = re.compile(r"(?P<number>\d{1,2}[a-z])[.)]?\s+(?P<title>[(‘'\"“]?[^\W\d_a-zß-ÿ].*)")
_SINGLE = re.compile(r"(?P<number>\d{1,2})(?P<mark>[.)]?)\s+(?P<title>[(‘'\"“]?[^\W\d_a-zß-ÿ].*)")
_BULLET = re.compile(r"(?:[•●▪■◦○‣⁃∙·►➢➔→✓✔❖⮚o*–—-]|[\uf0b7\uf0a7])\s+(?=\S)|[•●▪■◦○‣∙►➢✓✔❖⮚]")
_ENUMERATOR = re.compile(r"(?:(?P<number>\d{1,2})[.)]|(?P<letter>[a-zA-Z])[.)]|\((?P<round>[a-z]|\d{1,2})\))\s+(?=\S)")
_NUMBERS_AT_END = re.compile(r"(?:^|\s)(?:[-–€]\s?)*\d(?:[\d.,]*\d)?\s*%?$")
_ENDED = re.compile(r"[.!?:;][’'”\")\]»*]*\d{0,3}[¹²³⁰⁴-⁹]*$|[…][’'”\")]*$")
_OPENING = re.compile(
    r"(?:We|Wij|Er|De|Het|Een|In|Om|Met|Voor|Dit|Deze|Als|Door|Op|Vanuit|Ook|Uit|Bij|Naast|Wanneer|Hierdoor|Onze|Vanaf"
    r"|Sinds|Veel|Steeds|Iedereen|Elke?|Iedere?|Alle|Dat|Daarom|Zo|Hoewel|Niet|Soms|Omdat|Tijdens|Binnen|Via|Tot) "
    r"(?=[a-zà-ÿ])"
)
MAX_HEADING = 160


class Rank(IntEnum):
    """How high a heading of each form stands; a smaller number is nearer to the top."""

    CHAPTER = 10
    THEME = 17
    ARTICLE = 25
    LETTERED = 30
    SERIES = 35
    OUTER = 40
    INNER = 45


@dataclass(frozen=True, slots=True)
class HeadingForm:
    """A heading that shows itself: its rank, its title (empty where that must follow on the next line)."""

    rank: int
    title: str


def heading_form(text: str) -> HeadingForm | None:
    """The form of a line such as 'Hoofdstuk 5. Speerpunten', '2.4.3 Ontwikkelen', '1a. Gezondheid' or 'ACTIE 7'."""
    if len(text) > MAX_HEADING or not text or text[0].islower():
        return None
    if match := _LABEL.fullmatch(text):
        return _labelled(match)
    if match := _DECIMAL.fullmatch(text):
        if _is_title(match["title"]):
            return HeadingForm(Rank.CHAPTER + 5 * match["number"].count("."), match["title"])
        return None
    match = _LETTERED.fullmatch(text)
    if match and _is_title(match["title"]):
        return HeadingForm(Rank.LETTERED, match["title"])
    return None


def series_number(text: str) -> int | None:
    """The number of a line such as '3 Investeren in preventie' or '1. Onderwijskansen' that could be a heading."""
    match = _SINGLE.fullmatch(text) if len(text) <= MAX_HEADING else None
    return int(match["number"]) if match and _is_title(match["title"]) else None


def series_style(text: str) -> str:
    """How a numbered line is marked: '', '.' or ')' after its number."""
    match = _SINGLE.match(text)
    return match["mark"] if match else ""


def is_item_start(text: str) -> bool:
    """Whether a line starts a list item with a bullet, dash, '1.' or 'a)'."""
    return bool(_BULLET.match(text)) or bool(_ENUMERATOR.match(text))


def item_number(text: str) -> int | None:
    """The number of a list item '3. ...', None for another line."""
    match = _ENUMERATOR.match(text)
    return int(match["number"]) if match and match["number"] else None


def is_bullet(text: str) -> bool:
    """Whether a line starts with a bullet or dash."""
    return bool(_BULLET.match(text))


def is_row(text: str) -> bool:
    """Whether a line looks like the row of a table: words with an amount at the end, or cells between tabs."""
    return len(text) <= 200 and bool(_NUMBERS_AT_END.search(text)) and not _ends_with_year(text)


def is_ended(text: str) -> bool:
    """Whether a line ends as a sentence, clause or lead-in does; a note's number after the mark is allowed."""
    return bool(_ENDED.search(text[-12:])) and not ends_with_abbreviation(text)


def opens_sentence(text: str) -> bool:
    """Whether a line can only be the beginning of a sentence: a small word with a capital, and no name."""
    return bool(_OPENING.match(text))


def _labelled(match: re.Match[str]) -> HeadingForm | None:
    title = match["title"]
    if title and (not (title[0].isupper() or title[0] in "(‘'“\"") or not _is_title(title)):
        return None
    if match["chapter"]:
        return HeadingForm(Rank.CHAPTER, title)
    if match["number"].isalpha() and not match["mark"]:
        return None
    if match["article"]:
        return HeadingForm(Rank.ARTICLE, title)
    return HeadingForm(Rank.THEME if match["theme"] else Rank.INNER, title)


def _is_title(title: str) -> bool:
    if is_row(title) or (title.endswith((".", ";", ",", ":")) and not title.endswith(("etc.", "e.o."))):
        return False
    return sum(character.isalpha() for character in title) * 2 >= len(title)


def _ends_with_year(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{3,}.*(?:19|20)\d\d$", text)) and not re.search(r"\d[\d.,]*\s+\S*\d[\d.,]*$", text)
