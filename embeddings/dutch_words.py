"""Whether a word is correct Dutch: in the OpenTaal list, inflected from a word in it, or a compound of such words."""

import re
from collections.abc import Iterator

from embeddings.compounds import CompoundSplitter
from embeddings.strong_verbs import PARTICLES, STRONG_FORMS

_VOWELS = "aeiouy"
_SHORTEST_BASE = 3
_HARD = {"v": "f", "z": "s"}
# What follows a verb's stem, and a noun's or adjective's. Nouns on these suffixes take no -e: "scheidinge" is a slip.
_VERB_ENDINGS = ("t", "d", "de", "te", "den", "ten")
_NOUN_ENDINGS = (
    "s",
    "en",
    "n",
    "ën",
    "er",
    "ere",
    "der",
    "dere",
    "st",
    "ste",
    "je",
    "jes",
    "tje",
    "tjes",
    "pje",
    "pjes",
)
_NO_FINAL_E = ("ing", "heid", "schap", "teit", "atie", "sel")
_PREFIXES = ("ge", "be", "ver", "ont", "her", "")
_ACCENTS = str.maketrans("áéíóú", "aeiou")  # of stress: vóórkomen
_TREMA_AFTER_GE = re.compile("^ge([ëïü])")  # geëvalueerd
_LONG_VOWEL = re.compile("[^aeou](?:aa|ee|oo|uu)[^aeiou]$")  # which is written with one letter before a vowel


class DutchWords:
    """Knows words by the rules of inflection and compounding rather than by a list of all forms."""

    def __init__(self, splitter: CompoundSplitter) -> None:
        self._splitter = splitter

    def knows(self, word: str) -> bool:
        """Whether this lower-case word is listed, inflected from a listed one, or compound of known parts."""
        if self._knows_simple(word):
            return True
        parts = self._splitter.split(word)
        if not parts:
            return False
        return self._knows_simple(word[word.rfind(parts[-1][:-2]) :])

    def _knows_simple(self, word: str) -> bool:
        return (
            self._splitter.lists(word)
            or any(map(self._splitter.lists, _bases(word)))
            or any(map(self._knows_verb, _without_particle(word)))
        )

    def _knows_verb(self, form: str) -> bool:
        return any(form.removeprefix(prefix) in STRONG_FORMS for prefix in _PREFIXES if form.startswith(prefix)) or any(
            map(self._splitter.lists, _verbs(form))
        )


def _without_particle(word: str) -> Iterator[str]:
    """The verb in a separable one: afgeweken, overgaat; and the word itself, as a participle may be inflected too."""
    for form in (word, word.removesuffix("e")):
        yield form
        for particle in PARTICLES:
            rest = form.removeprefix(particle)
            if rest != form and len(rest) >= _SHORTEST_BASE:
                yield rest


def _bases(word: str) -> Iterator[str]:
    """The words that this one can be inflected from; not all of them exist."""
    plain = word.translate(_ACCENTS)
    if plain != word:
        yield plain
    if word.endswith("iële"):
        yield word[:-4] + "ieel"
    for ending in ("d", "de"):  # wonend, wonende
        if word.endswith("n" + ending):
            yield word.removesuffix(ending)
    for ending in (*_NOUN_ENDINGS, "e"):
        base = word.removesuffix(ending)
        if base == word or len(base) < _SHORTEST_BASE or (ending == "e" and base.endswith(_NO_FINAL_E)):
            continue
        if ending[0] != "e":
            yield base
            continue
        if not _LONG_VOWEL.search(base):
            yield base
        yield from _before_vowel(base)


def _verbs(form: str) -> Iterator[str]:
    """The infinitives of a finite form or of a participle: spijbelde, gewandeld, wordt."""
    for bare in dict.fromkeys((form, _TREMA_AFTER_GE.sub(_plain_vowel, form).removeprefix("ge"))):
        for ending in ("", *_VERB_ENDINGS):
            stem = bare.removesuffix(ending)
            if (not ending or stem != bare) and len(stem) >= _SHORTEST_BASE:
                yield from _infinitives(stem)


def _plain_vowel(match: re.Match[str]) -> str:
    return {"ë": "e", "ï": "i", "ü": "u"}[match.group(1)]


def _infinitives(stem: str) -> Iterator[str]:
    for each in dict.fromkeys((stem, stem[:-1] + {"f": "v", "s": "z"}.get(stem[-1], stem[-1]))):
        yield each + "en"
        if each[-2] == each[-3] and each[-2] in "aeou":
            yield each[:-2] + each[-1] + "en"
        yield each + each[-1] + "en"


def _before_vowel(base: str) -> Iterator[str]:
    """How a base is written without the ending that begins with a vowel: gezinn gezin, jar jaar, huiz huis."""
    if base[-1] == base[-2]:
        yield base[:-1]
    hard = base[:-1] + _HARD.get(base[-1], base[-1])
    if hard != base:
        yield hard
    if hard[-2] in "aeou" and hard[-3] not in "aeouy":
        yield hard[:-1] + hard[-2] + hard[-1]
