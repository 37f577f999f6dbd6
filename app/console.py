"""Results as text: the same on a terminal and in a pipe, except for bold headings and control characters."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from app.api.comparison_bodies import (
    AspectBody,
    ComparisonBody,
    DifferenceBody,
    FindingBody,
    MeasureBody,
    StatedFigureBody,
)
from app.api.document_bodies import CitedDocumentBody, DocumentBody
from app.api.schemas import IngestBody, PassageBody, PassagesBody, StatusBody, VerdictBody
from app.report.sides import sides_of
from app.wording import (
    counted,
    coverage_words,
    day_words,
    decimal,
    enumerated,
    finding_words,
    gaps_words,
    municipality_words,
    page_words,
    percentage,
    section_words,
    status_words,
    title_words,
    validity_words,
    verdict_words,
    years_words,
)

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
_INDENT = "   "


class Console:
    """Writes results to a stream, line by line and never wrapped, so that each quote stands there as it is.

    On a terminal headings are bold (not with NO_COLOR or TERM=dumb) and control characters are shown as escapes;
    elsewhere nothing is coloured and a quote is written byte for byte.
    """

    def __init__(self, stream: TextIO, environment: Mapping[str, str]) -> None:
        self._stream = stream
        self._terminal = stream.isatty()
        self._bold = self._terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"

    def line(self, text: str = "") -> None:
        """One line that we word ourselves; control characters and line ends in names are shown as escapes."""
        self._stream.write(_one_line(text) + "\n")

    def passages(self, answer: PassagesBody) -> None:
        """The passages of an answer, best first, and the verdicts."""
        self._also_searched(answer.also_searched)
        if answer.also_searched:
            self.line()
        if not answer.passages:
            self.line("Geen passages gevonden.")
            self.line()
        for number, passage in enumerate(answer.passages, start=1):
            self._passage(number, passage)
        self._heading("Oordeel per gemeente")
        for verdict in answer.municipalities:
            self.line(f"{_INDENT}{verdict.name}: {verdict_words(verdict)}")
        if not answer.municipalities:
            self.line(f"{_INDENT}geen oordeel: van geen doorzocht document is de gemeente bekend")

    def comparison(self, comparison: ComparisonBody) -> None:
        """One block per municipality: its verdict, what was searched, its passages and what they say on each aspect."""
        self._heading(f"Onderwerp: {comparison.topic}")
        self._also_searched(comparison.also_searched)
        self.line(f"Geldigheid van documenten op {day_words(comparison.day)}")
        for finding in comparison.municipalities:
            self._finding(finding)
        if comparison.measures:
            self.line()
        for measure in comparison.measures:
            self._measure(measure)

    def status(self, status: StatusBody) -> None:
        """What the knowledge base holds."""
        for document in status.documents:
            self._document(document)
        if not status.documents:
            self.line("Er is nog niets ingelezen; lees documenten in met: beleidswijzer ingest")
        for refusal in status.refused:
            self.line(f"geweigerd: {refusal.path} [{refusal.id}]: {' '.join(refusal.reason.split())}")
        if status.refused:
            self.line()
        documents = counted(len(status.documents), "document", "documenten")
        passages = counted(status.passages, "passage", "passages")
        self.line(f"{documents}, {passages}, model {status.model or 'nog niet gekozen'}")
        if status.late_interaction is not None:
            megabytes = decimal(status.late_interaction.bytes / 1_000_000, 1)
            self.line(f"tweede trap: {status.late_interaction.vectors} tokenvectoren, {megabytes} MB")
        if status.model is not None and status.calibration is None:
            self.line("geen ijking voor dit model: oordelen zijn zonder kans; maak er een met: beleidswijzer calibrate")

    def ingested(self, report: IngestBody) -> None:
        """The last line of an ingest."""
        documents = counted(report.documents, "document", "documenten")
        passages = counted(report.passages, "passage", "passages")
        problems = counted(len(report.failures), "probleem", "problemen")
        encoded = counted(report.encoded, "tekst", "teksten")
        gone = f", {len(report.vanished)} verdwenen" if report.vanished else ""
        self.line(
            f"{documents}, {passages}, {decimal(report.seconds, 1)} seconden, {problems} "
            f"({report.unchanged} ongewijzigd, {encoded} gecodeerd{gone})"
        )

    def table(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Rows under a first row of headings; the first column to the left, the others to the right."""
        kept = [tuple(_one_line(cell) for cell in row) for row in rows]
        widths = [max(len(cell) for cell in column) for column in zip(*kept, strict=True)]
        for number, row in enumerate(kept):
            cells = [
                row[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
            ]
            line = "  ".join(cells).rstrip()
            if number == 0:
                self._heading(line)
            else:
                self.line(line)

    def _also_searched(self, words: list[str]) -> None:
        if words:
            self.line(f"Ook gezocht op: {', '.join(words)}")

    def _finding(self, finding: FindingBody) -> None:
        self.line()
        self._verdict(finding, finding_words(finding))
        for number, passage in enumerate(finding.passages, start=1):
            self._passage(number, passage)
        numbers = {passage.id: number for number, passage in enumerate(finding.passages, start=1)}
        for name, statements in sides_of(finding.aspects).items():
            self._listed(name, [(each, _years(each) + _source(each, numbers)) for each in statements])
        differences = [(each, f"{_source(each, numbers)}, niet in [{each.other}]") for each in finding.differences]
        self._listed("Verschillen tussen versies", differences)

    def _measure(self, measure: MeasureBody) -> None:
        self._heading(f"Kengetal: {measure.name} ({measure.unit})")
        for figure in measure.figures:
            years = years_words(figure.years) if figure.years else "jaar niet genoemd"
            place = _one_line(_source(figure, {}))
            self.line(f"{_INDENT}{figure.municipality.name}: {_one_line(figure.value.quote)} ({years}; {place})")
            self._stream.write(f"{_INDENT * 2}{self._shown(figure.quote)}\n")
        if measure.note:
            self.line(f"{_INDENT}{measure.note}")
        self.line()

    def _listed(self, name: str, statements: Sequence[tuple[AspectBody | DifferenceBody, str]]) -> None:
        """Quotes under a name, each with where it stands."""
        if statements:
            self._heading(f"{_INDENT}{name}:")
            for statement, source in statements:
                self._stream.write(f"{_INDENT}- {self._shown(statement.quote)} ({_one_line(source)})\n")
            self.line()

    def _verdict(self, verdict: VerdictBody, words: str) -> None:
        self._heading(f"{verdict.name}: {words}")
        for document in verdict.searched:
            gaps = gaps_words(document.coverage)
            self.line(f"{_INDENT}doorzocht: {title_words(document.title)} [{document.id}]{gaps}")
        for refused in verdict.refused:
            reason = " ".join(refused.reason.split())
            self.line(f"{_INDENT}niet gelezen: {title_words(refused.title)} [{refused.id}]: {reason}")
        self.line()

    def _passage(self, number: int, passage: PassageBody) -> None:
        document = passage.document
        self._heading(f"{number}. {municipality_words(document)}: {title_words(document.title)}")
        self.line(f"{_INDENT}{section_words(passage.section)}")
        position = f"positie {passage.position.start}-{passage.position.end}"
        found = f"; gevonden op {enumerated(passage.found_by)}" if passage.found_by else ""
        by_ocr = "; met tekstherkenning (OCR) gelezen" if passage.by_ocr else ""
        self.line(f"{_INDENT}{page_words(passage.pages)}; {position}; score {decimal(passage.score, 3)}{found}{by_ocr}")
        self.line(f"{_INDENT}document {document.id}; {_standing(document)}; passage {passage.id}")
        self.line()
        self._stream.write(self._shown(passage.quote) + "\n\n")

    def _shown(self, quote: str) -> str:
        return visible(quote) if self._terminal else quote

    def _document(self, document: DocumentBody) -> None:
        self._heading(f"{municipality_words(document)}: {title_words(document.title)}")
        self.line(f"{_INDENT}document {document.id}; {document.kind or 'soort onbekend'}; {_period(document)}")
        self.line(f"{_INDENT}vandaag: {_standing(document)}")
        passages = counted(document.passages, "passage", "passages")
        self.line(f"{_INDENT}{passages}; {coverage_words(document.coverage)}; bestand {document.source_file}")
        tables = counted(document.tables, "tabel", "tabellen")
        self.line(f"{_INDENT}{tables}; gelezen in {decimal(document.seconds, 1)} s met {document.parser}")
        for proposal in document.proposals:
            value, origin = " ".join(proposal.value.split()), proposal.origin
            self.line(f"{_INDENT}voorstel voor {proposal.field}: {value} ({origin}; niet bevestigd)")
        for other in document.near_identical:
            share = percentage(other.similarity)
            self.line(f"{_INDENT}bijna gelijk aan {title_words(other.title)} [{other.id}] ({share})")
        for problem in document.problems:
            self.line(f"{_INDENT}let op: {' '.join(problem.split())}")
        self.line()

    def _heading(self, text: str) -> None:
        line = _one_line(text)
        self._stream.write(f"{_BOLD}{line}{_PLAIN}\n" if self._bold else f"{line}\n")


def visible(text: str) -> str:
    r"""The text with characters that steer a terminal or its reading direction written as escapes such as \x1b."""
    return _CONTROL.sub(lambda found: found.group().encode("unicode_escape").decode("ascii"), text)


def _one_line(text: str) -> str:
    return visible(text).replace("\n", "\\n")


def _standing(document: CitedDocumentBody) -> str:
    """How a document stands, with its status where that is known."""
    status = status_words(document)
    words = validity_words(document, enumerated([f"[{successor}]" for successor in document.replaced_by]))
    return f"{words}; {status}" if status else words


def _years(statement: AspectBody) -> str:
    return "".join(f"{years_words(years)}; " for years in statement.years)


def _source(statement: AspectBody | DifferenceBody | StatedFigureBody, numbers: Mapping[str, int]) -> str:
    """The number of the passage it stands in where that is shown, else its document and position."""
    number = numbers.get(statement.passage)
    if number is not None:
        return f"bron {number}"
    page = f"{page_words(statement.pages)}, " if statement.pages else ""
    return f"[{statement.document}], {page}positie {statement.position.start}-{statement.position.end}"


def _period(document: DocumentBody) -> str:
    if document.valid_from is None and document.valid_until is None:
        return "looptijd onbekend"
    return f"geldig {document.valid_from or 'onbekend'} tot en met {document.valid_until or 'onbekend'}"
