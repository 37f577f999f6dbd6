"""The command `calibrate`: apart, since it loads what the other commands can do without."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.calibrating import Pair, calibrate, pairs_of
from app.calibration import OWN_CALIBRATION, Calibration, CalibrationData, write_calibration
from app.evaluation_sets import LABELLED_FILES, LabelledSet, load_set
from app.judged_counts import judged_counts, judged_words
from app.knowledge_base import KnowledgeBase
from app.surroundings import Surroundings
from app.wording import decimal
from corpus.errors import UsageError


def make_calibration(directories: Sequence[Path], output: Path | None, here: Surroundings) -> int:
    """Fit the verdicts to the labelled sets in `directories` and write the calibration; exit code 0."""
    sets = {directory: _labelled(directory) for directory in directories}
    with KnowledgeBase.open(here.settings, here.notify) as knowledge_base:
        snapshot = knowledge_base.snapshot()
        if snapshot.generation is None or not snapshot.documents:
            raise UsageError(f"nothing has been ingested in {here.settings.data_dir} yet; run: beleidswijzer ingest")
        places = {
            document.metadata.source_file: [each.name for each in document.metadata.municipalities]
            for document in snapshot.documents
        }
        pairs = {directory: _pairs(questions, knowledge_base, places) for directory, questions in sets.items()}
        data = [_data(directory, own) for directory, own in pairs.items()]
        together = [pair for own in pairs.values() for pair in own]
        calibration = calibrate(together, snapshot.generation, here.settings.uses_tokens(snapshot.generation), data)
    path = output or here.settings.data_dir / OWN_CALIBRATION
    write_calibration(calibration, path)
    _tell(calibration, path, here)
    everywhere = {place for names in places.values() for place in names}
    for directory, questions in sets.items():
        if questions.judged is not None:
            here.console.line(f"{directory.name}: {judged_words(judged_counts(questions.judged, everywhere))}")
    return 0


def _labelled(directory: Path) -> LabelledSet:
    questions = load_set(directory)
    if not isinstance(questions, LabelledSet):
        raise UsageError(
            f"{directory} has no municipalities: a calibration is made from sets with vragen.jsonl or oordelen.jsonl"
        )
    return questions


def _pairs(questions: LabelledSet, knowledge_base: KnowledgeBase, places: Mapping[str, Sequence[str]]) -> list[Pair]:
    evidence = {text: knowledge_base.evidence(text) for text in questions.texts}
    return pairs_of(questions, evidence, places)


def _data(directory: Path, pairs: Sequence[Pair]) -> CalibrationData:
    content = hashlib.sha256()
    for name in LABELLED_FILES:
        path = directory / name
        content.update(path.read_bytes() if path.is_file() else b"")
    said = sum(pair.said for pair in pairs)
    return CalibrationData(name=directory.name, sha256=content.hexdigest(), said=said, silent=len(pairs) - said)


def _tell(calibration: Calibration, path: Path, here: Surroundings) -> None:
    error = calibration.cross_validated
    here.console.line(
        f"Gevonden vanaf {decimal(calibration.found, 2)}, zijdelings vanaf {decimal(calibration.touched, 2)}"
    )
    here.console.line(f"Gemist: {error.missed} van {error.relevant}, zijdelings: {error.touched}")
    here.console.line(f"Onterecht gevonden: {error.false} van {error.silent}; Brierscore {decimal(error.brier, 3)}")
    here.console.line(f"IJking geschreven: {path}")
