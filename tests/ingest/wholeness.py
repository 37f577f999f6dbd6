"""What holds of every document, whatever file it was read from."""

import re
from collections.abc import Sequence

from corpus.document import Damage, Document, TextSpan
from ingest.split import split

_NO_TEXT = re.compile("[\ud800-\udfff]")


def assert_whole(document: Document) -> None:
    """A document accounts for all its text, and every place in it is one."""
    _assert_map(document)
    _assert_sections(document)
    _assert_pages(document)
    for spans in (document.damages, document.tables, document.recognised):
        _assert_in_order(spans, len(document.text))
    assert not _NO_TEXT.search(document.source + document.text)
    for passage in split("0" * 64, document):
        assert document.text[passage.start : passage.end] == passage.quote
        assert passage.quote.strip()
        assert len(passage.quote) <= 1200


def _assert_map(document: Document) -> None:
    at = to = 0
    for stretch in document.stretches:
        assert (stretch.source_start, stretch.start) == (at, to), "the stretches do not tile"
        at, to = stretch.source_end, stretch.end
        assert at >= stretch.source_start
        assert to >= stretch.start
        if stretch.change is None:
            assert document.source[stretch.source_start : at] == document.text[stretch.start : to], "not the same"
    assert (at, to) == (len(document.source), len(document.text)), "the stretches end before the text"


def _assert_sections(document: Document) -> None:
    at = 0
    for section in document.sections:
        assert section.start == at, "the sections do not tile"
        assert section.start <= section.heading_end <= section.end
        at = section.end
    assert at == len(document.text), "the sections end before the text"


def _assert_pages(document: Document) -> None:
    coverage = document.coverage
    at = 0
    for page in document.pages:
        assert at <= page.start <= page.end <= len(document.text), "the pages are not in order"
        at = page.end
        if page.number is not None and coverage.pages is not None:
            assert 1 <= page.number <= coverage.pages
    for box in document.boxes:
        assert 0 <= box.start < box.end <= len(document.text)
        assert coverage.pages is not None
        assert 1 <= box.page <= coverage.pages
        assert box.left <= box.right
        assert box.top <= box.bottom
    if coverage.pages is None:
        assert (coverage.read, coverage.scanned, coverage.ocr, coverage.damaged) == (None, None, None, None)
        return
    assert coverage.read is not None
    assert coverage.scanned is not None
    assert coverage.ocr is not None
    assert coverage.damaged is not None
    assert coverage.read + coverage.scanned == coverage.pages, "a page is neither read nor named"
    assert 0 <= coverage.ocr <= coverage.read <= coverage.pages
    assert 0 <= coverage.damaged <= coverage.pages


def _assert_in_order(spans: Sequence[Damage] | Sequence[TextSpan], length: int) -> None:
    at = 0
    for span in spans:
        assert at <= span.start < span.end <= length, "spans overlap, are empty or reach outside the text"
        at = span.end
