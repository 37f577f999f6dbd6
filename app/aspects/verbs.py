"""What the verbs of a statement tell: who acts, and whether it has been done, is done or will be done."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from app.aspects.cues import Word
from app.aspects.statement import StatementKind

_WE = frozenset({"we", "wij"})
_ACTORS = frozenset({"gemeente", "college", "gemeenteraad", "raad", "stichting"})
_HAVE = frozenset({"hebben", "heeft", "zijn", "is"})
_PAST = frozenset(
    {"werd", "werden", "was", "waren", "had", "hadden", "kwam", "kwamen", "ging", "gingen", "bleek", "stond"}
)
_PERCEIVED = frozenset(
    "zien ziet merken merkt weten weet constateren constateert denken denkt hopen kennen leven horen zoeken "
    "lopen hechten geloven ervaren snappen begrijpen wensen verwijzen stonden".split()
)
_SAID = frozenset(
    "beschrijven laten lichten noemen bedoelen verstaan onderscheiden spreken definiëren benoemen schetsen blikken "
    "duiden vatten citeren herhalen hanteren".split()
)
_AIMED = frozenset("streven strijden ijveren beogen voorkomen verminderen verwachten normaliseren hopen".split())
_MODAL = frozenset({"kunnen", "kan", "mogen", "mag"})
_MUST = frozenset({"moeten", "moet", "dienen", "dient", "hoeven"})
_NOT_PARTICIPLES = frozenset(
    "gezond gezin gezinnen gemeente gemeenten gericht goed geld gebied gebieden gebruik gevolg gevolgen gedrag "
    "gesprek gesprekken gebouw gebouwen gezondheid betreft vertrouwen onderwijs bestand beleid bereid verband "
    "verbanden ontwikkelen verbeteren versterken bestuurd gewoon geen gehele gemiddeld gelijk gemeenschap "
    "verschil hersteld bent bekend bereiken betrekken behouden verminderen vergroten behalen benutten "
    "verbinden onderzoeken ondersteunen bevat besteden beschikken bepalen bekijken bewegen verkennen "
    "verwachten verlagen verkleinen verlenen herzien herstellen versnellen vermijden verkeerd verder beperkt "
    "bereikt gelijkwaardig gelegenheid verstaan bedoelen behoeften gezamenlijk gemaakten gevoelens gebeurt "
    "gebeuren gebeurtenissen geven gaan geloven geldt gelden ontstaan verlopen".split()
)
_PARTICIPLE = re.compile(
    r"\w{0,6}ge\w{2,}(?:d|t|en)|(?:be|ver|ont|her|onder|over|door|vol)\w{2,}(?:d|t)|(?:be|ver|ont|her)\w{2,}en"
)
_FINITE_WE = re.compile(r"\w+(?:en|aan|oen|ien)")
_NOMINAL = re.compile(r"\w+(?:ing|atie|en)")


class VerbPhrase(StrEnum):
    """One thing that the verbs of a statement can tell; a statement can have several."""

    WE_GO = "wij gaan"
    WE_WILL = "wij zullen"
    WE_WANT = "wij willen"
    WE_WANT_THAT = "wij willen dat"
    WE_MUST = "wij moeten"
    WE_CAN = "wij kunnen"
    WE_HAVE_DONE = "wij hebben gedaan"
    WE_HAVE = "wij hebben"
    WE_GO_ON = "wij blijven"
    WE_SEE = "wij zien"
    WE_AIM = "wij beogen"
    WE_SAY = "wij zeggen"
    WE_ACT = "wij doen"
    WE_ELSEWHERE = "wij"
    ACTOR = "de gemeente doet"
    WILL = "zal"
    COMES = "er komt"
    GOES = "gaat"
    IS_DONE = "wordt gedaan"
    BECOMES = "wordt"
    HAS_BEEN_DONE = "is gedaan"
    IS_THERE = "er is"
    PAST = "was"
    CAN = "kan"
    MUST = "moet"
    GO_ON = "blijft"
    TO_DO_LAST = "te doen"
    INFINITIVE_FIRST = "doen, vooraan"
    INFINITIVE_LAST = "doen, achteraan"
    NOUN_OF_ACTION_FIRST = "het doen van"
    FINITE = "doet"


_LEXICON = {
    "gaan": VerbPhrase.WE_GO,
    "zullen": VerbPhrase.WE_WILL,
    "blijven": VerbPhrase.WE_GO_ON,
    "continueren": VerbPhrase.WE_GO_ON,
}


def find_verbs(words: Sequence[Word], kind: StatementKind) -> list[VerbPhrase]:
    """What the verbs tell, in no order; empty for a row of a table, and where no verb is recognised."""
    if kind is StatementKind.ROW or not words:
        return []
    texts = [word.text for word in words]
    return list(dict.fromkeys((*_of_we(texts), *_of_others(texts), *_without_subject(texts))))


def _of_we(texts: Sequence[str]) -> Iterator[VerbPhrase]:
    done = any(map(_is_participle, texts))
    for place, text in enumerate(texts):
        if text not in _WE:
            continue
        verb = _verb_beside(texts, place)
        if verb is None:
            yield VerbPhrase.WE_ELSEWHERE
            continue
        near = texts[place : place + 4]
        if verb in _HAVE:
            yield VerbPhrase.WE_HAVE_DONE if done else VerbPhrase.WE_HAVE
        elif verb in ("willen", "wil"):
            yield VerbPhrase.WE_WANT_THAT if "dat" in near else VerbPhrase.WE_WANT
        elif verb == "vinden":
            yield VerbPhrase.WE_WANT_THAT if "belangrijk" in texts else VerbPhrase.WE_SEE
        elif verb == "gaan" and ("door" in texts or "uit" in texts[-3:]):
            yield VerbPhrase.WE_GO_ON
        elif verb in _LEXICON:
            yield _LEXICON[verb]
        elif verb in _MODAL:
            yield VerbPhrase.WE_CAN
        elif verb in _MUST:
            yield VerbPhrase.WE_MUST
        elif verb in _PERCEIVED:
            yield VerbPhrase.WE_SEE
        elif verb in _SAID and (verb != "laten" or "zien" in texts):
            yield VerbPhrase.WE_SAY
        elif verb in ("zetten", "bouwen") and ("voort" in texts):
            yield VerbPhrase.WE_GO_ON
        elif (
            verb in _AIMED
            or (verb == "zorgen" and ("dat" in texts or "ervoor" in texts))
            or (verb == "werken" and "toe" in near)
        ):
            yield VerbPhrase.WE_AIM
        else:
            yield VerbPhrase.WE_ACT


def _verb_beside(texts: Sequence[str], place: int) -> str | None:
    """The finite verb next to 'we': after it, or before it in a sentence that opens with something else."""
    if place + 1 < len(texts) and place == 0 and _FINITE_WE.fullmatch(texts[1]):
        return texts[1]
    if place and _FINITE_WE.fullmatch(texts[place - 1]) and texts[place - 1] not in ("en", "een"):
        return texts[place - 1]
    if place and texts[place - 1] in _HAVE | {"wil"}:
        return texts[place - 1]
    if place + 1 < len(texts) and _FINITE_WE.fullmatch(texts[place + 1]):
        return texts[place + 1]
    return next((text for text in texts[place + 1 :] if text in _HAVE or text in ("willen", "gaan", "zullen")), None)


def _of_others(texts: Sequence[str]) -> Iterator[VerbPhrase]:
    found = set(texts)
    done = any(map(_is_participle, texts))
    if found & {"zal", "zullen"}:
        yield VerbPhrase.WILL
    if any({one, two} in ({"komt", "er"}, {"komen", "er"}) for one, two in _pairs(texts)):
        yield VerbPhrase.COMES
    elif found & {"gaat", "gaan"} and not found & _WE and "om" not in found:
        yield VerbPhrase.GOES
    if found & {"wordt", "worden"}:
        yield VerbPhrase.IS_DONE if done else VerbPhrase.BECOMES
    if found & _HAVE and done and not found & _WE:
        yield VerbPhrase.HAS_BEEN_DONE
    if any({one, two} in ({"er", "is"}, {"er", "zijn"}) for one, two in _pairs(texts)):
        yield VerbPhrase.IS_THERE
    if found & _PAST:
        yield VerbPhrase.PAST
    if found & _MODAL and not found & _WE:
        yield VerbPhrase.CAN
    if found & _MUST and not found & _WE:
        yield VerbPhrase.MUST
    if found & {"blijft", "blijven"} and not found & _WE:
        yield VerbPhrase.GO_ON
    if found & _ACTORS:
        yield VerbPhrase.ACTOR


def _without_subject(texts: Sequence[str]) -> Iterator[VerbPhrase]:
    """The forms of a list item: 'Opstellen van ...', '... vaststellen', '... vast te stellen'."""
    if set(texts) & _WE:
        return
    first, last = texts[0], texts[-1]
    if len(texts) > 2 and (texts[-2] == "te" and last.endswith("n")):
        yield VerbPhrase.TO_DO_LAST
    elif last.endswith("en") and len(last) > 4 and not _is_participle(last):
        yield VerbPhrase.INFINITIVE_LAST
    if first.endswith("en") and len(first) > 4:
        yield VerbPhrase.INFINITIVE_FIRST
    opening = texts[1] if first in ("het", "de", "een", "verder", "actief") and len(texts) > 1 else first
    following = texts[texts.index(opening) + 1 :][:2]
    if _NOMINAL.fullmatch(opening) and "van" in following:
        yield VerbPhrase.NOUN_OF_ACTION_FIRST


@lru_cache(maxsize=20_000)
def _is_participle(text: str) -> bool:
    return text not in _NOT_PARTICIPLES and bool(_PARTICIPLE.fullmatch(text))


def _pairs(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    return pairwise(texts)
