"""Two thousand damaged copies of real files: each ends as a whole document or as a refusal with its reason."""

import dataclasses
import random
import time
from pathlib import Path

import pytest

from corpus.document import Document
from ingest.isolation import IsolatedReader, Limits
from ingest.read import read_document
from tests.ingest import fuzzing
from tests.ingest.fuzzing import copy_of, fuzz, originals, report
from tests.ingest.mutations import mutated
from tests.ingest.wholeness import assert_whole

OBEY = "tests.ingest.odd_readers:obey"


def test_every_damaged_copy_ends_whole_or_refused(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    copies = int(request.config.getoption("--copies"))
    started = time.monotonic()
    tally = fuzz(range(copies), seed=1, at_once=IsolatedReader().at_once)
    with capsys.disabled():
        print("\n" + "\n".join(report(tally, time.monotonic() - started)))
    assert sum(tally.outcomes.values()) == copies
    assert tally.faults == []
    assert tally.outcomes["read"] > copies / 10
    assert tally.outcomes["refused"] > copies / 10


def test_a_copy_is_made_again_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    files = originals()
    copies = [copy_of(files, 1, number) for number in range(60)]
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 1_000_000)  # an archive may hold when it was made
    assert originals() == files
    assert copies == [copy_of(files, 1, number) for number in range(60)]
    assert len({data for data, _ in copies}) > 50
    assert copies != [copy_of(files, 2, number) for number in range(60)]


def test_every_kind_of_file_is_damaged_in_ways_of_its_own() -> None:
    for file in originals()[:4]:
        made = [mutated(random.Random(number), file.data, b"other") for number in range(200)]
        assert len({data for data, _ in made}) > 100
        ways = {way for _, how in made for way in how.split("+")}
        own = {"own.pdf": "change_a_stream", "own.docx": "change_a_member", "own.odt": "change_members"}
        assert own.get(file.name, "change_tags") in ways


@pytest.mark.parametrize(
    ("order", "outcome"),
    [
        ("segfault", "crash contained"),
        ("exit 1", "crash contained"),
        ("fail x", "unforeseen"),
        ("hang", "stalled"),
        ("answer x", "muddled"),
        ("refuse no", "refused"),
        ("read iets", "not whole"),
    ],
)
def test_every_fault_is_told_apart(tmp_path: Path, order: str, outcome: str) -> None:
    reader = IsolatedReader(Limits(seconds=1), function=OBEY)
    path = tmp_path / "order"
    path.write_text(order)
    found, fault = fuzzing._outcome(reader, path)
    reader.close()
    assert found == outcome
    assert bool(fault) == (outcome != "refused")


def test_half_a_document_is_not_whole(tmp_path: Path) -> None:
    path = tmp_path / "nota.txt"
    path.write_text("# Visie\n\nDe gemeente helpt alle kinde-\nren en hun ouders.\n\n## Aanpak\n\nDat kost geld.\n")
    whole = read_document(path)
    assert_whole(whole)
    halves: list[Document] = [
        dataclasses.replace(whole, text=whole.text[:-5]),
        dataclasses.replace(whole, source=whole.source + "x"),
        dataclasses.replace(whole, stretches=whole.stretches[1:]),
        dataclasses.replace(whole, sections=whole.sections[:-1]),
        dataclasses.replace(whole, coverage=dataclasses.replace(whole.coverage, read=3)),
        dataclasses.replace(whole, text=whole.text.replace("geld", "goud")),
    ]
    for half in halves:
        with pytest.raises(AssertionError):
            assert_whole(half)
