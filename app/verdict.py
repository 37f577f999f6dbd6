"""A first, simple verdict on what the documents of one municipality say about a question."""

import math

from app.answer import Ruling

# Logistic models of two features that do not depend on how many documents there are: the best cosine and the best
# BM25 score over the question's ceiling, among body passages. Fitted on 123 labelled (question, municipality) pairs of
# the five notes with the packaged model; figures in README, "Verdicts". Words alone for any other model, whose cosines
# lie elsewhere.
_COSINE, _WORDS, _CONSTANT = 69.6, 7.36, -61.82
_WORDS_ALONE, _CONSTANT_ALONE = 9.21, -3.34
_FOUND = 0.6
_TOUCHED = 0.45


def rule(cosine: float | None, words: float) -> Ruling:
    """The ruling for the best cosine (None where the model's cosines are not known) and the best share of words."""
    if cosine is None:
        evidence = _WORDS_ALONE * words + _CONSTANT_ALONE
    else:
        evidence = _COSINE * cosine + _WORDS * words + _CONSTANT
    share = 1.0 / (1.0 + math.exp(-evidence))
    if share >= _FOUND:
        return Ruling.FOUND
    return Ruling.TOUCHED if share >= _TOUCHED else Ruling.NOTHING
