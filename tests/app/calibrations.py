"""A calibration whose probabilities can be worked out by hand."""

from app.calibration import Calibration, CalibrationData, CrossValidated

CALIBRATION = Calibration(
    fingerprint="hand-26-512",
    lexical_version="1",
    late_interaction=True,
    dutch=(0.0, 2.0, 4.0, -3.0),
    foreign=(6.0, 0.0, -3.0),
    found=0.6,
    touched=0.3,
    data=(
        CalibrationData(name="een", sha256="aa", said=10, silent=5),
        CalibrationData(name="twee", sha256="bb", said=8, silent=7),
    ),
    cross_validated=CrossValidated(relevant=18, missed=1, touched=2, silent=12, false=1, brier=0.08),
)
"""For questions in Dutch: 2 words + 4 tokens - 3; in another language: 6 cosine - 3."""
