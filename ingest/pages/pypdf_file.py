"""What pypdf knows of a PDF: whether it opens without a password, its information and its outline; the only module
that knows pypdf and its exceptions."""

import io
import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, TextStringObject

from corpus.errors import DocumentError
from corpus.reason import Why, because
from ingest.pages.outline import OutlineEntry

# What pypdf raises on broken files beside its own tree: it trusts types and references that such files break.
# Found by reading thousands of damaged copies of real files.
PDF_FAULTS = (
    PyPdfError,
    DependencyError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)
_MOST_ENTRIES = 5000
_DEEPEST = 12
_MOST_NODES = 20000
_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")


@dataclass(frozen=True, slots=True)
class DocumentInformation:
    """What the document information of a PDF says, empty where it says nothing; `created` is ISO 8601, as precise as
    it is known."""

    title: str
    author: str
    subject: str
    keywords: str
    created: str


NO_INFORMATION = DocumentInformation("", "", "", "", "")


@dataclass(frozen=True, slots=True)
class PypdfFile:
    """The information and outline of a file that opens without a password; `problem` tells why pypdf could not read it,
    and is empty when it could."""

    information: DocumentInformation
    outline: tuple[OutlineEntry, ...]
    problem: str


def read_with_pypdf(name: str, data: bytes) -> PypdfFile:
    """The information and outline of a PDF; raises DocumentError when it is locked, `name` is for its message."""
    with _listening():
        try:
            reader = PdfReader(io.BytesIO(data), strict=False)
            if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
                raise DocumentError(name, because(Why.LOCKED))
        except DependencyError as error:
            raise DocumentError(name, because(Why.ENCRYPTED, error=str(error))) from error
        except PDF_FAULTS as error:
            return PypdfFile(NO_INFORMATION, (), str(error) or type(error).__name__)
        return PypdfFile(_information(reader), _outline(reader), "")


def _information(reader: PdfReader) -> DocumentInformation:
    try:
        found: Any = reader.metadata or {}
        texts = {key: _text(found.get(key)) for key in ("/Title", "/Author", "/Subject", "/Keywords", "/CreationDate")}
    except PDF_FAULTS:
        return NO_INFORMATION
    date = _DATE.match(texts["/CreationDate"])
    return DocumentInformation(
        title=texts["/Title"],
        author=texts["/Author"],
        subject=texts["/Subject"],
        keywords=texts["/Keywords"],
        created="-".join(part for part in date.groups() if part) if date else "",
    )


def _text(value: Any) -> str:
    value = value.get_object() if isinstance(value, IndirectObject) else value
    return " ".join(str(value).split()) if isinstance(value, TextStringObject) else ""


def _outline(reader: PdfReader) -> tuple[OutlineEntry, ...]:
    try:
        root = _dictionary(_dictionary(reader.trailer.get("/Root")).get("/Outlines"))
        if "/First" not in root:
            return ()
        pages = _page_numbers(reader)
        return tuple(_Walk(reader, pages).entries(root, 1))
    except PDF_FAULTS:
        return ()


def _dictionary(value: Any) -> DictionaryObject:
    value = value.get_object() if isinstance(value, IndirectObject) else value
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def _page_numbers(reader: PdfReader) -> dict[int, int]:
    """The number (from 1) of every page by its object."""
    numbers: dict[int, int] = {}
    root = _dictionary(reader.trailer.get("/Root"))
    waiting = [root.get("/Pages")]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_NODES:
        reference = waiting.pop()
        identity = reference.idnum if isinstance(reference, IndirectObject) else id(reference)
        if identity in seen:
            continue
        seen.add(identity)
        node = _dictionary(reference)
        kids = node.get("/Kids")
        kids = kids.get_object() if isinstance(kids, IndirectObject) else kids
        if isinstance(kids, ArrayObject):
            waiting.extend(reversed(list(kids)))
        else:
            numbers[identity] = len(numbers) + 1
    return numbers


class _Walk:
    """Goes through an outline once, whatever its links say."""

    def __init__(self, reader: PdfReader, pages: dict[int, int]) -> None:
        self._reader = reader
        self._pages = pages
        self._seen: set[int] = set()
        self._names: dict[str, Any] | None = None

    def entries(self, parent: DictionaryObject, depth: int) -> Iterator[OutlineEntry]:
        """The entries under a node, each followed by those under it."""
        reference = parent.get("/First")
        while reference is not None and len(self._seen) < _MOST_ENTRIES:
            identity = reference.idnum if isinstance(reference, IndirectObject) else id(reference)
            node = _dictionary(reference)
            if identity in self._seen or not node:
                return
            self._seen.add(identity)
            title = _text(node.get("/Title"))
            if title:
                yield OutlineEntry(title, depth, *self._place(node))
            if depth < _DEEPEST:
                yield from self.entries(node, depth + 1)
            reference = node.get("/Next")

    def _place(self, node: DictionaryObject) -> tuple[int | None, float | None]:
        """The page and height a node points to."""
        try:
            target = node.get("/Dest")
            if target is None:
                target = _dictionary(node.get("/A")).get("/D")
            return self._destination(target, 0)
        except PDF_FAULTS:
            return None, None

    def _destination(self, target: Any, depth: int) -> tuple[int | None, float | None]:
        target = target.get_object() if isinstance(target, IndirectObject) else target
        if isinstance(target, DictionaryObject) and depth < 2:
            return self._destination(target.get("/D"), depth + 1)
        if isinstance(target, ArrayObject):
            return self._array(list(target))
        if isinstance(target, str) and depth < 2:
            if self._names is None:
                self._names = dict(self._reader.named_destinations)
            found = self._names.get(target)
            if found is not None:
                return self._array([found.raw_get("/Page"), found.get("/Type"), found.get("/Left"), found.get("/Top")])
        return None, None

    def _array(self, parts: list[Any]) -> tuple[int | None, float | None]:
        page = self._pages.get(parts[0].idnum) if parts and isinstance(parts[0], IndirectObject) else None
        kind = parts[1] if len(parts) > 1 else None
        place = {"/XYZ": 3, "/FitH": 2, "/FitBH": 2}.get(str(kind), len(parts))
        top = parts[place] if place < len(parts) and not isinstance(parts[place], NullObject) else None
        return page, float(top) if page is not None and isinstance(top, (int, float)) else None


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collect what pypdf logs and warns, instead of letting it reach stderr."""
    messages: list[str] = []
    logger = logging.getLogger("pypdf")
    handler = _Collector(messages)
    propagate = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        with warnings.catch_warnings(record=True):
            warnings.simplefilter("always")
            yield messages
    finally:
        logger.propagate = propagate
        logger.removeHandler(handler)


class _Collector(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self._messages.append(record.getMessage())
