"""Which documents a list shows, and in which order: all of it stands in the address."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from app import wording
from app.api import parameters as given
from app.api.document_bodies import DocumentBody, RefusalBody
from app.api.query import FormQuery, Single
from app.validity import Validity
from corpus.document import Municipality
from corpus.errors import UsageError
from corpus.municipalities import Municipalities

PER_PAGE = 50
_LONGEST = 200
_MOST_PAGES = 100_000


class Only(StrEnum):
    """What a list is narrowed to."""

    PROBLEMS = "problemen"
    PROPOSALS = "voorstellen"


class Order(StrEnum):
    """By what a list is ordered."""

    MUNICIPALITY = "gemeente"
    TITLE = "titel"
    VALID_UNTIL = "geldigTot"
    COVERAGE = "dekking"
    INGESTED = "ingelezen"


DEFAULT = Order.MUNICIPALITY.value
DESCENDING = "-"
ORDERS = tuple(sign + order.value for order in Order for sign in ("", DESCENDING))


def _short(value: str) -> str:
    if len(value) > _LONGEST:
        raise UsageError(f"telt {len(value)} tekens; hoogstens {_LONGEST} mag")
    return value.strip()


def _one_of(name: str, description: str, values: Sequence[str]) -> Single[str | None]:
    return Single(name, description, {"type": "string", "enum": list(values)}, False, None, given.choice(tuple(values)))


_TEXT = Single("naam", "Woorden uit titel of kenmerk.", {"type": "string"}, False, "", _short)
_VALIDITY = _one_of("geldigheid", "Hoe het document ervoor staat.", [each.value for each in Validity])
_ONLY = _one_of("alleen", "Alleen documenten met problemen of met voorstellen.", [each.value for each in Only])
_ORDER = _one_of("volgorde", "Waarop de lijst is gesorteerd.", ORDERS)
_DONE = _one_of("gedaan", "Wat er net met een document gebeurd is.", ("verwijderd",))
_PAGE = Single("blad", "Blad van de lijst.", {"type": "integer"}, False, 1, given.whole_number(1, _MOST_PAGES))


@dataclass(frozen=True, slots=True)
class Selection:
    """A list as it was asked for."""

    text: str = ""
    municipalities: tuple[Municipality, ...] = ()
    kind: str | None = None
    status: str | None = None
    validity: str | None = None
    only: str | None = None
    order: str = DEFAULT
    page: int = 1
    done: str | None = None

    @classmethod
    def of(cls, request: Request, municipalities: Municipalities) -> "Selection":
        """What an address asks for; InvalidParametersError lists all that is wrong with it."""
        query = FormQuery(request)
        found = cls(
            text=query.one(_TEXT),
            municipalities=query.each(given.MUNICIPALITY, given.municipality_of(municipalities)),
            kind=query.one(given.KIND),
            status=query.one(given.STATUS),
            validity=query.one(_VALIDITY),
            only=query.one(_ONLY),
            order=query.one(_ORDER) or DEFAULT,
            page=query.one(_PAGE),
            done=query.one(_DONE),
        )
        query.finish()
        return found

    @property
    def narrowed(self) -> bool:
        """Whether it leaves anything out."""
        return any((self.text, self.municipalities, self.kind, self.status, self.validity, self.only))

    def documents(self, documents: Iterable[DocumentBody]) -> list[DocumentBody]:
        """All that are asked for, in order."""
        key = _KEYS[Order(self.order.removeprefix(DESCENDING))]
        found = sorted(filter(self._keeps, documents), key=_KEYS[Order.MUNICIPALITY])
        return sorted(found, key=key, reverse=self.order.startswith(DESCENDING))

    def refused(self, refused: Iterable[RefusalBody]) -> list[RefusalBody]:
        """Of the files that were not read those that are asked for, as far as is known of them."""
        if self.kind or self.status or self.validity or self.only is Only.PROPOSALS.value:
            return []
        return [
            each
            for each in refused
            if self._named(each.title, each.id) and self._placed([place.code for place in each.municipalities])
        ]

    def address(self, **changes: object) -> str:
        """The address of this list with something else; the first page, unless that is what changes."""
        values: dict[str, Any] = {
            _TEXT.name: self.text,
            given.MUNICIPALITY.name: [each.code for each in self.municipalities],
            given.KIND.name: self.kind,
            given.STATUS.name: self.status,
            _VALIDITY.name: self.validity,
            _ONLY.name: self.only,
            _ORDER.name: "" if self.order == DEFAULT else self.order,
        }
        query = urlencode({name: value for name, value in (values | changes).items() if value}, doseq=True)
        return f"/documenten?{query}" if query else "/documenten"

    def _keeps(self, document: DocumentBody) -> bool:
        return (
            self._named(document.title, document.id)
            and self._placed([each.code for each in document.municipalities])
            and self.kind in (None, document.kind)
            and self.status in (None, document.status)
            and self.validity in (None, document.validity.value)
            and (self.only != Only.PROBLEMS or bool(document.problems))
            and (self.only != Only.PROPOSALS or bool(document.proposals))
        )

    def _named(self, title: str | None, document_id: str) -> bool:
        known = f"{title or ''} {document_id}".lower()
        return all(word in known for word in self.text.lower().split())

    def _placed(self, codes: Sequence[str]) -> bool:
        return not self.municipalities or any(each.code in codes for each in self.municipalities)


def _share_read(document: DocumentBody) -> float:
    coverage = document.coverage
    return (coverage.read or 0) / coverage.pages if coverage.pages else 1.0


_KEYS: Mapping[Order, Callable[[DocumentBody], Any]] = {
    Order.MUNICIPALITY: lambda each: (
        not each.municipalities,
        wording.municipality_words(each).lower(),
        wording.title_words(each.title).lower(),
    ),
    Order.TITLE: lambda each: wording.title_words(each.title).lower(),
    Order.VALID_UNTIL: lambda each: each.valid_until or date.max,
    Order.COVERAGE: _share_read,
    Order.INGESTED: lambda each: each.ingested_at,
}
