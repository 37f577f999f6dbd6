"""Reports in the register, on real SQLite: kept until they are removed, and never of a task that was broken off."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.errors import CancelledError, NotFoundError
from corpus.register import Register
from corpus.register_reports import Reports
from corpus.report import KeptReport
from corpus.task import NewTask, TaskKind

AT = datetime(2026, 3, 1, 12, 0, 0, 250_000, tzinfo=UTC)
REPORT = KeptReport("een", "Jeugd & zorg", "docx", AT, {"onderwerpen": 2, "mislukt": [{"fout": "é"}]})


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    register = Register.open(f"sqlite:///{tmp_path / 'register.sqlite'}")
    yield register
    register.close()


@pytest.fixture
def reports(register: Register) -> Reports:
    return register.reports


def asked(register: Register) -> str:
    return register.tasks.add(NewTask(TaskKind.REPORT, {"a": 1}, None)).id


def test_a_report_comes_back_as_it_went_in(reports: Reports) -> None:
    reports.keep(REPORT, "inhoud €".encode())
    assert reports.get("een") == REPORT
    assert reports.find("een") == REPORT
    assert reports.content("een") == "inhoud €".encode()
    assert reports.file("een", "docx") is None


def test_the_newest_comes_first(reports: Reports) -> None:
    later = KeptReport("twee", "b", "md", AT + timedelta(seconds=1), {})
    reports.keep(later, b"")
    reports.keep(REPORT, b"")
    assert [each.id for each in reports.all()] == ["twee", "een"]


def test_a_report_that_is_kept_again_takes_the_place_of_the_former_with_its_files(reports: Reports) -> None:
    reports.keep(REPORT, b"eerst")
    reports.keep_file("een", "md", b"bestand")
    reports.keep(REPORT, b"daarna")
    assert reports.content("een") == b"daarna"
    assert reports.file("een", "md") is None


def test_a_file_is_kept_for_each_format(reports: Reports) -> None:
    reports.keep(REPORT, b"")
    reports.keep_file("een", "md", b"1")
    reports.keep_file("een", "md", b"\x00\xff2")
    reports.keep_file("een", "csv", b"3")
    assert (reports.file("een", "md"), reports.file("een", "csv")) == (b"\x00\xff2", b"3")


def test_what_was_removed_is_not_there(reports: Reports) -> None:
    reports.keep(REPORT, b"")
    reports.keep_file("een", "md", b"1")
    reports.remove("een", TaskKind.REPORT)
    reports.keep_file("een", "md", b"too late")
    assert reports.find("een") is None
    assert reports.file("een", "md") is None
    assert reports.all() == ()
    for ask in (reports.get, reports.content, lambda each: reports.remove(each, TaskKind.REPORT)):
        with pytest.raises(NotFoundError, match="'een'"):
            ask("een")


def test_a_removed_report_takes_its_task_along_however_far_it_is(register: Register, reports: Reports) -> None:
    waiting, running = asked(register), asked(register)
    assert waiting == running  # the same order is the same task
    assert register.tasks.next() is not None
    reports.remove(running, TaskKind.REPORT)
    assert not reports.is_wanted(running)
    with pytest.raises(NotFoundError):
        register.tasks.get(running)


def test_a_task_of_another_kind_is_no_report(register: Register, reports: Reports) -> None:
    other = register.tasks.add(NewTask(TaskKind.DOCUMENT, {"a": 1}, None)).id
    with pytest.raises(NotFoundError):
        reports.remove(other, TaskKind.REPORT)
    assert register.tasks.get(other).kind is TaskKind.DOCUMENT


def test_nothing_is_kept_of_a_task_that_was_broken_off_or_removed(register: Register, reports: Reports) -> None:
    task_id = asked(register)
    assert reports.is_wanted(task_id)
    reports.keep(REPORT, b"", task_id)
    register.tasks.next()
    register.tasks.cancel(task_id)
    assert not reports.is_wanted(task_id)
    for gone in (task_id, "nooit"):
        with pytest.raises(CancelledError):
            reports.keep(KeptReport(gone, "", "md", AT, {}), b"", gone)
        assert reports.find(gone) is None


def test_reports_survive_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'r.sqlite'}"
    first = Register.open(url)
    first.reports.keep(REPORT, b"inhoud")
    first.close()
    second = Register.open(url)
    assert (second.reports.all(), second.reports.content("een")) == ((REPORT,), b"inhoud")
    second.close()
