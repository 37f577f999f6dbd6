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
    ITEM = "\n"
    PARAGRAPH = "\n\n"

    @property
    def separator(self) -> str:
        """The characters between the two lines."""
        return "" if self is Joint.MEND else self.value


MENDED = {
    Mending.DROP: Joint.MEND,
    Mending.KEEP: Joint.NOTHING,
    Mending.SUSPEND: Joint.SPACE,
    Mending.NONE: None,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line with its joint to the line before; a line that begins a block carries the block's kind and rank."""

    line: Line
    joint: Joint
    kind: BlockKind
    rank: int | None
