"""Pages made by hand: words set in a font of one width, and lines drawn between them."""

from collections.abc import Sequence

from ingest.pages.find_tables import find_page_tables
from ingest.pages.page import Page, Rule, Word
from ingest.pages.page_table import PageTable

EM = 5.0
"""The width of a character of nine points."""
_PROSE = "De gemeente werkt samen met ouders en scholen aan een veilige wijk voor alle kinderen in het dorp"


def word(text: str, left: float, baseline: float, bold: bool = False) -> Word:
    """A word of nine points."""
    return Word(text, left, baseline - 7, left + EM * len(text), baseline + 2, baseline, 9.0, bold, False)


def text(line: str, left: float, baseline: float, bold: bool = False) -> list[Word]:
    """The words of a line, with a space of half a character's height between them."""
    words: list[Word] = []
    for each in line.split():
        words.append(word(each, left, baseline, bold))
        left = words[-1].right + EM * 0.6
    return words


def ending(line: str, right: float, baseline: float, bold: bool = False) -> list[Word]:
    """The words of a line that ends at `right`."""
    words = text(line, 0.0, baseline, bold)
    return text(line, right - words[-1].right, baseline, bold)


def row(name: str, values: Sequence[str], baseline: float, bold: bool = False) -> list[Word]:
    """A row of a table: its name at 70, its values ending at 300, 380, 460 and so on."""
    cells = [word for column, value in enumerate(values) for word in ending(value, 300 + 80 * column, baseline, bold)]
    return [*(text(name, 70, baseline, bold) if name else []), *cells] if values else text(name, 70, baseline, bold)


def across(y: float, left: float = 60, right: float = 480) -> Rule:
    """A horizontal line."""
    return Rule(left, y, right, y)


def upright(x: float, top: float, bottom: float) -> Rule:
    """An upright line."""
    return Rule(x, top, x, bottom)


def lattice(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    """All lines of a grid."""
    return [*(across(y, xs[0], xs[-1]) for y in ys), *(upright(x, ys[0], ys[-1]) for x in xs)]


def box(left: float, top: float, right: float, bottom: float) -> list[Rule]:
    """The edges of a filled box."""
    return lattice([left, right], [top, bottom])


def page(words: Sequence[Word], rules: Sequence[Rule] = (), number: int = 1, wide: bool = False) -> Page:
    """A page of A4, upright or wide."""
    width, height = (842.0, 595.0) if wide else (595.0, 842.0)
    return Page(number, width, height, tuple(words), tuple(rules), 0.0)


def grid(table: PageTable) -> list[list[str]]:
    """The texts of a table's cells, lines joined."""
    return [[" ".join(each.text for line in cell.lines for each in line) for cell in row] for row in table.rows]


def prose(left: float, baseline: float, lines: int, words: int = 9) -> list[Word]:
    """Lines of prose, of unequal length."""
    said = _PROSE.split()
    return [
        each
        for number in range(lines)
        for each in text(" ".join(said[number % 4 : number % 4 + words]), left, baseline + 12 * number)
    ]


def only(words: Sequence[Word], rules: Sequence[Rule] = (), wide: bool = False) -> list[list[str]]:
    """The texts of the one table on a page."""
    (table,) = find_page_tables(page(words, rules, wide=wide))
    return grid(table)
