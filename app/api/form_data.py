"""A multipart form as its bytes come in: texts within limits, and the bytes of its files handed on at once.

The parser of python-multipart is used as it streams. Starlette's own form would write the whole file to a temporary
folder first, which may be memory, and limits neither its size nor where it ends up.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from app.api.problems import FormError, TooLargeError, UnsupportedTypeError
from app.api.query import InvalidParameter

MAX_TEXT_BYTES = 1 << 20  # of all texts of a form together
MAX_PARTS = 600
MAX_HEADER_BYTES = 4096  # of one line above a part, which holds the file name
_MULTIPART = b"multipart/form-data"
_SHOWN = 100
_HEADER_TOO_LONG = "Maximum header size exceeded"  # as the parser says it


@dataclass(frozen=True, slots=True)
class Form:
    """The texts of a form in their order, the name its file was sent under (None: no file), and what is wrong."""

    texts: tuple[tuple[str, str], ...]
    file_name: str | None
    faults: tuple[InvalidParameter, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file in a form; `number` counts its files from 0."""

    number: int
    content: bytes


class FormReader:
    """Reads one form whose files have the name `file_field`; `feed` it every block of the body, then `finish`.

    `file_names` are those of its files so far. UnsupportedTypeError for a body of another type, FormError for one that
    is malformed.
    """

    def __init__(self, content_type: str, file_field: str, most_files: int = 1) -> None:
        kind, options = parse_options_header(content_type)
        if content_type and kind != _MULTIPART:
            raise UnsupportedTypeError("De body moet multipart/form-data zijn, met het bestand in het veld bestand.")
        if not options.get(b"boundary"):
            raise FormError("De body moet multipart/form-data zijn, met een boundary in de header Content-Type.")
        self._file_field = file_field
        self._most_files = most_files
        self._texts: list[tuple[str, bytearray]] = []
        self._text_bytes = 0
        self._parts: Counter[str] = Counter()
        self.file_names: list[str] = []
        self._faults: list[InvalidParameter] = []
        self._header: tuple[bytearray, bytearray] = bytearray(), bytearray()
        self._disposition = b""
        self._into_file = False
        self._into_text: bytearray | None = None
        self._pieces: list[Piece] = []
        self._ended = False
        with _translated():
            self._parser = MultipartParser(
                options[b"boundary"],
                {
                    "on_part_begin": self._part_begin,
                    "on_header_field": lambda data, start, end: self._header[0].extend(data[start:end]),
                    "on_header_value": lambda data, start, end: self._header[1].extend(data[start:end]),
                    "on_header_end": self._header_end,
                    "on_headers_finished": self._headers_finished,
                    "on_part_data": self._part_data,
                    "on_end": self._end,
                },
                max_header_size=MAX_HEADER_BYTES,
            )

    def feed(self, block: bytes) -> list[Piece]:
        """Take the next block of the body; what it holds of the files, in their order."""
        self._pieces = []
        with _translated():
            self._parser.write(block)
        return self._pieces

    def finish(self) -> Form:
        """The form, after its last block."""
        if not self._ended:
            raise FormError("De body is afgebroken: het einde van het formulier ontbreekt.")
        texts: list[tuple[str, str]] = []
        for name, content in self._texts:
            try:
                texts.append((name, content.decode("utf-8")))
            except UnicodeDecodeError:
                self._faults.append(InvalidParameter(name, "is geen geldige UTF-8"))
        return Form(tuple(texts), self.file_names[0] if self.file_names else None, tuple(self._faults))

    def _part_begin(self) -> None:
        self._disposition = b""
        self._into_file, self._into_text = False, None
        if self._parts.total() >= MAX_PARTS:
            raise TooLargeError(f"Het formulier heeft meer dan {MAX_PARTS} velden.")

    def _header_end(self) -> None:
        name, value = self._header
        if name.lower() == b"content-disposition":
            self._disposition = bytes(value)
        self._header = bytearray(), bytearray()

    def _headers_finished(self) -> None:
        _, options = parse_options_header(self._disposition.decode("latin-1"))
        if b"name" not in options:
            raise FormError("Een deel van het formulier heeft geen naam.")
        name = options[b"name"].decode("utf-8", "replace")
        file_name = _file_name(self._disposition, options.get(b"filename"))
        self._parts[name] += 1
        if name == self._file_field:
            self._begin_file(file_name)
        elif file_name is not None:
            self._faults.append(InvalidParameter(name[:_SHOWN], "is een bestand, maar het bestand hoort in bestand"))
        else:
            self._into_text = bytearray()
            self._texts.append((name, self._into_text))

    def _begin_file(self, file_name: str | None) -> None:
        if self._parts[self._file_field] > self._most_files:
            if self._parts[self._file_field] == self._most_files + 1:
                self._faults.append(InvalidParameter(self._file_field, self._too_many()))
        elif file_name is None:
            self._faults.append(InvalidParameter(self._file_field, "is tekst; stuur een bestand, met een bestandsnaam"))
        elif file_name:
            self.file_names.append(file_name)
            self._into_file = True

    def _too_many(self) -> str:
        if self._most_files == 1:
            return "staat er meer dan een keer; geef één bestand"
        return f"staat er meer dan {self._most_files} keer; stuur zoveel bestanden in delen"

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._into_file:
            self._pieces.append(Piece(len(self.file_names) - 1, data[start:end]))
        elif self._into_text is not None:
            self._text_bytes += end - start
            if self._text_bytes > MAX_TEXT_BYTES:
                raise TooLargeError(f"De velden naast het bestand zijn samen groter dan {MAX_TEXT_BYTES} bytes.")
            self._into_text.extend(data[start:end])

    def _end(self) -> None:
        self._ended = True


def _file_name(disposition: bytes, plain: bytes | None) -> str | None:
    """The file name of a part, None where it has none; also as RFC 5987 writes it, which some clients do."""
    if plain is not None:
        return plain.decode("utf-8", "replace")
    message = Message()
    message["Content-Disposition"] = disposition.decode("latin-1")
    return message.get_filename()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except FormParserError as error:
        if _HEADER_TOO_LONG in str(error):
            raise FormError(
                f"Een veldnaam of bestandsnaam in het formulier is te lang (meer dan {MAX_HEADER_BYTES} bytes); "
                "geef het bestand een kortere naam."
            ) from error
        raise FormError("De body is geen goede multipart/form-data.") from error
