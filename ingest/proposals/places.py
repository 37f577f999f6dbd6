"""The municipalities that a text is about, as far as it says so."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from corpus.municipalities import Municipalities

_SUFFIX = re.compile(r" \([A-Za-z]+\.\)$")
_EVERYDAY = ("Den Haag", "Den Bosch")
_ANCHOR = (
    r"(?:gemeenten?|gemeenteraad(?:\s+van)?|raad\s+van|burgemeester\s+en\s+wethouders\s+van|college\s+van|"
    r"gemeentebestuur\s+van|stad)(?:\s+de\s+gemeente)?"
)
_AND_MORE = r"\s*(?:,|/|\ben\b|\s&\s)\s*"
_MOST = 2
_ENOUGH = 3

# Names that are everyday words, family names, provinces or places elsewhere too: only "gemeente Bergen" tells.
_DOUBTFUL = frozenset(
    """
    altena bergen best beek berkelland bernheze borne breda buren delft diemen doesburg dongen dronten echt ede edam
    elburg epe ermelo goes gouda groningen halderberge hattem heerde heusden hoorn horst houten huizen hulst kampen
    kapelle katwijk krimpenerwaard laren leiden lisse losser maassluis meppel molenlanden montferland nederweert
    noordwijk oss oude putten raalte rheden rucphen sluis soest son steenwijkerland stein texel tholen tiel urk utrecht
    vaals veere
    venlo voorst vught waterland weert westland wierden woudenberg zeist zuidplas zundert zwijndrecht
    """.split()
)


class Places:
    """Finds the municipalities of the CBS list in texts and names."""

    def __init__(self, municipalities: Municipalities) -> None:
        names = dict.fromkeys([*(_SUFFIX.sub("", each.name) for each in municipalities), *_EVERYDAY])
        found = {name: municipalities.get(name) for name in names}
        self._names = {_key(name): each.name for name, each in found.items() if each is not None}
        any_name = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True))
        self._plain = re.compile(rf"(?<![\w-])(?:{any_name})(?![\w-])")
        self._any_case = re.compile(rf"(?i)(?<![\w-])(?:{any_name})(?![\w-])")
        self._anchored = re.compile(
            rf"(?i)\b{_ANCHOR}\s+(?P<names>(?:{any_name})(?:{_AND_MORE}(?:{any_name}))*)(?![\w-])"
        )

    def named(self, text: str) -> list[str]:
        """The official names of those that a short text, such as a title, names as a municipality or beyond doubt."""
        names = [*self._after_anchor(text), *(name for name in self._mentioned(text) if not _is_doubtful(name))]
        return list(dict.fromkeys(official for name in names if (official := self._names.get(_key(name)))))[:_MOST]

    def in_file_name(self, name: str) -> list[str]:
        """The same for the name of a file, whose capitals tell nothing."""
        flat = re.sub(r"[_+.\-]+", " ", name)
        found = [match.group() for match in self._any_case.finditer(flat)]
        names = [*self._after_anchor(flat), *(each for each in found if not _is_doubtful(each))]
        return list(dict.fromkeys(official for each in names if (official := self._names.get(_key(each)))))[:_MOST]

    def about(self, text: str) -> list[str]:
        """The official names of those that a longer text names again and again or as 'gemeente X', the most first."""
        counts: Counter[str] = Counter()
        for name in self._after_anchor(text):
            counts[_key(name)] += _ENOUGH
        for name in self._mentioned(text):
            if not _is_doubtful(name) or _key(name) in counts:
                counts[_key(name)] += 1
        most = max(counts.values(), default=0)
        best = [name for name, count in counts.most_common() if count >= _ENOUGH and count * 2 >= most]
        return list(dict.fromkeys(self._names[name] for name in best if name in self._names))[:_MOST]

    def _after_anchor(self, text: str) -> Iterator[str]:
        for match in self._anchored.finditer(text):
            yield from (name.group() for name in self._any_case.finditer(match["names"]))

    def _mentioned(self, text: str) -> Iterator[str]:
        return (match.group() for match in self._plain.finditer(text))


@lru_cache(maxsize=2)
def places_of(municipalities: Municipalities) -> Places:
    """The finder for a list of municipalities, made once."""
    return Places(municipalities)


def _is_doubtful(name: str) -> bool:
    return _key(name) in _DOUBTFUL


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())
