"""Results as text: quotes untouched, hostile names harmless, nothing that depends on the width of a terminal."""

import io
from datetime import date

import pytest

from app.answer import Ruling
from app.api.schemas import ComparisonBody, PagesBody, PassagesBody
from app.cli_evaluate import print_figures
from app.console import Console, visible
from app.evaluation import EvaluationBody, FiguresBody, VerdictCountsBody
from app.wording import counted, day_words, decimal, enumerated, page_words, percentage, verdict_words
from tests.app.fake_cli import Terminal
from tests.app.wire_samples import UTRECHT, comparison, finding, passage

HOSTILE = "\x1b]0;weg\x07\x9b2J\x1b[31mrood\r\b\u202egnitrats\u2066"


def printed(body: ComparisonBody, stream: io.StringIO | None = None) -> str:
    stream = stream or io.StringIO()
    Console(stream, {}).comparison(body)
    return stream.getvalue()


def steers(text: str) -> bool:
    return any(sign in text for sign in "\x1b\x07\x9b\r\b\u202e\u2066")


@pytest.mark.parametrize("quote", ["één regel " * 100, "- a\n- b\n\n\tc", "  spaties  ", "\u200bonzichtbaar\u00a0wit"])
def test_a_quote_stands_there_as_it_is(quote: str) -> None:
    for stream in (io.StringIO(), Terminal()):
        assert f"\n{quote}\n" in printed(comparison("jeugd", finding(Ruling.FOUND, [passage(quote)])), stream)


def test_an_answer_from_documents_of_no_municipality_does_not_say_that_nothing_was_searched() -> None:
    stream = io.StringIO()
    Console(stream, {}).passages(
        PassagesBody(question="jeugd", also_searched=[], passages=[passage("citaat")], municipalities=[])
    )
    assert stream.getvalue().endswith(
        "Oordeel per gemeente\n   geen oordeel: van geen doorzocht document is de gemeente bekend\n"
    )


def test_names_from_a_document_cannot_steer_a_terminal() -> None:
    hostile = finding(
        Ruling.FOUND, [passage("citaat", HOSTILE, [HOSTILE], document_id=HOSTILE)], searched=[HOSTILE, None]
    )
    for stream in (io.StringIO(), Terminal()):
        text = printed(comparison(HOSTILE, hostile), stream).replace("\x1b[1m", "").replace("\x1b[0m", "")
        assert not steers(text)
        assert "\\x1b]0;weg\\x07\\x9b2J" in text


def test_a_quote_is_shown_with_escapes_on_a_terminal_and_as_it_is_elsewhere() -> None:
    body = comparison("jeugd", finding(Ruling.FOUND, [passage(HOSTILE)]))
    assert HOSTILE in printed(body)
    assert visible(HOSTILE) in printed(body, Terminal())


def test_a_name_cannot_begin_a_line_of_its_own() -> None:
    forged = "Agenda\n\nUtrecht: gevonden"
    text = printed(comparison("a\nb", finding(Ruling.NOTHING, searched=[forged])))
    assert "Onderwerp: a\\nb\n" in text
    assert "\nUtrecht: gevonden" not in text


def test_the_width_of_a_terminal_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    body = comparison("jeugd", finding(Ruling.FOUND, [passage("woord " * 200)], searched=["titel " * 50]))
    wide = printed(body)
    monkeypatch.setenv("COLUMNS", "20")
    assert printed(body) == wide


@pytest.mark.parametrize(
    ("ruling", "searched", "certainty", "words"),
    [
        (Ruling.FOUND, ["a"], 0.976, "gevonden, 1 document doorzocht (zekerheid 98%)"),
        (Ruling.TOUCHED, ["a", "b"], None, "zijdelings genoemd, 2 documenten doorzocht"),
        (Ruling.NOTHING, ["a"], 0.9999, "niets gevonden in 1 doorzocht document (zekerheid 99%)"),
        (Ruling.NOTHING, ["a", "b"], 1.0, "niets gevonden in 2 doorzochte documenten (zekerheid 100%)"),
        (Ruling.NOT_SEARCHED, [], None, "niet doorzocht (geen doorzoekbaar document)"),
    ],
)
def test_a_verdict_in_words(ruling: Ruling, searched: list[str], certainty: float | None, words: str) -> None:
    assert verdict_words(finding(ruling, (), UTRECHT, searched, certainty)) == words


def test_small_words() -> None:
    assert page_words(None) == "pagina onbekend"
    assert page_words(PagesBody(first=3, last=3)) == "pagina 3"
    assert page_words(PagesBody(first=3, last=5)) == "pagina 3-5"
    assert [enumerated(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a en b", "a, b en c"]
    assert [counted(number, "document", "documenten") for number in (0, 1)] == ["0 documenten", "1 document"]
    assert decimal(0.25, 1) == "0,2"
    assert [percentage(share) for share in (0.0, 0.004, 0.5, 0.999, 1.0)] == ["0%", "0%", "50%", "99%", "100%"]


def test_every_month_has_its_name() -> None:
    assert day_words(date(2026, 1, 31)) == "31 januari 2026"
    assert day_words(date(2026, 12, 1)) == "1 december 2026"


def test_the_figures_of_an_evaluation_stand_in_columns() -> None:
    figures = FiguresBody(
        ndcg=0.7912,
        success_1=0.5,
        success_3=0.75,
        success_5=1.0,
        success_10=1.0,
        recall=0.9,
        mrr=0.65,
        median_length=640,
        questions=12,
    )
    body = EvaluationBody(
        **figures.model_dump(by_alias=False),
        per_kind={"trefwoord": figures},
        verdicts=VerdictCountsBody(relevant=20, missed=1, touched=2, silent=52, false=3),
        missing_sources=["Agenda.pdf"],
    )
    stream = io.StringIO()
    print_figures(body, Console(stream, {}))
    assert stream.getvalue() == (
        "soort      vragen  nDCG@10  succes@1     @3     @5    @10  recall@10    MRR  mediaan\n"
        "trefwoord      12    0,791     0,500  0,750  1,000  1,000      0,900  0,650      640\n"
        "alle           12    0,791     0,500  0,750  1,000  1,000      0,900  0,650      640\n"
        "\n"
        "Gemist: 1 van 20, zijdelings: 2\n"
        "Onterecht gevonden: 3 van 52\n"
        "Niet ingelezen: Agenda.pdf\n"
    )
