"""Where a quote of a report comes from, in one line of Dutch."""

from app.api.comparison_bodies import (
    AspectBody,
    ComparisonBody,
    DifferenceBody,
    FindingBody,
    SpanBody,
    StatedFigureBody,
)
from app.api.document_bodies import CitedDocumentBody
from app.api.report_bodies import RunBody
from app.api.schemas import PassageBody
from app.validity import IN_THE_PAST, Validity
from app.wording import (
    enumerated,
    municipality_words,
    one_line,
    page_words,
    section_words,
    shortened,
    status_words,
    title_words,
    validity_words,
)

SHORT_VERSION = 12
_LONGEST_TITLE = 200
_LONGEST_PATH = 500
BY_OCR = "met tekstherkenning (OCR) gelezen"


CitedSpan = AspectBody | DifferenceBody | StatedFigureBody


class Sources:
    """The source lines of one run, in which documents are named by their titles."""

    def __init__(self, run: RunBody) -> None:
        held: dict[str, CitedDocumentBody] = {}
        for result in run.results:
            for passage in _passages(result.comparison):
                held.setdefault(passage.document.id, passage.document)
        self._documents: dict[str, CitedDocumentBody] = held | {each.id: each for each in run.documents}

    def title(self, document_id: str) -> str:
        """The title of a document on one line, or its id where the title is unknown."""
        document = self._documents.get(document_id)
        return shortened(document.title if document and document.title else document_id, _LONGEST_TITLE)

    def validity(self, document: CitedDocumentBody) -> str:
        """How a document stands on the day of the run, with its successors by title."""
        return validity_words(document, enumerated([self.title(each) for each in document.replaced_by]))

    def standing(self, document: CitedDocumentBody) -> str:
        """Its validity, and its status where that is known."""
        return "; ".join(part for part in (self.validity(document), status_words(document)) if part)

    def line(self, passage: PassageBody) -> str:
        """Municipality, title, headings, page, validity, and the place by which a machine finds it again."""
        document = passage.document
        told = (
            f"{municipality_words(document)}, {shortened(title_words(document.title), _LONGEST_TITLE)}, "
            f"{shortened(section_words(passage.section), _LONGEST_PATH)}, {page_words(passage.pages)}"
        )
        place = f"document {document.id}, {position_words(passage)}"
        place += f"; {BY_OCR}" if passage.by_ocr else ""
        return f"{told}; {self.standing(document)} ({place}, versie {document.version[:SHORT_VERSION]})"

    def document_line(self, document_id: str) -> str:
        """A document without a place in it: title, validity, id and version."""
        document = self._documents.get(document_id)
        if document is None:
            return f"{self.title(document_id)} (document {document_id})"
        version = document.version[:SHORT_VERSION]
        return f"{self.title(document_id)}; {self.standing(document)} (document {document_id}, versie {version})"

    def span_line(self, span: CitedSpan) -> str:
        """The shorter line of a sentence or figure: title, page and place.

        With the validity of a document that is not in force.
        """
        page = f", {page_words(span.pages)}"
        document_id = span.document
        document = self._documents.get(document_id)
        version = f", versie {document.version[:SHORT_VERSION]}" if document else ""
        told = f"{self.title(document_id)}{page}"
        if document and (document.validity in IN_THE_PAST or document.validity is Validity.NOT_YET):
            told += f"; {self.validity(document)}"
        return f"{told} (document {document_id}, {position_words(span)}{version})"


def span_place(span: CitedSpan) -> str:
    """Where in its document a sentence stands: its page, where that is known, and its position."""
    page = f"{page_words(span.pages)}, " if span.pages else ""
    return f"{page}{position_words(span)}"


def position_words(span: SpanBody | PassageBody) -> str:
    """The characters of the document's text that a quote is."""
    return f"positie {span.position.start}-{span.position.end}"


def searched_titles(finding: FindingBody) -> list[str]:
    """The documents searched for a verdict: their titles, or ids where the title is unknown."""
    return [one_line(document.title or document.id) for document in finding.searched]


def _passages(comparison: ComparisonBody | None) -> list[PassageBody]:
    return [each for finding in (comparison.municipalities if comparison else ()) for each in finding.passages]
