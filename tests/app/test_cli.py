"""Commands in this process: what they print, what they refuse, and the code they end with."""

import io
import json
from datetime import date
from pathlib import Path

import pytest

from app.answer import Mode, Question, Scope
from app.api.schemas import VanishedBody
from app.cli_commands import COMMANDS
from app.cli_parser import command_parser
from app.period import Period
from app.upload import Upload, document_of
from corpus.document import Municipality
from corpus.entry import unknown_metadata
from corpus.errors import (
    BeleidswijzerError,
    CatalogueError,
    DataDirectoryError,
    DocumentError,
    HeldError,
    MachineError,
    ModelError,
    NotFoundError,
    SettingsError,
    UnreachableError,
    UsageError,
)
from corpus.reason import Why, because
from tests.app.calibrations import CALIBRATION
from tests.app.fake_cli import CommandLine, Terminal
from tests.app.fake_documents import TEXTS, refusal

AMSTELVEEN = Municipality("GM0362", "Amstelveen")
UNKNOWN = "00000000-0000-4000-8000-000000000000"
QUOTE = "1. Jeugd\nKinderen hebben last van conflictscheidingen. 😀"


@pytest.fixture
def cli(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "data")


def test_search_prints_quotes_with_their_sources_and_a_verdict_for_every_municipality(cli: CommandLine) -> None:
    ran = cli("search", "conflictscheidingen")
    assert (ran.code, ran.messages) == (0, "")
    first = cli.service.passages(Question("conflictscheidingen", Scope(), 10, Mode.HYBRID)).passages[0]
    assert ran.output == (
        "Ook gezocht op: vechtscheiding\n"
        "\n"
        "1. Amstelveen en Apeldoorn: Jeugd- en onderwijsagenda\n"
        "   1. Jeugd\n"
        "   pagina 1; positie 0-56; score 0,500; gevonden op betekenis en woorden\n"
        "   document amstelveen-jeugd; geldig tot en met 31 december 2027; vastgesteld door gemeenteraad; "
        f"passage {first.id}\n"
        "\n"
        f"{QUOTE}\n"
        "\n"
        "Oordeel per gemeente\n"
        "   Amstelveen: gevonden, 1 document doorzocht (zekerheid 90%)\n"
        "   Apeldoorn: gevonden, 1 document doorzocht (zekerheid 90%)\n"
        "   Utrecht: niets gevonden in 1 doorzocht document (zekerheid 80%)\n"
    )


def test_a_page_that_is_not_known_is_called_so(cli: CommandLine) -> None:
    output = cli("search", "woningen").output
    assert "1. Utrecht: titel onbekend" in output
    assert "pagina onbekend;" in output


def test_search_says_so_when_it_finds_nothing(cli: CommandLine) -> None:
    ran = cli("search", "laadpalen")
    assert ran.code == 0
    assert "Geen passages gevonden." in ran.output


@pytest.mark.parametrize("command", [("search", "jeugd"), ("compare", "jeugd"), ("status",)])
def test_json_is_the_body_of_rest(cli: CommandLine, command: tuple[str, ...]) -> None:
    expected = {
        "search": lambda service: service.passages(Question("jeugd", Scope(), 10, Mode.HYBRID)),
        "compare": lambda service: service.comparison("jeugd", Scope(), 3, None),
        "status": lambda service: service.status(),
    }[command[0]](cli.service)
    ran = cli(*command, "--json")
    assert json.loads(ran.output) == json.loads(expected.model_dump_json(by_alias=True))
    assert ran.output.startswith('{\n  "')
    assert "\\u" not in ran.output


def test_every_quote_of_search_and_compare_is_an_exact_substring_of_its_text(cli: CommandLine) -> None:
    search = json.loads(cli("search", "el", "--json").output)["passages"]
    compared = json.loads(cli("compare", "el", "--json").output)["gemeenten"]
    passages = [*search, *(passage for finding in compared for passage in finding["passages"])]
    assert len(passages) > 2
    for passage in passages:
        start, end = passage["positie"]["van"], passage["positie"]["tot"]
        assert TEXTS[passage["document"]["id"]][start:end] == passage["citaat"]
        assert passage["citaat"] in cli("search", "el").output


def test_the_options_of_search_reach_the_knowledge_base(cli: CommandLine) -> None:
    arguments = "--gemeente Amstelveen --gemeente gm0344 --gemeente amstelveen --limit 50 --mode woorden --soort agenda"
    more = "--status vastgesteld --geldig-op 2025-01-31 --document amstelveen-jeugd --document amstelveen-jeugd"
    more += " --periode-van 2022-03 --periode-tot 2024"
    assert cli("search", "jeugd", *arguments.split(), *more.split()).code == 0
    (asked,) = cli.service.knowledge.asked
    assert isinstance(asked, Question)
    assert asked.limit == 50
    assert asked.mode is Mode.WORDS
    assert [each.name for each in asked.scope.municipalities] == ["Amstelveen", "Utrecht"]
    assert asked.scope.documents == ("amstelveen-jeugd",)
    assert asked.scope.kinds == ("agenda",)
    assert asked.scope.statuses == ("vastgesteld",)
    assert str(asked.scope.valid_on) == "2025-01-31"
    assert asked.scope.period == Period(date(2022, 3, 1), date(2024, 12, 31))


def test_compare_prints_a_block_per_municipality(cli: CommandLine) -> None:
    ran = cli(
        "compare", "conflictscheidingen", "--gemeente", "Amstelveen", "--gemeente", "Utrecht", "--gemeente", "Urk"
    )
    assert ran.code == 0
    lines = ran.output.splitlines()
    assert lines[0] == "Onderwerp: conflictscheidingen"
    assert "Amstelveen: gevonden, 1 document doorzocht (zekerheid 90%)" in lines
    assert "   doorzocht: Jeugd- en onderwijsagenda [amstelveen-jeugd]" in lines
    assert "Utrecht: niets gevonden in 1 doorzocht document (zekerheid 80%)" in lines
    assert "   doorzocht: titel onbekend [utrecht-samenvatting]" in lines
    assert "Urk: niet doorzocht (geen doorzoekbaar document)" in lines
    assert f"\n{QUOTE}\n" in ran.output


def test_compare_asks_for_as_many_passages_as_it_was_told(cli: CommandLine) -> None:
    cli("compare", "jeugd")
    cli("compare", "jeugd", "--per-gemeente", "10")
    assert [asked[2] for asked in cli.service.knowledge.asked if not isinstance(asked, Question)] == [3, 10]


def test_compare_looks_at_the_day_that_is_given(cli: CommandLine) -> None:
    ran = cli("compare", "jeugd", "--peildatum", "2028-01-01")
    assert "Geldigheid van documenten op 1 januari 2028" in ran.output.splitlines()
    assert cli("compare", "jeugd", "--peildatum", "morgen").code == 2


def test_status_shows_what_was_read(cli: CommandLine) -> None:
    ran = cli("status")
    assert ran.code == 0
    assert "Amstelveen en Apeldoorn: Jeugd- en onderwijsagenda\n" in ran.output
    assert "   document amstelveen-jeugd; agenda; geldig 2024-01-01 tot en met 2027-12-31\n" in ran.output
    assert "   2 passages; 1 van 1 pagina gelezen; bestand Agenda «jeugd» 2024.pdf\n" in ran.output
    assert "   document utrecht-samenvatting; soort onbekend; looptijd onbekend\n" in ran.output
    assert "   1 passage; bestand zonder pagina's; bestand samenvatting.txt\n" in ran.output
    assert "   let op: geen kop gevonden\n" in ran.output
    assert "2 documenten, 3 passages, model hand\ntweede trap: 40000 tokenvectoren, 1,0 MB\n" in ran.output
    assert ran.output.endswith(
        "geen ijking voor dit model: oordelen zijn zonder kans; maak er een met: beleidswijzer calibrate\n"
    )
    cli.service.knowledge.calibration = CALIBRATION
    assert cli("status").output.endswith("1,0 MB\n")


def test_ingest_names_what_failed_and_ends_with_the_counts(cli: CommandLine, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Jeugd.", encoding="utf-8")
    ran = cli("ingest", str(note), "--force")
    assert ran.code == 1
    assert ran.messages == "beleidswijzer: b.pdf: beschadigd\n"
    assert ran.output == "1 document, 3 passages, 0,1 seconden, 1 probleem (0 ongewijzigd, 3 teksten gecodeerd)\n"
    assert cli.service.ingests.asked == [([note], None, True)]


@pytest.mark.parametrize(
    ("options", "removed", "outcome"),
    [((), False, "ingest with --prune takes it out"), (("--prune",), True, "it was taken out")],
)
def test_ingest_names_documents_whose_file_is_gone(
    cli: CommandLine, options: tuple[str, ...], removed: bool, outcome: str
) -> None:
    cli.service.ingests.vanished = [VanishedBody(document="oude-nota", path="/notes/oud.pdf", removed=removed)]
    ran = cli("ingest", *options)
    assert cli.service.ingests.prunes == [removed]
    assert f"beleidswijzer: document 'oude-nota': its file /notes/oud.pdf is gone; {outcome}\n" in ran.messages
    assert ran.output.endswith("(0 ongewijzigd, 3 teksten gecodeerd, 1 verdwenen)\n")


def test_an_ingest_that_was_stopped_says_so_and_ends_with_1(cli: CommandLine) -> None:
    cli.service.stopped = True
    ran = cli("ingest")
    assert ran.code == 1
    assert "the ingest was stopped before the last document; run the same command again" in ran.messages
    cli.service.stopped = False
    assert "stopped" not in cli("ingest").messages


def test_ingest_without_paths_takes_the_catalogue(cli: CommandLine, tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue.toml"
    catalogue.write_text("", encoding="utf-8")
    cli("ingest")
    cli("ingest", "--catalogue", str(catalogue))
    assert cli.service.ingests.asked == [([], None, False), ([], catalogue, False)]


def test_ingest_of_what_is_not_there_is_refused_before_anything_is_opened(cli: CommandLine) -> None:
    for argv in (["absent.txt"], ["--catalogue", "absent.toml"], ["x" * 300]):
        ran = cli("ingest", *argv)
        assert ran.code == 2
        assert argv[-1] in ran.messages
    assert cli.connections == 0


def test_the_progress_bar_is_drawn_on_a_terminal_only(cli: CommandLine, tmp_path: Path) -> None:
    note = tmp_path / "[bold]note.txt"
    note.write_text("Jeugd.", encoding="utf-8")
    terminal = Terminal()
    ran = cli("ingest", str(note), messages=terminal, environment={"TERM": "xterm"})
    assert "[bold]note.txt" in ran.messages
    assert ran.output.startswith("1 document")
    assert "note.txt" not in cli("ingest", str(note)).messages


def test_remove_takes_a_document_out_once(cli: CommandLine) -> None:
    assert cli("remove", "utrecht-samenvatting").output == "Verwijderd: utrecht-samenvatting\n"
    ran = cli("remove", "utrecht-samenvatting")
    assert ran.code == 2
    assert "utrecht-samenvatting" in ran.messages


def test_remove_forgets_a_document_that_was_refused(cli: CommandLine) -> None:
    cli.service.knowledge.refusals = (refusal("kapot.pdf", "kapot"),)
    assert cli("search", "jeugd", "--document", "kapot").code == 2
    assert cli("remove", "kapot").output == "Verwijderd: kapot\n"
    assert not cli.service.knowledge.refusals
    assert cli("remove", "kapot").code == 2


def test_remove_breaks_off_a_document_that_still_waits_to_be_read(cli: CommandLine) -> None:
    tasks = cli.service.knowledge.tasks
    waiting = tasks.add(Upload("f" * 64, unknown_metadata(Path("nota.txt"))).as_task())
    assert cli("remove", str(document_of(waiting))).output == f"Verwijderd: {document_of(waiting)}\n"
    assert tasks.get(waiting.id).cancelled
    assert cli("remove", str(document_of(waiting))).code == 2


@pytest.mark.parametrize("document_id", ["", "..", "a/b", "utrecht-samenvatting?x", "A b", "x" * 200])
def test_remove_asks_nothing_about_what_is_no_id(cli: CommandLine, document_id: str) -> None:
    ran = cli("remove", document_id)
    assert (ran.code, cli.connections) == (2, 0)
    assert f"document {document_id!r} is not there" in ran.messages


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["search", ""], "empty"),
        (["search", " \t "], "empty"),
        (["search", "x" * 1001], "1001 characters"),
        (["search", "x" * 10_000], "10000 characters"),
        (["search", "caf\udce9"], "UTF-8"),
        (["search", "jeugd", "--limit", "0"], "'0' is not a whole number from 1 to 50"),
        (["search", "jeugd", "--limit", "51"], "51"),
        (["search", "jeugd", "--limit", "tien"], "tien"),
        (["search", "jeugd", "--limit", "9" * 5000], "whole number"),
        (["search", "jeugd", "--mode", "slim"], "slim"),
        (["search", "jeugd", "--gemeente", "Utrect"], "bedoelde u Utrecht (GM0344)?"),
        (["search", "jeugd", "--gemeente", ""], "''"),
        (["search", "jeugd", "--soort", "roman"], "roman"),
        (["search", "jeugd", "--status", "nieuw"], "nieuw"),
        (["search", "jeugd", "--geldig-op", "2025-02-30"], "2025-02-30"),
        (["search", "jeugd", "--periode-van", "2025-02-30"], "a month or a day"),
        (["compare", "jeugd", "--periode-tot", "20250101"], "a month or a day"),
        (["search", "jeugd", "--periode-van", "2026", "--periode-tot", "2025"], "--periode-tot 2025-12-31"),
        (["compare", "jeugd", "--periode-van", "2026", "--periode-tot", "2025"], "--periode-van 2026-01-01"),
        (["search", "jeugd", "--lim", "3"], "--lim"),
        (["search", "jeugd", "zorg"], "zorg"),
        (["search"], "QUESTION"),
        (["compare", ""], "empty"),
        (["compare", "jeugd", "--per-gemeente", "0"], "1 to 10"),
        (["compare", "jeugd", "--per-gemeente", "11"], "1 to 10"),
        (["compare", "jeugd", "--gemeente", "Atlantis"], "Atlantis"),
        (["report", "topics.txt", "--format", "doc", "--output", "report.doc"], "doc"),
        (["report", "absent.txt", "--format", "md", "--output", "report.md"], "absent.txt"),
        (["report", "topics.txt", "--format", "md"], "--output"),
        (["report", "t", "--format", "md", "--output", "o", "--since", "eergisteren"], "'eergisteren' is not the id"),
        (["report", "t", "--format", "md", "--output", "o", "--titel", "a\nb"], "title holds control characters"),
        (["report", "t", "--format", "md", "--output", "o", "--per-gemeente", "0"], "1 to 10"),
        (["reports"], "ACTION"),
        (["reports", "show", "x", "--output", "o"], "'x' is not the id of a report"),
        (["reports", "remove", "x"], "'x' is not the id of a report"),
        (["serve", "--port", "65536"], "65535"),
        (["serve", "--port", "-1"], "port"),
        (["backup", "file"], "backup"),
        (["remove"], "DOCUMENT_ID"),
        ([], "COMMAND"),
    ],
)
def test_wrong_use_is_told_in_one_line_before_anything_is_opened(cli: CommandLine, argv: list[str], told: str) -> None:
    ran = cli(*argv)
    assert (ran.code, ran.output) == (2, "")
    assert told in ran.messages
    assert ran.messages.startswith("beleidswijzer: ")
    assert ran.messages.count("\n") == 1
    assert cli.connections == 0


def test_a_document_that_is_not_there_cannot_be_searched(cli: CommandLine) -> None:
    ran = cli("search", "jeugd", "--document", "weg")
    assert ran.code == 2
    assert "'weg'" in ran.messages
    assert cli.service.closed == 1


@pytest.mark.parametrize(
    "environment",
    [{"BELEIDSWIJZER_DATADIR": "x"}, {"BELEIDSWIJZER_QDRANT_URL": "ftp://x"}, {"BELEIDSWIJZER_API_KEYS_REQUIRED": "?"}],
)
def test_a_wrong_setting_stops_every_command(cli: CommandLine, environment: dict[str, str]) -> None:
    ran = cli("status", environment=environment)
    assert ran.code == 2
    assert next(iter(environment)) in ran.messages


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (DocumentError("x", because(Why.EMPTY)), 1),
        (UsageError("x"), 2),
        (SettingsError("x"), 2),
        (CatalogueError("x", ["y", "z"]), 2),
        (ModelError("x"), 2),
        (DataDirectoryError("x"), 2),
        (NotFoundError("x"), 2),
        (HeldError("x"), 3),
        (UnreachableError("x"), 4),
        (MachineError("x"), 5),
        (OSError(28, "No space left on device", "/data/register.db"), 5),
        (MemoryError(), 5),
        (KeyboardInterrupt(), 130),
        (BrokenPipeError(), 141),
    ],
)
def test_every_error_has_its_exit_code_and_no_traceback(cli: CommandLine, error: BaseException, code: int) -> None:
    cli.service.fail = error
    ran = cli("search", "jeugd")
    assert ran.code == code
    assert "Traceback" not in ran.messages
    if isinstance(error, BeleidswijzerError):
        assert ran.messages == f"beleidswijzer: {error}\n"
    assert cli.service.closed == 1


def test_a_full_disk_is_told_with_the_file(cli: CommandLine) -> None:
    cli.service.fail = OSError(28, "No space left on device", "/data/register.db")
    assert cli("search", "jeugd").messages.startswith("beleidswijzer: /data/register.db: No space left on device")


def test_a_fault_of_ours_is_told_by_type_and_place_without_the_question(cli: CommandLine) -> None:
    cli.service.fail = KeyError("conflictscheidingen")
    ran = cli("search", "conflictscheidingen")
    assert ran.code == 5
    assert "internal error" in ran.messages
    assert "KeyError" in ran.messages
    assert "fake_cli.py" in ran.messages
    assert "conflictscheidingen" not in ran.messages


class Closed(io.StringIO):
    """A pipe of which the reader has gone."""

    def write(self, _: str) -> int:
        raise BrokenPipeError(32, "Broken pipe")


def test_a_closed_pipe_is_left_quietly(cli: CommandLine) -> None:
    ran = cli("search", "jeugd", output=Closed())
    assert (ran.code, ran.messages) == (141, "")


@pytest.mark.parametrize("command", [("search", "jeugd"), ("compare", "jeugd"), ("status",), ("remove", "x")])
def test_before_the_first_ingest_commands_say_what_to_do_and_make_nothing(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    folder = tmp_path / "data"
    cli = CommandLine(folder)
    folder.rmdir()
    ran = cli(*command)
    assert ran.code == 2
    assert f"nothing has been ingested in {folder} yet; run: beleidswijzer ingest" in ran.messages
    assert cli.connections == 0
    assert not folder.exists()


@pytest.mark.parametrize(
    "command", [("search", "jeugd"), ("search", "jeugd", "--gemeente", "Utrecht"), ("compare", "jeugd")]
)
def test_an_empty_knowledge_base_says_what_to_do(cli: CommandLine, command: tuple[str, ...]) -> None:
    for document in list(TEXTS):
        cli.service.remove(document)
    ran = cli(*command)
    assert (ran.code, ran.output) == (2, "")
    assert "beleidswijzer ingest" in ran.messages


def test_the_status_of_an_empty_knowledge_base_is_empty(cli: CommandLine) -> None:
    for document in list(TEXTS):
        cli.service.remove(document)
    ran = cli("status")
    assert ran.code == 0
    assert "beleidswijzer ingest" in ran.output
    assert json.loads(cli("status", "--json").output)["documenten"] == []


def test_headings_are_bold_on_a_terminal_unless_colour_is_unwanted(cli: CommandLine) -> None:
    assert "\x1b[1m1. Amstelveen" in cli("search", "jeugd", output=Terminal()).output
    plain = cli("search", "jeugd").output
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert cli("search", "jeugd", output=Terminal(), environment=environment).output == plain
    assert "\x1b" not in plain


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str], cli: CommandLine) -> None:
    assert cli("--help").code == 0
    told = capsys.readouterr().out
    assert all(f"    {command}" in told for command in COMMANDS)
    for command in COMMANDS:
        assert cli(command, "--help").code == 0
        assert command in capsys.readouterr().out


@pytest.mark.parametrize(
    "line",
    [
        "ingest",
        "ingest a.txt folder --catalogue c.toml --force",
        "search vraag --gemeente Utrecht --gemeente GM0362 --limit 50 --mode betekenis --json",
        "compare onderwerp --gemeente Utrecht --per-gemeente 1 --json",
        "report t.txt --format csv --output r.csv --gemeente Utrecht",
        f"report t.txt --format csv --output r.csv --since {UNKNOWN} --geldig-op 2026-03-01 --per-gemeente 2 --titel t",
        "reports list --json",
        f"reports show {UNKNOWN} --format xlsx --output r.xlsx",
        f"reports remove {UNKNOWN}",
        *(f"report t.txt --format {name} --output r" for name in ("docx", "xlsx", "html", "pdf", "csv", "md")),
        "serve --host 0.0.0.0 --port 8001",
        "status --json",
        "evaluate folder --json",
        "remove id",
    ],
)
def test_every_promised_command_line_is_understood(line: str) -> None:
    assert command_parser().parse_args(line.split()).command == line.split()[0]
