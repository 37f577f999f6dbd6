"""What each cell of a table is called: the headings of columns and groups that belong with its value."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

_SIGN = r"[-–−+]"
_AMOUNT = re.compile(
    rf"(?:[<>≤≥]?\s?{_SIGN}?\s?\(?\s?(?:€|EUR|ƒ|\$)?\s?{_SIGN}?\s?(?:\d+|,)(?:[.,']?\d+)*(?:\s\d{{3}})*(?:,-{{1,2}})?\s?[%‰]?(?:\s?[-–]\s?\d+(?:[.,]\d+)*\s?%?)?\s?\)?\s?{_SIGN}?)"
    r"(?:\s?(?:mln\.?|miljoen|mld\.?|miljard|fte|kg|km|uur))?(?:\s?[*¹²³]+|\s?\(\s?\d{4}\*?\))?"
)
_STAND_IN = re.compile(
    r"(?i)(?:€\s?)?(?:[-–−—]{1,3}|-/-|n\.?v\.?t\.?|p\.?m\.?|n\.?b\.?|onbekend|nihil|geen|ja|nee|€"
    r"|\d\d?[-./]\d\d?(?:[-./]\d{2,4})?\s?(?:t/m|tot)\s?\d\d?[-./]\d\d?(?:[-./]\d{2,4})?)"
)
_YEAR = re.compile(r"\(?(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)?\d\d))?\*?\)?")
_DAY = re.compile(r"[0-3]?\d[-–](?:0?\d|1[0-2])")
_UNIT = re.compile(r"(?i)(?:\b[x×]|\*|\bin)\s?(?:€|eur|euro)?\s?(?:1\.?000(?:\.000)?|miljoen|mln\.?|duizend)\b")
_TOTAL = re.compile(r"(?i)(?:eind)?tota(?:al|len)\b")
_BALANCE = re.compile(r"(?i)(?:\w+ )?(?:saldo|resultaat)\b")
_SIDE = re.compile(r"(?i)(?:\w+ )?(?:lasten|baten|uitgaven|inkomsten|kosten|opbrengsten)\b")
_CURRENCIES = "Eƒ"
_STAND_INS = "GgJjNnOoPp"
_LONGEST_STAND_IN = 8
_FEW_NAMELESS = 0.2
_MAX_HEADING = 80
_MAX_GROUP = 40
_MAX_LABEL = 60
_MOST_HEADERS = 8
_LONG_TEXT = 30


def is_amount(text: str) -> bool:
    """Whether a text is one number, with its sign, currency or per cent: "-1.234", "€ 5", "(12)", "8,5% (2021)"."""
    return not (text[:1].isalpha() and text[0] not in _CURRENCIES) and _is_amount(text)


@lru_cache(maxsize=8192)
def _is_amount(text: str) -> bool:
    return bool(_AMOUNT.fullmatch(text)) and not _DAY.fullmatch(text)


def is_value(text: str) -> bool:
    """Whether a text is a number or what stands in its place in a table: "-", "n.v.t.", "p.m."."""
    if text[:1].isalpha() and text[0] not in _CURRENCIES:
        return len(text) <= _LONGEST_STAND_IN and text[0] in _STAND_INS and _is_value(text)
    return _is_value(text)


@lru_cache(maxsize=8192)
def _is_value(text: str) -> bool:
    return _is_amount(text) or bool(_STAND_IN.fullmatch(text))


def is_year(text: str) -> bool:
    """Whether a text is a year, as it stands above a column."""
    return bool(_YEAR.fullmatch(text))


def count_headers(grid: Sequence[Sequence[str]]) -> int:
    """How many rows at the top of a table are column headings, 0 where it has none.

    `grid` has one text for every cell, empty for an empty one and repeated where a cell spans several columns.
    """
    columns = [column for column in _value_columns(grid) if column]
    if not columns:
        return _count_text_headers(grid)
    top = list(takewhile(lambda row: not _has_values(row, columns), grid[:_MOST_HEADERS]))
    if len(top) in (len(grid), _MOST_HEADERS):
        return 0
    while top and not any(_own(top[-1])[1:]):  # labels of a group below the headings
        top.pop()
    named = sum(1 for row in top if row[0].strip() and any(cell.strip() for cell in row[1:]))
    if named > (1 if len(top[0] if top else ()) == 2 else 3):
        return _count_text_headers(grid)  # names with texts beside them, not headings
    headed = sum(1 for column in columns if any(column < len(row) and row[column].strip() for row in top))
    long = any(len(cell) > _MAX_HEADING for row in top for cell in row)
    return len(top) if headed * 2 >= len(columns) and not long else 0


def cell_headings(grid: Sequence[Sequence[str]], headers: int) -> list[list[str]]:
    """For every cell of a table the heading to write before it, empty where it has none (see structured.Cell).

    `grid` as in `count_headers`, or with a spanning cell in its first column only; `headers` counts the rows of column
    headings at its top. Rows below them that have no values and stand in several columns are headings of what follows,
    those with one cell only label the group that follows. A heading is on one line, of at most 80 characters.
    """
    levels: list[list[str]] = [list(row) for row in _spread(grid[:headers])]
    first = levels
    group = _line(grid[0][0]) if _comes_back(grid, headers) else ""
    columns = _value_columns(grid[headers:])
    found = [[""] * len(row) for row in grid[:headers]]
    named = sum(map(_is_nameless, grid[headers:])) < _FEW_NAMELESS * len(grid)
    index = headers
    while index < len(grid):
        block = _heading_rows(grid, index, headers, columns)
        if block:
            own = _spread(grid[index : index + block])
            levels = [*levels[: len(levels) - block], *own] if block < len(levels) else own
            group = _line(grid[index][0]) if any(row[0] for row in grid[index : index + block]) else group
            found += [[""] * len(row) for row in grid[index : index + block]]
            index += block
            continue
        row = grid[index]
        below = grid[index + 1] if index + 1 < len(grid) else ()
        if columns and _is_group(row) and not (below and below[0][:1].islower()):
            group = next(cell for cell in map(_line, row) if cell)
            found.append([""] * len(row))
        else:
            group = "" if _weighs(row, group) else group
            found.append(_row_headings(row, levels, group, _unit(first)))
            closed = _closes(row, named) and not _is_group(grid[index - 1])
            group = "" if closed else group
        index += 1
    return found


def _weighs(row: Sequence[str], group: str) -> bool:
    """Whether a row weighs two sides of which the group is one, and so belongs to neither."""
    return bool(_SIDE.match(group)) and bool(_BALANCE.match(_line(row[_name(row)])))


def _closes(row: Sequence[str], named: bool) -> bool:
    """Whether a row adds up the group above it; `named` tells that nearly all rows have names, which a sum may lack."""
    return (named and _is_nameless(row)) or bool(row and _TOTAL.match(_line(row[_name(row)])))


def _is_nameless(row: Sequence[str]) -> bool:
    return bool(row) and not row[0].strip() and is_value(_line(row[_name(row)]))


def _row_headings(row: Sequence[str], levels: Sequence[Sequence[str]], group: str, unit: str) -> list[str]:
    name = _name(row)
    headings = []
    for column, cell in enumerate(row):
        if column == name or not cell.strip():
            headings.append("")
            continue
        texts: list[str] = []
        for level in levels:
            text = _line(level[column]) if column < len(level) else ""
            if text and text not in texts:
                texts.append(text)
        value = is_value(_line(cell))
        headings.append(_heading(group if value else "", _whole(texts), unit if value and "%" not in cell else ""))
    return headings


def _whole(texts: Sequence[str]) -> str:
    """What the levels of headings say above one column, with words made whole that a hyphen breaks."""
    whole = ""
    for text in texts:
        if whole.endswith("-") and text[:1].islower() and len(whole) > 1 and whole[-2].isalpha():
            whole = whole[:-1] + text
        else:
            whole = f"{whole} {text}".strip()
    return whole


def _heading(group: str, column: str, unit: str) -> str:
    """Group, column and unit as one heading; the group gives way where they are too long together."""
    column = _cut(column, _MAX_HEADING)
    if unit and unit not in column and len(column) + len(unit) < _MAX_HEADING:
        column = f"{column} {unit}".strip()
    room = min(_MAX_GROUP, _MAX_HEADING - len(column) - 2)
    group = _cut(group.rstrip(":;,. "), room) if group and room > 3 and group not in column else ""
    return ", ".join(filter(None, (group, column)))


def _name(row: Sequence[str]) -> int:
    """The column of the cell that names its row: the first with text that is no number, else the first with any."""
    filled = [column for column, cell in enumerate(row) if cell.strip()]
    worded = [column for column in filled if not is_value(_line(row[column])) and any(map(str.isalpha, row[column]))]
    return (worded or filled or [0])[0]


def _heading_rows(grid: Sequence[Sequence[str]], index: int, headers: int, columns: Sequence[int]) -> int:
    """How many rows from `index` on are headings of columns amid the table, 0 for a row of the table itself."""
    end = index
    while end < len(grid) and end - index < _MOST_HEADERS and _is_inner_header(grid[end], grid[:headers], columns):
        end += 1
    return end - index if end < len(grid) else 0


def _is_inner_header(cells: Sequence[str], heads: Sequence[Sequence[str]], columns: Sequence[int]) -> bool:
    """Whether a row below the headings is one of headings too: it says them again, or has words above numbers."""
    row = [_line(cell) for cell in cells]
    if any(row[1:]) and any([_line(cell) for cell in head[1:]] == row[1:] for head in heads):
        return True
    own = _own(row)
    if sum(1 for cell in own[1:] if cell) < 2 or any(is_value(cell) and not is_year(cell) for cell in own if cell):
        return False
    headed = sum(1 for column in columns if column < len(row) and row[column])
    return headed >= max(2, len(columns) / 3) and all(len(cell) <= _MAX_LABEL for cell in row)


def _comes_back(grid: Sequence[Sequence[str]], headers: int) -> bool:
    """Whether the first row of headings stands again amid the table, under another label of its group."""
    if not headers or not grid[0][0].strip() or not any(cell.strip() for cell in grid[0][1:]):
        return False
    first = [_line(cell) for cell in grid[0]]
    return any(
        row[0].strip() and _line(row[0]) != first[0] and [_line(cell) for cell in row[1:]] == first[1:]
        for row in grid[headers:]
    )


def _is_group(row: Sequence[str]) -> bool:
    """Whether a row only labels the rows that follow: one text, short, and no value."""
    own = [cell for cell in _own(row) if cell]
    return len(own) == 1 and not is_value(own[0]) and len(own[0]) <= _MAX_LABEL


def _spread(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows of headings with what spans several columns said above each of them: in all but the last row an empty
    cell takes what stands to its left, where its column has a heading below it and none above."""
    spread = []
    for number, row in enumerate(rows):
        cells = [_line(cell) for cell in row]
        for column in range(2, len(cells)):
            below = any(column < len(each) and each[column].strip() for each in rows[number + 1 :])
            above = any(column < len(each) and each[column].strip() for each in rows[:number])
            if not cells[column] and below and not above:
                cells[column] = cells[column - 1]
        spread.append(cells)
    return spread


def _unit(levels: Sequence[Sequence[str]]) -> str:
    """The unit of the amounts that the corner of a table tells, such as "x € 1.000"."""
    for level in levels:
        found = _UNIT.search(level[0]) if level else None
        if found:
            return f"({found.group()})"
    return ""


def _count_text_headers(grid: Sequence[Sequence[str]]) -> int:
    """Whether the first row of a table without amounts is one of headings: short labels above longer texts."""
    if len(grid) < 3 or len(grid[0]) < 3:
        return 0
    first = [_line(cell) for cell in grid[0]]
    short = all(0 < len(cell) <= _MAX_LABEL / 2 and cell[-1] not in ".:;?!" and not is_amount(cell) for cell in first)
    if not short or len(set(first)) < len(first):
        return 0
    longest = [max(len(_line(row[column])) for row in grid[1:] if column < len(row)) for column in range(len(first))]
    told = any(most >= _LONG_TEXT and most > 2.5 * len(cell) for cell, most in zip(first, longest, strict=True))
    return int(told)


def _has_values(row: Sequence[str], columns: Sequence[int]) -> bool:
    """Whether a row has an amount in one of the columns of values; years above them and their numbers are none."""
    cells = [_line(row[column]) for column in columns if column < len(row)]
    amounts = [cell for cell in cells if is_amount(cell)]
    stand_ins = sum(1 for cell in cells if is_value(cell)) - len(amounts)
    if len(amounts) > 2 and amounts == [str(number) for number in range(1, len(amounts) + 1)]:
        return stand_ins > 0
    return any(not is_year(cell) for cell in amounts) or stand_ins > 0


def _value_columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns that hold mostly values, below what may be headings above them."""
    width = max(map(len, rows), default=0)
    columns = []
    for column in range(width):
        cells = [is_value(text) for row in rows if column < len(row) and (text := _line(row[column]))]
        above = next((number for number, value in enumerate(cells) if value), len(cells))
        values = sum(cells)
        if values * 2 > len(cells) - above and above <= values + 1:
            columns.append(column)
    return columns


def _own(row: Sequence[str]) -> list[str]:
    """The texts of a row, with a cell that spans several columns in its first only."""
    texts = [_line(cell) for cell in row]
    return [text if column == 0 or text != texts[column - 1] else "" for column, text in enumerate(texts)]


def _line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return text[: most + 1].rsplit(None, 1)[0][:most].rstrip(" ,;:(-–") if most > 0 else ""
