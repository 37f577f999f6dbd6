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
_OWN = Words()
_BARE = Words(terms=Terms.AS_WRITTEN, part_weight=0.0)


def main_line() -> Branch:
    """From words as they are written to the product, one step at a time."""
    words, two = Recipe(words=Words(), reading=PLAIN), Recipe(words=Words(), meaning=Meaning(), fusion=EVEN)
    own = f"convex {_three(Convex())}"
    steps = [
        (f"words as written ({_saturation(Words())}; title, headings and quote)", Recipe(words=_BARE, reading=PLAIN)),
        ("words stemmed (dutch_porter, ends made one)", replace(words, words=Words(part_weight=0.0))),
        (f"compounds beside their parts, which count {_OWN.part_weight:g}", words),
        ("and meaning: convex, half and half", replace(two, reading=PLAIN)),
        (f"and late interaction over the first 100: {own}", replace(_WHOLE, reading=PLAIN, tokens=_EVEN)),
        ("the question's tokens weighted by idf", replace(_WHOLE, reading=PLAIN)),
        ("slips in the question mended", replace(_WHOLE, reading=MENDED)),
        (f"synonyms at {_OWN.also_weight:g}", replace(_WHOLE, reading=Reading(abbreviations=False))),
        ("abbreviations of the documents", _WHOLE),
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
        _whole("The same words in the whole search", "V", [each for each in _words() if not _saturates(each[1])]),
        _alone("Meaning alone", "D", "Each against D0: multilingual model, one vector a passage.", _meaning()),
        _whole("The same meaning in the whole search", "E", [*_meaning(), *_contexts()]),
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
    parts = [Words(part_weight=weight) for weight in (0.25, 0.5, 0.75, 1)]
    saturations = [Words(k1=k1, b=b) for k1, b in ((1.2, 0.75), (1.2, 0.4), (2, 0.5), (2, 0.75), (2, 0.9), (3, 0.75))]
    return [
        (f"product: dutch_porter, ends made one; parts {_OWN.part_weight:g}; {_saturation(_OWN)}", Recipe(words=_OWN)),
        *((f"stemmer: {name}", Recipe(words=Words(terms=terms))) for name, terms in stems),
        ("compounds left whole", Recipe(words=Words(part_weight=0.0))),
        *((f"compound parts count {each.part_weight:g}", Recipe(words=each)) for each in _others_than_own(parts)),
        *((_saturation(each), Recipe(words=each)) for each in _others_than_own(saturations)),
        ("without title", Recipe(words=Words(title=0.0))),
        ("without title and headings", Recipe(words=Words(title=0.0, heading=0.0))),
        ("headings counted twice", Recipe(words=Words(heading=2.0))),
        ("character 5-grams in place of words", Recipe(words=_GRAMS)),
    ]


def _saturates(recipe: Recipe) -> bool:
    """Whether it changes k1 or b only, which the whole search hardly feels."""
    words = recipe.words or Words()
    return words != _OWN and replace(words, k1=_OWN.k1, b=_OWN.b) == _OWN


def _others_than_own(all_: Iterable[Words]) -> list[Words]:
    return [each for each in all_ if each != _OWN]


def _saturation(words: Words) -> str:
    return f"BM25 k1 {words.k1:g}, b {words.b:g}"


_GRAMS = Words(terms=Terms.FIVE_GRAMS, reference=None)


def _meaning() -> list[tuple[str, Recipe]]:
    return [
        ("product: title, headings and quote embedded", Recipe(meaning=Meaning())),
        ("headings and quote", Recipe(meaning=Meaning(Embedded.HEADING_QUOTE))),
        ("quote only", Recipe(meaning=Meaning(Embedded.QUOTE))),
        ("mean of the vectors of D0 and D2", Recipe(meaning=Meaning(Embedded.BOTH))),
        ("pseudo-relevance feedback: Rocchio, first 3 at 0.3", Recipe(meaning=Meaning(feedback=0.3))),
    ]


def _contexts() -> list[tuple[str, Recipe]]:
    """Meaning and tokens of the same text, as one pass of the model gives them."""
    made = []
    for what, embedded in (("headings and quote", Embedded.HEADING_QUOTE), ("quote only", Embedded.QUOTE)):
        recipe = replace(_WHOLE, meaning=Meaning(embedded), tokens=Tokens(embedded=embedded))
        made.append((f"meaning and tokens of {what}", recipe))
    heavier = replace(_WHOLE, meaning=Meaning(Embedded.QUOTE), fusion=Convex(0.3, 0.3, 0.4))
    return [*made, ("meaning of quote only, convex 0.3/0.3/0.4", heavier)]


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
        (0.2, 0.3, 0.5),
        (0.15, 0.3, 0.55),
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
    own, others = Convex(), [Convex(*each) for each in weights if Convex(*each) != Convex()]
    same = f"convex {_three(own)}"
    fusions: list[tuple[str, Fusion]] = [
        *((f"convex {_three(each)}", each) for each in others),
        *((f"reciprocal rank, k {k}", ReciprocalRank(k)) for k in (2, 10, 60)),
        (f"distribution-based {_three(own)}", DistributionBased(own.meaning, own.words, own.tokens)),
        ("distribution-based, even", DistributionBased()),
    ]
    made = [(f"step M8: {same}", _WHOLE)]
    made += [(what, replace(_WHOLE, fusion=fusion)) for what, fusion in fusions]
    made.append((f"{same}, every token kept", replace(_WHOLE, tokens=Tokens(1, False))))
    made.append((f"{same}, tokens pooled to 1/8", replace(_WHOLE, tokens=Tokens(8, False))))
    about = "Weights of meaning, words and tokens; tokens are compared for the first 100 of the other two. Against T0."
    return _branch("Three legs", "T", about, made)


def _synonyms() -> Branch:
    own = f"weight {_OWN.also_weight:g}"
    weighted = _others_than_own(Words(also_weight=each) for each in (0.2, 0.3, 0.5, 0.7, 0.85, 1.0))
    without = Reading(synonyms=False)
    whole = [(f"step M8: {own}", _WHOLE), ("no synonyms", replace(_WHOLE, reading=without))]
    whole += [(f"weight {each.also_weight:g}", replace(_WHOLE, words=each)) for each in weighted]
    alone = [(f"words alone: {own}", Recipe(words=_OWN))]
    alone.append(("words alone: no synonyms", Recipe(words=_OWN, reading=without)))
    alone += [(f"words alone: weight {each.also_weight:g}", Recipe(words=each)) for each in weighted]
    base = f"Y{len(whole)}"
    about = (
        f"Weight of other words for the same, against the word that is asked. Against Y0, words alone against {base}."
    )
    branch = _branch("Synonyms and abbreviations", "Y", about, [*whole, *alone])
    later = (replace(each, against=None if each.name == base else base) for each in branch.variants[len(whole) :])
    return replace(branch, variants=(*branch.variants[: len(whole)], *later))


def _sizes() -> Branch:
    made = [("product: near 650 characters", PRODUCT)]
    made += [(f"near {target} characters", replace(PRODUCT, target=target)) for target in SIZES]
    about = "Long passages win nDCG for free; figures count at a median of at most 700 characters. Against S0."
    return _branch("Size of passages", "S", about, made)


SIZES = (500, 800)


def _others() -> Branch:
    own = Convex()
    with_extra = replace(own, extra=(own.meaning + own.words + own.tokens) / 9)
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
        (
            what,
            replace(
                recipe,
                words=recipe.words or _WHOLE.words,
                meaning=recipe.meaning or _WHOLE.meaning,
                tokens=recipe.tokens or _WHOLE.tokens,
            ),
        )
        for what, recipe in made
    ]
    return _branch(title, letter, f"In the search of step M8. Each against {letter}0.", changed)


def _branch(title: str, letter: str, about: str, made: Iterable[tuple[str, Recipe]]) -> Branch:
    variants = tuple(
        Variant(f"{letter}{number}", what, recipe, f"{letter}0" if number else None)
        for number, (what, recipe) in enumerate(made)
    )
    return Branch(title, about, variants)


def _three(weights: Convex) -> str:
    each = (weights.meaning, weights.words, weights.tokens)
    return "/".join(f"{weight:.2f}".rstrip("0").rstrip(".") for weight in each)
