"""Names of municipalities in a text, also as in Utrechtse, Amersfoorters or Zwollenaren."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from corpus.municipalities import load_municipalities

_ENDINGS = (
    "", "s", "se", "sche", "er", "ers", "ër", "ërs", "naar", "naars", "naren", "nees", "nezen", "aar", "aars", "aren",
    "enaar", "enaars", "enaren", "ling", "lingen", "der", "ders", "ster", "sters",
)  # fmt: skip
_CAPITAL = re.compile(r"(?<![\w])['’]?[^\W\d_a-zà-ÿ][^\W\d_]*")
_WITHIN = re.compile(r"[^\W\d_]+")
_BRACKETS = re.compile(r" \([^()]*\)$")
_LONGEST = 40
_EVERYDAY = {"'s-Gravenhage": ("Den Haag", "Haagse"), "'s-Hertogenbosch": ("Den Bosch", "Bossche")}


@dataclass(frozen=True, slots=True)
class Named:
    """text[start:end] names a municipality; `people`: as those who live there."""

    name: str
    start: int
    end: int
    people: bool


class PlaceNames:
    """Finds the municipalities of the CBS list and those given besides; names begin with a capital."""

    def __init__(self, names: Iterable[str]) -> None:
        self._forms: dict[str, list[tuple[str, str]]] = {}  # by first word, the longest first
        forms: dict[str, str] = {}
        for name in names:
            for form in _forms(name):
                forms.setdefault(form, name)
        for form in sorted(forms, key=len, reverse=True):
            self._forms.setdefault(_first(form), []).append((form, forms[form]))

    def find(self, text: str) -> list[Named]:
        """The names in a text in order, none overlapping."""
        return list(self._find(text))

    def _find(self, text: str) -> Iterator[Named]:
        done = 0
        for match in _CAPITAL.finditer(text):
            if match.start() < done or match.end() - match.start() > _LONGEST:
                continue
            for form, name in self._forms.get(_first(match.group().lower()), ()):
                for start in (match.start(), match.start() + 1):
                    end = start + len(form)
                    if text[start:end].lower().replace("’", "'") == form and not text[end : end + 1].isalnum():
                        yield Named(name, start, end, form.endswith(("ers", "ren", "aars", "ërs", "lingen")))
                        done = end
                        break
                if done > match.start():
                    break


@cache
def known_names() -> PlaceNames:
    """Of all municipalities of the CBS list."""
    return PlaceNames(each.name for each in load_municipalities())


def bare(name: str) -> str:
    """A name without what tells it from a namesake: "Bergen (NH.)" is Bergen."""
    return _BRACKETS.sub("", name)


def _first(form: str) -> str:
    found = _WITHIN.search(form)
    return "" if found is None else found.group()


def _forms(name: str) -> Iterator[str]:
    plain = bare(name).lower()
    yield from (form.lower() for form in _EVERYDAY.get(name, ()))
    yield plain
    for stem in _stems(plain):
        yield from (stem + ending for ending in _ENDINGS if len(stem) > 2 and (ending or stem == plain))


def _stems(plain: str) -> Iterator[str]:
    yield plain
    if match := re.search(r"(.*[^aeiou])([aeou])\2([^aeiou])$", plain):  # Amstelveen, Amstelvener
        yield match[1] + match[2] + match[3]
    if plain.endswith("e"):  # Zwolle, Zwollenaar, Zwolse
        yield plain[:-1]
        if plain[-2:-1] == plain[-3:-2]:
            yield plain[:-2]
    if match := re.search(r"(.*)([aeou])([^aeiou])e$", plain):  # Almere, Almeerse
        yield match[1] + match[2] * 2 + match[3]
    if plain.endswith("en"):
        yield plain[:-2]
