"""How fast PDFs are read, beside pypdf alone on the same files; part of scripts/bench."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pypdf import PdfReader

from corpus.errors import DocumentError
from ingest.isolation import IsolatedReader
from ingest.read import read_document

SHARED = Path(__file__).parents[1].parent / "shared" / "documents" / "pdf"
Row = Callable[[str, str, str], None]


def measure_reading(folder: Path, row: Row) -> None:
    """Pages a second of the PDFs in a folder: by pypdf, here one after another, and as an ingest reads them."""
    files = sorted(folder.glob("*.pdf"))
    pages = _timed_pages(files)
    if not pages:
        row("reading PDFs", "-", f"no readable PDF in {folder}")
        return
    count, pypdf = pages
    row("text of PDFs, pypdf alone", f"{count / pypdf:,.0f} pages/s", f"{count} pages of {len(files)} files")
    ways = {"reading PDFs, in process": _one_by_one, "reading PDFs, as an ingest does": _isolated}
    for what, way in ways.items():
        seconds = way(files)
        row(what, f"{count / seconds:,.0f} pages/s", f"{pypdf / seconds:,.1f} times pypdf alone")


def _timed_pages(files: Sequence[Path]) -> tuple[int, float] | None:
    begin = time.perf_counter()
    count = 0
    for file in files:
        for page in PdfReader(file).pages:
            page.extract_text()
            count += 1
    return (count, time.perf_counter() - begin) if count else None


def _one_by_one(files: Sequence[Path]) -> float:
    read_document(files[0])  # loads what reading needs
    begin = time.perf_counter()
    for file in files:
        _read(read_document, file)
    return time.perf_counter() - begin


def _isolated(files: Sequence[Path]) -> float:
    """Longest first, so that no core waits for the last; an ingest has other work meanwhile."""
    reader = IsolatedReader(recognise=False)
    try:
        with ThreadPoolExecutor(reader.at_once) as pool:
            list(pool.map(lambda file: _read(reader.read, file), files[: reader.at_once]))  # starts the processes
            begin = time.perf_counter()
            ordered = sorted(files, key=lambda file: -file.stat().st_size)
            list(pool.map(lambda file: _read(reader.read, file), ordered))
            return time.perf_counter() - begin
    finally:
        reader.close()


def _read(read: Callable[[Path], object], file: Path) -> None:
    try:
        read(file)
    except DocumentError:
        return
