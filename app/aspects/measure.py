"""How well an extractor finds the aspects of labelled statements."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.aspects.aspect import Aspect
from app.aspects.sample import LabelledStatement
from app.aspects.statement import Statement


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one aspect: of `labelled` statements `right` were found, among `found` in all."""

    labelled: int
    found: int
    right: int

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right; None where nothing was."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of what is labelled that was found; None where nothing is."""
        return self.right / self.labelled if self.labelled else None


def measure(
    sample: Sequence[LabelledStatement], aspects_of: Callable[[Statement], Mapping[Aspect, float]]
) -> dict[Aspect, Figures]:
    """The figures of each aspect."""
    found = [frozenset(aspects_of(each.statement)) for each in sample]
    return {
        aspect: Figures(
            labelled=sum(aspect in each.aspects for each in sample),
            found=sum(aspect in each for each in found),
            right=sum(aspect in one.aspects and aspect in two for one, two in zip(sample, found, strict=True)),
        )
        for aspect in Aspect
    }


def as_table(figures: Mapping[Aspect, Figures]) -> str:
    """The figures in lines, one an aspect."""
    lines = [f"{'aspect':13} labelled  found  right  precision  recall"]
    for aspect, each in figures.items():
        shares = "".join(
            f"{'-' if share is None else f'{share:.2f}':>{width}}"
            for share, width in ((each.precision, 11), (each.recall, 8))
        )
        lines.append(f"{aspect.value:13}{each.labelled:9}{each.found:7}{each.right:7}{shares}")
    return "\n".join(lines)
