"""Where a quote comes from, in one line."""

import pytest

from app.answer import Ruling
from app.report.sources import Sources, span_place
from app.validity import Validity
from tests.app.report.run_parts import aspect, run_of, topic_result
from tests.app.wire_samples import finding, passage


@pytest.mark.parametrize(
    ("validity", "told"),
    [
        (Validity.ENDED, "; verlopen (document"),
        (Validity.NOT_YET, "; nog niet geldig (document"),
        (Validity.IN_FORCE, ""),
    ],
)
def test_a_sentence_of_a_document_that_is_not_in_force_says_so(validity: Validity, told: str) -> None:
    quoted = passage("Een citaat.")
    quoted = quoted.model_copy(update={"document": quoted.document.model_copy(update={"validity": validity})})
    said = aspect("Een doel.", quoted)
    sources = Sources(run_of(topic_result("jeugd", finding(Ruling.FOUND, [quoted]))))
    line = sources.span_line(said)
    assert told in line
    assert ("geldig" in line or "verlopen" in line) is bool(told)


def test_a_document_is_told_without_a_place_in_it() -> None:
    quoted = passage("Een citaat.")
    sources = Sources(run_of(topic_result("jeugd", finding(Ruling.FOUND, [quoted]))))
    line = sources.document_line(quoted.document.id)
    assert line == "Jeugdagenda; geldigheid onbekend (document jeugdagenda, versie ffffffffffff)"
    assert sources.document_line("weg") == "weg (document weg)"


@pytest.mark.parametrize(("pages", "place"), [((3, 3), "pagina 3, positie 12-21"), (None, "positie 12-21")])
def test_a_sentence_tells_the_page_of_its_passage_also_where_that_is_not_shown(
    pages: tuple[int, int] | None, place: str
) -> None:
    said = aspect("Een doel.", passage("Een citaat dat het rapport niet toont.", pages=pages))
    assert span_place(said) == place
    line = Sources(run_of(topic_result("jeugd", finding(Ruling.FOUND)))).span_line(said)
    assert ("pagina 3" if pages else "pagina onbekend") in line
