"""Zip archives, unpacked in memory within limits; the only module that knows zipfile and its exceptions."""

import io
import struct
import zipfile
import zlib

from corpus.errors import DocumentError
from corpus.reason import Why, because

MARK = b"PK\x03\x04"
_ENTRY = b"PK\x01\x02"
_MOST_ENTRIES = 20_000  # archives within an archive count as well, before it is opened
_MOST_FILES = 2_000
_MOST_UNPACKED = 200 * 1024 * 1024
_LARGEST_PART = 100 * 1024 * 1024
_HIGHEST_RATIO = 200
_SMALL = 10 * 1024 * 1024
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # of the others zipfile unpacks a whole block at once
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ArithmeticError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


class Archive:
    """The parts of an archive by the names that it gives them, which are never used as paths of files.

    Raises DocumentError, which names the file, for a broken archive and for one that unpacks to more than a document
    can be: too many parts, too large, or out of proportion to what was given.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        if data.count(_ENTRY) > _MOST_ENTRIES:
            raise self._refused(Why.VERY_MANY_PARTS, most=_MOST_FILES)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {info.filename: info for info in self._zip.infolist()}
            count = len(self._zip.infolist())
        except _FAULTS as error:
            raise self._broken(error) from error
        self._left = _MOST_UNPACKED
        unpacked = sum(info.file_size for info in self._parts.values())
        if count > _MOST_FILES:
            raise self._refused(Why.MANY_PARTS, count=count, most=_MOST_FILES)
        if unpacked > _MOST_UNPACKED:
            raise self._refused(Why.LARGE_UNPACKED, size=unpacked, most=_MOST_UNPACKED)
        if unpacked > _SMALL and unpacked > _HIGHEST_RATIO * len(data):
            raise self._refused(Why.OUT_OF_PROPORTION, size=unpacked, most=_HIGHEST_RATIO)

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._parts)

    def size(self, part: str) -> int:
        """How many bytes a part says to unpack to, 0 where there is no part of that name."""
        info = self._parts.get(part)
        return 0 if info is None else info.file_size

    def read(self, part: str) -> bytes | None:
        """What a part holds, None where there is no part of that name."""
        info = self._parts.get(part)
        if info is None:
            return None
        if info.file_size > _LARGEST_PART:
            raise self._refused(Why.LARGE_PART, size=info.file_size, most=_LARGEST_PART)
        if info.flag_bits & 1:
            raise self._refused(Why.LOCKED)
        if info.compress_type not in _METHODS:
            raise self._refused(Why.ODD_PACKING, method=info.compress_type)
        most = min(_LARGEST_PART, self._left, info.file_size)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(most + 1)
        except _FAULTS as error:
            raise self._broken(error) from error
        if len(data) > most:
            raise self._refused(Why.FALSE_SIZE, most=most)
        self._left -= len(data)
        return data

    def _broken(self, error: BaseException) -> DocumentError:
        return self._refused(Why.BROKEN_ARCHIVE, error=str(error) or type(error).__name__)

    def _refused(self, why: Why, **values: str | int) -> DocumentError:
        return DocumentError(self._name, because(why, **values))
