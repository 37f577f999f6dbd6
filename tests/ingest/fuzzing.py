"""Mutated copies of real files, each read as the product reads files: python -m tests.ingest.fuzzing --help.

Every copy has to end as a whole document or as a refusal. A copy is known by its number and the seed: the same two give
the same file as long as the files that copies are made of are the same.
"""

import argparse
import random
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from corpus.catalogue import packaged_catalogue
from corpus.errors import DocumentError
from ingest.isolation import IsolatedReader, Limits
from tests.ingest.mutations import mutated
from tests.ingest.office.odf_files import odf_file
from tests.ingest.office.word_files import cell, p, row, table, word_file
from tests.ingest.small_pdf import small_pdf
from tests.ingest.wholeness import assert_whole

DOCUMENTS = Path(__file__).parents[2].parent / "shared" / "documents"
LARGEST = 300_000
TEXT_KEPT = 12_000
_CRASHED = "ended the process that read it"
_UNFORESEEN = "its reader failed"
_STALLED = "was not read within"
_MUDDLED = "an answer that makes no sense"
_HTML = (
    "<!doctype html><html><head><title>Nota</title></head><body><h1>Nota jeugd</h1><p>De gemeente helpt.</p>"
    "<ul><li>een<li>twee</ul><table><tr><th>Jaar<th>Bedrag<tr><td>2023<td>1.000</table></body></html>"
)


@dataclass(slots=True)
class Tally:
    """What became of the copies; `faults` are lines, each of which tells how to make its copy again."""

    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")


@dataclass(frozen=True, slots=True)
class Original:
    """A file that copies are made of."""

    name: str
    data: bytes


def originals() -> list[Original]:
    """Small files of every kind: our own, and the shared ones where those are here."""
    lines = [f"{number}. {word} in de gemeente" for number, word in enumerate("jeugd zorg wonen werk".split(), start=1)]
    body = p("Visie", '<w:pStyle w:val="Heading1"/>') + p("De gemeente helpt.") + table(row(cell("a"), cell("1.000")))
    found = [
        Original("own.pdf", small_pdf(["Hoofdstuk 1. Visie", *lines], [f"Daarvoor is {line}" for line in lines], [])),
        Original("own.docx", word_file(body)),
        Original("own.odt", odf_file("<text:h>Visie</text:h><text:p>De gemeente helpt.</text:p>")),
        Original("own.html", _HTML.encode()),
    ]
    notes = [entry.path for entry in packaged_catalogue().entries]
    found += [Original(path.name, path.read_bytes()[:TEXT_KEPT]) for path in notes]
    for path in sorted(DOCUMENTS.glob("*/*")):
        data = path.read_bytes()
        if path.suffix in (".txt", ".md"):
            data = data[:TEXT_KEPT]
        if len(data) <= LARGEST:
            found.append(Original(f"{path.parent.name}/{path.name}", data))
    return found


def copy_of(files: Sequence[Original], seed: int, number: int) -> tuple[bytes, str]:
    """Copy `number` and how it was made."""
    choice = random.Random(f"{seed}/{number}")
    file, other = choice.choice(files), choice.choice(files)
    data, how = mutated(choice, file.data, other.data)
    return data, f"{file.name} ({how})"


def fuzz(numbers: Sequence[int], seed: int, at_once: int, keep: Path | None = None) -> Tally:
    """Read copies by `at_once` threads; those that show a fault are left in `keep`."""
    files, tally, telling = originals(), Tally(), threading.Lock()
    reader = IsolatedReader(Limits(), recognise=False)

    def one(number: int) -> None:
        data, how = copy_of(files, seed, number)
        path = Path(folder, str(number))
        path.write_bytes(data)
        started = time.monotonic()
        outcome, fault = _outcome(reader, path)
        took = time.monotonic() - started
        with telling:
            tally.outcomes[outcome] += 1
            tally.slowest = max(tally.slowest, (took, f"copy {number}: {how}"))
            line = f"--seed {seed} --only {number}  {how}: {fault}"
            if outcome == "crash contained":
                tally.crashes.append(line)
            elif fault:
                tally.faults.append(line)
        if keep is not None and fault:
            (keep / f"{seed}-{number}").write_bytes(data)
        path.unlink()

    with tempfile.TemporaryDirectory() as folder:
        try:
            with ThreadPoolExecutor(at_once) as pool:
                list(pool.map(one, numbers))
        finally:
            reader.close()
    return tally


def _outcome(reader: IsolatedReader, path: Path) -> tuple[str, str]:
    """In a word, and what is wrong with that, if anything."""
    try:
        document = reader.read(path)
    except DocumentError as error:
        reason = str(error).replace(str(path), "").strip()
        for mark, outcome in _MARKS.items():
            if mark in reason:
                return outcome, reason
        return "refused", ""
    try:
        assert_whole(document)
    except AssertionError as error:
        last = re.sub(r"\s+", " ", str(error))[:300]
        return "not whole", last or _line_of(error)
    return "read", ""


_MARKS = {
    _CRASHED: "crash contained",
    _UNFORESEEN: "unforeseen",
    _STALLED: "stalled",
    _MUDDLED: "muddled",
}


def _line_of(error: AssertionError) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"line {trace.tb_lineno} of {Path(trace.tb_frame.f_code.co_filename).name}" if trace else "an assertion"


def report(tally: Tally, seconds: float) -> Iterator[str]:
    """What to tell of a run."""
    copies = sum(tally.outcomes.values())
    counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(tally.outcomes.items()))
    yield f"{copies} copies in {seconds:.0f} s: {counts}"
    yield f"slowest: {tally.slowest[0]:.1f} s, {tally.slowest[1]}"
    yield from (f"CONTAINED {line}" for line in sorted(tally.crashes))
    yield from (f"FAULT {line}" for line in sorted(tally.faults))


def main(say: Callable[[str], None] = print) -> int:
    """Run from the command line; 1 when there was a fault."""
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--copies", type=int, default=2_000, metavar="N", help="mutated copies to read (default 2000)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="which copies (default 1)")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="only the copy with this number")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="folder to leave the copies in that show a fault")
    parser.add_argument("--at-once", type=int, metavar="N", help="copies read at the same time (default all cores)")
    given = parser.parse_args()
    numbers = range(given.copies) if given.only is None else [given.only]
    if given.keep is not None:
        given.keep.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    tally = fuzz(numbers, given.seed, given.at_once or IsolatedReader().at_once, given.keep)
    for line in report(tally, time.monotonic() - started):
        say(line)
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
