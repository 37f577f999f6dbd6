"""Dutch compounds and the words they are made of: "conflictscheiding" is "conflict" and "scheiding"."""

from functools import cache
from pathlib import Path

_WORD_LIST = Path(__file__).parent / "opentaal-basiswoorden.txt"
_SHORTEST_PART = 4
_MOST_PARTS = 4
_LONGEST_WORD = 60
# What may stand between two parts, and what a split over it costs: "beleid-s-nota", "kind-er-opvang".
_LINKS = {"": 0.0, "s": 0.1, "en": 0.2, "n": 0.3, "e": 0.4, "er": 0.4}
_ENDINGS = ("en", "s", "e", "n", "t", "d", "de", "te")
# First parts that make another word of it (particles of verbs), or that are known words by accident only.
_NO_PART = frozenset(
    "aller alle anti boven best binnen buiten daar deze dies door eers even gene gere gers gest hier hoge inge "
    "kers lijk luis mede naar nade onder ongel over prak samen schil sing teer terug toch tegen veel verre vers "
    "verst vert voor waar weer wijs zelf zoals achter heden heid ings loos lings lijks lijke schap baar tjes ster "
    "steren teit beha chappe ende lende schappelijk schappelijke eren isch isten ling lingen rijk rijke ring "
    "ringen sche tie ties ware ward waren willig erop".split()
)


class CompoundSplitter:
    """Splits a word into words of the OpenTaal list (199,000 approved base words).

    Every part is at least four letters and known: in the list, in it once an inflectional ending is taken off (the
    last part), or the stem of a listed verb (the others: "vecht-scheiding"). Of several splits the one with the
    fewest and plainest parts is taken. Verbs of the list are left whole ("ondersteunen" is not "onder-steunen").
    """

    @property
    def _words(self) -> frozenset[str]:
        return _parts()

    def lists(self, word: str) -> bool:
        """Whether the list has a lower-case word of any length, or a name or abbreviation that is written so."""
        return word in _parts() or word in _others()

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a lower-case word, at least two; empty when it is no compound of known words."""
        if not 2 * _SHORTEST_PART <= len(word) <= _LONGEST_WORD or not word.isalpha():
            return ()
        if word in self._words:
            if word.endswith("en"):
                return ()
        else:
            word = next((base for base in _bases(word) if base in self._words), word)
        # best[i]: the cheapest way to read word[i:] as parts, as (cost, parts).
        best: dict[int, tuple[float, tuple[str, ...]]] = {}
        for start in range(len(word) - _SHORTEST_PART, -1, -1):
            options: list[tuple[float, tuple[str, ...]]] = []
            if start:
                cost = self._last_cost(word[start:])
                if cost is not None:
                    options.append((cost, (word[start:],)))
            for end in range(start + _SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
                cost = self._part_cost(word[start:end])
                if cost is None:
                    continue
                for link, link_cost in _LINKS.items():
                    rest = best.get(end + len(link))
                    if rest is not None and word.startswith(link, end) and len(rest[1]) < _MOST_PARTS:
                        options.append((cost + link_cost + rest[0], (word[start:end], *rest[1])))
            if options:
                best[start] = min(options)
        return best[0][1] if 0 in best else ()

    def _part_cost(self, part: str) -> float | None:
        """What a part costs that another follows, None when it cannot be one."""
        if part in _NO_PART:
            return None
        length = 0.3 if len(part) == _SHORTEST_PART else 0.0
        if part in self._words:
            return 1.0 + length
        if any(verb in self._words for verb in _infinitives(part)):
            return 1.5 + length
        return None

    def _last_cost(self, part: str) -> float | None:
        """What the last part costs, which may be inflected; None when it cannot be one."""
        if part in _NO_PART:
            return None
        length = 0.3 if len(part) == _SHORTEST_PART else 0.0
        if part in self._words:
            return 1.0 + length
        if any(base in self._words for base in _bases(part)):
            return 1.3 + length
        return None


@cache
def _lines() -> tuple[str, ...]:
    return tuple(_WORD_LIST.read_text(encoding="utf-8").split("\n"))


@cache
def _parts() -> frozenset[str]:
    """What can be part of a compound."""
    return frozenset(filter(_is_part, _lines()))


@cache
def _others() -> frozenset[str]:
    """The rest of the list in lower case: short words, names, words with a sign in them."""
    return frozenset(line.lower() for line in _lines() if not _is_part(line))


def _is_part(word: str) -> bool:
    return len(word) >= _SHORTEST_PART and word.islower() and word.isalpha()


def _infinitives(stem: str) -> tuple[str, ...]:
    """The verbs a stem can come from: vecht -> vechten, speel -> spelen, leer -> leren, zwem -> zwemmen."""
    forms = [stem + "en"]
    if len(stem) > 3 and stem[-2] == stem[-3] and stem[-2] in "aeou":
        forms.append(stem[:-2] + stem[-1] + "en")
    forms.append(stem + stem[-1] + "en")
    return tuple(forms)


def _bases(word: str) -> list[str]:
    """What an inflected form can come from: lijsten -> lijst, gezinnen -> gezin, jaren -> jaar, huizen -> huis."""
    bases = []
    for ending in _ENDINGS:
        if not word.endswith(ending):
            continue
        base = word[: -len(ending)]
        bases.append(base)
        if ending not in ("en", "e") or len(base) < 3:
            continue
        if base[-1] == base[-2]:
            bases.append(base[:-1])
        hard = base[:-1] + {"v": "f", "z": "s"}.get(base[-1], base[-1])
        bases.append(hard)
        if hard[-2] in "aeou" and hard[-3] not in "aeiou":
            bases.append(hard[:-1] + hard[-2] + hard[-1])
    return [base for base in bases if len(base) >= _SHORTEST_PART]
