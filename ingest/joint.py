"""What stands between two lines in the canonical text."""

from dataclasses import dataclass
from enum import Enum

from ingest.block import BlockKind
from ingest.hyphen import Mending
from ingest.lines import Line


class Joint(Enum):
    """What stands in the canonical text between a line and the one before it."""

    SPACE = " "
    NOTHING = ""
    MEND = "drop the hyphen"
    CELL = " | "
    ITEM = "\n"
    PARAGRAPH = "\n\n"

    @property
    def separator(self) -> str:
        """The characters between the two lines."""
        return "" if self is Joint.MEND else self.value


OPENING = frozenset({Joint.ITEM, Joint.PARAGRAPH})
"""The joints before a line that begins a block."""

MENDED = {
    Mending.DROP: Joint.MEND,
    Mending.KEEP: Joint.NOTHING,
    Mending.SUSPEND: Joint.SPACE,
    Mending.NONE: None,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line with its joint to the line before; a line that begins a block carries the block's kind and rank.

    `before` is written before the line, after the joint, without being in the source: the heading of a table column.
    """

    line: Line
    joint: Joint
    kind: BlockKind
    rank: int | None
    before: str
