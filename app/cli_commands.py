"""What each command does, given its arguments."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from app.answer import Mode, Question, Ruling, Scope
from app.api.schemas import ProgressBody, StatusBody, VerdictBody
from app.cli_feedback import export_feedback
from app.cli_report import make_report, manage_reports
from app.first_ingest import nothing_ingested, refuse_before_first_ingest
from app.period import Period
from app.progress import progress_bar
from app.service import Service
from app.surroundings import Surroundings
from corpus.entry import is_identifier
from corpus.errors import NotFoundError, UsageError

DONE = 0
SOME_FAILED = 1


def ingest(arguments: argparse.Namespace, here: Surroundings) -> int:
    """Read documents; without paths those of the catalogue."""
    for path in (*arguments.paths, *([arguments.catalogue] if arguments.catalogue else [])):
        _look_at(path)
    with here.service() as service, progress_bar(here.messages) as bar:

        def told(progress: ProgressBody) -> None:
            bar(progress.done, progress.total, progress.document or "")

        report = service.ingest(arguments.paths, arguments.catalogue, arguments.force, told, prune=arguments.prune)
    for failure in report.failures:
        here.notify(f"{failure.path}: {failure.reason}")
    for gone in report.vanished:
        outcome = "it was taken out" if gone.removed else "ingest with --prune takes it out"
        here.notify(f"document {gone.document!r}: its file {gone.path} is gone; {outcome}")
    here.console.ingested(report)
    if report.stopped:
        here.notify("the ingest was stopped before the last document; run the same command again for the others")
    return SOME_FAILED if report.failures or report.stopped else DONE


def search(arguments: argparse.Namespace, here: Surroundings) -> int:
    """Print the passages that answer a question."""
    scope = Scope(
        municipalities=tuple(dict.fromkeys(arguments.municipalities)),
        documents=tuple(dict.fromkeys(arguments.documents)),
        kinds=(arguments.soort,) if arguments.soort else (),
        statuses=(arguments.status,) if arguments.status else (),
        valid_on=arguments.valid_on,
        period=_period(arguments),
    )
    question = Question(arguments.question, scope, arguments.limit, Mode(arguments.mode))
    refuse_before_first_ingest(here.settings)
    with here.service() as service:
        if scope.documents:
            _refuse_unknown_documents(service.status(), scope.documents)
        answer = service.passages(question)
        if not answer.passages:
            _refuse_without_documents(service, here, answer.municipalities)
    if arguments.json:
        here.json(answer)
    else:
        here.console.passages(answer)
    return DONE


def compare(arguments: argparse.Namespace, here: Surroundings) -> int:
    """Print what each municipality says about a topic."""
    scope = Scope(
        municipalities=tuple(dict.fromkeys(arguments.municipalities)),
        valid_on=arguments.valid_on,
        period=_period(arguments),
    )
    refuse_before_first_ingest(here.settings)
    with here.service() as service:
        comparison = service.comparison(arguments.topic, scope, arguments.per_gemeente, arguments.day)
        _refuse_without_documents(service, here, comparison.municipalities)
    if arguments.json:
        here.json(comparison)
    else:
        here.console.comparison(comparison)
    return DONE


def report(arguments: argparse.Namespace, here: Surroundings) -> int:
    """Compare a list of topics and write the result to a file."""
    return make_report(arguments, here)


def reports(arguments: argparse.Namespace, here: Surroundings) -> int:
    """List the kept reports, write one to a file, or remove one."""
    refuse_before_first_ingest(here.settings)
    return manage_reports(arguments, here)


def status(arguments: argparse.Namespace, here: Surroundings) -> int:
    """Print what the knowledge base holds."""
    refuse_before_first_ingest(here.settings)
    with here.service() as service:
        body = service.status()
    if arguments.json:
        here.json(body)
    else:
        here.console.status(body)
    return DONE


def remove(arguments: argparse.Namespace, here: Surroundings) -> int:
    """Take a document out."""
    refuse_before_first_ingest(here.settings)
    if not is_identifier(arguments.document_id):
        raise _unknown_document(arguments.document_id)
    with here.service() as service:
        try:
            service.remove(arguments.document_id)
        except NotFoundError as error:
            raise _unknown_document(arguments.document_id) from error
    here.console.line(f"Verwijderd: {arguments.document_id}")
    return DONE


def evaluate(arguments: argparse.Namespace, here: Surroundings) -> int:
    """Measure the search on a set of questions with known answers, or export what was said of verdicts as one."""
    if arguments.export_feedback is not None:
        if arguments.directories or arguments.report is not None or arguments.json:
            raise UsageError("--export-feedback writes a file of its own; leave out DIR, --report and --json")
        refuse_before_first_ingest(here.settings)
        return export_feedback(arguments.export_feedback, here)
    if not arguments.directories:
        raise UsageError("evaluate needs a DIR with a labelled set, or --export-feedback DIR; see evaluate --help")
    if arguments.report is not None:
        if arguments.json:
            raise UsageError("--report writes a page of its own; leave out --json")
        from app.experiment.command import report_experiments

        return report_experiments(arguments.directories, arguments.report, here)
    if len(arguments.directories) > 1:
        raise UsageError("evaluate measures one DIR at a time; several go into one page with --report FILE")
    from app.cli_evaluate import measure

    return measure(arguments.directories[0], arguments.json, here)


def calibrate(arguments: argparse.Namespace, here: Surroundings) -> int:
    """Fit the verdicts to labelled sets."""
    from app.cli_calibrate import make_calibration

    refuse_before_first_ingest(here.settings)
    return make_calibration(arguments.directories, arguments.output, here)


def serve(arguments: argparse.Namespace, here: Surroundings) -> int:
    """Answer over REST until stopped."""
    from app.serve import serve as run

    return run(here.settings, arguments.host, arguments.port, here.notify)


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Surroundings], int]] = {
    "ingest": ingest,
    "search": search,
    "compare": compare,
    "report": report,
    "reports": reports,
    "serve": serve,
    "status": status,
    "evaluate": evaluate,
    "calibrate": calibrate,
    "remove": remove,
}


def _period(arguments: argparse.Namespace) -> Period:
    period = Period(arguments.period_from, arguments.period_to)
    if period.ends_before_it_begins:
        raise UsageError(
            f"--periode-van {period.first} is later than --periode-tot {period.last}; turn them round or leave one out"
        )
    return period


def _look_at(path: Path) -> None:
    try:
        path.stat()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; give a file or folder that is there") from error


def _refuse_without_documents(service: Service, here: Surroundings, verdicts: Sequence[VerdictBody]) -> None:
    """Say so where nothing was ever offered; documents that were refused have verdicts that tell."""
    if all(verdict.ruling is Ruling.NOT_SEARCHED for verdict in verdicts):
        held = service.status()
        if not held.documents and not held.refused:
            raise nothing_ingested(here.settings)


def _refuse_unknown_documents(held: StatusBody, documents: tuple[str, ...]) -> None:
    known = {document.id for document in held.documents}
    unknown = [document for document in documents if document not in known]
    if unknown:
        raise _unknown_document(unknown[0])


def _unknown_document(document_id: str) -> UsageError:
    return UsageError(f"document {document_id!r} is not there; beleidswijzer status shows the ids")
