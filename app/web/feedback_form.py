"""The form in which somebody says that a verdict is not right."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from app.answer import Ruling
from app.api import parameters as given
from app.api.query import Given, InvalidParameter, Single
from app.web.asked_on import ASKED_ON, AskedOn
from app.web.faulty import Faulty
from corpus.document import Municipality
from corpus.errors import UsageError
from corpus.municipalities import Municipalities

MOST_REMARK_CHARACTERS = 1000
LABELS = {"oordeel": "Wat klopt wel?", "opmerking": "Opmerking"}
RULINGS = (Ruling.FOUND, Ruling.TOUCHED, Ruling.NOTHING)
_CERTAINTY = re.compile(r"0(?:\.[0-9]{1,6})?|1(?:\.0{1,6})?")
_NOBODY = Municipality("", "")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Said:
    """What a form says; `asked_on` is the page that it stood on."""

    question: str
    municipality: Municipality
    ruling: Ruling
    certainty: float | None
    right_ruling: Ruling
    remark: str
    asked_on: AskedOn


@dataclass(frozen=True, slots=True)
class FeedbackForm(Faulty):
    """The fields as they came in, and what is wrong with them; `labels` are those of the fields that can be seen."""

    fields: tuple[tuple[str, str], ...]
    faults: tuple[InvalidParameter, ...] = ()
    labels: Mapping[str, str] = field(default_factory=lambda: LABELS)

    def value(self, name: str) -> str:
        """What stands in a field."""
        return dict(self.fields).get(name, "")

    @property
    def can_be_mended(self) -> bool:
        """Whether all that is wrong stands in fields that can be seen."""
        return all(each.name in self.labels for each in self.faults)

    def with_faults(self, faults: Sequence[InvalidParameter]) -> "FeedbackForm":
        """This form with what is wrong with it, in the order in which its fields are seen."""
        order = {name: number for number, name in enumerate(self.labels)}
        return replace(self, faults=tuple(sorted(faults, key=lambda each: order.get(each.name, len(order)))))

    def read(self, municipalities: Municipalities) -> Said:
        """What it says; InvalidParametersError lists all that is wrong. A field that was left empty was not given."""
        query = Given((name, value) for name, value in self.fields if value.strip())
        said = Said(
            question=query.one(given.QUESTION),
            municipality=query.one(_field("gemeente", given.municipality_of(municipalities), _NOBODY, required=True)),
            ruling=query.one(_field("gegeven", _ruling, Ruling.NOT_SEARCHED, required=True)),
            certainty=query.one(_field("zekerheid", _certainty, None)),
            right_ruling=query.one(_field("oordeel", _ruling, Ruling.NOT_SEARCHED)),
            remark=query.one(_field("opmerking", _remark, "")),
            asked_on=query.one(ASKED_ON),
        )
        if not self.value("oordeel").strip():
            query.fault("oordeel", "is niet gekozen; kies het oordeel dat wel klopt")
        elif said.right_ruling is said.ruling and said.ruling is not Ruling.NOT_SEARCHED:
            query.fault("oordeel", "is het oordeel dat er al staat; kies een ander")
        query.finish()
        return said


def _field(name: str, convert: Callable[[str], _Value], default: _Value, required: bool = False) -> Single[_Value]:
    return Single(name, "", {"type": "string"}, required, default, convert)


def _ruling(value: str) -> Ruling:
    return Ruling(given.choice([each.value for each in RULINGS])(value))


def _certainty(value: str) -> float | None:
    if not _CERTAINTY.fullmatch(value):
        raise UsageError("is geen kans van 0 tot en met 1")
    return float(value)


def _remark(value: str) -> str:
    text = value.strip()
    if len(text) > MOST_REMARK_CHARACTERS:
        raise UsageError(f"telt {len(text)} tekens; hoogstens {MOST_REMARK_CHARACTERS} mag")
    if any(unicodedata.category(sign) == "Cc" and sign not in "\t\n" for sign in text):
        raise UsageError("bevat stuurtekens; haal die weg")
    return text
