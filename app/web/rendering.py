"""Pages made of templates: everything is escaped, and nothing is loaded from elsewhere."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from app import wording
from app.api.document_bodies import CitedDocumentBody
from app.api.schemas import PassageBody
from app.web.assets import address

# Style sheets, fonts, images and scripts of this service alone; no inline script, no frames, no forms elsewhere.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",  # with "no-referrer" forms of our own would say that they come from nowhere
}


def page(template: str, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
    """A page from templates/; a name that a template asks for and `values` lacks is an error."""
    text = _environment().get_template(template).render(values)
    return HTMLResponse(text, status_code=status, headers=_HEADERS)


def copied(passage: PassageBody) -> str:
    """A quote with its source, as an advisor pastes it."""
    document = passage.document
    source = (
        f"{wording.municipality_words(document)}, {wording.title_words(document.title)}, "
        f"{wording.section_words(passage.section)}, {wording.page_words(passage.pages)}"
    )
    return f"“{passage.quote}”\n\nBron: {source} (document {document.id}, versie {document.version[:12]})."


def _validity(document: CitedDocumentBody) -> str:
    return wording.validity_words(document, wording.enumerated(document.replaced_by))


def _moment(moment: datetime) -> str:
    """A moment on the clock of this machine."""
    here = moment.astimezone()
    return f"{wording.day_words(here.date())}, {here:%H:%M}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("app.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["asset"] = address
    environment.filters["validity_words"] = _validity
    environment.filters["copied"] = copied
    environment.filters["moment_words"] = _moment
    for words in (
        wording.basis_words,
        wording.change_words,
        wording.counted,
        wording.coverage_words,
        wording.day_words,
        wording.enumerated,
        wording.finding_words,
        wording.gaps_words,
        wording.municipality_words,
        wording.one_line,
        wording.page_words,
        wording.percentage,
        wording.ruling_words,
        wording.section_words,
        wording.shortened,
        wording.status_words,
        wording.title_words,
        wording.years_words,
    ):
        environment.filters[words.__name__] = words
    return environment
