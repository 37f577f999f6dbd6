"""The fields of an upload beside its file: what is known about the document, as the wire calls it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from app.api.file_name import plain_name
from app.api.form_data import Form
from app.api.parameters import choice, day, municipality_of
from app.api.query import Given, Repeated, Single, shown
from corpus.document import Metadata
from corpus.entry import LONGEST_ID, is_identifier, slug
from corpus.errors import UsageError
from corpus.kinds import KINDS, STATUSES
from corpus.municipalities import Municipalities

FILE = "bestand"
_PUBLISHED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def _line(most: int) -> Callable[[str], str]:
    """A reader of one line of text of at most so many characters."""

    def read(value: str) -> str:
        if not value.strip():
            raise UsageError("is leeg; laat het weg waar het onbekend is")
        if len(value) > most:
            raise UsageError(f"telt {len(value)} tekens; hoogstens {most} mag")
        if any(unicodedata.category(sign) == "Cc" for sign in value):
            raise UsageError("bevat stuurtekens of een regeleinde; haal die weg")
        return value.strip()

    return read


def _identifier(value: str) -> str:
    if not is_identifier(value):
        raise UsageError(
            f"is {shown(value)}; geef kleine letters en cijfers met enkele streepjes, hoogstens {LONGEST_ID} tekens, "
            "zoals utrecht-jeugdnota-2025"
        )
    return value


def _published(value: str) -> str:
    parts = _PUBLISHED.fullmatch(value)
    try:
        if parts is not None:
            date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
            return value
    except ValueError:
        pass
    raise UsageError(f"is {shown(value)}; geef een bestaand jaar, maand of dag, zoals 2024, 2024-02 of 2024-02-13")


def _web_address(value: str) -> str:
    address = _line(2000)(value)
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in address:
        raise UsageError(f"is {shown(value)}; geef een webadres, zoals https://gemeente.nl/nota")
    return address


def _field(name: str, description: str, schema: Mapping[str, Any], convert: Callable[[str], str]) -> Single[str | None]:
    return Single(name, description, {"type": "string", **schema}, False, None, convert)


def _day_field(name: str, description: str) -> Single[date | None]:
    return Single(name, description, {"type": "string", "format": "date"}, False, None, day)


_ID = _field(
    "id",
    "Kenmerk van het document; vervangt het document dat het al heeft. Zonder: gemaakt van bestandsnaam en inhoud.",
    {"maxLength": LONGEST_ID, "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
    _identifier,
)
_MUNICIPALITY = Repeated("gemeente", "Gemeente waarvoor het document geldt, met naam of GM-code; herhaalbaar.")
_TITLE = _field("titel", "Titel.", {"maxLength": 500}, _line(500))
_KIND = _field("soort", "Soort document.", {"enum": list(KINDS)}, choice(KINDS))
_STATUS = _field("status", "Status.", {"enum": list(STATUSES)}, choice(STATUSES))
_VALID_FROM = _day_field("geldigVan", "Eerste dag van de looptijd.")
_VALID_UNTIL = _day_field("geldigTot", "Laatste dag van de looptijd.")
_PUBLISHED_ON = _field("gepubliceerd", "Jaar, maand of dag, zo precies als bekend (ISO 8601).", {}, _published)
_ADOPTED_BY = _field("vastgesteldDoor", "Orgaan dat het vaststelde.", {"maxLength": 200}, _line(200))
_SOURCE = _field("bron", "Webadres van de bron.", {"format": "uri", "maxLength": 2000}, _web_address)
_REPLACES = Repeated("vervangt", "Kenmerk van een document waarvan dit de plaats inneemt; herhaalbaar.")
_SINGLE: tuple[Single[Any], ...] = (
    _TITLE,
    _KIND,
    _STATUS,
    _VALID_FROM,
    _VALID_UNTIL,
    _PUBLISHED_ON,
    _ADOPTED_BY,
    _SOURCE,
    _ID,
)


def metadata_of(form: Form, size: int, sha256: str, municipalities: Municipalities) -> Metadata:
    """What a form says about the file that came with it, of `size` bytes; InvalidParametersError lists all faults."""
    given = Given(form.texts, form.faults)
    found = given.each(_MUNICIPALITY, municipality_of(municipalities))
    valid_from, valid_until = given.one(_VALID_FROM), given.one(_VALID_UNTIL)
    if valid_from and valid_until and valid_until < valid_from:
        given.fault(_VALID_UNTIL.name, f"is {valid_until}, voor de eerste dag {valid_from}")
    source_file = plain_name(form.file_name or "")
    document_id = given.one(_ID) or f"{slug(PurePosixPath(source_file).stem)}-{sha256[:8]}"
    replaces = given.each(_REPLACES, _identifier)
    if document_id in replaces:
        given.fault(_REPLACES.name, f"is {shown(document_id)}, het document zelf")
    metadata = Metadata(
        document_id=document_id,
        municipalities=found,
        title=given.one(_TITLE),
        kind=given.one(_KIND),
        status=given.one(_STATUS),
        valid_from=valid_from,
        valid_until=valid_until,
        published=given.one(_PUBLISHED_ON),
        adopted_by=given.one(_ADOPTED_BY),
        source=given.one(_SOURCE),
        replaces=replaces,
        source_file=source_file,
    )
    if form.file_name is None and not any(fault.name == FILE for fault in form.faults):
        given.fault(FILE, "ontbreekt, maar is verplicht")
    elif form.file_name is not None and size == 0:
        given.fault(FILE, "is leeg")
    given.finish()
    return metadata


def form_schema() -> dict[str, Any]:
    """What OpenAPI says of the form."""
    properties: dict[str, Any] = {FILE: {"type": "string", "format": "binary", "description": "Het bestand."}}
    properties |= {
        field.name: {"description": field.description, "type": "array", "items": {"type": "string"}}
        for field in (_MUNICIPALITY, _REPLACES)
    }
    properties |= {field.name: {"description": field.description, **field.schema} for field in _SINGLE}
    return {"type": "object", "required": [FILE], "properties": properties, "additionalProperties": False}
