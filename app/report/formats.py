"""The formats of a report: what makes each, and its name on the web. Their libraries load with the first use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.api.report_bodies import RunBody


@dataclass(frozen=True, slots=True)
class Format:
    """A format: `write` gives the whole file, the same for the same run."""

    media_type: str
    write: Callable[[RunBody], bytes]


def _docx(run: RunBody) -> bytes:
    from app.report.word.document import word

    return word(run)


def _xlsx(run: RunBody) -> bytes:
    from app.report.sheet.spreadsheet import spreadsheet

    return spreadsheet(run)


def _html(run: RunBody) -> bytes:
    from app.report.web_page import web_page

    return web_page(run)


def _pdf(run: RunBody) -> bytes:
    from app.report.typeset import typeset

    return typeset(run)


def _csv(run: RunBody) -> bytes:
    from app.report.table import table

    return table(run)


def _md(run: RunBody) -> bytes:
    from app.report.markdown import markdown

    return markdown(run)


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: Mapping[str, Format] = {
    "docx": Format(f"{_OFFICE}.wordprocessingml.document", _docx),
    "xlsx": Format(f"{_OFFICE}.spreadsheetml.sheet", _xlsx),
    "html": Format("text/html; charset=utf-8", _html),
    "pdf": Format("application/pdf", _pdf),
    "csv": Format("text/csv; charset=utf-8", _csv),
    "md": Format("text/markdown; charset=utf-8", _md),
}


def rendered(run: RunBody, format_name: str) -> bytes:
    """The file of a run in one of FORMATS."""
    return FORMATS[format_name].write(run)
