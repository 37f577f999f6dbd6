"""What one way of searching is made of: the words of an experiment, with the product's own values as defaults."""

from dataclasses import dataclass
from enum import Enum

from app.retrieval import WEIGHTS, WITHOUT_TOKENS
from embeddings.lexical import ALSO_WEIGHT, K1, PART_WEIGHT, REFERENCE_LENGTH, B
from ingest.split import TARGET_CHARACTERS


class Terms(Enum):
    """What a text is cut into: words, made one form in some way, or pieces of words."""

    PRODUCT = "product"
    AS_WRITTEN = "as written"
    SNOWBALL_DUTCH = "dutch"
    DUTCH_PORTER = "dutch_porter"
    LEMMAS = "lemmas"
    FIVE_GRAMS = "character 5-grams"


@dataclass(frozen=True, slots=True)
class Reading:
    """What is made of a question's words: slips mended or not, and where other words for the same come from.

    `without` is the number of a synonym group that is left out.
    """

    mended: bool = True
    synonyms: bool = True
    abbreviations: bool = True
    without: int | None = None


PLAIN = Reading(mended=False, synonyms=False, abbreviations=False)
MENDED = Reading(synonyms=False, abbreviations=False)


@dataclass(frozen=True, slots=True)
class Words:
    """BM25. `title`, `heading` and `quote` are how often each counts; a `part_weight` of 0 leaves compounds whole.

    `reference` is the length in terms that b measures by; None: the mean of the passages.
    """

    terms: Terms = Terms.PRODUCT
    part_weight: float = PART_WEIGHT
    k1: float = K1
    b: float = B
    reference: float | None = REFERENCE_LENGTH
    title: float = 1.0
    heading: float = 1.0
    quote: float = 1.0
    also_weight: float = ALSO_WEIGHT


@dataclass(frozen=True, slots=True)
class Proximity:
    """Pairs of the question's words that stand near each other: the lesser idf over their distance."""

    window: int = 8


class Embedded(Enum):
    """What is embedded of a passage; `BOTH` is the mean of the vectors of all of it and of the quote."""

    TITLE_HEADING_QUOTE = "title, heading, quote"
    HEADING_QUOTE = "heading, quote"
    QUOTE = "quote"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Meaning:
    """Cosine of question and passage; `feedback` is what the mean of the first passages found counts for."""

    embedded: Embedded = Embedded.TITLE_HEADING_QUOTE
    feedback: float = 0.0
    feedback_passages: int = 3


@dataclass(frozen=True, slots=True)
class Tokens:
    """Late interaction with one vector for every `pooled` tokens of a passage; `rounded` to 8 bits a value.

    `idf`: a token of the question counts for as much as the idf of its word, else all count the same.
    """

    pooled: int = 2
    rounded: bool = True
    idf: bool = True
    embedded: Embedded = Embedded.TITLE_HEADING_QUOTE


@dataclass(frozen=True, slots=True)
class Convex:
    """A weighted mean of scores scaled to 0-1 over what each leg found; legs in the order of the recipe."""

    meaning: float = WEIGHTS.meaning
    words: float = WEIGHTS.words
    tokens: float = WEIGHTS.tokens
    extra: float = 0.0


@dataclass(frozen=True, slots=True)
class ReciprocalRank:
    """The sum of 1 / (k + rank)."""

    k: int


@dataclass(frozen=True, slots=True)
class DistributionBased:
    """A weighted sum of scores scaled by each leg's mean and deviation."""

    meaning: float = 1.0
    words: float = 1.0
    tokens: float = 1.0
    extra: float = 0.0


Fusion = Convex | ReciprocalRank | DistributionBased
EVEN = Convex(WITHOUT_TOKENS.meaning, WITHOUT_TOKENS.words, WITHOUT_TOKENS.tokens)


@dataclass(frozen=True, slots=True)
class Recipe:
    """A way of searching; a leg that takes no part is None, and one that is alone needs no fusion.

    Tokens are compared for the first hundred of the other legs only, where there are others.
    `neighbours` is how much of a passage's score comes from the better of the passages before and after it;
    `repeats_last` puts near-duplicates after the rest; `target` is the length that passages are split near to.
    """

    words: Words | None = None
    meaning: Meaning | None = None
    tokens: Tokens | None = None
    extra: Words | Proximity | None = None
    fusion: Fusion = Convex()
    reading: Reading = Reading()
    neighbours: float = 0.0
    repeats_last: bool = False
    target: int = TARGET_CHARACTERS


PRODUCT = Recipe(words=Words(), meaning=Meaning(), tokens=Tokens(), repeats_last=True)
"""The search as it is."""
