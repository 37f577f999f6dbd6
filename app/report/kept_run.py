"""A run as it is kept: the number of its layout on a line of its own, and then the JSON that REST gives of it.

A release that changes what `RunBody` holds raises LAYOUT. What a field that came later is in older runs is its default,
so that a run stays readable for as long as it is kept: tests/app/report/kept has one of every layout there was.
"""

from dataclasses import dataclass

from pydantic import ValidationError

from app.api.report_bodies import RunBody
from corpus.errors import DataDirectoryError

LAYOUT = 1


@dataclass(frozen=True, slots=True)
class KeptRun:
    """The content of a kept run, read as far as is asked."""

    id: str
    layout: int
    _json: bytes

    @classmethod
    def of(cls, run_id: str, content: bytes) -> "KeptRun":
        """What `kept_content` made; DataDirectoryError for what a later version kept."""
        head, _, json = content.partition(b"\n")
        layout = int(head) if head.isdigit() else 0
        if not 1 <= layout <= LAYOUT:
            raise _foreign(run_id)
        return cls(run_id, layout, json)

    def run(self) -> RunBody:
        """The run itself; DataDirectoryError where it is none."""
        try:
            return RunBody.model_validate_json(self._json)
        except ValidationError as error:
            raise _foreign(self.id) from error

    def json(self) -> bytes:
        """The run as REST gives it; only one of an older layout is decoded for that."""
        return self._json if self.layout == LAYOUT else written(self.run())


def kept_content(run: RunBody) -> bytes:
    """A run as it is kept."""
    return b"%d\n%s" % (LAYOUT, written(run))


def written(run: RunBody) -> bytes:
    """The JSON of a run."""
    return run.model_dump_json().encode()


def _foreign(run_id: str) -> DataDirectoryError:
    return DataDirectoryError(
        f"report {run_id} was made by another version of Beleidswijzer and cannot be read by this one: use the version "
        f"that made it, or make the report anew"
    )
