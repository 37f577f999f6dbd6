"""Logistic regression and its folds: the only module here that touches scikit-learn."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

_STRENGTH = 0.1  # inverse of the regularisation
_FOLDS = 8

Numbers = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


def fitted(values: Numbers, right: Truths) -> tuple[Numbers, float]:
    """The weights, of shape (columns,), and the constant of a logistic model with an L2 penalty."""
    from sklearn.linear_model import LogisticRegression  # deferred: a second

    model = LogisticRegression(C=_STRENGTH, max_iter=1000, tol=1e-3).fit(values, right)
    return model.coef_[0], float(model.intercept_[0])


def folds(groups: Sequence[str]) -> Iterator[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """The rows to fit on and those held out, fold by fold; no group is in two folds."""
    from sklearn.model_selection import GroupKFold

    splitter = GroupKFold(min(_FOLDS, len(set(groups))))
    yield from splitter.split(np.zeros((len(groups), 1)), groups=groups)


def probabilities(values: Numbers, weights: Numbers, constant: float) -> Numbers:
    """Those of rows, of shape (rows,)."""
    share: Numbers = 1.0 / (1.0 + np.exp(-np.clip(values @ weights + constant, -700.0, 700.0)))
    return share
