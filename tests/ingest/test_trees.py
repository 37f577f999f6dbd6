"""The heading trees of the notes of the product, reviewed by eye and kept in `trees/`."""

import difflib

import pytest

from corpus.document import Section, SectionKind
from tests.ingest.outline import NAMES, TREES, outline, outline_of


@pytest.mark.parametrize("name", NAMES)
def test_a_note_has_the_tree_that_a_reader_draws(name: str) -> None:
    golden = (TREES / f"{name}.txt").read_text(encoding="utf-8")
    found = outline_of(name)
    difference = "".join(
        difflib.unified_diff(
            golden.splitlines(keepends=True), found.splitlines(keepends=True), f"trees/{name}.txt", "found", n=3
        )
    )
    assert found == golden, (
        f"\n{difference}\nWhere the new tree is right: python -m tests.ingest.outline, and review the difference"
    )


def test_every_golden_tree_belongs_to_a_note() -> None:
    assert sorted(path.stem for path in TREES.glob("*.txt")) == list(NAMES)


def test_an_outline_shows_depth_and_kind() -> None:
    sections = [
        Section((), SectionKind.CONTENTS, 0, 0, 10),
        Section(("1 Doel", "1.1 Jeugd"), SectionKind.BODY, 10, 20, 30),
        Section(("1 Doel", "1.1 Jeugd"), SectionKind.FOOTNOTES, 30, 30, 40),
        Section(("1 Doel", "1.1 Jeugd"), SectionKind.BODY, 40, 40, 50),
        Section(("1 Doel", "1.2 Zorg"), SectionKind.BODY, 50, 55, 60),
        Section(("2 Geld",), SectionKind.BODY, 60, 65, 70),
    ]
    assert outline(sections) == "- [contents]\n1 Doel\n  1.1 Jeugd\n    - [footnotes]\n  1.2 Zorg\n2 Geld\n"
