"""From a task of the queue to what goes over the wire."""

from collections.abc import Mapping
from typing import Any

from app.api.document_wire import document_path
from app.api.task_bodies import TaskBody, TaskLinksBody, TaskResultBody
from app.upload import document_of
from corpus.task import Task


def task_body(task: Task) -> TaskBody:
    """A task; what came of one that is not about a document has an address of its own."""
    document = document_of(task)
    return TaskBody(
        id=task.id,
        kind=task.kind,
        state=task.state,
        cancelled=task.cancelled,
        progress=task.progress,
        error=task.error,
        result=None if task.result is None or document is None else _task_result(task.result),
        document=document,
        created_at=task.created_at,
        links=TaskLinksBody(self=f"/v1/taken/{task.id}"),
    )


def _task_result(result: Mapping[str, Any]) -> TaskResultBody:
    return TaskResultBody(
        document=result["document_id"],
        version=result["version"],
        passages=result["passages"],
        unchanged=result["unchanged"],
        link=document_path(result["document_id"]),
    )
