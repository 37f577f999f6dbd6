"""A report as a task of the queue."""

from collections.abc import Callable, Mapping

from app.report.order import ReportOrder, no_report_words
from app.report.runs import Reporting, Runs
from app.task_worker import Run
from corpus.errors import CancelledError
from corpus.register_tasks import CANCELLED
from corpus.task import Task


def report_run(knowledge: Reporting) -> Run:
    """What makes the reports of a knowledge base; the id of a report is that of its task.

    A report that was kept before the service stopped is not made again. One whose earlier report was removed meanwhile
    ends, since trying again brings nothing back.
    """

    def run(task: Task, progress: Callable[[float], None], stopped: Callable[[], bool]) -> Mapping[str, object] | None:
        runs, reports = Runs(knowledge), knowledge.reports
        order = ReportOrder.of_task(task.order)

        def require_wanted() -> None:
            """A report that was removed has no task any more, which is the end of this one."""
            if not reports.is_wanted(task.id):
                raise CancelledError(CANCELLED)

        def told(done: int) -> None:
            require_wanted()
            progress(done / len(order.topics))

        def ends() -> bool:
            require_wanted()
            return stopped()

        if reports.find(task.id) is not None:
            runs.file(task.id)
        elif order.since is not None and reports.find(order.since) is None:
            raise CancelledError(f"Sinds: {no_report_words(order.since)}; het is intussen verwijderd.")
        elif runs.make(order, task.id, told, ends, task.id) is None:
            return None
        return {"report": task.id}

    return run
