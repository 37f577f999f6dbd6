"""What people said of verdicts, exported as labels that the other commands read again."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.api.feedback_bodies import FEEDBACK_PATH
from app.api.ingest_lines import TOKEN_HEADER
from app.cli_parser import command_parser
from app.evaluation_sets import Judged, JudgedPair, LabelledSet, load_set
from app.judged_counts import JudgedCountsBody, judged_words
from app.remote_service import RemoteService
from corpus.register import Register
from tests.app.api_client import TOKEN, Service
from tests.app.fake_cli import CommandLine
from tests.app.test_remote_service import served
from tests.corpus.register_samples import FEEDBACK

UNFILTERED = replace(
    FEEDBACK,
    id="1b3c1f3e-1111-4222-8333-444455556666",
    question="conflictscheidingen\u2028€",
    right_ruling="niets_gevonden",
    ruling="gevonden",
    certainty=None,
    remark="",
    filters={},
    municipality="GM0362",
    given_at=FEEDBACK.given_at + timedelta(hours=1),
)


@pytest.fixture
def cli(tmp_path: Path) -> CommandLine:
    cli = CommandLine(tmp_path / "data")
    for each in (UNFILTERED, FEEDBACK):
        assert cli.service.knowledge.feedback.add(each, 10) is not None
    return cli


def test_a_line_for_each_the_oldest_first(cli: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "een" / "map"
    ran = cli("evaluate", "--export-feedback", str(folder))
    path = folder / "oordelen.jsonl"
    assert (ran.code, ran.messages) == (0, "")
    assert ran.output == f"2 opmerkingen over oordelen geschreven: {path}\n"
    first, second, end = path.read_text(encoding="utf-8").split("\n")
    assert end == ""
    assert json.loads(first) == {
        "id": FEEDBACK.id,
        "vraag": FEEDBACK.question,
        "gemeente": "Utrecht",
        "oordeel": "gevonden",
        "gegeven": "niets_gevonden",
        "zekerheid": 0.98,
        "opmerking": FEEDBACK.remark,
        "filters": {"soort": "nota", "geldigOp": "2025-01-31"},
        "index": "hand-1 woorden-1",
        "op": "2026-03-01T12:00:00.250000Z",
    }
    assert (json.loads(second)["zekerheid"], json.loads(second)["filters"]) == (None, {})
    pair = JudgedPair(UNFILTERED.question, "Amstelveen", found=False)
    assert load_set(folder) == LabelledSet((), (), Judged((pair,), filtered=1, touched=0))


def test_what_was_exported_before_is_replaced_and_nothing_else(cli: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "oordelen.jsonl").write_text("oud", encoding="utf-8")
    (tmp_path / "vragen.jsonl").write_text("van mij", encoding="utf-8")
    cli.service.knowledge.feedback.remove(FEEDBACK.id)
    assert cli("evaluate", "--export-feedback", str(tmp_path)).output.startswith("1 opmerking over oordelen")
    assert (tmp_path / "oordelen.jsonl").read_text(encoding="utf-8").count("\n") == 1
    assert (tmp_path / "vragen.jsonl").read_text(encoding="utf-8") == "van mij"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["oordelen.jsonl", "vragen.jsonl"]


def test_what_stood_there_stays_where_it_fails(cli: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "oordelen.jsonl").write_text("oud", encoding="utf-8")

    def fail() -> None:
        raise KeyboardInterrupt

    cli.service.feedback = fail  # type: ignore[method-assign, assignment]
    assert cli("evaluate", "--export-feedback", str(tmp_path)).code == 130
    assert (tmp_path / "oordelen.jsonl").read_text(encoding="utf-8") == "oud"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["oordelen.jsonl"]


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["set", "--export-feedback", "uit"], "leave out DIR"),
        (["--export-feedback", "uit", "--json"], "leave out DIR, --report and --json"),
        (["--export-feedback", "uit", "--report", "r.md"], "leave out DIR, --report and --json"),
        (["--export-feedback"], "expected one argument"),
        (["--export-feedback", " "], "is not a path"),
        ([], "evaluate needs a DIR"),
        (["--json"], "evaluate needs a DIR"),
    ],
)
def test_what_does_not_go_together_is_refused(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    ran = cli("evaluate", *argv)
    assert (ran.code, ran.output, cli.connections) == (2, "", 0)
    assert told in ran.messages
    assert sorted(tmp_path.iterdir()) == before


def test_a_place_that_cannot_be_written_is_named(cli: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("x", encoding="utf-8")
    (tmp_path / "map" / "oordelen.jsonl").mkdir(parents=True)
    for place in ("bestand", "bestand/map", "map"):
        ran = cli("evaluate", "--export-feedback", str(tmp_path / place))
        assert (ran.code, ran.output, cli.connections) == (2, "", 0)
        assert str(tmp_path / place) in ran.messages


def test_nothing_is_made_before_there_is_anything(cli: CommandLine, tmp_path: Path) -> None:
    environment = {"BELEIDSWIJZER_DATA_DIR": str(tmp_path / "leeg")}
    ran = cli("evaluate", "--export-feedback", str(tmp_path / "uit"), environment=environment)
    assert (ran.code, (tmp_path / "uit").exists()) == (2, False)
    assert "nothing has been ingested" in ran.messages


def test_the_command_line_is_understood() -> None:
    assert command_parser().parse_args(["evaluate", "--export-feedback", "uit"]).directories == []


def test_the_figures_of_verdicts_alone_are_printed(cli: CommandLine, tmp_path: Path) -> None:
    rows = [("conflictscheidingen", "Amstelveen", "gevonden"), ("conflictscheidingen", "Utrecht", "zijdelings")]
    lines = [json.dumps({"vraag": a, "gemeente": b, "oordeel": c}) for a, b, c in rows]
    (tmp_path / "oordelen.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert cli("evaluate", str(tmp_path)).output == (
        "Gemist: 0 van 1, zijdelings: 0\n"
        "Onterecht gevonden: 0 van 0\n"
        "Oordelen van gebruikers: 1 geteld; niet geteld: 1 zijdelings (gevonden noch niets gevonden)\n"
    )
    assert json.loads(cli("evaluate", str(tmp_path), "--json").output) == {
        "oordelen": {"relevant": 1, "gemist": 0, "zijdelings": 0, "stil": 0, "onterecht": 0},
        "oordelenVanGebruikers": {"geteld": 1, "metFilters": 0, "zijdelings": 1, "zonderDocumenten": 0},
    }


def test_what_is_not_counted_is_told() -> None:
    assert judged_words(JudgedCountsBody(counted=2, filtered=0, touched=0, unsearched=0)) == (
        "Oordelen van gebruikers: 2 geteld"
    )
    assert judged_words(JudgedCountsBody(counted=0, filtered=3, touched=2, unsearched=1)) == (
        "Oordelen van gebruikers: 0 geteld; niet geteld: 3 met filters (dat was een andere vraag), 2 zijdelings "
        "(gevonden noch niets gevonden), 1 van een gemeente zonder documenten"
    )


def test_a_running_service_gives_the_same(cli: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "served"
    folder.mkdir()
    register = Register.open(f"sqlite:///{folder / 'register.db'}")
    for each in (UNFILTERED, FEEDBACK):
        register.feedback.add(each, 10)
    register.close()
    with served(folder) as address, closing(RemoteService(address)) as service:
        assert service.feedback() == cli.service.feedback()


def test_only_other_commands_ask_it_of_the_service(tmp_path: Path) -> None:
    service = Service(tmp_path)
    key = {TOKEN_HEADER: TOKEN}
    assert service.get(FEEDBACK_PATH, headers=key).json() == {"oordelen": []}
    assert service.get(FEEDBACK_PATH).status_code == 403
    assert service.ask("GET", FEEDBACK_PATH, peer="192.0.2.7", headers=key).status_code == 403
    assert service.get(FEEDBACK_PATH, {"wat": "x"}, headers=key).status_code == 400
    assert FEEDBACK_PATH not in service.get("/v1/openapi.json").json()["paths"]
