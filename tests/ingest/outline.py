"""A document's headings as an indented tree, as the golden files in `trees/` hold it.

`python -m tests.ingest.outline` writes those files anew; read the difference before committing it.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import corpus
from corpus.document import Section, SectionKind
from ingest.read import read_document

NOTES = Path(corpus.__file__).parent / "notes"
TREES = Path(__file__).parent / "trees"
NAMES = tuple(sorted(path.stem for path in NOTES.glob("*.txt")))


def outline(sections: Sequence[Section]) -> str:
    """One heading a line, two spaces a level; a section that is no body text has its kind behind it, '-' has no
    heading. A path that comes back (after footnotes) is not written again."""
    return "".join(f"{line}\n" for line in _lines(sections))


def _lines(sections: Sequence[Section]) -> Iterator[str]:
    last: tuple[str, ...] = ()
    for section in sections:
        kind = "" if section.kind is SectionKind.BODY else f" [{section.kind}]"
        common = 0
        if section.heading_end == section.start:
            common = len(section.path) if section.path == last else 0
        else:
            common = _common(section.path, last)
        new = section.path[common:]
        for depth, title in enumerate(new, start=common):
            yield "  " * depth + title + (kind if depth + 1 == len(section.path) else "")
        if not new and (kind or not section.path):
            yield "  " * len(section.path) + "-" + kind
        last = section.path


def _common(path: tuple[str, ...], last: tuple[str, ...]) -> int:
    """How many headings two sections share; the last one of a path with a heading of its own is always new."""
    common = 0
    while common < min(len(path) - 1, len(last)) and path[common] == last[common]:
        common += 1
    return common


def outline_of(name: str) -> str:
    """The tree of one of the notes of the product."""
    return outline(read_document(NOTES / f"{name}.txt").sections)


if __name__ == "__main__":
    for each in NAMES:
        (TREES / f"{each}.txt").write_text(outline_of(each), encoding="utf-8")
