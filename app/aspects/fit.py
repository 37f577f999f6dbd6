"""Fits the model to labelled statements: `python -m app.aspects.fit tests/evaluation/aspects/tuning.jsonl`.

With `--meaning` the statements are encoded once with the packaged model as well; otherwise the weights with meaning
stay as they are.
"""

import argparse
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
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
from embeddings.encoder import Encoder

_EXAMPLES = Path(__file__).parent / "examples.toml"
_NO_ASPECT = "none"
_FEWEST = 4  # statements that a feature is shown by
_COMPOSED = 2.0  # how much easier a composed feature gets weight than a single cue
_FEWEST_CERTAIN = 4
_CERTAIN = 0.82
_SIGN = 4.0  # the same for what by itself should nearly settle it
_OF_VECTOR = 9.0  # the same for a number of a vector, which are small
_BETA = 0.5  # precision counts twice as much as recall
_LEAST_WEIGHT = 0.02
_VECTOR = re.compile(r"\[\s+-?\d[^\]\[]*\]")


def fit(sample: Sample, encoder: Encoder | None) -> AspectModel:
    """One logistic model per aspect, and where there is an encoder one more that its vectors take part in.

    The examples of examples.toml are added to the sample. The threshold is where F0.5 by cross-validation is best.
    """
    examples = _examples()
    everything = [*sample.statements, *examples]
    names = _names(sample.statements)
    values = _values(everything, names)
    meaning = None
    if encoder is not None:
        vectors = encoder.encode_passages([each.statement.text for each in everything]).astype(np.float64)
        mean = vectors[: len(sample.statements)].mean(axis=0)
        meaning = Meaning(
            fingerprint=encoder.fingerprint,
            mean=_rounded(mean, 5),
            aspects=_fitted(everything, len(examples), names, np.hstack([values, (vectors - mean) * _OF_VECTOR])),
        )
    return AspectModel(
        fitted_on=FittedOn(name=sample.name, sha256=sample.sha256, statements=len(sample.statements)),
        words=_fitted(everything, len(examples), names, values),
        meaning=meaning,
    )


def _examples() -> list[LabelledStatement]:
    with _EXAMPLES.open("rb") as file:
        listed = tomllib.load(file)
    return [
        LabelledStatement(
            file=_EXAMPLES.name,
            statement=Statement("", 0, len(text), text, StatementKind.SENTENCE, (), None),
            aspects=frozenset() if name == _NO_ASPECT else frozenset({Aspect(name)}),
            drawn="example",
        )
        for name, texts in listed.items()
        for text in texts
    ]


def _names(statements: Sequence[LabelledStatement]) -> list[str]:
    counted = Counter(name for each in statements for name in features(each.statement))
    return sorted(name for name, count in counted.items() if count >= _FEWEST)


def _values(statements: Sequence[LabelledStatement], names: Sequence[str]) -> Numbers:
    """Of shape (statements, names); the value of a composed feature is raised."""
    places = {name: place for place, name in enumerate(names)}
    values = np.zeros((len(statements), len(names)))
    for row, each in enumerate(statements):
        for name, share in features(each.statement).items():
            if name in places:
                values[row, places[name]] = share * _scale(name)
    return values


def _scale(name: str) -> float:
    if name.startswith(PREFIX):
        return _SIGN
    composed = " " in name or name.startswith(("state:", "label:", "heading:")) or name in ("amount", "percent", "age")
    return _COMPOSED if composed else 1.0


def _fitted(
    everything: Sequence[LabelledStatement], examples: int, names: Sequence[str], values: Numbers
) -> dict[Aspect, AspectWeights]:
    return {aspect: _weights(everything, examples, names, values, aspect) for aspect in Aspect}


def _weights(
    everything: Sequence[LabelledStatement], examples: int, names: Sequence[str], values: Numbers, aspect: Aspect
) -> AspectWeights:
    right = np.array([aspect in each.aspects for each in everything])
    own = len(everything) - examples
    held_out = _held_out(everything, own, values, right)
    threshold, held = _threshold(held_out, right[:own])
    shown = _shown(everything[:own])
    coefficients, constant = fitted(values, right)
    scaled = [round(float(weight) * _scale(name), 3) for name, weight in zip(names, coefficients, strict=False)]
    direction = coefficients[len(names) :] * _OF_VECTOR
    return AspectWeights(
        threshold=round(threshold, 3),
        constant=round(constant, 3),
        certain=_certain(shown, right[:own], range(own)),
        weights={name: weight for name, weight in zip(names, scaled, strict=True) if abs(weight) >= _LEAST_WEIGHT},
        direction=_rounded(direction, 3),
        cross_validated=held,
    )


def _held_out(everything: Sequence[LabelledStatement], own: int, values: Numbers, right: Truths) -> Numbers:
    """The probability of each statement of the sample by a model that was fitted without its section."""
    sections = ["/".join(each.section) for each in everything[:own]]
    found = np.zeros(own)
    shown = _shown(everything[:own])
    for some, others in folds(sections):
        fitting = np.concatenate([some, np.arange(own, len(everything))])
        found[others] = probabilities(values[others], *fitted(values[fitting], right[fitting]))
        certain = _certain(shown, right[:own], some)
        for place in others:
            if certain.keys() & shown[place]:
                found[place] += 1.0  # before all that has no certain sign
    return found


def _shown(statements: Sequence[LabelledStatement]) -> list[frozenset[str]]:
    """The signs of each statement."""
    return [frozenset(name for name in features(each.statement) if name.startswith(PREFIX)) for each in statements]


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
    share = (1 + _BETA**2) * precision * recall / np.maximum(_BETA**2 * precision + recall, 1e-9)
    share[found[order] >= 1.0] = -1.0  # a threshold among what is certain would be none
    best = int(share.argmax())
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
