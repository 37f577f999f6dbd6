"""The form with which a report is asked for, and the request that it becomes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.api import parameters as given
from app.api.query import Given, InvalidParameter, Repeated, Single
from app.web.faulty import Faulty
from corpus.errors import UsageError
from corpus.municipalities import Municipalities

LABELS = {
    "onderwerpen": "Onderwerpen",
    "gemeenten": "Gemeenten",
    "formaat": "Formaat",
    "titel": "Titel",
    "geldigOp": "Geldig op",
    "perGemeente": "Passages per gemeente",
    "sinds": "Vergelijk met een eerder rapport",
}
FORMAT_WORDS = {
    "docx": "Word (docx)",
    "xlsx": "Excel (xlsx)",
    "html": "Webpagina (html)",
    "pdf": "PDF",
    "csv": "CSV",
    "md": "Markdown (md)",
}
_LONGEST = 20_000
_TEXTS = ("formaat", "titel", "geldigOp", "sinds")


def _lines(value: str) -> str:
    if len(value) > _LONGEST:
        raise UsageError(f"telt {len(value)} tekens; hoogstens {_LONGEST} mag in een adres")
    return value


_TOPICS = Single("onderwerpen", "Een onderwerp per regel.", {"type": "string"}, False, "", _lines)
_MUNICIPALITIES = Repeated("gemeenten", "Naam of GM-code.")


@dataclass(frozen=True, slots=True)
class ReportForm(Faulty):
    """The fields as they were filled in, by the names of the wire, and what is wrong with them."""

    topics: str = ""
    municipalities: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    per_municipality: str = "3"
    unknown: tuple[str, ...] = ()
    faults: tuple[InvalidParameter, ...] = ()
    labels: Mapping[str, str] = field(default_factory=lambda: LABELS)
    formats: Mapping[str, str] = field(default_factory=lambda: FORMAT_WORDS)

    @classmethod
    def of(cls, posted: Sequence[tuple[str, str]]) -> "ReportForm":
        """What a browser posted."""
        last = dict(posted)
        return cls(
            topics=last.get("onderwerpen", ""),
            municipalities=tuple(value for name, value in posted if name == "gemeenten"),
            texts={name: last[name] for name in _TEXTS if last.get(name, "").strip()},
            per_municipality=last.get("perGemeente", ""),
            unknown=tuple(name[:100] for name in last if name not in LABELS),
        )

    @classmethod
    def asked_for(cls, query: Given, municipalities: Municipalities) -> "ReportForm":
        """What an address fills in: the topics, one a line, the municipalities and the day of a comparison."""
        day = query.one(given.VALID_ON)
        return cls(
            topics=query.one(_TOPICS),
            municipalities=tuple(
                each.code for each in query.each(_MUNICIPALITIES, given.municipality_of(municipalities))
            ),
            texts={} if day is None else {given.VALID_ON.name: day.isoformat()},
        )

    def value(self, name: str) -> str:
        """What stands in a field of one text."""
        return self.texts.get(name, "")

    def as_request(self) -> bytes:
        """The body that REST takes for it; every line that is not empty is a topic."""
        asked: dict[str, Any] = {"onderwerpen": self._lines(), "gemeenten": list(self.municipalities), **self.texts}
        if self.per_municipality:
            number = self.per_municipality
            asked["perGemeente"] = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else number
        return json.dumps(asked | dict.fromkeys(self.unknown)).encode()

    def with_faults(self, faults: Sequence[InvalidParameter]) -> "ReportForm":
        """This form with what REST found wrong with it; of a topic the line is named."""
        return replace(self, faults=tuple(self._of_form(each) for each in faults))

    def _of_form(self, fault: InvalidParameter) -> InvalidParameter:
        name, _, place = fault.name.partition(".")
        if name == "onderwerpen" and place.isdigit():
            topic = self._lines()[int(place)]
            return InvalidParameter(name, f"{topic[:60]!r} {fault.reason}")
        if name == "onderwerpen" and not self._lines():
            return InvalidParameter(name, "zijn leeg; geef er minstens één")
        return InvalidParameter(name, fault.reason)

    def _lines(self) -> list[str]:
        return [line.strip() for line in self.topics.splitlines() if line.strip()]
