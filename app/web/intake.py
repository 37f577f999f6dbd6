"""The documents that are being read: how far each is, and what came of it."""

from dataclasses import dataclass

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.api.knowledge import Known, no_parameters
from app.api.origin import from_this_machine, on_this_machine
from app.api.task_bodies import TaskBody
from app.api.task_wire import task_body
from app.api.tasks import cancel
from app.upload import Upload
from app.web.refreshing import refreshes
from app.web.rendering import page
from corpus.task import Task, TaskKind, TaskState

router = APIRouter(include_in_schema=False)
INTAKE = "/inlezen"
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Intake:
    """A document on its way in, under the name of its file."""

    name: str
    title: str | None
    task: TaskBody

    @property
    def open(self) -> bool:
        """Whether it is not known yet what comes of it."""
        return self.task.state in (TaskState.WAITING, TaskState.RUNNING)


@router.get(INTAKE, dependencies=[Depends(on_this_machine)])
def intake_page(request: Request, knowledge: Known) -> Response:
    refreshing = refreshes(request)
    tasks = knowledge.tasks.of_kind(TaskKind.DOCUMENT)
    intakes = [_intake(each) for each in tasks]
    running = [each for each in intakes if each.open]
    ended = [each for each in intakes if not each.open][:MOST_SHOWN]
    values = {
        "here": "/documenten",
        "running": running,
        "ended": ended,
        "busy": bool(running),
        "refreshing": refreshing,
    }
    return page("intake.html", values)


@router.post(INTAKE + "/{id}/afbreken", dependencies=[Depends(from_this_machine), Depends(no_parameters)])
def break_off(id: str, knowledge: Known) -> Response:
    cancel(id, knowledge)
    return RedirectResponse(INTAKE, 303)


def _intake(task: Task) -> Intake:
    metadata = Upload.of_task(task).metadata
    return Intake(metadata.source_file, metadata.title, task_body(task))
