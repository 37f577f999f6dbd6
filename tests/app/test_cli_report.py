"""The commands `report` and `reports`: what is made, kept, listed, written again and removed."""

import json
import os
import re
from pathlib import Path

import pytest

from app.answer import Scope
from app.comparison import Comparison
from app.report.formats import FORMATS, Format
from app.report.order import TITLE
from corpus.errors import UnreachableError
from tests.app.fake_cli import CommandLine, Ran, Terminal
from tests.app.fake_documents import TEXTS
from tests.app.fake_knowledge_base import FakeKnowledgeBase
from tests.app.report.plain_formats import use_plain_formats

UNKNOWN = "00000000-0000-4000-8000-000000000000"
KEPT = re.compile(r"Rapport ([0-9a-f-]{36}) bewaard; --since \1 vergelijkt er later mee\n")


@pytest.fixture(autouse=True)
def plain_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    use_plain_formats(monkeypatch)


@pytest.fixture
def cli(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "data")


def written(folder: Path, content: str = "conflictscheidingen\nwoningen\n", name: str = "topics.txt") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def id_of(ran: Ran) -> str:
    kept = KEPT.fullmatch(ran.output)
    assert kept is not None, (ran.output, ran.messages)
    return kept[1]


def report(cli: CommandLine, folder: Path, *options: str, topics: Path | None = None) -> str:
    """Make a report in `folder`/report; its id."""
    path = topics or written(folder)
    ran = cli("report", str(path), "--format", "md", "--output", str(folder / "report"), *options)
    assert (ran.code, ran.messages) == (0, "")
    return id_of(ran)


def content(folder: Path) -> list[str]:
    return (folder / "report").read_text(encoding="utf-8").split("\n")


def test_a_report_has_every_topic_and_is_kept(cli: CommandLine, tmp_path: Path) -> None:
    made = report(cli, tmp_path, "--gemeente", "GM0362", "--gemeente", "Utrecht")
    assert content(tmp_path) == [
        f"{TITLE} {made}",
        "conflictscheidingen: Amstelveen gevonden, Utrecht niets_gevonden",
        "woningen: Amstelveen niets_gevonden, Utrecht gevonden",
    ]
    assert [each.id for each in cli.service.knowledge.reports.all()] == [made]


def test_options_go_before_what_the_topics_file_says(cli: CommandLine, tmp_path: Path) -> None:
    topics = written(
        tmp_path,
        'titel = "Uit het bestand"\ngemeenten = ["Utrecht"]\ngeldig_op = 2025-01-01\nper_gemeente = 2\n'
        'onderwerpen = [{onderwerp = "Wonen", vraag = "woningen"}]\n',
        "topics.toml",
    )
    report(cli, tmp_path, topics=topics)
    assert content(tmp_path)[0].startswith("Uit het bestand ")
    assert content(tmp_path)[1:] == ["Wonen: Utrecht gevonden"]
    options = ("--titel", "Anders", "--gemeente", "Urk", "--geldig-op", "2026-01-01", "--per-gemeente", "1")
    report(cli, tmp_path, *options, topics=topics)
    assert content(tmp_path)[0].startswith("Anders ")
    asked = [(scope.municipalities[0].name, str(scope.valid_on), per) for _, scope, per in cli.service.knowledge.asked]  # type: ignore[misc]
    assert asked == [("Utrecht", "2025-01-01", 2), ("Urk", "2026-01-01", 1)]


def test_what_changed_since_an_earlier_report(cli: CommandLine, tmp_path: Path) -> None:
    first = report(cli, tmp_path)
    report(cli, tmp_path, "--since", first.upper())
    assert content(tmp_path)[-1] == f"sinds {first}: 0"
    cli.service.remove("utrecht-samenvatting")
    report(cli, tmp_path, "--since", first)
    assert content(tmp_path)[-1] == f"sinds {first}: 2"


def test_a_report_to_compare_with_that_is_not_there_is_refused(cli: CommandLine, tmp_path: Path) -> None:
    ran = cli("report", str(written(tmp_path)), "--format", "md", "--output", str(tmp_path / "r"), "--since", UNKNOWN)
    assert (ran.code, ran.messages) == (2, f"beleidswijzer: sinds: er is geen rapport '{UNKNOWN}' dat klaar is\n")
    assert not (tmp_path / "r").exists()
    assert cli.service.knowledge.reports.all() == ()


@pytest.mark.parametrize("link", ["", "link.txt"])
def test_a_report_does_not_overwrite_its_topics(cli: CommandLine, tmp_path: Path, link: str) -> None:
    topics = written(tmp_path, "jeugd\n")
    output = tmp_path / (link or "topics.txt")
    if link:
        output.symlink_to(topics)
    ran = cli("report", str(topics), "--format", "md", "--output", str(output))
    assert ran.code == 2
    assert f"output {output} is the file of topics itself; choose another file" in ran.messages
    assert topics.read_text(encoding="utf-8") == "jeugd\n"


def test_a_report_that_lacks_a_topic_says_so(cli: CommandLine, tmp_path: Path) -> None:
    cli.service.knowledge.failing_topics["b"] = UnreachableError("no answer")
    topics = written(tmp_path, "jeugd\nb\n")
    ran = cli("report", str(topics), "--format", "md", "--output", str(tmp_path / "report"))
    told = "Een deel van de dienst antwoordt niet. Probeer het later opnieuw of meld het de beheerder."
    assert (ran.code, ran.messages) == (1, f"beleidswijzer: topic 'b': {told}\n")
    assert content(tmp_path)[-1] == f"b: {told}"
    assert "2 onderwerpen, 1 niet gelukt" in cli("reports", "list").output
    assert id_of(ran)


def test_a_report_of_nothing_but_failures_is_not_made(cli: CommandLine, tmp_path: Path) -> None:
    cli.service.knowledge.failing_topics["b"] = UnreachableError("no answer")
    ran = cli("report", str(written(tmp_path, "b\n")), "--format", "md", "--output", str(tmp_path / "report"))
    assert (ran.code, ran.output, ran.messages) == (4, "", "beleidswijzer: no answer\n")
    assert not (tmp_path / "report").exists()
    assert cli.service.knowledge.reports.all() == ()


def test_a_report_on_an_empty_knowledge_base_is_refused(cli: CommandLine, tmp_path: Path) -> None:
    for document in list(TEXTS):
        cli.service.remove(document)
    ran = cli("report", str(written(tmp_path)), "--format", "md", "--output", str(tmp_path / "report.md"))
    assert ran.code == 2
    assert "beleidswijzer ingest" in ran.messages
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["topics.txt"]


@pytest.mark.parametrize("command", [("report", "topics.txt", "--format", "md", "--output", "r"), ("reports", "list")])
def test_before_the_first_ingest_nothing_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    cli = CommandLine(tmp_path / "data")
    (tmp_path / "data").rmdir()
    monkeypatch.chdir(tmp_path)
    written(tmp_path)
    ran = cli(*command)
    assert (ran.code, cli.connections) == (2, 0)
    assert "nothing has been ingested in" in ran.messages


class Interrupted(FakeKnowledgeBase):
    """Ctrl-C in the second topic."""

    def compare(self, topic: str, scope: Scope, per_municipality: int, day: object = None) -> Comparison:
        if topic == "woningen":
            raise KeyboardInterrupt
        return super().compare(topic, scope, per_municipality)


def test_an_interrupt_leaves_nothing_behind(cli: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "k").mkdir()
    cli.service.knowledge = Interrupted(tmp_path / "k")
    ran = cli("report", str(written(tmp_path)), "--format", "md", "--output", str(tmp_path / "report"))
    broken_off = "beleidswijzer: the report is broken off, nothing of it is kept\nbeleidswijzer: stopped\n"
    assert (ran.code, ran.messages) == (130, broken_off)
    assert not (tmp_path / "report").exists()
    assert cli.service.knowledge.reports.all() == ()


def test_what_goes_to_a_device_stays_what_it_is(cli: CommandLine, tmp_path: Path) -> None:
    ran = cli("report", str(written(tmp_path)), "--format", "md", "--output", os.devnull)
    assert (ran.code, ran.output, ran.messages) == (0, "", "")


def test_the_bar_counts_topics(cli: CommandLine, tmp_path: Path) -> None:
    arguments = ("report", str(written(tmp_path)), "--format", "md", "--output", str(tmp_path / "report"))
    ran = cli(*arguments, messages=Terminal(), environment={"TERM": "xterm"})
    assert ran.code == 0
    assert "onderwerpen" in ran.messages
    assert "100%" in ran.messages


def test_reports_are_listed_newest_first(cli: CommandLine, tmp_path: Path) -> None:
    assert cli("reports", "list").output == "Er zijn geen rapporten; maak er een met: beleidswijzer report\n"
    first, second = report(cli, tmp_path), report(cli, tmp_path, "--titel", "Tweede\u202e")
    lines = cli("reports", "list").output.splitlines()
    assert lines[0] == f"{second}  Tweede\\u202e"
    assert re.fullmatch(r"   klaar; 2 onderwerpen; md; \d+ [a-z]+ 20\d\d \d\d:\d\d", lines[1])
    assert lines[2] == f"{first}  {TITLE}"
    body = json.loads(cli("reports", "list", "--json").output)
    assert [(each["id"], each["staat"], each["onderwerpen"]) for each in body["rapporten"]] == [
        (second, "klaar", 2),
        (first, "klaar", 2),
    ]


def test_a_kept_report_is_written_again_in_any_format(cli: CommandLine, tmp_path: Path) -> None:
    made = report(cli, tmp_path)
    before = (tmp_path / "report").read_bytes()
    cli.service.remove("utrecht-samenvatting")
    for options in ((), ("--format", "xlsx")):
        ran = cli("reports", "show", made, *options, "--output", str(tmp_path / "again"))
        assert (ran.code, ran.output, ran.messages) == (0, "", "")
        assert (tmp_path / "again").read_bytes() == before


def test_a_file_is_not_named_as_another_format(cli: CommandLine, tmp_path: Path) -> None:
    made, output = report(cli, tmp_path), tmp_path / "again.PDF"
    topics = str(written(tmp_path))
    for command in (("reports", "show", made), ("report", topics)):
        ran = cli(*command, "--format", "docx", "--output", str(output))
        assert ran.code == 2
        assert f"output {output} is named as pdf, and --format asks for docx: change one" in ran.messages
    assert not output.exists()
    assert cli("report", topics, "--format", "docx", "--output", str(tmp_path / "report.2026")).code == 0


def test_without_a_format_the_name_of_the_file_tells_it(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FORMATS, "pdf", Format("application/pdf", lambda _: b"a pdf"))
    made = report(cli, tmp_path)
    for name, is_pdf in (("again.pdf", True), ("again.md", False), ("again", False), ("again.v2", False)):
        assert cli("reports", "show", made, "--output", str(tmp_path / name)).code == 0
        assert ((tmp_path / name).read_bytes() == b"a pdf") is is_pdf


def test_a_file_that_cannot_be_written_is_refused_before_the_work(cli: CommandLine, tmp_path: Path) -> None:
    topics = str(written(tmp_path))
    for output in (tmp_path, tmp_path / "none" / "r.md", tmp_path / "topics.txt" / "r.md"):
        ran = cli("report", topics, "--format", "md", "--output", str(output))
        assert (ran.code, f"output {output} cannot be written" in ran.messages) == (2, True)
    assert cli.service.knowledge.asked == []


@pytest.mark.parametrize(
    "run", ["", "x", "../x", "{00000000-0000-4000-8000-000000000000}", UNKNOWN[:-1], UNKNOWN + "0"]
)
def test_what_is_no_id_is_refused_before_anything_is_opened(cli: CommandLine, tmp_path: Path, run: str) -> None:
    topics = str(written(tmp_path))
    ran = cli("report", topics, "--format", "md", "--output", str(tmp_path / "r"), "--since", run)
    assert (ran.code, "is not the id of a report" in ran.messages, cli.connections) == (2, True, 0)


def test_a_removed_report_is_gone(cli: CommandLine, tmp_path: Path) -> None:
    made = report(cli, tmp_path)
    assert cli("reports", "remove", made).output == f"Verwijderd: {made}\n"
    for command in (("remove", made), ("show", made, "--output", str(tmp_path / "again"))):
        ran = cli("reports", *command)
        assert (ran.code, f"'{made}'" in ran.messages) == (2, True)
    assert not (tmp_path / "again").exists()
