"""Files that were sent with a form: each queued to be read, or told why not."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.api.form_data import Form
from app.api.knowledge import Knowledge
from app.api.problems import UnsupportedTypeError
from app.api.query import InvalidParameter, InvalidParametersError
from app.api.uploads import SentFile, accepted
from app.web.metadata_form import as_wire
from corpus.task import Task

_FILE = "bestand"
_OF_ONE = ("titel", "vervangt")


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was not taken, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Queued:
    """What became of the files of one form; `faults` are those of its fields, and then no file was taken."""

    tasks: tuple[Task, ...]
    failures: tuple[Failure, ...]
    faults: tuple[InvalidParameter, ...]


async def queued(knowledge: Knowledge, form: Form, files: Sequence[SentFile]) -> Queued:
    """Queue every file with the same fields; what cannot be read is left out, the others go on."""
    given = {name for name, value in form.texts if value.strip()}
    alone = [
        InvalidParameter(name, f"geldt voor één bestand; laat dit leeg of stuur de {len(files)} bestanden apart")
        for name in _OF_ONE
        if name in given and len(files) > 1
    ]
    if alone:
        return Queued((), (), tuple(alone))
    tasks: list[Task] = []
    failures: list[Failure] = []
    for file in files:
        try:
            tasks.append(await accepted(knowledge, as_wire(form, file.name), file.incoming))
        except UnsupportedTypeError as error:
            failures.append(Failure(file.name, str(error)))
        except InvalidParametersError as error:
            faults = tuple(each for each in error.invalid if each.name != _FILE)
            if faults:
                return Queued(tuple(tasks), tuple(failures), faults)
            failures.append(Failure(file.name, "; ".join(each.reason for each in error.invalid)))
    return Queued(tuple(tasks), tuple(failures), ())
