"""Reports: every quote stands in the file as it is, whatever it looks like to Markdown or a spreadsheet."""

import csv
import errno
import io
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app.answer import Ruling, Scope
from app.api.comparison_bodies import ComparisonBody
from app.api.document_bodies import CoverageBody
from app.holdings import NearIdentical
from app.report.file import OutputFile, writer_of
from app.report.markdown import escaped, markdown
from app.report.report import Report, build_report
from app.report.table import COLUMNS, neutral, table
from corpus.document import Municipality
from corpus.errors import BeleidswijzerError, MachineError, UnreachableError, UsageError
from tests.app.fake_cli import FakeService
from tests.app.fake_knowledge_base import refusal
from tests.app.wire_samples import DEN_BOSCH, UTRECHT, comparison, finding, passage

DAY = date(2026, 3, 1)
HOSTILE = [
    "gewone tekst",
    "eerste regel\n\n- tweede\n- derde",
    "- begint als lijst",
    "=SOM(A1:A9)",
    "+31 20 540 4911",
    "@gemeente",
    "'=al aangehaald",
    "''=tweemaal",
    "'s-Hertogenbosch",
    "| a | b |\n|---|---|",
    "# kop\n> citaat\n```\ncode\n```\n````",
    "````tilde ~~~ en <b>html</b> &amp; [link](http://x) ![beeld](y) *ster* _lijn_ \\ $x$",
    '"aanhalingstekens"; punt, komma;puntkomma',
    "    ingesprongen\n\ttab",
    "\ttab vooraan",
    "€30.000 — jeugd-GGZ 0-18 jarigen “krul” \U0001f600",
    "</textarea><script>alert(1)</script>",
    "eindigt op witruimte  \n",
]
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t`~|='"), min_size=1, max_size=80)


def report_of(*comparisons: ComparisonBody) -> Report:
    return Report(DAY, comparisons, (), (), ())


def one_quote(quote: str, title: str = "Jeugdagenda") -> Report:
    return report_of(comparison("jeugd", finding(Ruling.FOUND, [passage(quote, title)])))


def original(cell: str) -> str:
    """The text that `neutral` made this cell of."""
    return re.sub(r"\A'('*[=+\-@\t\r\n＝＋－＠])", r"\1", cell)


def fences(text: str) -> list[str]:
    return [token.content for token in MarkdownIt().parse(text) if token.type == "fence"]


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("quote", HOSTILE)
def test_a_quote_stands_in_markdown_as_it_is_in_the_file_and_on_the_page(quote: str) -> None:
    text = markdown(one_quote(quote))
    assert quote in text
    assert fences(text) == [f"{quote}\n"]


@pytest.mark.parametrize("quote", HOSTILE)
def test_a_quote_can_be_read_back_from_csv(quote: str) -> None:
    (row,) = rows_of(table(one_quote(quote)))
    assert quote in row["citaat"]
    assert original(row["citaat"]) == quote
    assert not row["citaat"].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(quotes=st.lists(texts, min_size=1, max_size=4))
def test_any_quote_survives_both_formats(quotes: list[str]) -> None:
    report = report_of(comparison("jeugd", finding(Ruling.FOUND, [passage(quote) for quote in quotes])))
    assert fences(markdown(report)) == [f"{quote}\n" for quote in quotes]
    assert [original(row["citaat"]) for row in rows_of(table(report))] == quotes


@given(st.text())
def test_what_is_neutralised_is_told_apart_from_what_looked_so(text: str) -> None:
    assert original(neutral(text)) == text
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_both_formats_tell_what_was_not_read() -> None:
    partly = CoverageBody(pages=195, read=180, scanned=15, ocr=0, damaged=0)
    recognised = passage("citaat").model_copy(update={"by_ocr": True})
    report = report_of(
        comparison(
            "jeugd",
            finding(Ruling.NOTHING, coverage=partly),
            finding(Ruling.FOUND, [recognised], UTRECHT),
        )
    )
    nothing, found = rows_of(table(report))
    verdict = "niets gevonden in 1 doorzocht document (180 van 195 pagina's gelezen), 15 gescand, niet doorzoekbaar"
    assert (nothing["toelichting"], nothing["oordeel"]) == (verdict, "niets_gevonden")
    assert nothing["dekking"] == "Jeugdagenda: 180 van 195 pagina's gelezen; 15 gescand, niet doorzoekbaar"
    assert (nothing["ocr"], found["ocr"], found["dekking"]) == ("", "ja", "Jeugdagenda: bestand zonder pagina's")
    text = markdown(report)
    assert f"### Amstelveen: {verdict}\n" in text
    assert "Doorzocht: Jeugdagenda (180 van 195 pagina's gelezen; 15 gescand, niet doorzoekbaar).\n" in text
    assert "; met tekstherkenning (OCR) gelezen, versie" in text


def test_a_report_ends_with_what_was_read_of_its_documents_and_what_was_not(tmp_path: Path) -> None:
    service = FakeService(tmp_path)
    knowledge = service.knowledge
    first, second = knowledge.snapshot().documents
    knowledge.alike = {second.version: (NearIdentical(first, 0.93),)}
    utrecht = Municipality("GM0344", "Utrecht")
    knowledge.refusals = (
        refusal("/home/jan/kapot|.pdf", "kapot", utrecht),
        refusal("/home/jan/nota.pdf", "nota", utrecht, title="Nota"),
        refusal("/home/jan/elders.pdf", "elders", Municipality("GM0362", "Amstelveen")),
        refusal("/home/jan/onbekend.pdf", "onbekend"),
    )
    text = markdown(
        build_report(service, ["woningen"], Scope(municipalities=(Municipality("GM0344", "Utrecht"),)), DAY)
    )
    assert text.endswith(
        "## Wat er doorzocht is\n"
        "\n"
        "| Document | Gelezen | Tabellen | Passages | Seconden | Lezer |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| Utrecht: titel onbekend (samenvatting.txt) | bestand zonder pagina's | 0 | 1 | 0,5 | plain 1 |\n"
        "\n"
        "- samenvatting.txt: geen kop gevonden\n"
        "- samenvatting.txt: bijna gelijk aan Jeugd- en onderwijsagenda \\[amstelveen-jeugd\\]\n"
        "\n"
        "## Wat niet gelezen kon worden\n"
        "\n"
        "- Utrecht: kapot\\|.pdf: is damaged\n"
        "- Utrecht: Nota (nota.pdf): is damaged\n"
    )
    everything = build_report(service, ["woningen"], Scope(), DAY)
    assert [each.path for each in everything.refused] == ["kapot|.pdf", "nota.pdf", "elders.pdf", "onbekend.pdf"]
    assert "- gemeente onbekend: onbekend.pdf: is damaged\n" in markdown(everything)
    assert "/home" not in markdown(everything) + table(everything)


def test_both_formats_tell_what_could_not_be_read() -> None:
    report = report_of(
        comparison(
            "jeugd",
            finding(Ruling.NOTHING, refused=["Nota"]),
            finding(Ruling.NOT_SEARCHED, municipality=UTRECHT, searched=(), refused=[None]),
        )
    )
    nothing = "niets gevonden in 1 doorzocht document; 1 document kon niet gelezen worden"
    unsearched = "niet doorzocht; 1 document kon niet gelezen worden"
    assert [row["toelichting"] for row in rows_of(table(report))] == [nothing, unsearched]
    assert f"### Amstelveen: {nothing}\n" in markdown(report)
    assert f"### Utrecht: {unsearched}\n" in markdown(report)


def test_a_name_with_an_apostrophe_stays_as_it_is() -> None:
    (row,) = rows_of(table(report_of(comparison("jeugd", finding(Ruling.NOTHING, municipality=DEN_BOSCH)))))
    assert row["gemeente"] == "'s-Hertogenbosch"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])))
def test_a_title_is_text_to_markdown(title: str) -> None:
    tokens = MarkdownIt().enable("table").parse(f"# Kop {escaped(title)}\n")
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    plain = "".join(child.content for child in tokens[1].children or [])
    assert plain == " ".join(f"Kop {title}".split())


def test_the_report_as_markdown() -> None:
    found = finding(Ruling.FOUND, [passage("Kinderen eerst.")], certainty=0.98)
    silent = finding(Ruling.NOTHING, municipality=UTRECHT, searched=["Samenvatting | 2024", None])
    absent = finding(Ruling.NOT_SEARCHED, municipality=DEN_BOSCH, searched=())
    touched = finding(Ruling.TOUCHED, [passage("Ook dit.", None, (), None)])
    report = report_of(
        comparison("jeugd*zorg", found, silent, absent, also_searched=["jeugdhulp"]),
        comparison("laadpalen", touched, silent, absent),
    )
    assert markdown(report) == (
        "# Vergelijking van gemeentelijk beleid\n"
        "\n"
        "Gemaakt op 1 maart 2026.\n"
        "\n"
        "| Onderwerp | Amstelveen | Utrecht | 's-Hertogenbosch |\n"
        "| --- | --- | --- | --- |\n"
        "| jeugd\\*zorg | gevonden | niets gevonden | niet doorzocht |\n"
        "| laadpalen | zijdelings genoemd | niets gevonden | niet doorzocht |\n"
        "\n"
        "## jeugd\\*zorg\n"
        "\n"
        "Ook gezocht op: jeugdhulp.\n"
        "\n"
        "### Amstelveen: gevonden, 1 document doorzocht (zekerheid 98%)\n"
        "\n"
        "Doorzocht: Jeugdagenda.\n"
        "\n"
        "```text\n"
        "Kinderen eerst.\n"
        "```\n"
        "\n"
        "Bron: Amstelveen, Jeugdagenda, 1. Jeugd, pagina 3-4 "
        "(document jeugdagenda, positie 10-25, versie ffffffffffff).\n"
        "\n"
        "### Utrecht: niets gevonden in 2 doorzochte documenten\n"
        "\n"
        "Doorzocht: Samenvatting \\| 2024; document-1.\n"
        "\n"
        "### 's-Hertogenbosch: niet doorzocht (geen doorzoekbaar document)\n"
        "\n"
        "## laadpalen\n"
        "\n"
        "### Amstelveen: zijdelings genoemd, 1 document doorzocht\n"
        "\n"
        "Doorzocht: Jeugdagenda.\n"
        "\n"
        "```text\n"
        "Ook dit.\n"
        "```\n"
        "\n"
        "Bron: Amstelveen, titel onbekend, zonder kop, pagina onbekend "
        "(document jeugdagenda, positie 10-18, versie ffffffffffff).\n"
        "\n"
        "### Utrecht: niets gevonden in 2 doorzochte documenten\n"
        "\n"
        "Doorzocht: Samenvatting \\| 2024; document-1.\n"
        "\n"
        "### 's-Hertogenbosch: niet doorzocht (geen doorzoekbaar document)\n"
    )


def test_the_report_as_csv_has_a_row_per_quote_and_per_silent_municipality() -> None:
    found = finding(Ruling.FOUND, [passage("Eerste."), passage("Tweede.", pages=None)], certainty=0.98)
    silent = finding(Ruling.NOTHING, municipality=UTRECHT)
    text = table(report_of(comparison("jeugd", found, silent)))
    assert text.splitlines()[0] == "\ufeff" + ",".join(COLUMNS)
    assert text.endswith("\r\n")
    first, second, third = rows_of(text)
    assert (first["citaat"], first["pagina van"], first["pagina tot"]) == ("Eerste.", "3", "4")
    assert (second["citaat"], second["pagina van"], second["zekerheid"]) == ("Tweede.", "", "0.98")
    assert (third["gemeente"], third["oordeel"], third["citaat"]) == ("Utrecht", "niets_gevonden", "")
    assert all(None not in row and None not in row.values() for row in (first, second, third))


def test_a_topic_that_looks_like_a_formula_is_neutralised() -> None:
    (row,) = rows_of(table(report_of(comparison("=1+1", finding(Ruling.NOTHING)))))
    assert row["onderwerp"] == "'=1+1"


def failing(folder: Path, **errors: BeleidswijzerError) -> FakeService:
    service = FakeService(folder)
    service.failing_topics = dict(errors)
    return service


def test_a_topic_that_fails_does_not_lose_the_others(tmp_path: Path) -> None:
    seen: list[int] = []
    service = failing(tmp_path, b=UnreachableError("no answer |"))
    report = build_report(service, ["jeugd", "b", "school"], Scope(), DAY, progress=seen.append)
    assert [each.topic for each in report.comparisons] == ["jeugd", "school"]
    assert seen == [1, 2, 3]
    text = markdown(report)
    assert "| b | niet gelukt |" in text
    assert "- Onderwerp b: no answer \\|" in text
    *_, last = rows_of(table(report))
    assert (last["onderwerp"], last["oordeel"], last["fout"]) == ("b", "", "no answer |")


def test_a_report_of_nothing_but_failures_raises_the_first(tmp_path: Path) -> None:
    first = UnreachableError("no answer")
    with pytest.raises(UnreachableError) as caught:
        build_report(failing(tmp_path, a=first, b=UsageError("b")), ["a", "b"], Scope(), DAY)
    assert caught.value is first


@pytest.mark.parametrize("write", [markdown, table])
def test_two_runs_differ_in_the_date_alone(write: Callable[[Report], str], tmp_path: Path) -> None:
    def run(day: date) -> str:
        return write(build_report(FakeService(tmp_path), ["jeugd", "school"], Scope(), day))

    assert run(DAY) == run(DAY)
    assert run(DAY).replace("1 maart 2026", "") == run(date(2027, 12, 31)).replace("31 december 2027", "")


@pytest.mark.parametrize("format_name", ["docx", "xlsx", "html", "pdf"])
def test_a_format_to_come_is_refused_with_those_there_are(format_name: str) -> None:
    with pytest.raises(UsageError, match=f"{format_name} does not exist yet; choose csv or md"):
        writer_of(format_name)


def test_the_output_is_replaced_at_once_and_its_line_ends_kept(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text("old", encoding="utf-8")
    with OutputFile(path) as output:
        assert path.read_text(encoding="utf-8") == "old"
        output.write("\ufeffé\r\n\n")
    assert path.read_bytes() == "\ufeffé\r\n\n".encode()
    assert names(tmp_path) == ["report.csv"]


def test_an_output_that_is_not_finished_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(UnreachableError), OutputFile(path):
        raise UnreachableError("no answer")
    assert path.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["report.md"]


def test_a_link_goes_on_pointing_to_the_file(tmp_path: Path) -> None:
    target = tmp_path / "target.md"
    link = tmp_path / "link.md"
    link.symlink_to(target)
    with OutputFile(link) as output:
        output.write("new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


def test_a_device_is_written_directly() -> None:
    with OutputFile(Path(os.devnull)) as output:
        output.write("new")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("path", ["", "absent/report.md", "file/report.md", "x" * 300])
def test_an_output_that_cannot_be_written_is_refused_before_the_work(tmp_path: Path, path: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="output"), OutputFile(tmp_path / path):
        pytest.fail("the work began")


class FullDisk(OutputFile):
    """A file on a disk that is full when its content comes."""

    def _fill(self, content: str) -> None:
        super()._fill(content[:3])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(MachineError, match="No space left"), FullDisk(path) as output:
        output.write("content")
    assert path.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["report.md"]


def test_the_municipalities_of_a_report_are_those_of_all_its_topics() -> None:
    report = report_of(
        comparison("a", finding(Ruling.NOTHING)),
        comparison("b", finding(Ruling.NOTHING, municipality=UTRECHT), finding(Ruling.NOTHING)),
    )
    assert [municipality.name for municipality in report.municipalities] == ["Amstelveen", "Utrecht"]
    assert "| a | niets gevonden | niet gevraagd |" in markdown(report)
