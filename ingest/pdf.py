"""PDF files through pypdf, page by page; the only module that knows pypdf and its exceptions."""

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from corpus.errors import DocumentError
from ingest.source_text import SourcePage, SourceText

PDF_PARSER = "pypdf 1"
PAGE_BREAK = "\f"
_MIN_JUDGED = 200
_MIN_LETTERS = 0.1

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


def parse_pdf(name: str, data: bytes) -> SourceText:
    """The text of a PDF, its pages parted by a form feed; `name` is for messages.

    A page that cannot be read counts as a problem; raises DocumentError when the file is locked or broken, or when
    no page has text.
    """
    with _listening() as messages:
        reader = _opened(name, data)
        texts, problems = _page_texts(name, reader)
    if messages:
        problems.append(f"pypdf gave {len(messages)} warnings about this file, the first: {messages[0]}")
    scanned = sum(1 for text in texts if not text.strip())
    if scanned == len(texts):
        raise DocumentError(
            f"{name} has no text in its {len(texts)} pages (scanned, without a text layer); "
            "run it through text recognition (OCR) first"
        )
    damaged = sum(1 for text in texts if _is_damaged(text))
    if damaged * 10 >= (len(texts) - scanned) * 9:
        raise DocumentError(
            f"{name} holds no readable words: its fonts give other characters than the page shows; "
            "run it through text recognition (OCR) first"
        )
    if damaged:
        problems.append(f"{damaged} of {len(texts)} pages hold hardly any letters (damaged fonts, or pages of numbers)")
    if scanned:
        problems.append(f"{scanned} of {len(texts)} pages have no text (scanned or empty)")
    return SourceText(
        text=PAGE_BREAK.join(texts),
        pages=tuple(_pages(texts)),
        page_count=len(texts),
        scanned=scanned,
        damaged=damaged,
        parser=PDF_PARSER,
        problems=tuple(problems),
    )


def _opened(name: str, data: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise DocumentError(f"{name} is locked with a password; save a copy without one and ingest that")
        if not len(reader.pages):
            raise DocumentError(f"{name} has no pages; give the complete PDF")
    except DependencyError as error:
        raise DocumentError(
            f"{name} is encrypted in a way that cannot be opened here ({error}); save a copy without encryption"
        ) from error
    except PDF_FAULTS as error:
        raise _broken(name, error) from error
    return reader


def _page_texts(name: str, reader: PdfReader) -> tuple[list[str], list[str]]:
    texts: list[str] = []
    problems: list[str] = []
    try:
        count = len(reader.pages)
    except PDF_FAULTS as error:
        raise _broken(name, error) from error
    for number in range(1, count + 1):
        try:
            text = reader.pages[number - 1].extract_text()
        except PDF_FAULTS as error:
            problems.append(f"page {number} cannot be read ({type(error).__name__}: {error})")
            text = ""
        texts.append(text.replace(PAGE_BREAK, "\n"))
    return texts, problems


def _is_damaged(text: str) -> bool:
    """Whether a page of some length is mostly something else than words."""
    visible = "".join(text.split()).replace(".", "")
    return len(visible) >= _MIN_JUDGED and sum(map(str.isalpha, visible)) < _MIN_LETTERS * len(visible)


def _pages(texts: list[str]) -> Iterator[SourcePage]:
    start = 0
    for number, text in enumerate(texts, start=1):
        yield SourcePage(number=number, start=start, end=start + len(text))
        start += len(text) + len(PAGE_BREAK)


def _broken(name: str, error: BaseException) -> DocumentError:
    reason = str(error) or type(error).__name__
    return DocumentError(f"{name} is a broken PDF: {reason}; open it in a PDF reader and save it again")


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
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield messages
        messages.extend(str(warning.message) for warning in caught)
    finally:
        logger.propagate = propagate
        logger.removeHandler(handler)


class _Collector(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self._messages.append(record.getMessage())
