"""Plain text and markdown files: bytes to text, without a guess about the encoding."""

import codecs
import unicodedata

from corpus.errors import DocumentError
from corpus.reason import Why, because
from ingest.source_text import SourceText

PLAIN_PARSER = "plain 1"
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINE_CONTROLS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"


def parse_plain(name: str, data: bytes) -> SourceText:
    """The text of a file in UTF-8, or in UTF-16 with a byte order mark; `name` is for messages.

    Raises DocumentError for another encoding, a binary file, and a file without any visible character.
    """
    text = _decoded(name, data)
    if not any(_is_visible(character) for character in text):
        raise DocumentError(name, because(Why.ONLY_CONTROLS if text.strip() else Why.ONLY_SPACE if data else Why.EMPTY))
    return SourceText(text, PLAIN_PARSER)


def _decoded(name: str, data: bytes) -> str:
    encoding = "utf-16" if data.startswith(_UTF16_MARKS) else "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        byte = f"0x{data[error.start]:02x}"
        reason = because(Why.OTHER_ENCODING, encoding=encoding.upper(), position=error.start, byte=byte)
        raise DocumentError(name, reason) from error
    if "\0" in text:
        raise DocumentError(name, because(Why.NUL, position=text.index("\0")))
    return text


def _is_visible(character: str) -> bool:
    if character.isspace() or character in _LINE_CONTROLS:
        return False
    return character != "\ufffd" and unicodedata.category(character) not in ("Cc", "Cf", "Zs", "Zl", "Zp")
