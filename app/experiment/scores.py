"""Arrays of scores."""

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
"""Scores of shape (questions, passages)."""
