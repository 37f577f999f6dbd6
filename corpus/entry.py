"""One file with what a catalogue or sidecar says about it, read from a TOML table."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from corpus.document import Metadata, Municipality
from corpus.kinds import KINDS, STATUSES
from corpus.municipalities import Municipalities
from corpus.reason import Reason, Why, because

_Value = TypeVar("_Value")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_ID = 120
_PUBLISHED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
KEYS = (
    "id",
    "municipalities",
    "title",
    "kind",
    "status",
    "valid_from",
    "valid_until",
    "published",
    "adopted_by",
    "source",
    "replaces",
    "source_file",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to ingest, and what is known about it.

    `received`: it came in under the name `metadata.source_file` and lies among the originals already. `fault` tells why
    what should be known about it cannot be used, and so the file neither. `task_id` is the task that reads it, if any:
    nothing comes of it once that was told to end.
    """

    path: Path
    metadata: Metadata
    received: bool = False
    fault: Reason | None = None
    task_id: str | None = None

    @property
    def shown(self) -> str:
        """What messages and the register call it: its path, or the name under which it was received."""
        return self.metadata.source_file if self.received else readable(self.path)


class _WrongError(Exception):
    """What is wrong with one value, apart from the key that it belongs to."""

    def __init__(self, why: Why, **values: str | int) -> None:
        super().__init__(why)
        self.why = why
        self.values = values


class Table:
    """One TOML table while it is read: every fault is kept, so that all can be told at once."""

    def __init__(self, values: Mapping[str, object], municipalities: Municipalities, extra: tuple[str, ...]) -> None:
        self._values = values
        self._municipalities = municipalities
        self.faults: list[Reason] = []
        for key in values:
            if key not in KEYS and key not in extra:
                self.faults.append(because(Why.UNKNOWN_KEY, key=key, known=", ".join((*extra, *KEYS))))

    def text(self, key: str) -> str | None:
        return self._read(key, _text)

    def metadata(self, document_id: str, source_file: str) -> Metadata:
        """The table as metadata; the arguments hold where the table does not say. Look at `faults` before use."""
        stated_id = self._read("id", _identifier)
        valid_from, valid_until = self._read("valid_from", _day), self._read("valid_until", _day)
        if valid_from and valid_until and valid_until < valid_from:
            self.faults.append(because(Why.IMPOSSIBLE_PERIOD, start=str(valid_from), until=str(valid_until)))
        replaces = self._read("replaces", _identifiers) or ()
        own_id = stated_id or document_id
        if own_id in replaces:
            self.faults.append(because(Why.REPLACES_ITSELF, value=own_id))
        return Metadata(
            document_id=own_id,
            municipalities=self._municipalities_named(),
            title=self.text("title"),
            kind=self._read("kind", _one_of(KINDS)),
            status=self._read("status", _one_of(STATUSES)),
            valid_from=valid_from,
            valid_until=valid_until,
            published=self._read("published", _published),
            adopted_by=self.text("adopted_by"),
            source=self.text("source"),
            replaces=replaces,
            source_file=self.text("source_file") or source_file,
        )

    def _read(self, key: str, convert: Callable[[object], _Value]) -> _Value | None:
        if key not in self._values:
            return None
        try:
            return convert(self._values[key])
        except _WrongError as fault:
            self.faults.append(because(fault.why, key=key, **fault.values))
            return None

    def _municipalities_named(self) -> tuple[Municipality, ...]:
        named = self._values.get("municipalities", [])
        if not isinstance(named, list) or not all(isinstance(name, str) for name in named):
            self.faults.append(because(Why.NO_LIST, value=repr(named)))
            return ()
        found: list[Municipality] = []
        for name in named:
            municipality = self._municipalities.get(name)
            if municipality is None:
                near = [f"{near.name} ({near.code})" for near in self._municipalities.close_to(name)]
                self.faults.append(_unknown(name, near))
            elif municipality in found:
                self.faults.append(because(Why.TWICE_A_MUNICIPALITY, value=municipality.name))
            else:
                found.append(municipality)
        return tuple(found)


def _unknown(name: str, near: Sequence[str]) -> Reason:
    if not near:
        return because(Why.UNKNOWN_MUNICIPALITY, value=name)
    return because(Why.NEARLY_A_MUNICIPALITY, value=name, near=" or ".join(near), bijna=" of ".join(near))


def unknown_metadata(file: Path) -> Metadata:
    """Metadata of a file that nobody described: an id from its name and place, all else unknown."""
    place = hashlib.sha256(os.fsencode(file.resolve())).hexdigest()[:8]
    return Metadata(
        document_id=f"{slug(file.stem)}-{place}",
        municipalities=(),
        title=None,
        kind=None,
        status=None,
        valid_from=None,
        valid_until=None,
        published=None,
        adopted_by=None,
        source=None,
        replaces=(),
        source_file=readable(Path(file.name)),
    )


def readable(path: Path) -> str:
    """A path as text that can be stored and printed: bytes that are not UTF-8 become replacement characters."""
    return os.fsencode(path).decode("utf-8", "replace")


def slug(name: str) -> str:
    """A name as an id can begin: ASCII letters and digits with single hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "document"


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _WrongError(Why.VALUE_NO_TEXT, value=repr(value))
    if not value.strip():
        raise _WrongError(Why.VALUE_EMPTY)
    return value.strip()


def is_identifier(text: str) -> bool:
    """Whether this can be the id of a document."""
    return bool(_ID.fullmatch(text)) and len(text) <= LONGEST_ID


def _identifier(value: object) -> str:
    text = _text(value)
    if not is_identifier(text):
        raise _WrongError(Why.VALUE_NO_ID, value=text, most=LONGEST_ID)
    return text


def _identifiers(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _WrongError(Why.VALUE_NO_IDS, value=repr(value))
    return tuple(dict.fromkeys(map(_identifier, value)))


def _one_of(words: tuple[str, ...]) -> Callable[[object], str]:
    def convert(value: object) -> str:
        if (text := _text(value)) not in words:
            raise _WrongError(Why.VALUE_UNKNOWN, value=text, known=", ".join(words))
        return text

    return convert


def _day(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _WrongError(Why.VALUE_NO_DATE, value=repr(value))
    return value


def _published(value: object) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    parts = _PUBLISHED.fullmatch(value) if isinstance(value, str) else None
    if parts is None:
        raise _WrongError(Why.VALUE_NO_MONTH, value=repr(value))
    try:
        date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError as error:
        raise _WrongError(Why.VALUE_NO_DAY, value=repr(value)) from error
    return parts[0]
