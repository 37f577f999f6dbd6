"""Texts of a Word file: python-docx, and so Word, reads what was written."""

from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import serialize_for_reading
from docx.text.run import Run
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.report.word.runs import allowed, run

texts = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\n\t\r\x0c\u2028\u202e\u00ad\ufffe ]]>&<"))


@given(texts)
def test_any_text_is_read_back_with_its_line_ends_tabs_and_spaces(text: str) -> None:
    written = etree.tostring(run(text))
    assert Run(parse_xml(written), None).text == allowed(text)  # type: ignore[arg-type]


@given(texts)
def test_only_what_xml_cannot_hold_is_replaced_and_one_for_one(text: str) -> None:
    kept = allowed(text)
    assert len(kept) == len(text)
    assert {before for before, after in zip(text, kept, strict=True) if before != after} <= FORBIDDEN


def test_a_run_shows_its_line_ends_as_breaks() -> None:
    assert serialize_for_reading(run("a\nb\tc")).count("<w:br/>") == 1


FORBIDDEN = {chr(number) for number in range(32) if chr(number) not in "\t\n\r"} | {"\ufffe", "\uffff"}
