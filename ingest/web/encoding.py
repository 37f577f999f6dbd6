"""The bytes of a web page to text, as the HTML standard says, but for pages that are plainly UTF-8."""

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(
    rb"(?i)<meta[^>]{0,300}charset\s*=\s*[\"']?\s*([a-z0-9_.:-]+)|<\?xml[^>]{0,100}encoding=[\"']([a-z0-9_.:-]+)"
)
_SEARCHED = 4096
_WESTERN = "windows-1252"
_ALIKE = frozenset({"iso8859-1", "ascii", "cp1252", "latin-1"})


def decoded(data: bytes) -> str:
    """The text of a page: by its byte order mark, else as UTF-8 where that fits, else by what it declares, else as
    windows-1252; bytes that mean nothing there become replacement characters."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_declared(data), "replace")


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:_SEARCHED])
    if match is None:
        return _WESTERN
    name = (match[1] or match[2]).decode("ascii")
    try:
        b"x".decode(name)
        found = codecs.lookup(name).name
    except (LookupError, ValueError):  # unknown, or no encoding of text
        return _WESTERN
    if found in _ALIKE:
        return _WESTERN
    return "utf-8" if found.startswith("utf") else found
