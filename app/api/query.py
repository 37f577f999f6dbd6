"""The query of one request: every parameter read once, all that is wrong with it told at once."""

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from starlette.requests import Request

from corpus.errors import UsageError

MAX_REPEATS = 500
_SHOWN = 100

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class InvalidParameter:
    """A parameter that cannot be right, and why, in Dutch."""

    name: str
    reason: str


class InvalidParametersError(UsageError):
    """A request with parameters that cannot be right; lists every one of them."""

    def __init__(self, invalid: Sequence[InvalidParameter]) -> None:
        self.invalid = tuple(invalid)
        super().__init__("; ".join(f"{each.name}: {each.reason}" for each in self.invalid))


@dataclass(frozen=True, slots=True)
class Single(Generic[_Value]):
    """A parameter that is given at most once; `convert` raises UsageError with the reason, `schema` describes it."""

    name: str
    description: str
    schema: dict[str, Any]
    required: bool
    default: _Value
    convert: Callable[[str], _Value]

    def described(self) -> dict[str, Any]:
        """This parameter in the words of OpenAPI."""
        return {
            "name": self.name,
            "in": "query",
            "required": self.required,
            "description": self.description,
            "schema": self.schema,
        }


@dataclass(frozen=True, slots=True)
class Repeated:
    """A parameter that may be given several times, one value each."""

    name: str
    description: str

    def described(self) -> dict[str, Any]:
        """This parameter in the words of OpenAPI."""
        return {
            "name": self.name,
            "in": "query",
            "required": False,
            "description": self.description,
            "style": "form",
            "explode": True,
            "schema": {"type": "array", "items": {"type": "string"}, "maxItems": MAX_REPEATS},
        }


class Given:
    """Named values of a request; a faulty one reads as its default until `finish` raises.

    `faults` are what was wrong with them already.
    """

    def __init__(self, values: Iterable[tuple[str, str]], faults: Sequence[InvalidParameter] = ()) -> None:
        self._given: dict[str, list[str]] = {}
        for name, value in values:
            self._given.setdefault(name, []).append(value)
        self._known: list[str] = []
        self._invalid = list(faults)

    def one(self, parameter: Single[_Value]) -> _Value:
        """The value of a parameter, or its default where it is absent."""
        values = self._take(parameter.name)
        if len(values) > 1:
            self.fault(parameter.name, f"staat er {len(values)} keer; geef dit één keer")
        elif values:
            try:
                return parameter.convert(values[0])
            except UsageError as error:
                self.fault(parameter.name, str(error))
        elif parameter.required:
            self.fault(parameter.name, "ontbreekt, maar is verplicht")
        return parameter.default

    def each(self, parameter: Repeated, convert: Callable[[str], _Value]) -> tuple[_Value, ...]:
        """The distinct values of a parameter, in their order."""
        values = list(dict.fromkeys(self._take(parameter.name)))
        if len(values) > MAX_REPEATS:
            self.fault(parameter.name, f"heeft {len(values)} waarden; geef er hoogstens {MAX_REPEATS}")
            return ()
        converted: dict[_Value, None] = {}
        for value in values:
            try:
                converted[convert(value)] = None
            except UsageError as error:
                self.fault(parameter.name, str(error))
        return tuple(converted)

    def finish(self) -> None:
        """Raise InvalidParametersError where anything given was wrong or is unknown here."""
        for name in self._given:
            if name not in self._known:
                self.fault(name[:_SHOWN], self._unknown(name))
        if self._invalid:
            raise InvalidParametersError(self._invalid)

    def fault(self, name: str, reason: str) -> None:
        """Something else that is wrong, told by `finish`."""
        self._invalid.append(InvalidParameter(name, reason))

    def _take(self, name: str) -> list[str]:
        self._known.append(name)
        return self._given.get(name, [])

    def _unknown(self, name: str) -> str:
        if not self._known:
            return "is hier onbekend; dit adres heeft geen parameters"
        near = difflib.get_close_matches(name[:_SHOWN], self._known, n=1)
        hint = f"bedoelde u {near[0]}?" if near else f"mogelijk zijn {', '.join(self._known)}"
        return f"is hier onbekend; {hint}"


class Query(Given):
    """The query parameters of a request."""

    def __init__(self, request: Request) -> None:
        super().__init__(request.query_params.multi_items())


class FormQuery(Given):
    """The query of a form, of which every field comes along: one that was left empty was not given."""

    def __init__(self, request: Request) -> None:
        super().__init__((name, value) for name, value in request.query_params.multi_items() if value)


def shown(value: str) -> str:
    """A value as it stands in a message, cut where it is long."""
    return repr(value) if len(value) <= _SHOWN else f"{value[:_SHOWN]!r}…"
