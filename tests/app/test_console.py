"""Results as text: quotes untouched, hostile names harmless, nothing that depends on the width of a terminal."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from app.answer import Ruling
from app.api.comparison_bodies import AspectBody, ComparisonBody, DifferenceBody, YearsBody
from app.api.document_bodies import (
    CoverageBody,
    DocumentBody,
    DocumentLinksBody,
    NearIdenticalBody,
    ProposalBody,
    RefusalBody,
)
from app.api.places import PositionBody
from app.api.schemas import PagesBody, PassageBody, PassagesBody, StatusBody
from app.cli_evaluate import print_figures
from app.console import Console, visible
from app.evaluation import EvaluationBody, FiguresBody, VerdictCountsBody
from app.validity import Validity
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


def test_what_was_not_read_is_told_with_what_was_found() -> None:
    partly = CoverageBody(pages=195, read=180, scanned=15, ocr=3, damaged=0)
    nothing = finding(Ruling.NOTHING, coverage=partly, certainty=0.9)
    words = "niets gevonden in 1 doorzocht document (180 van 195 pagina's gelezen), 15 gescand, niet doorzoekbaar"
    assert verdict_words(nothing) == f"{words} (zekerheid 90%)"
    text = printed(comparison("jeugd", nothing))
    read = "180 van 195 pagina's gelezen; 15 gescand, niet doorzoekbaar; 3 met tekstherkenning (OCR)"
    assert f"   doorzocht: Jeugdagenda [document-0] ({read})\n" in text
    several = finding(Ruling.TOUCHED, coverage=partly, searched=["a", "b"])
    assert verdict_words(several).endswith("(360 van 390 pagina's gelezen), 30 gescand, niet doorzoekbaar")


@pytest.mark.parametrize("pages", [None, 1, 195])
def test_what_was_read_whole_is_told_in_no_more_words(pages: int | None) -> None:
    nothing = None if pages is None else 0
    whole = CoverageBody(pages=pages, read=pages, scanned=nothing, ocr=nothing, damaged=nothing)
    assert verdict_words(finding(Ruling.NOTHING, coverage=whole)) == "niets gevonden in 1 doorzocht document"


def test_a_passage_that_was_recognised_says_so() -> None:
    body = comparison("jeugd", finding(Ruling.FOUND, [passage("x").model_copy(update={"by_ocr": True})]))
    assert "; met tekstherkenning (OCR) gelezen\n" in printed(body)


def test_status_tells_what_was_read_and_what_was_not() -> None:
    document = DocumentBody(
        **dict(passage("x").document),
        replaces=[],
        coverage=CoverageBody(pages=2, read=1, scanned=1, ocr=0, damaged=0),
        tables=1,
        passages=3,
        problems=["Pagina 2: gescand, niet doorzoekbaar"],
        proposals=[ProposalBody(field="titel", value="Jeugd", origin="de eerste pagina")],
        near_identical=[NearIdenticalBody(id="ander", title=None, similarity=0.93)],
        source_file="jeugd.pdf",
        file_sha256="f" * 64,
        parser="pdf 2",
        ingested_at=datetime(2026, 1, 2, tzinfo=UTC),
        seconds=1.25,
        links=DocumentLinksBody(self="", text="", file="", reading=""),
    )
    refused = RefusalBody(
        id="kapot",
        title=None,
        municipalities=[],
        path="/map/kapot.pdf",
        file_sha256=None,
        reason="is damaged",
        at=document.ingested_at,
    )
    stream = io.StringIO()
    Console(stream, {}).status(
        StatusBody(
            documents=[document], refused=[refused], model="hand", passages=3, late_interaction=None, calibration=None
        )
    )
    lines = stream.getvalue().splitlines()
    for line in (
        "   3 passages; 1 van 2 pagina's gelezen; 1 gescand, niet doorzoekbaar; bestand jeugd.pdf",
        "   1 tabel; gelezen in 1,2 s met pdf 2",
        "   voorstel voor titel: Jeugd (de eerste pagina; niet bevestigd)",
        "   bijna gelijk aan titel onbekend [ander] (93%)",
        "   let op: Pagina 2: gescand, niet doorzoekbaar",
        "geweigerd: /map/kapot.pdf [kapot]: is damaged",
    ):
        assert line in lines


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


@pytest.mark.parametrize(
    ("ruling", "searched", "refused", "words"),
    [
        (Ruling.NOTHING, ["a"], ["b"], "niets gevonden in 1 doorzocht document; 1 document kon niet gelezen worden"),
        (Ruling.FOUND, ["a"], ["b"] * 2, "gevonden, 1 document doorzocht; 2 documenten konden niet gelezen worden"),
        (Ruling.NOT_SEARCHED, [], ["b"], "niet doorzocht; 1 document kon niet gelezen worden"),
    ],
)
def test_a_verdict_tells_what_could_not_be_read(
    ruling: Ruling, searched: list[str], refused: list[str], words: str
) -> None:
    body = finding(ruling, (), UTRECHT, searched, refused=refused)
    assert verdict_words(body) == words
    text = printed(comparison("jeugd", body))
    assert f"Utrecht: {words}\n" in text
    assert "   niet gelezen: b [geweigerd-0]: is damaged\n" in text


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


def statement(quote: str, of: PassageBody, years: Sequence[tuple[int | None, int | None]] = ()) -> AspectBody:
    return AspectBody(
        quote=quote,
        position=PositionBody(start=7, end=7 + len(quote)),
        passage=of.id,
        document=of.document.id,
        probability=0.9,
        years=[YearsBody(first=first, last=last) for first, last in years],
        amounts=[],
    )


def test_what_a_municipality_says_on_each_side_follows_its_passages() -> None:
    shown, other = passage("Wij willen rust."), passage("In 2025 komt er hulp.")
    body = finding(Ruling.FOUND, [shown])
    body.aspects.goals.append(statement("Wij willen rust.", shown))
    body.aspects.new_actions.append(statement("In 2025 komt er hulp.", other, [(2025, 2025), (2026, None)]))
    body.differences.append(
        DifferenceBody(
            quote="Wij willen rust.",
            position=PositionBody(start=7, end=23),
            passage=shown.id,
            document="jeugdagenda",
            other="oud",
        )
    )
    text = printed(comparison("jeugd", body))
    assert "Geldigheid van documenten op 1 maart 2026\n" in text
    assert "   Doelen:\n   - Wij willen rust. (bron 1)\n\n" in text
    place = "[jeugdagenda], positie 7-28"
    assert f"   Nieuwe acties:\n   - In 2025 komt er hulp. (2025; vanaf 2026; {place})\n\n" in text
    assert "   Verschillen tussen versies:\n   - Wij willen rust. (bron 1, niet in [oud])\n" in text
    assert "Partners" not in text, "a side on which nothing is said takes no room"


def test_a_document_that_is_out_of_force_is_shown_as_such() -> None:
    replaced = passage("x", validity=Validity.REPLACED)
    replaced.document.replaced_by.append("nieuw")
    text = printed(comparison("jeugd", finding(Ruling.FOUND, [replaced], only_past=True)))
    assert "Amstelveen: gevonden, 1 document doorzocht; alleen in documenten die niet meer gelden\n" in text
    assert "   document jeugdagenda; vervangen door [nieuw]; passage " in text
    text = printed(comparison("jeugd", finding(Ruling.FOUND, [passage("x", validity=Validity.ENDED)])))
    assert "; verlopen; passage " in text
    assert "niet meer gelden" not in text


def test_hostile_statements_cannot_steer_a_terminal() -> None:
    shown = passage("x")
    body = finding(Ruling.FOUND, [shown])
    body.aspects.goals.append(statement(HOSTILE, shown))
    assert not steers(printed(comparison("jeugd", body), Terminal()).replace("\x1b[1m", "").replace("\x1b[0m", ""))
