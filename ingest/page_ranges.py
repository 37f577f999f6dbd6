"""Page numbers as a reader writes them."""

from collections.abc import Sequence


def page_ranges(numbers: Sequence[int]) -> str:
    """Numbers in order as "Pagina 3" or "Pagina's 3, 7-9"."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1] = [ranges[-1][0], number]
        else:
            ranges.append([number])
    told = ", ".join("-".join(map(str, each)) for each in ranges)
    return f"Pagina {told}" if len(numbers) == 1 else f"Pagina's {told}"
