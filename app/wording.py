"""The Dutch words in which results are told, on a terminal and in a report."""

import re
from collections.abc import Sequence
from datetime import date

from app.answer import Ruling
from app.api.comparison_bodies import FindingBody, YearsBody
from app.api.document_bodies import CitedDocumentBody, CoverageBody, RefusalBody
from app.api.report_bodies import ChangeKind, ChangeReason
from app.api.schemas import PagesBody, VerdictBody
from app.validity import Validity

_RULINGS = {
    Ruling.FOUND: "gevonden",
    Ruling.TOUCHED: "zijdelings genoemd",
    Ruling.NOTHING: "niets gevonden",
    Ruling.NOT_SEARCHED: "niet doorzocht",
}
VALIDITY_WORDS = {
    Validity.IN_FORCE: "geldig",
    Validity.NOT_YET: "nog niet geldig",
    Validity.ENDED: "verlopen",
    Validity.WITHDRAWN: "ingetrokken",
    Validity.REPLACED: "vervangen",
    Validity.UNKNOWN: "geldigheid onbekend",
}
_CHANGES = {
    ChangeKind.VERDICT: "ander oordeel",
    ChangeKind.PASSAGES: "andere passages",
    ChangeKind.NEW_CELL: "nieuw in dit rapport",
    ChangeKind.GONE_CELL: "niet meer in dit rapport",
}
_REASONS = {
    ChangeReason.NEW_DOCUMENT: "nieuw document",
    ChangeReason.DOCUMENT_GONE: "document weg",
    ChangeReason.NEW_VERSION: "nieuwe versie van een document",
    ChangeReason.METADATA: "andere gegevens van een document",
    ChangeReason.SETTINGS: "andere instellingen",
    ChangeReason.OTHER_DOCUMENTS: "andere documenten elders in de index",
}
_NONE_SEARCHED = "geen doorzoekbaar document"
PAGES = "pagina's"
SCANNED = "gescand, niet doorzoekbaar"
_TURNING = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def ruling_words(ruling: Ruling) -> str:
    """A verdict in two words at most."""
    return _RULINGS[ruling]


def verdict_words(verdict: VerdictBody) -> str:
    """A verdict with what was searched, how much of that was read, what could not be read, and how certain it is."""
    words = ruling_words(verdict.ruling)
    match verdict.ruling:
        case Ruling.NOTHING:
            searched = len(verdict.searched)
            words += f" in {searched} {'doorzocht document' if searched == 1 else 'doorzochte documenten'}"
        case Ruling.FOUND | Ruling.TOUCHED:
            words += f", {_searched_words(verdict)}"
        case Ruling.NOT_SEARCHED:
            words += "" if verdict.refused else f" ({_NONE_SEARCHED})"
    words += _reading_words(verdict)
    return words if verdict.certainty is None else f"{words} ({_certainty_words(verdict.certainty)})"


def basis_words(verdict: VerdictBody) -> str:
    """What `verdict_words` tells beside the verdict itself, which a reader sees already."""
    if verdict.ruling is Ruling.NOT_SEARCHED:
        return _reading_words(verdict).removeprefix("; ") or _NONE_SEARCHED
    words = _searched_words(verdict) + _reading_words(verdict)
    return words if verdict.certainty is None else f"{words}; {_certainty_words(verdict.certainty)}"


def finding_words(finding: FindingBody) -> str:
    """As `verdict_words`, and whether all that it rests on is out of force."""
    return verdict_words(finding) + ("; alleen in documenten die niet meer gelden" if finding.only_past else "")


def _searched_words(verdict: VerdictBody) -> str:
    return f"{counted(len(verdict.searched), 'document', 'documenten')} doorzocht"


def _reading_words(verdict: VerdictBody) -> str:
    """How much of what was searched was read, and how many documents could not be; nothing where that is all of it."""
    words = _unread_words([document.coverage for document in verdict.searched])
    if not verdict.refused:
        return words
    could = "kon" if len(verdict.refused) == 1 else "konden"
    return f"{words}; {counted(len(verdict.refused), 'document', 'documenten')} {could} niet gelezen worden"


def _certainty_words(certainty: float) -> str:
    return f"zekerheid {percentage(certainty)}"


def page_words(pages: PagesBody | None) -> str:
    """The pages of a quote; an unknown page is called so."""
    if pages is None:
        return "pagina onbekend"
    return f"pagina {pages.first}" if pages.first == pages.last else f"pagina {pages.first}-{pages.last}"


def municipality_words(document: CitedDocumentBody | RefusalBody) -> str:
    """The municipalities of a document."""
    return enumerated([municipality.name for municipality in document.municipalities]) or "gemeente onbekend"


def title_words(title: str | None) -> str:
    """A title on one line, without signs that would turn the direction of the text around it."""
    return one_line(title or "") or "titel onbekend"


def one_line(text: str) -> str:
    """A text for among other words: on one line, without signs that would turn the direction of those."""
    return " ".join(_TURNING.sub(" ", text).split())


def shortened(text: str, longest: int) -> str:
    """The text on one line of at most `longest` characters."""
    words = one_line(text)
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def section_words(section: Sequence[str]) -> str:
    """The headings above a quote, from the top of the document down."""
    return " > ".join(map(one_line, section)) or "zonder kop"


def coverage_words(coverage: CoverageBody) -> str:
    """How much of a file was read; a file without pages says so."""
    if coverage.pages is None:
        return "bestand zonder pagina's"
    words = f"{coverage.read or 0} van {counted(coverage.pages, 'pagina', PAGES)} gelezen"
    for count, what in (
        (coverage.scanned, SCANNED),
        (coverage.ocr, "met tekstherkenning (OCR)"),
        (coverage.damaged, "beschadigd"),
    ):
        words += f"; {count} {what}" if count else ""
    return words


def gaps_words(coverage: CoverageBody) -> str:
    """The coverage of a document, in brackets after its title, where not all of it was read well; else nothing."""
    if (coverage.read or 0) >= (coverage.pages or 0) and not (coverage.ocr or coverage.damaged):
        return ""
    return f" ({coverage_words(coverage)})"


def _unread_words(coverages: Sequence[CoverageBody]) -> str:
    """How many pages of the documents searched were read, where that is not all of them; else nothing."""
    pages = sum(coverage.pages or 0 for coverage in coverages)
    read = sum(coverage.read or 0 for coverage in coverages)
    scanned = sum(coverage.scanned or 0 for coverage in coverages)
    if read >= pages:
        return ""
    words = f" ({read} van {counted(pages, 'pagina', PAGES)} gelezen)"
    return f"{words}, {scanned} {SCANNED}" if scanned else words


def validity_words(document: CitedDocumentBody, successors: str) -> str:
    """How a document stands on the day it was looked at, with the dates that are known; `successors` replace it."""
    words = VALIDITY_WORDS[document.validity]
    match document.validity:
        case Validity.IN_FORCE if document.valid_until:
            return f"{words} tot en met {day_words(document.valid_until)}"
        case Validity.ENDED if document.valid_until:
            words += f" (gold tot en met {day_words(document.valid_until)})"
        case Validity.NOT_YET if document.valid_from:
            return f"{words}, vanaf {day_words(document.valid_from)}"
    if not successors:
        return words
    return (
        f"{words} door {successors}"
        if document.validity is Validity.REPLACED
        else f"{words}, vervangen door {successors}"
    )


def status_words(document: CitedDocumentBody) -> str:
    """The status of a document and who adopted it; empty where neither is known or the validity tells it."""
    status = "" if document.status == VALIDITY_WORDS[document.validity] else document.status or ""
    if document.adopted_by:
        return f"{status or 'vastgesteld'} door {one_line(document.adopted_by)}"
    return status


def years_words(years: YearsBody) -> str:
    """A year or a period; one side can be open."""
    if years.first is None:
        return "onbekend jaar" if years.last is None else f"tot en met {years.last}"
    if years.last is None:
        return f"vanaf {years.first}"
    return str(years.first) if years.first == years.last else f"{years.first}-{years.last}"


def change_words(changes: Sequence[ChangeKind], reasons: Sequence[ChangeReason]) -> str:
    """What changed in a cell and why, in a few words."""
    words = enumerated([_CHANGES[each] for each in changes])
    told = enumerated([_REASONS[each] for each in reasons])
    return f"{words} ({told})" if told else words


def counted(count: int, one: str, more: str) -> str:
    """A number with its noun."""
    return f"{count} {one if count == 1 else more}"


def enumerated(names: Sequence[str]) -> str:
    """Names with commas and "en" between them."""
    return " en ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def percentage(share: float) -> str:
    """A share of one as whole percents; never 100% for what is not certain."""
    return f"{min(round(share * 100), 99) if share < 1 else 100}%"


def decimal(number: float, digits: int) -> str:
    """A number with a decimal comma."""
    return f"{number:.{digits}f}".replace(".", ",")


def day_words(day: date) -> str:
    """A date such as 3 maart 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
