"""Fitting the model."""

import json
from pathlib import Path

import pytest

from app.aspects.aspect import Aspect
from app.aspects.features import features
from app.aspects.fit import as_json, fit, main
from app.aspects.model import AspectModel, Weigher, read_model
from app.aspects.sample import Sample, read_sample
from corpus.errors import DataDirectoryError
from tests.app.aspects.made import statement
from tests.hand_encoder import HandEncoder

_TEXTS = {
    "doelen": "We willen dat {} kunnen meedoen.",
    "doelgroep": "De regeling is bedoeld voor {} die thuis wonen.",
    "huidigeInzet": "In 2022 hebben we al een steunpunt voor {} geopend.",
    "nieuweActies": "In 2026 gaan we een loket voor {} openen.",
    "partners": "Dat doen we samen met de GGD, de scholen en {}.",
    "geld": "Voor {} is € 5.000 beschikbaar uit het budget.",
    "cijfers": "Bijna 12% van de {} is eenzaam.",
    "": "De oorzaak ligt bij {} soms elders.",
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample in which every aspect has a sentence of its own, said of ten groups in ten sections."""
    path = tmp_path_factory.mktemp("sample") / "small.jsonl"
    lines = [
        {
            "file": "a.txt",
            "headings": [f"Thema {group}"],
            "kind": "sentence",
            "lead_in": None,
            "text": text.format(group),
            "aspects": [aspect] if aspect else [],
            "drawn": "random",
        }
        for group in "ouders kinderen ouderen jongeren buren vrouwen mannen gasten boeren burgers".split()
        for aspect, text in _TEXTS.items()
    ]
    path.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def sample(path: Path) -> Sample:
    return read_sample(path)


@pytest.fixture(scope="module")
def model(sample: Sample) -> AspectModel:
    return fit(sample, HandEncoder())


def test_it_learns_what_the_sample_says(model: AspectModel) -> None:
    weigher = Weigher(model.words)
    for aspect, text in _TEXTS.items():
        found = weigher.judge(features(statement(text.format("bewoners"))))
        assert set(found) == ({Aspect(aspect)} if aspect else set())
    assert all(each.cross_validated.precision > 0.8 for each in model.words.values())


def test_meaning_takes_part(model: AspectModel, sample: Sample) -> None:
    encoder = HandEncoder()
    assert model.meaning is not None
    assert model.meaning.fingerprint == encoder.fingerprint
    assert all(len(each.direction) == encoder.dimension for each in model.meaning.aspects.values())
    assert fit(sample, None).meaning is None


def test_same_sample_gives_the_same_model(model: AspectModel, sample: Sample) -> None:
    assert as_json(fit(sample, HandEncoder())) == as_json(model)


def test_command_writes_a_model_that_can_be_read(path: Path, tmp_path: Path, model: AspectModel) -> None:
    output = tmp_path / "model.json"
    main([str(path), "--output", str(output)])
    assert read_model(output).words == model.words


def test_vectors_stand_on_one_line(model: AspectModel) -> None:
    assert max(map(len, as_json(model).splitlines())) > 100
    assert AspectModel.model_validate_json(as_json(model)) == model


def test_what_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text("{}")
    with pytest.raises(DataDirectoryError, match="is no model of aspects"):
        read_model(path)
