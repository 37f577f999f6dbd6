"""The Dutch words in which results are told, on a terminal and in a report."""

from collections.abc import Sequence
from datetime import date

from app.answer import Ruling
from app.api.document_bodies import CitedDocumentBody, CoverageBody, RefusalBody
from app.api.schemas import PagesBody, VerdictBody

_RULINGS = {
    Ruling.FOUND: "gevonden",
    Ruling.TOUCHED: "zijdelings genoemd",
    Ruling.NOTHING: "niets gevonden",
    Ruling.NOT_SEARCHED: "niet doorzocht",
}
PAGES = "pagina's"
SCANNED = "gescand, niet doorzoekbaar"
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
    searched = len(verdict.searched)
    words = ruling_words(verdict.ruling)
    match verdict.ruling:
        case Ruling.NOTHING:
            words += f" in {searched} {'doorzocht document' if searched == 1 else 'doorzochte documenten'}"
        case Ruling.FOUND | Ruling.TOUCHED:
            words += f", {counted(searched, 'document', 'documenten')} doorzocht"
        case Ruling.NOT_SEARCHED:
            words += "" if verdict.refused else " (geen doorzoekbaar document)"
    words += _unread_words([document.coverage for document in verdict.searched])
    if verdict.refused:
        could = "kon" if len(verdict.refused) == 1 else "konden"
        words += f"; {counted(len(verdict.refused), 'document', 'documenten')} {could} niet gelezen worden"
    return words if verdict.certainty is None else f"{words} (zekerheid {percentage(verdict.certainty)})"


def page_words(pages: PagesBody | None) -> str:
    """The pages of a quote; an unknown page is called so."""
    if pages is None:
        return "pagina onbekend"
    return f"pagina {pages.first}" if pages.first == pages.last else f"pagina {pages.first}-{pages.last}"


def municipality_words(document: CitedDocumentBody | RefusalBody) -> str:
    """The municipalities of a document."""
    return enumerated([municipality.name for municipality in document.municipalities]) or "gemeente onbekend"


def title_words(title: str | None) -> str:
    """A title on one line."""
    return " ".join(title.split()) if title and title.strip() else "titel onbekend"


def section_words(section: Sequence[str]) -> str:
    """The headings above a quote, from the top of the document down."""
    return " > ".join(" ".join(heading.split()) for heading in section) or "zonder kop"


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
