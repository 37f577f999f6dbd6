"""Signs: what by itself should nearly settle an aspect, a form under a heading that fits it, or an amount."""

import re
from collections.abc import Mapping, Sequence

from app.aspects.statement import Statement, StatementKind
from app.aspects.verbs import VerbPhrase

PREFIX = "sign: "
_GOES_INTO = re.compile(
    r"\b(?:gaan|gaat) (?:we|wij) (?:in op|uit van|uit)\b|\b(?:lichten|verwijzen|notitie|toelichting)\b"
)
_GOAL = re.compile(
    r"(?i:\b(?:doel(?:stelling)?(?:en)?|ambitie|streven|inzet)\b (?:van [^.,;]{3,60} )?(?:is|zijn)\b"
    r"(?! (?:niet|er|al|nog))|\bmet als doel\b|\b(?:streven|streeft)\b[^.;]{0,40} (?:naar|ernaar)\b"
    r"|\bwil(?:len)?\b(?: we| wij)?(?: graag)?,? dat\b(?! doen)|\bwillen (?:we|wij) bereiken\b"
    r"|\bvinden (?:we|wij|het)\b[^.;]{0,20}belangrijk dat\b)"
)
_GOING = frozenset({VerbPhrase.WE_GO, VerbPhrase.WE_WILL, VerbPhrase.COMES})
LISTED = frozenset(
    {VerbPhrase.INFINITIVE_FIRST, VerbPhrase.INFINITIVE_LAST, VerbPhrase.NOUN_OF_ACTION_FIRST, VerbPhrase.TO_DO_LAST}
)
_ACTING = frozenset({VerbPhrase.WE_ACT, VerbPhrase.WE_GO, VerbPhrase.WE_WILL, VerbPhrase.WE_WANT})


def signs(
    statement: Statement, verbs: Sequence[VerbPhrase], cues: Mapping[str, Sequence[int]], found: Mapping[str, float]
) -> list[str]:
    """The names of the signs of a statement; `found` are its features."""
    listed = statement.kind is StatementKind.ITEM or "no verb" in found
    we_act = any(verb in _ACTING for verb in verbs)
    refers = "verwijzing" in cues or bool(_GOES_INTO.search(statement.text)) or statement.text.endswith("?")
    effect = "gevolg^" in found or "wens_dat" in cues
    there = {
        "action label": "label:actie" in found,
        "target group heading": "heading:doelgroep" in found and "groep" in cues,
        "partners heading, listed": "heading:partners" in found
        and not cues.get("wij")
        and "organisatie" in cues
        and (listed or "organisations listed" in found),
        "goals heading": "heading:doelen" in found and not we_act,
        "goals heading, listed": "heading:doelen" in found and not we_act and listed,
        "actions heading": "heading:nieuweActies" in found and (listed or we_act),
        "current heading": "heading:huidigeInzet" in found and (listed or we_act or "aanbod" in cues),
        "money heading": "heading:geld" in found and "money" in found and not refers,
        "goal said": bool(_GOAL.search(statement.text)) and "heading:regels" not in found,
        "actor goes": any(verb in _GOING for verb in verbs) and not effect and not refers and "money" not in found,
        "actor starts in a year": VerbPhrase.WE_ACT in verbs and ("year" in found or "straks" in cues) and not effect,
        "actor acts under actions": VerbPhrase.WE_ACT in verbs and "state:nieuweActies" in found and not effect,
        "infinitive under actions": listed and "state:nieuweActies" in found and any(v in LISTED for v in verbs),
        "decided": VerbPhrase.TO_DO_LAST in verbs and listed,
        "we have done": VerbPhrase.WE_HAVE_DONE in verbs,
        "service under current": "state:huidigeInzet" in found and "aanbod" in cues,
        "already": "reeds" in cues and bool({VerbPhrase.WE_ACT, VerbPhrase.IS_DONE, VerbPhrase.IS_THERE} & set(verbs)),
        "for whom with offer": "for group who" in found and bool({"aanbod", "plan", "toelating"} & set(cues)),
        "group may": "group first who" in found and "kan" in cues,
        "organisations alone": "organisations alone" in found and "no verb" in found,
        "cover": "money" in found and "state:geld" in found and not refers,
        "numbers under money": ("number last in geld" in found and listed) or "row number in geld" in found,
        "amount": "amount" in found and "heading:regels" not in found,
        "share": "share, no money" in found
        and not we_act
        and not {"state:regels", "state:geld", "label:actie"} & set(found),
        "count": "people counted" in found
        and "number, no money" in found
        and not we_act
        and not {"kan", "wettekst"} & set(cues)
        and "label:actie" not in found,
        "with whom": "with whom" in found and bool(verbs),
        "actor together with someone": "together with someone" in found and we_act,
    }
    return [PREFIX + name for name, shown in there.items() if shown]
