"""The body that asks for a report."""

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from app.api.ids import as_uuid
from app.api.json_fields import Fields
from app.api.parameters import choice, day, municipality_of, question_text
from app.report.formats import FORMATS
from app.report.order import (
    LONGEST_TITLE,
    MOST_TOPICS,
    PER_MUNICIPALITY,
    TITLE,
    ReportOrder,
    Topic,
    distinct,
    no_report_words,
)
from corpus.errors import UsageError
from corpus.municipalities import Municipalities

MAX_REQUEST_BYTES = 4_000_000
_MOST_MUNICIPALITIES = 500
_TEXT = {"type": "string", "minLength": 1, "maxLength": 1000}
_LINE = {"type": "string", "minLength": 1, "maxLength": LONGEST_TITLE}
_LACKS = "ontbreekt, maar is verplicht"


def report_order(
    content: bytes, municipalities: Municipalities, is_kept: Callable[[str], bool], today: date
) -> ReportOrder:
    """The report that a body asks for; `is_kept` tells whether there is a finished report of an id.

    InvalidParametersError lists all faults, UsageError where the body is no JSON object.
    """
    fields = Fields.of_body(content)
    topics = [
        _topic(fields, f"onderwerpen.{number}", value)
        for number, value in enumerate(fields.items("onderwerpen", MOST_TOPICS, required=True))
    ]
    found = [
        fields.read(f"gemeenten.{number}", value, municipality_of(municipalities))
        for number, value in enumerate(fields.items("gemeenten", _MOST_MUNICIPALITIES))
    ]
    format_name = fields.text("formaat", choice(tuple(FORMATS)), f"{_LACKS}; mogelijk zijn {', '.join(FORMATS)}")
    title = fields.text("titel", _one_line)
    valid_on = fields.text("geldigOp", day)
    reference_day = fields.text("peildatum", day)
    per_municipality = fields.number("perGemeente", 1, 10)
    since = fields.text("sinds", _report_of(is_kept))
    fields.refuse_others()
    fields.finish()
    return ReportOrder(
        title=title or TITLE,
        topics=distinct(topic for topic in topics if topic is not None),
        municipalities=tuple(dict.fromkeys(each for each in found if each is not None)),
        format=format_name or "",
        day=reference_day or valid_on or today,
        valid_on=valid_on,
        per_municipality=per_municipality or PER_MUNICIPALITY,
        since=since,
    )


def request_schema() -> dict[str, Any]:
    """What OpenAPI says of the body."""
    topic = {
        "type": "object",
        "required": ["onderwerp"],
        "additionalProperties": False,
        "properties": {
            "onderwerp": _TEXT | {"description": "Zoals het in het rapport heet."},
            "vraag": _TEXT | {"description": "Waarmee gezocht wordt; zonder: het onderwerp."},
            "groep": _LINE | {"description": "Kop waaronder het onderwerp staat."},
        },
    }
    return {
        "type": "object",
        "required": ["onderwerpen", "formaat"],
        "additionalProperties": False,
        "properties": {
            "onderwerpen": {
                "type": "array",
                "minItems": 1,
                "maxItems": MOST_TOPICS,
                "items": {"oneOf": [_TEXT, topic]},
                "examples": [["conflictscheidingen", {"onderwerp": "Wachttijd", "vraag": "wachttijden jeugdhulp"}]],
            },
            "gemeenten": {
                "description": "Namen of GM-codes; zonder: elke gemeente met documenten.",
                "type": "array",
                "maxItems": _MOST_MUNICIPALITIES,
                "items": {"type": "string"},
            },
            "formaat": {"type": "string", "enum": list(FORMATS)},
            "titel": _LINE,
            "geldigOp": {
                "description": "Alleen documenten die op deze dag gelden.",
                "type": "string",
                "format": "date",
            },
            "peildatum": {
                "description": "De dag waarop bekeken wordt wat geldt: dat komt eerst, en de rest doet mee. Zonder: "
                "`geldigOp`, of vandaag.",
                "type": "string",
                "format": "date",
            },
            "perGemeente": {"type": "integer", "minimum": 1, "maximum": 10, "default": PER_MUNICIPALITY},
            "sinds": {
                "description": "uuid van een eerder rapport: wat daarna veranderd is wordt gemarkeerd.",
                "type": "string",
                "format": "uuid",
            },
        },
    }


def _topic(fields: Fields, place: str, value: object) -> Topic | None:
    if isinstance(value, str):
        name = fields.read(place, value, _trimmed)
        return None if name is None else Topic(name)
    if not isinstance(value, dict):
        fields.fault(place, "is geen tekst en geen object met onderwerp, vraag en groep")
        return None
    inside = fields.inside(place, value)
    name = inside.text("onderwerp", _trimmed, _LACKS)
    question, group = inside.text("vraag", _trimmed), inside.text("groep", _one_line)
    inside.refuse_others()
    return None if name is None else Topic(name, question, group)


def _trimmed(value: str) -> str:
    return question_text(value).strip()


def _one_line(value: str) -> str:
    if not value.strip():
        raise UsageError("is leeg; laat het weg waar het er niet is")
    if len(value) > LONGEST_TITLE:
        raise UsageError(f"telt {len(value)} tekens; hoogstens {LONGEST_TITLE} mag")
    if any(unicodedata.category(sign) == "Cc" for sign in value):
        raise UsageError("bevat stuurtekens of een regeleinde; haal die weg")
    return value.strip()


def _report_of(is_kept: Callable[[str], bool]) -> Callable[[str], str]:
    def read(value: str) -> str:
        canonical = as_uuid(value)
        if canonical is None or not is_kept(canonical):
            raise UsageError(no_report_words(value))
        return canonical

    return read
