"""One file with what a catalogue or sidecar says about it, read from a TOML table."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from corpus.document import Metadata, Municipality
from corpus.kinds import KINDS, STATUSES
from corpus.municipalities import Municipalities

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
    "source_file",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to ingest, and what is known about it.

    `received`: it came in under the name `metadata.source_file` and lies among the originals already. `fault` tells why
    what should be known about it cannot be used, and so the file neither.
    """

    path: Path
    metadata: Metadata
    received: bool = False
    fault: str | None = None

    @property
    def shown(self) -> str:
        """What messages and the register call it: its path, or the name under which it was received."""
        return self.metadata.source_file if self.received else readable(self.path)


class _WrongError(Exception):
    """What is wrong with one value."""


class Table:
    """One TOML table while it is read: every fault is kept, so that all can be told at once."""

    def __init__(self, values: Mapping[str, object], municipalities: Municipalities, extra: tuple[str, ...]) -> None:
        self._values = values
        self._municipalities = municipalities
        self.faults: list[str] = []
        for key in values:
            if key not in KEYS and key not in extra:
                self.faults.append(f"unknown key {key!r}; known are {', '.join((*extra, *KEYS))}")

    def text(self, key: str) -> str | None:
        return self._read(key, _text)

    def metadata(self, document_id: str, source_file: str) -> Metadata:
        """The table as metadata; the arguments hold where the table does not say. Look at `faults` before use."""
        stated_id = self._read("id", _identifier)
        valid_from, valid_until = self._read("valid_from", _day), self._read("valid_until", _day)
        if valid_from and valid_until and valid_until < valid_from:
            self.faults.append(f"impossible period: valid_until {valid_until} is before valid_from {valid_from}")
        return Metadata(
            document_id=stated_id or document_id,
            municipalities=self._municipalities_named(),
            title=self.text("title"),
            kind=self._read("kind", _one_of(KINDS)),
            status=self._read("status", _one_of(STATUSES)),
            valid_from=valid_from,
            valid_until=valid_until,
            published=self._read("published", _published),
            adopted_by=self.text("adopted_by"),
            source=self.text("source"),
            source_file=self.text("source_file") or source_file,
        )

    def _read(self, key: str, convert: Callable[[object], _Value]) -> _Value | None:
        if key not in self._values:
            return None
        try:
            return convert(self._values[key])
        except _WrongError as fault:
            self.faults.append(f"{key}: {fault}")
            return None

    def _municipalities_named(self) -> tuple[Municipality, ...]:
        named = self._values.get("municipalities", [])
        if not isinstance(named, list) or not all(isinstance(name, str) for name in named):
            self.faults.append(f'municipalities: {named!r} is not a list of names or GM codes, such as ["GM0344"]')
            return ()
        found: list[Municipality] = []
        for name in named:
            municipality = self._municipalities.get(name)
            if municipality is None:
                near = " or ".join(f"{near.name} ({near.code})" for near in self._municipalities.close_to(name))
                self.faults.append(f"unknown municipality {name!r}" + (f"; did you mean {near}?" if near else ""))
            elif municipality in found:
                self.faults.append(f"municipalities: {municipality.name} is named twice")
            else:
                found.append(municipality)
        return tuple(found)


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
        raise _WrongError(f"{value!r} is not a text")
    if not value.strip():
        raise _WrongError("is empty; leave the key out when it is unknown")
    return value.strip()


def is_identifier(text: str) -> bool:
    """Whether this can be the id of a document."""
    return bool(_ID.fullmatch(text)) and len(text) <= LONGEST_ID


def _identifier(value: object) -> str:
    text = _text(value)
    if not is_identifier(text):
        raise _WrongError(f"{text!r} is not lower-case letters and digits with single hyphens, at most {LONGEST_ID}")
    return text


def _one_of(words: tuple[str, ...]) -> Callable[[object], str]:
    def convert(value: object) -> str:
        if (text := _text(value)) not in words:
            raise _WrongError(f"{text!r} is unknown; known are {', '.join(words)}")
        return text

    return convert


def _day(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _WrongError(f"{value!r} is not a TOML date, such as 2025-01-31 without quotes")
    return value


def _published(value: object) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    parts = _PUBLISHED.fullmatch(value) if isinstance(value, str) else None
    if parts is None:
        raise _WrongError(f'{value!r} is not a year, month or day, such as "2024", "2024-02" or "2024-02-13"')
    try:
        date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError as error:
        raise _WrongError(f"{value!r} is not in the calendar") from error
    return parts[0]
