"""The Dutch municipalities of the CBS list, found by code or by name."""

import csv
import difflib
import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.document import Municipality
from corpus.errors import UsageError

_LIST = Path(__file__).parent / "municipalities.csv"
_SUFFIX = re.compile(r" \([a-z]+\.\)$")  # "Bergen (NH.)", "Hengelo (O.)"
_CODE = re.compile(r"gm\d{4}")
_EVERYDAY = {"den haag": "'s-gravenhage", "den bosch": "'s-hertogenbosch"}


class Municipalities:
    """The municipalities in the order of their names; found whatever the case, accents or kind of apostrophe."""

    def __init__(self, municipalities: Sequence[Municipality]) -> None:
        self._all = tuple(sorted(municipalities, key=lambda municipality: _fold(municipality.name)))
        self._found: dict[str, Municipality] = {}
        short: dict[str, list[Municipality]] = {}
        for municipality in self._all:
            self._found[_fold(municipality.code)] = self._found[_fold(municipality.name)] = municipality
            short.setdefault(_SUFFIX.sub("", _fold(municipality.name)), []).append(municipality)
        self._namesakes = {name: tuple(same) for name, same in short.items() if len(same) > 1}
        for name, same in short.items():
            if len(same) == 1:
                self._found.setdefault(name, same[0])
        for everyday, official in _EVERYDAY.items():
            if official in self._found:
                self._found[everyday] = self._found[official]

    def __iter__(self) -> Iterator[Municipality]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def get(self, value: str) -> Municipality | None:
        """The municipality with this code or name, if there is one."""
        return self._found.get(_fold(value))

    def find(self, value: str) -> Municipality:
        """The municipality with this code or name; UsageError, with the closest names, where there is none."""
        found = self.get(value)
        if found is None:
            meant = " of ".join(f"{near.name} ({near.code})" for near in self.close_to(value))
            hint = f"bedoelde u {meant}?" if meant else "geef een naam of GM-code, zoals Utrecht of GM0344"
            raise UsageError(f"Gemeente {value!r} staat niet op de lijst van het CBS: {hint}")
        return found

    def close_to(self, value: str) -> tuple[Municipality, ...]:
        """At most three municipalities whose name looks like `value`, the likeliest first."""
        folded = _fold(value)
        if folded in self._namesakes:
            return self._namesakes[folded]
        names = (name for name in self._found if not _CODE.fullmatch(name))
        near = difflib.get_close_matches(folded, names, n=6, cutoff=0.75)
        return tuple(dict.fromkeys(self._found[name] for name in near))[:3]


@functools.cache
def load_municipalities() -> Municipalities:
    """The municipalities of 2026, from CBS table 85755NED (see SOURCES.md)."""
    with _LIST.open(encoding="utf-8", newline="") as rows:
        return Municipalities([Municipality(row["code"], row["name"]) for row in csv.DictReader(rows)])


def _fold(value: str) -> str:
    letters = unicodedata.normalize("NFKD", value.replace("’", "'").replace("‘", "'"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())
