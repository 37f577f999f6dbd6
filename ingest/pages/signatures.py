"""Bold lines that name who signs, which look like headings but are none."""

import re
from collections.abc import Iterator, Sequence

from ingest.pages.group import Group

_CLOSING = re.compile(
    r"(?i)(?:met (?:vriendelijke|hartelijke|beleefde) groet|hoogachtend|vriendelijke groet|ondertekening"
    r"|aldus (?:vastgesteld|besloten|overeengekomen|gedaan|opgemaakt)|vastgesteld (?:in|door) "
    r"|namens (?:het|de|burgemeester|gemeente)|burgemeester en wethouders van\b)"
)
_FUNCTION = (
    r"(?:(?:loco-?|plv\.?|plaatsvervangend|waarnemend|wnd\.?)\s*)?"
    r"(?:gemeentesecretaris|secretaris|burgemeester|wethouders?|griffier|voorzitter|portefeuillehouder|directeur"
    r"|algemeen directeur|teammanager|afdelingshoofd|fractievoorzitter|raadslid)\b"
)
_FUNCTIONS = re.compile(rf"(?i)(?:(?:de|het|college van)\s+)?{_FUNCTION}")
_TITLE = r"(?:(?:[Dd]e [Hh]eer|[Mm]evrouw|(?:[Dd]hr|[Mm]evr?|[Mm]w|[Dd]rs|[Mm]r|[Ii]r|[Ii]ng|[Dd]r|[Pp]rof)\.?)\s+)"
_LINKS = r"(?:(?:van|de|der|den|het|el|al|ten|ter|te|von|la|le|in|op|’t|'t)\s+)*"
_SURNAME = r"[A-ZÀ-Þ][\w'’]+(?:\s?[-–]\s?(?:[a-z]+\s)*[A-ZÀ-Þ][\w'’]+)?"
_LETTERS = r"(?:\s*,?\s*(?:MSc|MA|BA|LLM|RA|MPA|MBA|PhD|BSc)\.?)*"
_NAMED = re.compile(
    rf"(?:{_TITLE}+(?:[A-Z]\.\s?)*|(?:[A-Z]\.\s?){{2,6}})(?:\([A-Z]\w+\)\s*)?{_LINKS}{_SURNAME}{_LETTERS}[,.]?"
)
_SIGNED = re.compile(
    rf"{_TITLE}*(?:(?:[A-Z][a-z]?\.\s?)+|[A-ZÀ-Þ][\w'’-]+\s)(?:\([A-Z]\w+\)\s*)?{_LINKS}{_SURNAME}{_LETTERS}[,.]?"
)
_REACH = 12


def find_signatures(groups: Sequence[Group]) -> set[int]:
    """The places of the groups that only name a person, or who signs below the closing words of a letter."""
    return set(_signatures(groups))


def _signatures(groups: Sequence[Group]) -> Iterator[int]:
    closed = -_REACH
    for place, group in enumerate(groups):
        text = group.text
        if _CLOSING.match(text):
            closed = place
        if not group.lines or len(text) > 120:
            continue
        following = groups[place + 1].text if place + 1 < len(groups) else ""
        signed = bool(_SIGNED.fullmatch(text))
        near = place - closed < _REACH and (signed or bool(_FUNCTIONS.match(text)))
        closing = place == closed and len(text.split()) > 1
        if near or closing or _NAMED.fullmatch(text) or (signed and _FUNCTIONS.match(following)):
            yield place
