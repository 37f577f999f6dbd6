"""The words of a statement that tell what its figure is of, as concepts that synonyms share."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from app.figures.place_names import known_names
from embeddings.lexical import Lexicon
from embeddings.synonyms import load_groups
from embeddings.term_groups import Link, TermGroups

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_NUMBER_WORDS = frozenset(
    "een één eén twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd kwart "
    "helft derde vierde vijfde zesde zevende achtste negende tiende driekwart procent".split()
)
# What tells how a figure is given, and not what it is of.
_HOW = frozenset(
    "liefst leerjaar meld meldt aantal aantallen aandeel aangeven aangegeven aangeeft gaf afgelopen altijd beeld "
    "bedraagt bedragen bedroeg bijna bleek blijkt blijken cijfer cijfers circa deel geeft geven gegeven gelijk "
    "gemiddeld gemiddelde gemeente gemeenten groep groot hoger hoogste iets inmiddels jaar jaarlijks jaarlijkse "
    "jaren jarigen krijgt kreeg kregen laat lager ligt liggen lag maakte maakten meeste minder minstens moment "
    "momenteel ongeveer onderzoek percentage percentages recent rond ruim schooljaar stijging daling toename "
    "afname toegenomen afgenomen totaal totale vorm vormen vorig vorige laatste weken maanden maand week dagen "
    "zegt zeggen zien zogenaamde zogenoemde monitor jeugdmonitor gezondheidsmonitor cbs ggd bron halfjaar eerste "
    "tweede voorlopige volgens betreft betekent omgerekend waarschijnlijk zie bijlage landelijk landelijke "
    "nederland nederlandse figuur tabel ontving ontvingen ontvangen ontvangt ontvang telde telden telt tellen "
    "kende kent bekend januari februari maart april mei juni juli augustus september oktober november december "
    "eind begin medio peildatum schatting naar regelmatig weleens vaak soms vrij zo'n één alle klas regio "
    "provincie stad gestegen gedaald leeftijd ouder jonger samen thuis waarvan bestaat bestaan verwachting "
    "inschatting gevolg hiervan leven leeft leefde leefden geweest geworden woorden hetzelfde dezelfde gemeld "
    "meldde meldden daarnaast daarentegen bovendien verder tevens echter eveneens hoewel ondanks vooral name "
    "slechts zelfs tegenwoordig eerder later destijds doordat zodra mits tenzij alsmede evenals waardoor daardoor "
    "hierdoor vervolgens namelijk immers uiteraard gelukkig helaas mogelijk misschien wellicht geheel volledig "
    "enigszins relatief opvallend duidelijk ziet zag zagen blijft bleef bleven blijven neemt nam nemen stond "
    "stonden staande ging gingen weten weet doen deed laten lijkt lijken noemt noemen bevindt bevinden behoort "
    "behoren valt vallen viel kon konden zou moest moesten mocht wilde wilden beide beiden evenveel net anders "
    "ofwel oftewel kortom dit totdat aanzienlijk fors flink licht stabiel ruimschoots nagenoeg veelal meestal "
    "gewoonlijk ooit nooit minimaal maximaal hooguit tenminste daarvoor ervoor erna daarna hierna toen thans "
    "heden recentelijk onlangs dankzij wegens gezien mede overige overig rest andere verschillende diverse enkele "
    "aldus conform ten opzichte vergeleken vergelijking tegenover hetgeen degene degenen iemand niemand iedereen "
    "eigen jaarverslag onderzoeken cijfermatig respondenten resultaten gegevens peiling meting".split()
)
# What people do with what is counted; it is in the name of a figure, and tells little of its kind.
_LIGHT = frozenset(
    "gebruik gebruiken gebruikt sprake voelt voelen voelde ervaart ervaren ervaarde kampt kampen verleent "
    "verlenen komt voor last groeit groeien opgroeien opgroeit woont wonen doet deed gaat ging maken gebruikmaken "
    "bereik vanuit gebruikte hulp sterk mate matig problemen probleem".split()
)
# People of one age or kind; figures of two of these are never of the same kind, except where `_WITHIN` says so.
_GROUPS = (
    "jeugd jeugdige jeugdigen kind kinderen jongere jongeren minderjarigen tieners basisschoolkinderen leerling "
    "leerlingen scholier scholieren basisschoolleerlingen",
    "peuter peuters kleuter kleuters doelgroeppeuters baby baby's",
    "student studenten mbo-studenten",
    "inwoner inwoners bewoner bewoners mens mensen persoon personen burger burgers bevolking beroepsbevolking",
    "volwassene volwassenen volwassen",
    "oudere ouderen senior senioren 65-plussers 75-plussers plussers",
    "gezin gezinnen huishouden huishoudens",
    "ouder ouders opvoeders",
)
_WITHIN = frozenset({frozenset({"=inwoner", "=volwassene"})})
PEOPLE = "=inwoner"
_SHORTEST = 3
_LONGEST = 60
_LONG = 10


class Role(Enum):
    """What a word does in telling what a figure is of."""

    THING = "what people have, do or are"
    GROUP = "the people"
    LIGHT = "how they come by it"


@dataclass(frozen=True, slots=True)
class Concept:
    """text[start:end] of a statement; `stem` is that of its words, `kind` the same for synonyms."""

    kind: str
    stem: str
    role: Role
    weight: float
    start: int
    end: int


class Stems:
    """Finds the concepts in a text; safe to use from several threads."""

    def __init__(self) -> None:
        self._lexicon = Lexicon()
        self._groups = {word: f"={group.split()[0]}" for group in _GROUPS for word in group.split()}
        for word, group in list(self._groups.items()):
            self._groups.setdefault(Lexicon.stem(word), group)
        links = {term: Link(term, (group.terms[0],)) for group in reversed(load_groups()) for term in group.terms}
        self._stem = lru_cache(maxsize=50_000)(Lexicon.stem)
        self._told = lru_cache(maxsize=50_000)(self._tells)
        self._terms = TermGroups(links.values(), lambda word: self._stem(word) if len(word) <= _LONGEST else word)
        self.concepts = lru_cache(maxsize=4096)(self._concepts)

    def _concepts(self, text: str) -> tuple[Concept, ...]:
        """The concepts in a text in order, none overlapping, without places, numbers and words of counting."""
        return tuple(self._found(text))

    def _found(self, text: str) -> Iterator[Concept]:
        places = {each.start: each for each in known_names().find(text)}
        known = {match.start: match for match in self._terms.matches(text)}
        done = 0
        for match in _WORD.finditer(text):
            start, end = match.span()
            if start < done or end - start > _LONGEST:
                continue
            if place := places.get(start) or places.get(start + 1):
                done = place.end
                if place.people:
                    yield Concept(PEOPLE, PEOPLE, Role.GROUP, 0.0, start, done)
            elif (term := known.get(start)) and term.start != term.end:
                done = term.end
                stem = self._joined(text[start:done])
                if stem in self._groups:
                    yield Concept(self._groups[stem], stem, Role.GROUP, 0.0, start, done)
                else:
                    yield Concept(self._canonical(term.link), stem, Role.THING, 2.0, start, done)
            else:
                told = self._told(match.group().lower())
                if told is not None:
                    yield Concept(*told, start, end)

    def _tells(self, word: str) -> tuple[str, str, Role, float] | None:
        """Kind, stem, role and weight of a lower-case word, None where it tells nothing."""
        word = word.replace("’", "'")
        stem = self._stem(word)
        if group := self._groups.get(word) or self._groups.get(stem):
            return group, stem, Role.GROUP, 0.0
        if (
            len(word) < _SHORTEST
            or word.endswith("monitor")
            or word in _HOW
            or word in _NUMBER_WORDS
            or not (terms := self._lexicon.terms(word))
        ):
            return None
        if word in _LIGHT:
            return stem, stem, Role.LIGHT, 0.25
        kind = self._kind(word, [term.form for term in terms if term.weight < 1.0])
        return kind, stem, Role.THING, 1.5 if len(word) >= _LONG else 1.0

    def _kind(self, word: str, parts: list[str]) -> str:
        """What a word is one with: jeugdhulpgebruik is jeugdhulp, werkloosheid werkloos."""
        for light in ("gebruik", "problematiek", "problemen", "percentage", "cijfer", "cijfers", "gebruikers"):
            if word.endswith(light) and len(word) - len(light) > 4:
                word = word.removesuffix(light).removesuffix("en")
                known = next(iter(self._terms.matches(word)), None)
                return self._canonical(known.link) if known else Lexicon.stem(word)
        if len(parts) > 1 and parts[0] in self._groups:
            word = word[len(parts[0]) :] if word.startswith(parts[0]) else word
        return Lexicon.stem(word.removesuffix("heid"))

    def _canonical(self, link: Link) -> str:
        """One form of all synonyms; who does something is one with what they do: mantelzorger with mantelzorg."""
        term = link.brings[0]
        deed = next(iter(self._terms.matches(term.removesuffix("er"))), None) if term.endswith("er") else None
        return self._joined(term if deed is None else deed.link.brings[0])

    def _joined(self, term: str) -> str:
        return " ".join(self._stem(word.lower()) for word in _WORD.findall(term))


def fit_together(one: str | None, two: str | None) -> bool:
    """Whether two groups of people may be the same; one that is not told may be any."""
    return one is None or two is None or one == two or frozenset((one, two)) in _WITHIN


@cache
def packaged_stems() -> Stems:
    """With the synonyms that come with the product."""
    return Stems()
