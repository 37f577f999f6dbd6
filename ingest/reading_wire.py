"""What the process that reads files and the one that asks for it say to each other; nothing in it can run code.

A request is a line of JSON. An answer is messages, each a kind (1 byte), a length (8 bytes) and so many bytes: any of
OPENED and RECOGNISING, then one of `RESULTS`, then ENDED.
"""

import functools
import json
import os
import struct
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Self

from corpus.document import Document
from ingest.limits import Limits

if TYPE_CHECKING:
    from pydantic import TypeAdapter

LONGEST_REASON = 8_000
"""Bytes of a reason."""

LONGEST_PLACE = 200
"""Bytes of where reading failed."""

_HEAD = struct.Struct(">BQ")


class Kind(IntEnum):
    """What a message says; in brackets what it holds."""

    READY = 1
    """The process has loaded what it needs, said once at its start."""
    OPENED = 2
    """The file has pages (their number in digits)."""
    RECOGNISING = 3
    """One more page goes through text recognition."""
    READ = 4
    """The document (JSON)."""
    REFUSED = 5
    """The file cannot be read (the reason, JSON)."""
    TOO_LARGE = 6
    """Reading took more memory than it may."""
    TOO_LONG = 7
    """What reading yielded is more than it may."""
    BROKEN = 8
    """Reading failed in a way that nobody foresaw (where, UTF-8)."""
    ENDED = 9
    """What read the file is gone, so that no more is heard of it; the last message of every answer."""


Message = tuple[Kind, bytes]
RESULTS = frozenset({Kind.READ, Kind.REFUSED, Kind.TOO_LARGE, Kind.TOO_LONG, Kind.BROKEN})


@dataclass(frozen=True, slots=True)
class Request:
    """A file to read, whether text recognition may be used, and the limits."""

    path: Path
    recognise: bool
    limits: Limits

    def encoded(self) -> bytes:
        """As a line; a name that is not UTF-8 travels as well."""
        values = {"path": os.fspath(self.path), "recognise": self.recognise, "limits": asdict(self.limits)}
        return json.dumps(values).encode() + b"\n"

    @classmethod
    def decoded(cls, line: bytes) -> Self:
        """The request in a line of our own making."""
        values = json.loads(line)
        return cls(Path(values["path"]), values["recognise"], Limits(**values["limits"]))


def framed(kind: Kind, content: bytes = b"") -> bytes:
    """One message."""
    return _HEAD.pack(kind, len(content)) + content


def received(read: Callable[[int], bytes], longest: int) -> Message | None:
    """The next message from `read`, which gives fewer bytes than asked only at the end; None when there is none, or
    none that is whole, of a known kind and at most `longest` bytes."""
    head = read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    number, length = _HEAD.unpack(head)
    if number not in _KINDS or length > longest:
        return None
    content = read(length)
    return (Kind(number), content) if len(content) == length else None


_KINDS = frozenset(Kind)


def encode(document: Document) -> bytes:
    """A document as JSON; ValueError where it holds what is no text (half a surrogate pair)."""
    return _adapter().dump_json(document)


def decode(content: bytes) -> Document:
    """The document in JSON that may be of anybody's making; ValueError where it is not one."""
    return _adapter().validate_json(content, strict=True)


def prepare() -> None:
    """Get ready to encode and decode, which takes a while the first time."""
    _adapter()


@functools.cache
def _adapter() -> "TypeAdapter[Document]":
    from pydantic import TypeAdapter

    return TypeAdapter(Document)
