"""From a task of the queue to what goes over the wire."""

from collections.abc import Mapping
from typing import Any

from app.api.document_wire import document_path
from app.api.task_bodies import TaskBody, TaskLinksBody, TaskResultBody
from corpus.task import Task


def task_body(task: Task) -> TaskBody:
    """A task that reads a document."""
    order: Mapping[str, Any] = task.order
    return TaskBody(
        id=task.id,
        kind=task.kind,
        state=task.state,
        progress=task.progress,
        error=task.error,
        result=None if task.result is None else _task_result(task.result),
        document=order["metadata"]["document_id"],
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
