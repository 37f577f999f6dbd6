"""A report as CSV (RFC 4180), one row per quote and one per municipality without any."""

import csv
import io
import re

from app.api.comparison_bodies import ComparisonBody, FindingBody
from app.api.schemas import PassageBody
from app.report.report import FailedTopic, Report, searched_titles
from app.wording import coverage_words, municipality_words, verdict_words

BYTE_ORDER_MARK = "\ufeff"
COLUMNS = (
    "onderwerp",
    "gemeentecode",
    "gemeente",
    "oordeel",
    "zekerheid",
    "doorzochte documenten",
    "citaat",
    "titel",
    "gemeenten van het document",
    "soort",
    "sectie",
    "pagina van",
    "pagina tot",
    "positie van",
    "positie tot",
    "score",
    "document",
    "versie",
    "passage",
    "fout",
    "toelichting",
    "dekking",
    "ocr",
)
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def table(report: Report) -> str:
    """The rows in the order of topics, municipalities and scores, under Dutch column names.

    The text begins with a byte order mark, by which Excel knows UTF-8. A text that a spreadsheet would take for a
    formula gets an apostrophe in front, see `neutral`.
    """
    stream = io.StringIO()
    stream.write(BYTE_ORDER_MARK)
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for comparison in report.comparisons:
        for finding in comparison.municipalities:
            writer.writerows(_rows(comparison, finding))
    writer.writerows(_failed_row(failure) for failure in report.failed)
    return stream.getvalue()


def neutral(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would calculate it (= + - @, tab, line end).

    Texts that already look so, apostrophes before such a sign, get one more; so every text can be had back.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _rows(comparison: ComparisonBody, finding: FindingBody) -> list[list[str]]:
    verdict = [
        neutral(comparison.topic),
        finding.code,
        neutral(finding.name),
        finding.ruling.value,
        "" if finding.certainty is None else str(finding.certainty),
        neutral("; ".join(searched_titles(finding))),
    ]
    read = [
        neutral(verdict_words(finding)),
        neutral("; ".join(f"{each.title or each.id}: {coverage_words(each.coverage)}" for each in finding.searched)),
    ]
    if not finding.passages:
        return [[*verdict, *[""] * (len(COLUMNS) - len(verdict) - len(read) - 1), *read, ""]]
    return [[*verdict, *_quote(each), "", *read, "ja" if each.by_ocr else "nee"] for each in finding.passages]


def _quote(passage: PassageBody) -> list[str]:
    document, pages, position = passage.document, passage.pages, passage.position
    return [
        neutral(passage.quote),
        neutral(document.title or ""),
        neutral(municipality_words(document)),
        neutral(document.kind or ""),
        neutral(" > ".join(passage.section)),
        "" if pages is None else str(pages.first),
        "" if pages is None else str(pages.last),
        str(position.start),
        str(position.end),
        str(passage.score),
        neutral(document.id),
        document.version,
        passage.id,
    ]


def _failed_row(failure: FailedTopic) -> list[str]:
    row = dict.fromkeys(COLUMNS, "") | {"onderwerp": neutral(failure.topic), "fout": neutral(str(failure.error))}
    return list(row.values())
