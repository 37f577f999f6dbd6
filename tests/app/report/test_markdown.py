"""The report as Markdown: every quote stands in the file and on the page as it is, and nothing is read as markup."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app.answer import Ruling
from app.api.report_bodies import RunBody
from app.report.contents_of import READING
from app.report.markdown import escaped, markdown
from tests.app.report.run_samples import (
    HOSTILE,
    empty_run,
    hostile_run,
    normal_run,
    run_of,
    since_run,
    topic_result,
    wide_run,
)
from tests.app.report.told import passages_of, quotes_of
from tests.app.wire_samples import DEN_BOSCH, UTRECHT, finding, passage

RUNS = [normal_run, since_run, hostile_run, wide_run, empty_run]
MORE = ["- begint als lijst", "    ingesprongen\n\ttab", "\ttab vooraan", "eindigt op witruimte  \n", "````tilde ~~~"]
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t`~|='"), min_size=1, max_size=80)


def told(run: RunBody) -> str:
    return markdown(run).decode()


def one_quote(*quotes: str) -> RunBody:
    return run_of(topic_result("jeugd", finding(Ruling.FOUND, [passage(quote) for quote in quotes])))


def fences(text: str) -> list[str]:
    return [token.content for token in MarkdownIt().parse(text) if token.type == "fence"]


def plain(text: str) -> str:
    """What MarkdownIt makes of a line end or a NUL, which are no part of any canonical text."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")


@pytest.mark.parametrize("run", RUNS)
def test_every_quote_stands_in_the_file_and_on_the_page_as_it_is(run: Callable[[], RunBody]) -> None:
    report = run()
    text = told(report)
    assert [quote for quote in quotes_of(report) if quote not in text] == []
    read = fences(text)
    assert {f"{plain(quote)}\n" for quote in quotes_of(report)} == set(read)
    passages = [f"{plain(quote)}\n" for quote in passages_of(report)]
    assert len(read) >= len(passages)


@pytest.mark.parametrize("quote", [*HOSTILE[:9], *MORE])
def test_a_quote_stands_between_fences(quote: str) -> None:
    assert fences(told(one_quote(quote))) == [f"{plain(quote)}\n"]


@given(quotes=st.lists(texts, min_size=1, max_size=4))
def test_any_quotes_stand_between_fences(quotes: list[str]) -> None:
    assert fences(told(one_quote(*quotes))) == [f"{quote}\n" for quote in quotes]


@pytest.mark.parametrize("run", RUNS)
def test_the_same_run_gives_the_same_file(run: Callable[[], RunBody]) -> None:
    assert markdown(run()) == markdown(run())


@pytest.mark.parametrize("run", RUNS)
def test_no_text_becomes_markup(run: Callable[[], RunBody]) -> None:
    parsed = MarkdownIt("commonmark").enable("table").parse(told(run()))
    inline = [child for token in parsed for child in token.children or ()]
    assert {token.type for token in (*parsed, *inline)} & {"html_block", "html_inline", "link_open", "image"} == set()
    assert {token.tag for token in parsed if token.type == "heading_open"} <= {"h1", "h2", "h3", "h4", "h5"}
    titles = [after.content for token, after in pairwise(parsed) if token.tag == "h1"]
    assert len([title for title in titles if title]) == 1


def test_a_title_cannot_become_markup() -> None:
    assert escaped("<b>\n| *ster* `code` #1 [x](y) \\ &amp;") == (r"\<b\> \| \*ster\* \`code\` \#1 \[x\](y) \\ \&amp;")


def test_the_report_reads_as_it_should() -> None:
    found = finding(Ruling.FOUND, [passage("Kinderen eerst.")], certainty=0.98)
    silent = finding(Ruling.NOTHING, municipality=UTRECHT, searched=["Samenvatting | 2024", None])
    absent = finding(Ruling.NOT_SEARCHED, municipality=DEN_BOSCH, searched=())
    touched = finding(Ruling.TOUCHED, [passage("Ook dit.", None, (), None)])
    text = told(
        run_of(
            topic_result("jeugd*zorg", found, silent, absent, also_searched=["jeugdhulp"]),
            topic_result("laadpalen", touched, silent, absent),
        )
    )
    assert text.startswith(
        "# Vergelijking van gemeentelijk beleid\n"
        "\n"
        "- Peildatum: 1 maart 2026\n"
        "- Gemeenten: Amstelveen, Utrecht en 's-Hertogenbosch\n"
        "- Gemaakt op: 1 maart 2026 om 22.15 uur (UTC)\n"
        "\n"
        "## Hoe dit rapport te lezen\n"
        "\n" + "".join(f"- {line}\n" for line in READING) + "\n"
        "## Samenvatting\n"
        "\n"
        "Matrix van 2 onderwerpen bij 3 gemeenten: 1 keer gevonden, 1 keer zijdelings genoemd, 2 keer niets gevonden, "
        "2 keer niet doorzocht. Een percentage is de zekerheid van het oordeel.\n"
        "\n"
        "| Onderwerp | Amstelveen | Utrecht | 's-Hertogenbosch |\n"
        "| --- | --- | --- | --- |\n"
        "| jeugd\\*zorg | ● gevonden, 98% | ○ niets gevonden | – niet doorzocht |\n"
        "| laadpalen | ◐ zijdelings genoemd | ○ niets gevonden | – niet doorzocht |\n"
        "\n"
        "## Onderwerpen\n"
        "\n"
        "### jeugd\\*zorg\n"
        "\n"
        "Ook gezocht op: jeugdhulp.\n"
        "\n"
        "#### Amstelveen: gevonden, 1 document doorzocht (zekerheid 98%)\n"
        "\n"
        "Doorzocht: Jeugdagenda.\n"
        "\n"
        "```text\n"
        "Kinderen eerst.\n"
        "```\n"
        "\n"
        "Bron: Amstelveen, Jeugdagenda, 1. Jeugd, pagina 3-4; geldigheid onbekend "
        "(document jeugdagenda, positie 10-25, versie ffffffffffff).\n"
        "\n"
        "#### Utrecht: niets gevonden in 2 doorzochte documenten\n"
        "\n"
        "Doorzocht: Samenvatting \\| 2024; document-1.\n"
        "\n"
        "#### 's-Hertogenbosch: niet doorzocht (geen doorzoekbaar document)\n"
        "\n"
        "### laadpalen\n"
    )
    assert "Bron: Amstelveen, titel onbekend, zonder kop, pagina onbekend; geldigheid onbekend (document" in text


def test_the_report_tells_all_there_is() -> None:
    text = told(since_run())
    for line in (
        "| **Jeugd** |  |  |  |",
        "| conflictscheidingen | ● gevonden, 97% | ◐ zijdelings genoemd, alleen verlopen, Δ gewijzigd "
        "| – niet doorzocht |",
        "| woningbouw | × niet gelukt | × niet gelukt | × niet gelukt |",
        "**vuurwerk, Apeldoorn**: niet meer in dit rapport. Het oordeel was niets gevonden en is nu gevonden.",
        "- Onderwerp woningbouw: de index antwoordt niet",
        "Vraag: Wat doet de gemeente bij conflictscheidingen?",
        "Let op: De teksten noemen niet hetzelfde jaar.",
        "Let op: verlopen (gold tot en met 31 december 2023), vervangen door Jeugdagenda; "
        "met tekstherkenning (OCR) gelezen.",
        "##### Nieuwe acties",
        "- jaar: 2025",
        "- bedrag: €30.000; waarvoor: regulier budget conflictscheidingen; jaar: 2025-2027; structureel; per jaar",
        "Staat in Jeugdagenda, pagina 3-4 (document jeugdagenda, positie 120-149, versie ffffffffffff), "
        "niet in Oude agenda.",
        "**Δ gewijzigd**: ander oordeel: Het oordeel was niets gevonden en is nu gevonden.",
        "Let op: Alles wat hier gevonden is, staat in documenten die verlopen, ingetrokken of vervangen zijn.",
        "Niet gelezen: Nota: is damaged.",
        "- Amstelveen: Jeugdagenda: 93% gelijk aan Andere agenda \\[andere\\]",
        "- Utrecht: Nota (nota.pdf): is beschadigd",
        "- Kenmerk van dit rapport: 0b0f4a52-6f57-4a5c-9a52-0d1c7f7ab001",
    ):
        assert f"\n{line}\n" in text


def test_a_wide_matrix_falls_in_tables_of_at_most_eight_municipalities() -> None:
    heads = [line for line in told(wide_run()).splitlines() if line.startswith("| Onderwerp | Alphen")]
    assert [line.count("|") - 2 for line in heads][:1] == [8]
    assert len([line for line in told(wide_run()).splitlines() if line.startswith("| **Groep 1**")]) == 5
