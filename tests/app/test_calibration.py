"""A calibration: made from labelled pairs, kept in a file, and found for the index that it was made with."""

import json
import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.calibrating import Pair, calibrate, pairs_of
from app.calibration import OWN_CALIBRATION, Calibrations, find_calibration, read_calibration, write_calibration
from app.evaluation_sets import Judged, JudgedPair, LabelledQuestion, LabelledSet, SilentPair
from app.main import main
from app.retrieval import Evidence
from corpus.errors import DataDirectoryError, UsageError
from corpus.stored import Generation, SecondStage

GENERATION = Generation("g", "hand", "print", 3, "words/1", SecondStage.TOKENS)


def pairs(count: int = 60) -> list[Pair]:
    """Half with much evidence and half with little, somewhat mixed."""
    draw = random.Random(7)
    made = []
    for number in range(count):
        said = number % 2 == 0
        level = draw.gauss(0.7 if said else 0.3, 0.1)
        made.append(Pair(f"vraag {number}", Evidence(level, level, level), said, judged=True, unheard_of=not said))
    return made


def test_more_evidence_is_more_probable_and_thresholds_are_in_order() -> None:
    made = calibrate(pairs(), GENERATION, late=True, data=[])
    low, high = (made.probability(Evidence(level, level, level), dutch=True) for level in (0.3, 0.7))
    assert low < made.touched < made.found < high
    assert (len(made.dutch), len(made.foreign)) == (4, 3)
    assert made.cross_validated.relevant == made.cross_validated.silent == 30
    assert made.cross_validated.missed + made.cross_validated.false <= 6
    assert 0.0 < made.cross_validated.brier < 0.1


def test_without_tokens_there_are_fewer_weights() -> None:
    bare = [replace(pair, evidence=replace(pair.evidence, tokens=None)) for pair in pairs()]
    made = calibrate(bare, GENERATION, late=False, data=[])
    assert (len(made.dutch), len(made.foreign)) == (3, 2)


def test_too_few_pairs_are_refused() -> None:
    with pytest.raises(UsageError, match="at least 20 pairs"):
        calibrate(pairs(38), GENERATION, late=True, data=[])
    with pytest.raises(UsageError, match="there are 0 and 0: add questions"):
        calibrate([], GENERATION, late=True, data=[])


def test_pairs_are_every_treated_and_every_silent_one() -> None:
    questions = LabelledSet(
        questions=(
            LabelledQuestion("1", "trefwoord", "jeugd", {"a.txt": ("x",), "b.txt": ("y",)}),
            LabelledQuestion("2", "vraag", "Wat kost het?", {"a.txt": ("z",)}),
        ),
        silent=(SilentPair("parkeren", "Utrecht"), SilentPair("stikstof", None)),
        judged=Judged(
            (
                JudgedPair("parkeren", "Amersfoort", found=True),
                JudgedPair("jeugd", "Utrecht", found=False),
                JudgedPair("jeugd", "Urk", found=True),
            ),
            filtered=1,
            touched=1,
        ),
    )
    places = {"a.txt": ["Utrecht"], "b.txt": ["Amersfoort"]}
    levels = {"Utrecht": Evidence(0.5, 0.5, 0.5), "Amersfoort": Evidence(0.4, 0.4, 0.4)}
    evidence = dict.fromkeys(("jeugd", "Wat kost het?", "parkeren", "stikstof"), levels)
    found = [
        (pair.question, pair.evidence.cosine, pair.said, pair.judged, pair.unheard_of)
        for pair in pairs_of(questions, evidence, places)
    ]
    assert found == [
        ("jeugd", 0.4, True, True, False),
        ("jeugd", 0.5, True, True, False),
        ("Wat kost het?", 0.5, True, False, False),
        ("parkeren", 0.5, False, True, False),
        ("stikstof", 0.4, False, True, True),
        ("stikstof", 0.5, False, True, True),
        ("parkeren", 0.4, True, True, False),
        ("jeugd", 0.5, False, True, False),
    ]


def test_kept_and_read_again(tmp_path: Path) -> None:
    made = calibrate(pairs(), GENERATION, late=True, data=[])
    write_calibration(made, tmp_path / OWN_CALIBRATION)
    assert read_calibration(tmp_path / OWN_CALIBRATION) == made
    assert find_calibration(tmp_path, GENERATION, late=True) == made
    assert find_calibration(tmp_path, GENERATION, late=False) is None
    assert find_calibration(tmp_path, replace(GENERATION, fingerprint="other"), late=True) is None
    assert [path.name for path in tmp_path.iterdir()] == [OWN_CALIBRATION]


@pytest.mark.parametrize(
    "change",
    [{"dutch": [1.0, 2.0, 3.0]}, {"foreign": []}, {"touched": 0.9, "found": 0.5}, {"found": 2.0}, {"more": 1}],
    ids=str,
)
def test_a_file_that_is_no_calibration_is_refused_with_its_name(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / OWN_CALIBRATION
    content = json.loads(calibrate(pairs(), GENERATION, late=True, data=[]).model_dump_json())
    path.write_text(json.dumps({**content, **change}), encoding="utf-8")
    with pytest.raises(DataDirectoryError, match=r"calibration\.json"):
        read_calibration(path)


def test_the_packaged_calibrations_say_what_they_were_made_from() -> None:
    folder = Path(__file__).parents[2] / "app" / "calibrations"
    made = [read_calibration(path) for path in sorted(folder.glob("*.json"))]
    assert {each.late_interaction for each in made} == {True, False}
    for each in made:
        assert each.data
        assert all(data.said + data.silent > 0 and len(data.sha256) == 64 for data in each.data)
        assert "held_out" not in {data.name for data in each.data}


def test_the_command_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BELEIDSWIJZER_DATA_DIR", str(tmp_path / "data"))
    sets = Path(__file__).parents[1] / "evaluation" / "tuning"
    monkeypatch.setattr(sys, "argv", ["beleidswijzer", "calibrate", str(sets)])
    with pytest.raises(SystemExit) as ended:
        sys.exit(main())
    assert ended.value.code == 2
    assert "nothing has been ingested" in capsys.readouterr().err


def test_a_calibration_made_meanwhile_is_used_and_a_broken_one_only_stops_verdicts(tmp_path: Path) -> None:
    calibrations = Calibrations(tmp_path)
    assert calibrations.get(GENERATION, late=True) is None
    made = calibrate(pairs(), GENERATION, late=True, data=[])
    write_calibration(made, tmp_path / OWN_CALIBRATION)
    assert calibrations.get(GENERATION, late=True) == made
    assert calibrations.get(replace(GENERATION, fingerprint="other"), late=True) is None
    (tmp_path / OWN_CALIBRATION).write_text("{")
    with pytest.raises(DataDirectoryError, match="is no calibration"):
        calibrations.get(GENERATION, late=True)
