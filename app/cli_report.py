"""The commands `report`, which makes one, and `reports`, which manages those that were kept."""

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from app.api.report_bodies import ReportBody, ReportsBody
from app.console import Console
from app.first_ingest import nothing_ingested, refuse_before_first_ingest
from app.progress import progress_bar
from app.report.file import OutputFile
from app.report.formats import FORMATS
from app.report.order import PER_MUNICIPALITY, TITLE, ReportOrder
from app.service import MadeReport
from app.surroundings import Surroundings
from app.topics import load_topics
from app.topics_file import TopicsFile
from app.wording import counted, day_words, percentage
from corpus.errors import UsageError
from corpus.task import TaskState

DONE = 0
SOME_FAILED = 1


def make_report(arguments: argparse.Namespace, here: Surroundings) -> int:
    """Compare a list of topics and write the result to a file."""
    asked = load_topics(arguments.topics)
    _refuse_to_overwrite(arguments.topics, arguments.output)
    _refuse_another_ending(arguments.output, arguments.format)
    order = _order(arguments, asked)
    refuse_before_first_ingest(here.settings)
    with OutputFile(arguments.output) as output:
        with here.service() as service, progress_bar(here.messages) as bar:
            held = service.status()
            if not held.documents and not held.refused:
                raise nothing_ingested(here.settings)

            def told(done: int, total: int) -> None:
                bar(done, total, "onderwerpen")

            made = service.report(order, told)
        output.write(made.content)
        if not output.is_device:
            here.console.line(_kept_words(made))
    for failure in made.report.failed:
        here.notify(f"topic {failure.topic!r}: {failure.error}")
    return SOME_FAILED if made.report.failed else DONE


def manage_reports(arguments: argparse.Namespace, here: Surroundings) -> int:
    """List the kept reports, write one to a file, or remove one."""
    actions: Mapping[str, Callable[[argparse.Namespace, Surroundings], None]] = {
        "list": _list,
        "show": _show,
        "remove": _remove,
    }
    actions[arguments.action](arguments, here)
    return DONE


def _order(arguments: argparse.Namespace, asked: TopicsFile) -> ReportOrder:
    """What the options say before what the topics file says."""
    valid_on = arguments.valid_on or asked.valid_on
    return ReportOrder(
        title=arguments.titel or asked.title or TITLE,
        topics=asked.topics,
        municipalities=tuple(dict.fromkeys(arguments.municipalities)) or asked.municipalities,
        format=arguments.format,
        day=arguments.day or valid_on or date.today(),
        valid_on=valid_on,
        per_municipality=arguments.per_gemeente or asked.per_municipality or PER_MUNICIPALITY,
        since=arguments.since,
    )


def _kept_words(made: MadeReport) -> str:
    return f"Rapport {made.report.id} bewaard; --since {made.report.id} vergelijkt er later mee"


def _list(arguments: argparse.Namespace, here: Surroundings) -> None:
    with here.service() as service:
        body = service.reports()
    if arguments.json:
        here.json(body)
    else:
        _print(body, here.console)


def _show(arguments: argparse.Namespace, here: Surroundings) -> None:
    """Without a format that which the name of the file ends with, or else that which was asked for then."""
    _refuse_another_ending(arguments.output, arguments.format)
    wanted = arguments.format or _ending(arguments.output)
    with OutputFile(arguments.output) as output, here.service() as service:
        output.write(service.report_file(arguments.run, wanted))


def _remove(arguments: argparse.Namespace, here: Surroundings) -> None:
    with here.service() as service:
        service.remove_report(arguments.run)
    here.console.line(f"Verwijderd: {arguments.run}")


def _print(body: ReportsBody, console: Console) -> None:
    for report in body.reports:
        console.line(f"{report.id}  {report.title}")
        console.line(f"   {_state_words(report)}; {_made_words(report)}")
    if not body.reports:
        console.line("Er zijn geen rapporten; maak er een met: beleidswijzer report")


def _state_words(report: ReportBody) -> str:
    match report.state:
        case TaskState.RUNNING:
            return f"bezig, {percentage(report.progress)}"
        case TaskState.FAILED:
            return f"mislukt: {report.error}"
    return str(report.state)


def _made_words(report: ReportBody) -> str:
    topics = counted(report.topics, "onderwerp", "onderwerpen")
    failed = f", {len(report.failed)} niet gelukt" if report.failed else ""
    at = report.created_at.astimezone()
    return f"{topics}{failed}; {report.format}; {day_words(at.date())} {at:%H:%M}"


def _ending(output: Path) -> str | None:
    """The format that the name of a file says it has."""
    ending = output.suffix[1:].lower()
    return ending if ending in FORMATS else None


def _refuse_another_ending(output: Path, format_name: str | None) -> None:
    ending = _ending(output)
    if format_name is not None and ending not in (None, format_name):
        raise UsageError(
            f"output {output} is named as {ending}, and --format asks for {format_name}: change one of the two"
        )


def _refuse_to_overwrite(topics: Path, output: Path) -> None:
    if output.is_file() and output.samefile(topics):
        raise UsageError(f"output {output} is the file of topics itself; choose another file with --output")
