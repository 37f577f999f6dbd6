"""The words of the command line: commands, arguments, and what each accepts."""

import argparse
import re
from collections.abc import Callable
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NoReturn

from app.answer import Mode
from app.period import FORM as PERIOD_FORM
from app.period import first_day, last_day
from app.report.formats import FORMATS
from app.surroundings import PROGRAM as PROGRAM
from app.topics_file import line_fault, question_fault
from corpus.document import Municipality
from corpus.errors import UsageError
from corpus.kinds import KINDS, STATUSES
from corpus.municipalities import load_municipalities

_RUN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class CommandParser(argparse.ArgumentParser):
    """Raises UsageError where argparse would print and exit."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see {self.prog} --help")


class _Version(argparse.Action):
    """Prints the installed version; looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> NoReturn:
        try:
            print(f"{PROGRAM} {version(PROGRAM)}")
        except PackageNotFoundError:
            raise UsageError(f"{PROGRAM} is not installed, so its version is not known; run scripts/start") from None
        parser.exit()


def command_parser() -> argparse.ArgumentParser:
    """The parser of every command; `command` holds its name."""
    parser = CommandParser(
        prog=PROGRAM,
        description="Finds, quotes and compares passages of Dutch municipal policy notes.",
        epilog="Settings are read from BELEIDSWIJZER_* environment variables. Exit codes: 0 done; 1 done, but some "
        "documents or topics failed; 2 wrong use, settings or data; 3 index held by another process; 4 a service or "
        "server is unreachable; 5 a fault of the machine.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and stop")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.", allow_abbrev=False)

    _ingest(add("ingest", "read documents into the knowledge base"))
    _search(add("search", "find passages that answer a question"))
    _compare(add("compare", "compare what municipalities say about a topic"))
    _report(add("report", "compare a list of topics and write the result to a file"))
    _reports(add("reports", "list, write or remove the reports that were made"))
    _serve(add("serve", "answer over REST"))
    _json(add("status", "show what the knowledge base holds"))
    _evaluate(add("evaluate", "measure the quality of the search on a labelled set"))
    _calibrate(add("calibrate", "fit the verdicts of this index to labelled sets"))
    _remove(add("remove", "take a document out of the knowledge base"))
    return parser


def _ingest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", type=_path, metavar="PATH", help="file or folder; without any, the files of the catalogue"
    )
    parser.add_argument("--catalogue", type=_path, metavar="FILE", help="TOML file with what is known of the documents")
    parser.add_argument("--force", action="store_true", help="read again what has not changed")
    parser.add_argument(
        "--prune", action="store_true", help="take out documents whose file is gone from the folders that are read"
    )


def _search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", type=_question, metavar="QUESTION", help="1 to 1,000 characters")
    _municipalities(parser)
    parser.add_argument("--limit", type=_between(1, 50), default=10, metavar="N", help="passages, 1-50 (default 10)")
    parser.add_argument(
        "--mode",
        choices=[mode.value for mode in Mode],
        default=Mode.HYBRID.value,
        help="search by meaning (betekenis), by words (woorden) or by both (hybride, the default)",
    )
    parser.add_argument(
        "--document", dest="documents", action="append", default=[], metavar="ID", help="only this one; repeatable"
    )
    parser.add_argument("--soort", choices=KINDS, metavar="KIND", help=f"only this kind: {', '.join(KINDS)}")
    parser.add_argument("--status", choices=STATUSES, help="only documents of this status")
    _valid_on(parser)
    _period(parser)
    _json(parser)


def _compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("topic", type=_question, metavar="TOPIC", help="1 to 1,000 characters")
    _municipalities(parser)
    parser.add_argument(
        "--per-gemeente", type=_between(1, 10), default=3, metavar="N", help="passages each, 1-10 (default 3)"
    )
    _valid_on(parser)
    _period(parser)
    _reference_day(parser)
    _json(parser)


def _report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "topics",
        type=_path,
        metavar="TOPICS_FILE",
        help="one topic a line; or .toml with onderwerpen = [...]; or .csv with columns onderwerp, vraag and groep",
    )
    _report_file(parser, format_required=True)
    _municipalities(parser)
    parser.add_argument("--since", type=_run, metavar="RUN", help="mark what changed since this report, and why")
    _valid_on(parser)
    _reference_day(parser)
    parser.add_argument("--per-gemeente", type=_between(1, 10), metavar="N", help="passages each, 1-10 (default 3)")
    parser.add_argument("--titel", type=_title, metavar="TITLE", help="title of the report")


def _report_file(parser: argparse.ArgumentParser, format_required: bool) -> None:
    other = "" if format_required else "; without it the ending of FILE, or else the one that was asked for then"
    parser.add_argument("--format", choices=FORMATS, required=format_required, help=f"format of the file{other}")
    parser.add_argument("--output", type=_path, required=True, metavar="FILE", help="file to write, replaced at once")


def _reports(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, help="what to do with them")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return actions.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.", allow_abbrev=False)

    _json(add("list", "show every report that is kept or being made"))
    show, remove = add("show", "write a report to a file, in any format"), add("remove", "remove a report")
    for each in (show, remove):
        each.add_argument("run", type=_run, metavar="RUN", help="id as list shows it")
    _report_file(show, format_required=False)


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=_between(0, 65535), default=8000, help="port; 0 takes a free one (default 8000)")


def _evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "directories",
        nargs="*",
        type=_path,
        metavar="DIR",
        help="vragen.jsonl or oordelen.jsonl, or corpus.jsonl, queries.jsonl and qrels.tsv; several only with --report",
    )
    parser.add_argument(
        "--report",
        type=_path,
        metavar="FILE",
        help="try every variant of the search and write a page of results, replaced at once; takes minutes",
    )
    parser.add_argument(
        "--export-feedback",
        type=_path,
        metavar="DIR",
        help="write what people said of verdicts as labels to DIR/oordelen.jsonl, replaced at once",
    )
    _json(parser)


def _calibrate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "directories", nargs="+", type=_path, metavar="DIR", help="vragen.jsonl, niets_gevonden.jsonl, oordelen.jsonl"
    )
    parser.add_argument(
        "--output", type=_path, metavar="FILE", help="file to write (default calibration.json in the data directory)"
    )


def _remove(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("document_id", metavar="DOCUMENT_ID", help="id as status shows it")


def _municipalities(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--gemeente",
        dest="municipalities",
        action="append",
        default=[],
        type=_municipality,
        metavar="G",
        help="name or GM code; repeatable; without it every municipality with documents",
    )


def _reference_day(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--peildatum",
        dest="day",
        type=_day,
        metavar="DATE",
        help="put first what is in force on this day, and say how the others stand (default --geldig-op, else today)",
    )


def _valid_on(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--geldig-op",
        dest="valid_on",
        type=_day,
        metavar="DATE",
        help="leave out documents that are known not to be valid on this day (YYYY-MM-DD)",
    )


def _period(parser: argparse.ArgumentParser) -> None:
    for side, dest, read, which in (("van", "period_from", first_day, "from"), ("tot", "period_to", last_day, "up to")):
        parser.add_argument(
            f"--periode-{side}",
            dest=dest,
            type=_day_of_period(read),
            metavar="DATE",
            help=f"leave out documents known not to be valid on any day {which} DATE (YYYY, YYYY-MM or YYYY-MM-DD)",
        )


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print the JSON of the REST interface")


def _path(value: str) -> Path:
    if not value.strip() or "\0" in value:
        raise argparse.ArgumentTypeError(f"{value!r} is not a path")
    return Path(value)


def _question(value: str) -> str:
    fault = question_fault(value)
    if fault is not None:
        raise argparse.ArgumentTypeError(f"the question {fault}; give 1 to 1,000 characters")
    return value


def _title(value: str) -> str:
    fault = line_fault(value)
    if fault is not None:
        raise argparse.ArgumentTypeError(f"the title {fault}")
    return value.strip()


def _run(value: str) -> str:
    if not _RUN.fullmatch(value.lower()):
        raise argparse.ArgumentTypeError(f"{value!r} is not the id of a report; beleidswijzer reports list shows them")
    return value.lower()


def _municipality(value: str) -> Municipality:
    try:
        return load_municipalities().find(value)
    except UsageError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _between(lowest: int, highest: int) -> Callable[[str], int]:
    def number(value: str) -> int:
        if not (value.isascii() and value.isdigit() and len(value) < 10 and lowest <= int(value) <= highest):
            raise argparse.ArgumentTypeError(f"{value!r} is not a whole number from {lowest} to {highest}")
        return int(value)

    return number


def _day_of_period(read: Callable[[str], date]) -> Callable[[str], date]:
    def day(value: str) -> date:
        try:
            return read(value)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{value!r} is not {PERIOD_FORM}") from None

    return day


def _day(value: str) -> date:
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{value!r} is not a date such as 2026-03-01") from error
