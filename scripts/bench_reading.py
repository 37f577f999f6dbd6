"""How fast PDFs are read, beside pypdf alone on the same files; part of scripts/bench."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader

from corpus.errors import DocumentError
from ingest.isolation import IsolatedReader
from ingest.read import read_document

SHARED = Path(__file__).parents[1].parent / "shared" / "documents" / "pdf"
Row = Callable[[str, str, str], None]


def measure_reading(folder: Path, row: Row) -> None:
    """Pages a second of the PDFs in a folder: by pypdf and by us, turn by turn, and as an ingest reads them."""
    files = sorted(folder.glob("*.pdf"))
    pages, pypdf, ours = _side_by_side(files)
    if not pages:
        row("reading PDFs", "-", f"no readable PDF in {folder}")
        return
    row("text of PDFs, pypdf alone", f"{pages / pypdf.wall:,.0f} pages/s", f"{pages} pages of {len(files)} files")
    times = (
        f"{pypdf.wall / ours.wall:,.1f} times pypdf alone, {pypdf.cpu / ours.cpu:,.1f} times by the processor's time"
    )
    row("reading PDFs, on one core", f"{pages / ours.wall:,.0f} pages/s", times)
    seconds = _isolated(files)
    row(
        "reading PDFs, as an ingest does", f"{pages / seconds:,.0f} pages/s", f"{pypdf.wall / seconds:,.1f} times pypdf"
    )


@dataclass
class _Spent:
    """Seconds by the clock and of the processor, which other work on the machine does not add to."""

    wall: float = 0.0
    cpu: float = 0.0

    @contextmanager
    def here(self) -> Iterator[None]:
        """Add what happens inside."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.wall += time.perf_counter() - wall
        self.cpu += time.process_time() - cpu


def _side_by_side(files: Sequence[Path]) -> tuple[int, _Spent, _Spent]:
    """The number of pages, what pypdf spends on them, and what reading them in this process does."""
    pypdf, ours = _Spent(), _Spent()
    pages = 0
    for file in files[:1]:
        _read(read_document, file)  # loads what reading needs
    for file in files:
        with pypdf.here():
            for page in PdfReader(file).pages:
                page.extract_text()
                pages += 1
        with ours.here():
            _read(read_document, file)
    return pages, pypdf, ours


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
