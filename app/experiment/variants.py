"""The ways of searching that are compared: a main line, each built on the one before, and branches off it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.experiment.recipe import (
    EVEN,
    MENDED,
    PLAIN,
    PRODUCT,
    Convex,
    DistributionBased,
    Embedded,
    Fusion,
    Meaning,
    Proximity,
    Reading,
    Recipe,
    ReciprocalRank,
    Terms,
    Tokens,
    Words,
)


@dataclass(frozen=True, slots=True)
class Variant:
    """A way of searching by a short name; `against` names the one it is compared with, None for the first."""

    name: str
    what: str
    recipe: Recipe
    against: str | None


@dataclass(frozen=True, slots=True)
class Branch:
    """Variants that change the same thing."""

    title: str
    about: str
    variants: tuple[Variant, ...]


_WHOLE = replace(PRODUCT, repeats_last=False)
_BARE = Words(terms=Terms.AS_WRITTEN, part_weight=0.0)


def main_line() -> Branch:
    """From words as they are written to the product, one step at a time."""
    words, two = Recipe(words=Words(), reading=PLAIN), Recipe(words=Words(), meaning=Meaning(), fusion=EVEN)
    steps = [
        ("words as written (BM25 k1 2, b 0.75; title, headings and quote)", Recipe(words=_BARE, reading=PLAIN)),
        ("words stemmed (dutch_porter, ends made one)", replace(words, words=Words(part_weight=0.0))),
        ("compounds beside their parts, which count half", words),
        ("and meaning: convex, half and half", replace(two, reading=PLAIN)),
        ("and late interaction over the first 100: convex 0.2/0.3/0.5", replace(_WHOLE, reading=PLAIN, tokens=_EVEN)),
        ("the question's tokens weighted by idf", replace(_WHOLE, reading=PLAIN)),
        ("slips in the question mended", replace(_WHOLE, reading=MENDED)),
        ("synonyms at 0.3", replace(_WHOLE, reading=Reading(abbreviations=False))),
        ("abbreviations of the documents at 0.3", _WHOLE),
        ("near-duplicates last: the product", PRODUCT),
    ]
    return Branch(
        "The main line",
        "Each step is compared with the one before.",
        tuple(
            Variant(f"M{number}", what, recipe, f"M{number - 1}" if number else None)
            for number, (what, recipe) in enumerate(steps)
        ),
    )


_EVEN = Tokens(idf=False)


def branches() -> tuple[Branch, ...]:
    """Everything else that was tried; none of it is built upon."""
    return (
        _alone("Words alone", "W", "Each against W0, which is step M8's words without the other legs.", _words()),
        _whole("The same words in the whole search", "V", _words()),
        _alone("Meaning alone", "D", "Each against D0: multilingual model, one vector a passage.", _meaning()),
        _whole("The same meaning in the whole search", "E", _meaning()),
        _fusions(),
        _late(),
        _weights(),
        _synonyms(),
        _sizes(),
        _others(),
    )


def single_legs() -> dict[str, Recipe]:
    """Each leg of the product alone."""
    return {
        "words": Recipe(words=Words()),
        "meaning": Recipe(meaning=Meaning()),
        "tokens": Recipe(tokens=Tokens()),
    }


def _words() -> list[tuple[str, Recipe]]:
    stems = [
        ("words as written", Terms.AS_WRITTEN),
        ("Snowball dutch", Terms.SNOWBALL_DUTCH),
        ("dutch_porter, ends as they are", Terms.DUTCH_PORTER),
        ("simplemma lemmas", Terms.LEMMAS),
    ]
    return [
        ("product: dutch_porter, ends made one; parts 0.5; k1 2, b 0.75", Recipe(words=Words())),
        *((f"stemmer: {name}", Recipe(words=Words(terms=terms))) for name, terms in stems),
        ("compounds left whole", Recipe(words=Words(part_weight=0.0))),
        *((f"compound parts count {weight:g}", Recipe(words=Words(part_weight=weight))) for weight in (0.25, 0.75, 1)),
        *((f"k1 {k1:g}, b {b:g}", Recipe(words=Words(k1=k1, b=b))) for k1, b in _SATURATIONS),
        ("without title", Recipe(words=Words(title=0.0))),
        ("without title and headings", Recipe(words=Words(title=0.0, heading=0.0))),
        ("headings counted twice", Recipe(words=Words(heading=2.0))),
        ("character 5-grams in place of words", Recipe(words=_GRAMS)),
    ]


_SATURATIONS = ((1.2, 0.75), (1.2, 0.4), (2, 0.5), (2, 0.9), (3, 0.75))
_GRAMS = Words(terms=Terms.FIVE_GRAMS, reference=None)


def _meaning() -> list[tuple[str, Recipe]]:
    return [
        ("product: title, headings and quote embedded", Recipe(meaning=Meaning())),
        ("headings and quote", Recipe(meaning=Meaning(Embedded.HEADING_QUOTE))),
        ("quote only", Recipe(meaning=Meaning(Embedded.QUOTE))),
        ("pseudo-relevance feedback: Rocchio, first 3 at 0.3", Recipe(meaning=Meaning(feedback=0.3))),
    ]


def _fusions() -> Branch:
    two = Recipe(words=Words(), meaning=Meaning(), fusion=EVEN)
    fusions: list[tuple[str, Fusion]] = [
        ("convex, meaning 0.5", EVEN),
        *((f"convex, meaning {share:g}", Convex(share, 1 - share)) for share in (0.3, 0.4, 0.6, 0.7)),
        *((f"reciprocal rank, k {k}", ReciprocalRank(k)) for k in (2, 10, 20, 60)),
        ("distribution-based (DBSF)", DistributionBased()),
    ]
    made = [(what, replace(two, fusion=fusion)) for what, fusion in fusions]
    return _branch("Fusion of two: words and meaning", "F", "Each against F0.", made)


def _late() -> Branch:
    pools = [("every token", Tokens(1, False))]
    pools += [(f"pooled to 1/{size}", Tokens(size, False)) for size in (2, 3, 4, 8)]
    made = [
        ("product: pooled to 1/2 (Ward), 8 bits a value, idf weights", Recipe(tokens=Tokens())),
        *((f"{what}, idf weights", Recipe(tokens=tokens)) for what, tokens in pools),
        *((f"{what}, even weights", Recipe(tokens=replace(tokens, idf=False))) for what, tokens in pools),
    ]
    about = "Over all passages, not as a second stage. Each against L0; a fraction is how many vectors stay."
    return _branch("Late interaction alone", "L", about, made)


def _weights() -> Branch:
    weights = [
        (0.2, 0.4, 0.4),
        (0.3, 0.3, 0.4),
        (1 / 3, 1 / 3, 1 / 3),
        (0.3, 0.4, 0.3),
        (0.25, 0.25, 0.5),
        (0.15, 0.25, 0.6),
        (0.1, 0.3, 0.6),
        (0.1, 0.4, 0.5),
        (0.0, 0.4, 0.6),
        (0.0, 0.5, 0.5),
        (0.4, 0.0, 0.6),
    ]
    fusions: list[tuple[str, Fusion]] = [
        *((f"convex {_three(each)}", Convex(*each)) for each in weights),
        *((f"reciprocal rank, k {k}", ReciprocalRank(k)) for k in (2, 10, 60)),
        ("distribution-based 0.2/0.3/0.5", DistributionBased(0.2, 0.3, 0.5)),
        ("distribution-based, even", DistributionBased()),
    ]
    made = [("step M8: convex 0.2/0.3/0.5", _WHOLE)]
    made += [(what, replace(_WHOLE, fusion=fusion)) for what, fusion in fusions]
    made.append(("convex 0.2/0.3/0.5, every token kept", replace(_WHOLE, tokens=Tokens(1, False))))
    made.append(("convex 0.2/0.3/0.5, tokens pooled to 1/8", replace(_WHOLE, tokens=Tokens(8, False))))
    about = "Weights of meaning, words and tokens; tokens are compared for the first 100 of the other two. Against T0."
    return _branch("Three legs", "T", about, made)


def _synonyms() -> Branch:
    made = [("step M8: weight 0.3", _WHOLE)]
    made.append(("no synonyms", replace(_WHOLE, reading=Reading(synonyms=False))))
    made += [(f"weight {each:g}", replace(_WHOLE, words=Words(also_weight=each))) for each in (0.2, 0.5, 0.7)]
    made.append(("words alone: weight 0.3", Recipe(words=Words())))
    alone = f"Y{len(made) - 1}"
    made.append(("words alone: no synonyms", Recipe(words=Words(), reading=Reading(synonyms=False))))
    made += [(f"words alone: weight {each:g}", Recipe(words=Words(also_weight=each))) for each in (0.2, 0.5, 0.7)]
    about = f"Weight of other words for the same, against the word that is asked. Against Y0, words alone against {alone}."
    branch = _branch("Synonyms and abbreviations", "Y", about, made)
    at = next(place for place, each in enumerate(branch.variants) if each.name == alone)
    later = tuple(replace(each, against=alone) for each in branch.variants[at + 1 :])
    first = replace(branch.variants[at], against=None)
    return replace(branch, variants=(*branch.variants[:at], first, *later))


def _sizes() -> Branch:
    made = [("product: near 650 characters", PRODUCT)]
    made += [(f"near {target} characters", replace(PRODUCT, target=target)) for target in SIZES]
    about = "Long passages win nDCG for free; figures count at a median of at most 700 characters. Against S0."
    return _branch("Size of passages", "S", about, made)


SIZES = (500, 800)


def _others() -> Branch:
    with_extra = Convex(0.18, 0.27, 0.45, 0.1)
    made = [
        ("step M8", _WHOLE),
        ("near-duplicates last: the product", PRODUCT),
        ("proximity of terms as a fourth leg, 0.1", replace(_WHOLE, extra=Proximity(), fusion=with_extra)),
        (
            "words of title and headings as a fourth leg, 0.1",
            replace(_WHOLE, extra=Words(quote=0.0, reference=None), fusion=with_extra),
        ),
        ("character 5-grams as a fourth leg, 0.1", replace(_WHOLE, extra=_GRAMS, fusion=with_extra)),
        ("a fifth of the score from the neighbours", replace(_WHOLE, neighbours=0.2)),
    ]
    return _branch("Other legs and the order of the list", "O", "Each against O0.", made)


def _alone(title: str, letter: str, about: str, made: Sequence[tuple[str, Recipe]]) -> Branch:
    return _branch(title, letter, about, made)


def _whole(title: str, letter: str, made: Iterable[tuple[str, Recipe]]) -> Branch:
    """The same leg in the search of step M8."""
    changed = [
        (what, replace(_WHOLE, words=recipe.words or _WHOLE.words, meaning=recipe.meaning or _WHOLE.meaning))
        for what, recipe in made
    ]
    return _branch(title, letter, f"In the search of step M8. Each against {letter}0.", changed)


def _branch(title: str, letter: str, about: str, made: Iterable[tuple[str, Recipe]]) -> Branch:
    variants = tuple(
        Variant(f"{letter}{number}", what, recipe, f"{letter}0" if number else None)
        for number, (what, recipe) in enumerate(made)
    )
    return Branch(title, about, variants)


def _three(weights: tuple[float, float, float]) -> str:
    return "/".join(f"{weight:.2f}".rstrip("0").rstrip(".") for weight in weights)
