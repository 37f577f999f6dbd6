"""Runs as older releases kept them: readable for as long as they are there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from app.api.report_bodies import ReportSummaryBody, RunBody
from app.report.kept_run import LAYOUT, KeptRun, kept_content
from app.report.order import ReportOrder, Topic
from corpus.errors import DataDirectoryError
from tests.app.report.run_samples import since_run

KEPT = Path(__file__).parent / "kept"


def kept(layout: int) -> bytes:
    return (KEPT / f"{layout}.run").read_bytes()


def filled(body: object) -> Iterator[str]:
    """The fields that hold something, in a body and all within it."""
    if isinstance(body, BaseModel):
        for name, value in dict(body).items():
            if value not in (None, "", [], False):
                yield f"{type(body).__name__}.{name}"
            yield from filled(value)
    elif isinstance(body, list):
        for each in body:
            yield from filled(each)


def declared(kind: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[str]:
    """All fields of a body and of those within it."""
    seen.add(kind)
    for name, field in kind.model_fields.items():
        yield f"{kind.__name__}.{name}"
        waiting: list[object] = [field.annotation]
        while waiting:
            part = waiting.pop()
            waiting += getattr(part, "__args__", ())
            if isinstance(part, type) and issubclass(part, BaseModel) and part not in seen:
                yield from declared(part, seen)


@pytest.mark.parametrize("layout", range(1, LAYOUT + 1))
def test_a_run_of_every_layout_can_be_read(layout: int) -> None:
    found = KeptRun.of("een", kept(layout))
    assert found.layout == layout
    assert RunBody.model_validate_json(found.json()) == found.run()


def test_the_last_layout_is_what_is_kept_now() -> None:
    """Where this fails `RunBody` changed: raise LAYOUT, add a run of it to kept/, and leave the older ones."""
    run = KeptRun.of("een", kept(LAYOUT)).run()
    assert kept_content(run) == kept(LAYOUT)
    assert set(declared(RunBody, set())) - set(filled(run)) == set()


def test_the_content_of_a_run_is_given_without_reading_it() -> None:
    run = since_run()
    content = kept_content(run)
    assert KeptRun.of("een", content).json() == content.partition(b"\n")[2] == run.model_dump_json().encode()


@pytest.mark.parametrize("content", [b"", b"{}", b"0\n{}", b"1\n{}", b"-1\n{}", b"%d\n{}" % (LAYOUT + 1), b"\xff\n{}"])
def test_what_another_version_kept_is_named(content: bytes) -> None:
    with pytest.raises(DataDirectoryError, match="report een was made by another version"):
        KeptRun.of("een", content).run()


def test_what_lists_and_the_queue_hold_of_a_report_can_be_read() -> None:
    """As the first release with reports wrote it."""
    summary = {"onderwerpen": 2, "mislukt": [{"onderwerp": "b", "fout": "x"}], "sinds": None}
    assert ReportSummaryBody.model_validate(summary).topics == 2
    order = {
        "request": "6f0c2a53-6a0e-4a5e-9b5d-0d2f5a1c7e11",
        "title": "t",
        "topics": [["a", None, "groep"], ["b", "c", None]],
        "municipalities": [["GM0344", "Utrecht"]],
        "format": "md",
        "day": "2026-03-01",
        "valid_on": None,
        "per_municipality": 3,
        "since": None,
    }
    assert ReportOrder.of_task(order).topics == (Topic("a", None, "groep"), Topic("b", "c", None))
