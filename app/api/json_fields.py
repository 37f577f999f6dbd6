"""The fields of a JSON object that was sent: every one read once, all that is wrong with them told at once."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from app.api.query import InvalidParameter, InvalidParametersError, shown
from corpus.errors import UsageError

_Value = TypeVar("_Value")
_REMEDY = "stuur één JSON-object in UTF-8, zonder velden die er twee keer in staan"


class Fields:
    """One object; a faulty or absent field reads as None, and null as absent. `place` is where it stands in the body.

    Objects inside it share its `faults`, which `finish` of any of them raises.
    """

    def __init__(self, given: Mapping[str, Any], place: str = "", faults: list[InvalidParameter] | None = None) -> None:
        self._given = given
        self._prefix = f"{place}." if place else ""
        self._known: list[str] = []
        self.faults = [] if faults is None else faults

    @classmethod
    def of_body(cls, content: bytes) -> "Fields":
        """The object that a body is; UsageError where it is none."""
        try:
            body = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_without_repeats)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"Het verzoek is geen leesbare JSON; {_REMEDY}.") from error
        if not isinstance(body, dict):
            raise UsageError(f"Het verzoek is geen JSON-object; {_REMEDY}.")
        return cls(body)

    def text(self, key: str, convert: Callable[[str], _Value], required: str = "") -> _Value | None:
        """A text as `convert` reads it, which raises UsageError with the reason; `required`: what to tell without."""
        value = self._take(key)
        if value is None:
            if required:
                self.fault(key, required)
            return None
        return self.read(key, value, convert)

    def number(self, key: str, lowest: int, highest: int) -> int | None:
        """A whole number."""
        value = self._take(key)
        if value is not None and (type(value) is not int or not lowest <= value <= highest):
            self.fault(key, f"geef een geheel getal van {lowest} tot en met {highest}")
            return None
        return value

    def items(self, key: str, most: int, required: bool = False) -> list[Any]:
        """A list of at most so many values; `required`: and of one at least."""
        value = self._take(key)
        if value is None and not required:
            return []
        if not isinstance(value, list) or (required and not value):
            self.fault(key, "geef een lijst" + (" met minstens één waarde" if required else ""))
            return []
        if len(value) > most:
            self.fault(key, f"telt {len(value)} waarden; hoogstens {most} mag")
            return []
        return value

    def read(self, key: str, value: object, convert: Callable[[str], _Value]) -> _Value | None:
        """A value that stands at `key`, as `convert` reads it where it is a text."""
        if not isinstance(value, str):
            self.fault(key, "is geen tekst")
        elif any("\ud800" <= sign <= "\udfff" for sign in value):
            self.fault(key, "bevat halve tekens (surrogaten); haal die weg")
        else:
            try:
                return convert(value)
            except UsageError as error:
                self.fault(key, str(error))
        return None

    def inside(self, key: str, given: Mapping[str, Any]) -> "Fields":
        """The fields of an object that stands at `key`."""
        return Fields(given, f"{self._prefix}{key}", self.faults)

    def refuse_others(self) -> None:
        """Every field that was not asked for is a fault."""
        for key in self._given:
            if key not in self._known:
                self.fault(_name(key), f"is hier onbekend; mogelijk zijn {', '.join(self._known)}")

    def fault(self, key: str, reason: str) -> None:
        """Something that is wrong at `key`."""
        self.faults.append(InvalidParameter(f"{self._prefix}{key}", reason))

    def finish(self) -> None:
        """Raise InvalidParametersError where anything was wrong."""
        if self.faults:
            raise InvalidParametersError(self.faults)

    def _take(self, key: str) -> Any:
        self._known.append(key)
        return self._given.get(key)


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a field that stands there twice")
    return found


def _name(key: str) -> str:
    """A name that anybody may have chosen, as it can be sent back."""
    return shown(key) if any("\ud800" <= sign <= "\udfff" for sign in key) else key[:100]
