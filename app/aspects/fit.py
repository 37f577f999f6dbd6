"""Fits the model to labelled statements: `python -m app.aspects.fit tests/evaluation/aspects/tuning.jsonl`.

With `--meaning` the statements are encoded once with the packaged model as well; otherwise the weights with meaning
stay as they are.
"""

import argparse
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from app.aspects.aspect import Aspect
from app.aspects.features import features
from app.aspects.logistic import Numbers, Truths, fitted, folds, probabilities
from app.aspects.model import (
    PACKAGED_MODEL,
    AspectModel,
    AspectWeights,
    FittedOn,
    Held,
    Meaning,
)
from app.aspects.sample import LabelledStatement, Sample, read_sample
from app.aspects.signs import PREFIX
from app.aspects.statement import Statement, StatementKind
from app.aspects.word_pairs import PAIR, WORD
from embeddings.encoder import Encoder

_EXAMPLES = Path(__file__).parent / "examples.toml"
_NO_ASPECT = "none"
_CHOSEN = ("vervolg", "gericht")  # draws of what an earlier model thought likely or doubted: harder than what is found
_FEWEST = 4  # statements that a feature is shown by
_FEWEST_FILES = 3  # files that a word or pair is in: what only one document says is its subject or its name
_COMPOSED = 2.0  # how much easier a composed feature gets weight than a single cue
_FEWEST_CERTAIN = 4
_CERTAIN = 0.87
_SIGN = 4.0  # the same for what by itself should nearly settle it
_OF_VECTOR = 12.0  # the same for a number of a vector, which are small
_POINTS = ((0.9, 0.5), (0.85, 0.4), (0.8, 0.0))  # a precision, and the recall that it may cost no more than
_OF_WORD = 0.7  # the same for a word or a pair
_LEAST_THRESHOLD = 0.4  # however easy the sample makes it: what is much less likely than not is not shown
_LEAST_WEIGHT = 0.02
_LEAST_WORD_WEIGHT = 0.05
_VECTOR = re.compile(r"\[\s+-?\d[^\]\[]*\]")


def fit(sample: Sample, encoder: Encoder | None) -> AspectModel:
    """One logistic model per aspect, and where there is an encoder one more that its vectors take part in.

    The examples of examples.toml are added to the sample. Whoever reads what is found is to trust it: the threshold is
    the lowest at which precision by cross-validation is 0.9, where that leaves half of what there is; else 0.85, where
    that leaves two fifths; else 0.8. It is found on those draws that no model had a part in.
    """
    examples = _examples()
    everything = [*sample.statements, *examples]
    found = [features(each.statement) for each in everything]
    own = len(sample.statements)
    names = _names(sample.statements, found[:own])
    values = _values(found, names)
    shown = [frozenset(name for name in each if name.startswith(PREFIX)) for each in found[:own]]
    meaning = None
    if encoder is not None:
        vectors = encoder.encode_passages([each.statement.text for each in everything]).astype(np.float64)
        mean = vectors[:own].mean(axis=0)
        meaning = Meaning(
            fingerprint=encoder.fingerprint,
            mean=_rounded(mean, 5),
            aspects=_fitted(everything, shown, names, np.hstack([values, (vectors - mean) * _OF_VECTOR])),
        )
    return AspectModel(
        fitted_on=FittedOn(name=sample.name, sha256=sample.sha256, statements=len(sample.statements)),
        words=_fitted(everything, shown, names, values),
        meaning=meaning,
    )


def _examples() -> list[LabelledStatement]:
    with _EXAMPLES.open("rb") as file:
        listed = tomllib.load(file)
    return [
        LabelledStatement(
            file=_EXAMPLES.name,
            statement=Statement("", 0, len(text), text, StatementKind.SENTENCE, (), None),
            aspects=frozenset() if name == _NO_ASPECT else frozenset(map(Aspect, name.split("+"))),
            drawn="example",
        )
        for name, texts in listed.items()
        for text in texts
    ]


def _names(statements: Sequence[LabelledStatement], found: Sequence[Mapping[str, float]]) -> list[str]:
    counted: Counter[str] = Counter()
    files: dict[str, set[str]] = {}
    for each, shown in zip(statements, found, strict=True):
        for name in shown:
            counted[name] += 1
            files.setdefault(name, set()).add(each.file)
    return sorted(
        name
        for name, count in counted.items()
        if count >= _FEWEST and (len(files[name]) >= _FEWEST_FILES or not _is_word(name))
    )


def _is_word(name: str) -> bool:
    return name.startswith((WORD, PAIR))


def _values(found: Sequence[Mapping[str, float]], names: Sequence[str]) -> Numbers:
    """Of shape (statements, names); the value of a composed feature is raised."""
    places = {name: place for place, name in enumerate(names)}
    values = np.zeros((len(found), len(names)))
    for row, shown in enumerate(found):
        for name, share in shown.items():
            if name in places:
                values[row, places[name]] = share * _scale(name)
    return values


def _scale(name: str) -> float:
    if name.startswith(PREFIX):
        return _SIGN
    if _is_word(name):
        return _OF_WORD
    composed = " " in name or name.startswith(("state:", "label:", "heading:")) or name in ("amount", "percent", "age")
    return _COMPOSED if composed else 1.0


def _fitted(
    everything: Sequence[LabelledStatement], shown: Sequence[frozenset[str]], names: Sequence[str], values: Numbers
) -> dict[Aspect, AspectWeights]:
    """Of each aspect; `shown` are the signs of the statements of the sample, which stand before the examples."""
    return {aspect: _weights(everything, shown, names, values, aspect) for aspect in Aspect}


def _weights(
    everything: Sequence[LabelledStatement],
    shown: Sequence[frozenset[str]],
    names: Sequence[str],
    values: Numbers,
    aspect: Aspect,
) -> AspectWeights:
    right = np.array([aspect in each.aspects for each in everything])
    own = len(shown)
    held_out = _held_out(everything, shown, values, right)
    plain = np.array([each.drawn not in _CHOSEN for each in everything[:own]])
    threshold, held = _threshold(held_out[plain], right[:own][plain])
    coefficients, constant = fitted(values, right)
    scaled = [round(float(weight) * _scale(name), 3) for name, weight in zip(names, coefficients, strict=False)]
    direction = coefficients[len(names) :] * _OF_VECTOR
    return AspectWeights(
        threshold=round(threshold, 3),
        constant=round(constant, 3),
        certain=_certain(shown, right[:own], range(own)),
        weights={name: weight for name, weight in zip(names, scaled, strict=True) if abs(weight) >= _least(name)},
        direction=_rounded(direction, 3),
        cross_validated=held,
    )


def _least(name: str) -> float:
    """Below this a weight is left out."""
    return _LEAST_WORD_WEIGHT if _is_word(name) else _LEAST_WEIGHT


def _held_out(
    everything: Sequence[LabelledStatement], shown: Sequence[frozenset[str]], values: Numbers, right: Truths
) -> Numbers:
    """The probability of each statement of the sample by a model that was fitted without its section."""
    own = len(shown)
    sections = ["/".join(each.section) for each in everything[:own]]
    found = np.zeros(own)
    for some, others in folds(sections):
        fitting = np.concatenate([some, np.arange(own, len(everything))])
        found[others] = probabilities(values[others], *fitted(values[fitting], right[fitting]))
        certain = _certain(shown, right[:own], some)
        for place in others:
            if certain.keys() & shown[place]:
                found[place] += 1.0  # before all that has no certain sign
    return found


def _certain(shown: Sequence[frozenset[str]], right: Truths, places: Iterable[int]) -> dict[str, float]:
    """The signs that are nearly always right in these places, each with how often (one more of either kind added)."""
    counts: Counter[tuple[str, bool]] = Counter((name, bool(right[place])) for place in places for name in shown[place])
    certain = {}
    for name in sorted({name for name, _ in counts}):
        hits, misses = counts[name, True], counts[name, False]
        if hits + misses >= _FEWEST_CERTAIN and (share := (hits + 1) / (hits + misses + 2)) >= _CERTAIN:
            certain[name] = round(share, 3)
    return certain


def _threshold(found: Numbers, right: Truths) -> tuple[float, Held]:
    order = np.argsort(-found, kind="stable")
    hits = np.cumsum(right[order])
    precision, recall = hits / np.arange(1, len(found) + 1), hits / right.sum()
    # A threshold among what is certain would be none.
    open_to_choice = (found[order] < 1.0) & (found[order] >= _LEAST_THRESHOLD)
    for least, cost in _POINTS:
        if (good := np.flatnonzero(open_to_choice & (precision >= least))).size and recall[good[-1]] >= cost:
            best = int(good[-1])
            break
    else:
        best = int(np.where(open_to_choice, precision * np.sqrt(recall), -1.0).argmax())
    held = Held(
        labelled=int(right.sum()), precision=round(float(precision[best]), 3), recall=round(float(recall[best]), 3)
    )
    return float(found[order][best]), held


def _rounded(values: Numbers, digits: int) -> tuple[float, ...]:
    return tuple(round(float(value), digits) for value in values)


def as_json(model: AspectModel) -> str:
    """The model as JSON, the numbers of a vector on one line."""
    text = model.model_dump_json(indent=1)
    return _VECTOR.sub(lambda match: " ".join(match.group().split()), text) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the packaged model anew."""
    parser = argparse.ArgumentParser(prog="python -m app.aspects.fit", description=__doc__)
    parser.add_argument("sample", type=Path)
    parser.add_argument("--meaning", action="store_true", help="encode with the packaged model, and weigh that too")
    parser.add_argument("--output", type=Path, default=PACKAGED_MODEL)
    chosen = parser.parse_args(arguments)
    encoder: Encoder | None = None
    if chosen.meaning:
        from embeddings.models import PACKAGED, default_cache_dir, load_encoder

        encoder = load_encoder(PACKAGED, default_cache_dir(), lambda line: print(line, file=sys.stderr))
    model = fit(read_sample(chosen.sample), encoder)
    chosen.output.write_text(as_json(model), encoding="utf-8")


if __name__ == "__main__":
    main()
