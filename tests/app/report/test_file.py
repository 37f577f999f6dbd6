"""A file of results: the whole of it or nothing, and what is wrong with it told before the work."""

import errno
import os
from pathlib import Path

import pytest

from app.report.file import OutputFile
from corpus.errors import MachineError, UnreachableError, UsageError


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_the_output_is_replaced_at_once_and_its_line_ends_kept(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text("old", encoding="utf-8")
    with OutputFile(path) as output:
        assert not output.is_device
        assert path.read_text(encoding="utf-8") == "old"
        output.write("\ufeffé\r\n\n".encode())
    assert path.read_bytes() == "\ufeffé\r\n\n".encode()
    assert names(tmp_path) == ["report.csv"]


def test_an_output_that_is_not_finished_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(UnreachableError), OutputFile(path):
        raise UnreachableError("no answer")
    assert path.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["report.md"]


def test_a_link_goes_on_pointing_to_the_file(tmp_path: Path) -> None:
    target = tmp_path / "target.md"
    link = tmp_path / "link.md"
    link.symlink_to(target)
    with OutputFile(link) as output:
        output.write(b"new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


def test_a_device_is_written_directly() -> None:
    with OutputFile(Path(os.devnull)) as output:
        assert output.is_device
        output.write(b"new")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("path", ["", "absent/report.md", "file/report.md", "x" * 300])
def test_an_output_that_cannot_be_written_is_refused_before_the_work(tmp_path: Path, path: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="output"), OutputFile(tmp_path / path):
        pytest.fail("the work began")


class FullDisk(OutputFile):
    """A file on a disk that is full when its content comes."""

    def _fill(self, content: bytes) -> None:
        super()._fill(content[:3])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(MachineError, match="No space left"), FullDisk(path) as output:
        output.write(b"content")
    assert path.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["report.md"]
