"""A report as Markdown (CommonMark with tables)."""

import re

from app.api.comparison_bodies import ComparisonBody, FindingBody
from app.api.document_bodies import DocumentBody, RefusalBody
from app.api.schemas import PassageBody
from app.report.report import TITLE, Report, searched_titles
from app.wording import (
    coverage_words,
    day_words,
    decimal,
    gaps_words,
    municipality_words,
    page_words,
    ruling_words,
    section_words,
    title_words,
    verdict_words,
)

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$])")
_FENCE = re.compile(r"`{3,}")


def markdown(report: Report) -> str:
    """The report with a matrix of verdicts, then the quotes of each topic.

    A quote stands between fences, so that it is in the file and on the page exactly as it is in the document.
    """
    lines = [f"# {TITLE}", "", f"Gemaakt op {day_words(report.made_on)}.", ""]
    lines += _matrix(report)
    for comparison in report.comparisons:
        lines += _topic(comparison)
    if report.failed:
        lines += ["## Niet gelukt", ""]
        lines += [f"- Onderwerp {escaped(failure.topic)}: {escaped(str(failure.error))}" for failure in report.failed]
        lines += [""]
    lines += _documents(report)
    return "\n".join(lines)


def escaped(text: str) -> str:
    """The text on one line, with everything escaped that Markdown or HTML reads as markup inside a line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _matrix(report: Report) -> list[str]:
    municipalities = report.municipalities
    heads = ["Onderwerp", *(escaped(municipality.name) for municipality in municipalities)]
    lines = [_row(heads), _row(["---"] * len(heads))]
    for comparison in report.comparisons:
        rulings = [report.ruling(comparison, municipality) for municipality in municipalities]
        words = [ruling_words(ruling) if ruling is not None else "niet gevraagd" for ruling in rulings]
        lines.append(_row([escaped(comparison.topic), *words]))
    lines += [_row([escaped(failure.topic), *["niet gelukt"] * len(municipalities)]) for failure in report.failed]
    return [*lines, ""]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _topic(comparison: ComparisonBody) -> list[str]:
    lines = [f"## {escaped(comparison.topic)}", ""]
    if comparison.also_searched:
        lines += [f"Ook gezocht op: {escaped(', '.join(comparison.also_searched))}.", ""]
    for finding in comparison.municipalities:
        lines += _finding(finding)
    return lines


def _finding(finding: FindingBody) -> list[str]:
    lines = [f"### {escaped(finding.name)}: {verdict_words(finding)}", ""]
    if finding.searched:
        lines += [f"Doorzocht: {escaped('; '.join(_searched(finding)))}.", ""]
    for passage in finding.passages:
        lines += _passage(passage)
    return lines


def _searched(finding: FindingBody) -> list[str]:
    titles = zip(searched_titles(finding), finding.searched, strict=True)
    return [f"{title}{gaps_words(document.coverage)}" for title, document in titles]


def _passage(passage: PassageBody) -> list[str]:
    document = passage.document
    fence = "`" * max([3, *(len(run) + 1 for run in _FENCE.findall(passage.quote))])
    source = f"{municipality_words(document)}, {title_words(document.title)}, {section_words(passage.section)}"
    place = f"positie {passage.position.start}-{passage.position.end}"
    place += "; met tekstherkenning (OCR) gelezen" if passage.by_ocr else ""
    return [
        f"{fence}text",
        passage.quote,
        fence,
        "",
        f"Bron: {escaped(source)}, {page_words(passage.pages)} "
        f"(document {escaped(document.id)}, {place}, versie {document.version[:12]}).",
        "",
    ]


def _documents(report: Report) -> list[str]:
    """What was read of every document that was searched, and the files of which nothing was."""
    lines: list[str] = []
    if report.documents:
        heads = ["Document", "Gelezen", "Tabellen", "Passages", "Seconden", "Lezer"]
        lines += ["## Wat er doorzocht is", "", _row(heads), _row(["---"] * len(heads))]
        lines += [_row(_read(document)) for document in report.documents]
        notes = [f"- {note}" for document in report.documents for note in _notes(document)]
        lines += ["", *notes, ""] if notes else [""]
    if report.refused:
        lines += ["## Wat niet gelezen kon worden", ""]
        lines += [f"- {escaped(_refused(each))}: {escaped(each.reason)}" for each in report.refused]
        lines += [""]
    return lines


def _refused(refusal: RefusalBody) -> str:
    name = f" ({refusal.path})" if refusal.title else ""
    return f"{municipality_words(refusal)}: {refusal.title or refusal.path}{name}"


def _read(document: DocumentBody) -> list[str]:
    return [
        escaped(f"{municipality_words(document)}: {title_words(document.title)} ({document.source_file})"),
        coverage_words(document.coverage),
        str(document.tables),
        str(document.passages),
        decimal(document.seconds, 1),
        escaped(document.parser),
    ]


def _notes(document: DocumentBody) -> list[str]:
    alike = [f"bijna gelijk aan {title_words(other.title)} [{other.id}]" for other in document.near_identical]
    name = title_words(document.title or document.source_file)
    return [escaped(f"{name}: {note}") for note in (*document.problems, *alike)]
