"""What a word is made of, worked out once for each."""

import re
from functools import lru_cache

from app.suggestions.folding import folded
from app.suggestions.general_words import GENERAL_WORDS
from embeddings.compounds import CompoundSplitter
from embeddings.lexical import Lexicon
from embeddings.stopwords import STOP_WORDS

# Endings of nouns alone, in words of some length.
_NOUN_ENDINGS = tuple("heid heden ing ingen teit teiten schap schappen isme atie aties logie ment".split())
_SHORTEST_WITH_ENDING = 7
_SHORTEST_PIECE = 4
_ADJECTIVE_ENDINGS = tuple(
    "lijk lijke end ende loos loze baar bare baarste isch ische zaam zame gericht gerichte matig matige gewijs streeks "
    "jarig jarige talig talige ledig ledige eert eerd eerde gedreven rijk rijke sensitief sensitieve maal waardig "
    "waardige bestendig bestendige schools schoolse vrije efficiënte tijdig".split()
)
_PARTICIPLE = re.compile("ge.+(?:d|t|en)")
_PIECE = re.compile(r"[^\W_]+")


class WordAnalysis:
    """Stems, parts and kinds of lower-case words; safe to use from several threads."""

    def __init__(self) -> None:
        self._splitter = CompoundSplitter()
        self.says_something = lru_cache(maxsize=100_000)(self._says_something)
        self.stem = lru_cache(maxsize=100_000)(self._stem)
        self.tails = lru_cache(maxsize=100_000)(self._tails)
        self.last_part = lru_cache(maxsize=100_000)(self._last_part)

    @staticmethod
    def _says_something(word: str) -> bool:
        """Whether a word is about anything."""
        plain = folded(word)
        return len(plain) > 1 and word not in STOP_WORDS and plain not in GENERAL_WORDS and not plain.isdigit()

    def ends_as_noun(self, word: str) -> bool:
        """Whether the end of a word tells that it is a noun."""
        return len(word) >= _SHORTEST_WITH_ENDING and word.endswith(_NOUN_ENDINGS)

    def ends_as_adjective(self, word: str) -> bool:
        """Whether the end of a word tells that it is an adjective."""
        return word.endswith(_ADJECTIVE_ENDINGS)

    def looks_like_participle(self, part: str) -> bool:
        """Whether the stem of a part may be of a participle: gedreven, gegeven, but gebied as well."""
        return _PARTICIPLE.fullmatch(part) is not None

    def _stem(self, word: str) -> str:
        """Folded; of a word with hyphens the last part is inflected, and 's is an ending."""
        word = word.replace("’", "'").removesuffix("'s")
        cut = max(map(word.rfind, "-'")) + 1
        return folded(word[:cut] + Lexicon.stem(word[cut:])) if cut < len(word) else folded(word)

    def _tails(self, word: str) -> tuple[str, ...]:
        """Folded, all with which a later part of a word begins: huizenprijzen has prijzen and prijs."""
        found: dict[str, None] = {}
        start = 0
        for piece in _PIECE.findall(word):
            place = word.index(piece, start)
            if start:
                found[folded(word[place:])] = None
            end = place
            parts = self._splitter.split(piece)
            for number, part in enumerate(parts):
                begins = word.find(part[:-2], end)
                end = begins + len(part) - 2
                if number:
                    tail = folded(word[begins:])
                    found |= dict.fromkeys((tail,) if tail.startswith(folded(part)) else (tail, folded(part)))
            start = place + len(piece)
        return tuple(found)

    def _last_part(self, word: str) -> str:
        """The stem of what a compound is a kind of (lijst, for wachtlijsten); empty where it is no compound."""
        piece = _PIECE.findall(word.replace("’", "'").removesuffix("'s"))[-1]
        parts = self._splitter.split(piece)
        if parts:
            return self.stem(parts[-1])
        return self.stem(piece) if "-" in word and len(piece) >= _SHORTEST_PIECE else ""
