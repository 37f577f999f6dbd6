"""Words to lines: first the pieces of a line that belong together whatever the columns, then whole lines."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter

from ingest.pages.line import Line, make_line
from ingest.pages.page import Rule, Word

_SAME_BASELINE = 0.25
_CLOSE = 0.95
_SPACED = 1.8
_LETTERS = 3
_TOUCHING = 0.6
_BACK = 0.6
_UNDER = 0.3
_COVERED = 0.8
_SIZE = attrgetter("size")
_BASELINE_AND_LEFT = attrgetter("baseline", "left")


def find_pieces(page: int, words: Iterable[Word], rules: Sequence[Rule]) -> list[Line]:
    """The pieces of lines of a page, in the order of the file: runs of words with no more than a space between them."""
    level = sorted(
        (rule for rule in rules if rule.right - rule.left > 10 and rule.bottom - rule.top <= 3),
        key=lambda rule: rule.top,
    )
    tops = [rule.top for rule in level]
    runs: list[list[Word]] = []
    before: Word | None = None
    for word in words:
        if before is not None and (_is_next(before, word) or _follows(runs[-1], word)):
            runs[-1].append(word)
        else:
            runs.append([word])
        before = word
    runs = _joined(runs)
    return [make_line(page, run, bool(level) and _is_underlined(run, level, tops)) for run in runs]


def make_rows(pieces: Sequence[Line]) -> list[Line]:
    """The whole lines, from top to bottom, of the pieces of one column."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=_BASELINE_AND_LEFT):
        for row in reversed(rows[-3:]):
            if _same_row(row, piece):
                row.append(piece)
                break
        else:
            rows.append([piece])
    return [_row(row) for row in rows]


def _row(pieces: list[Line]) -> Line:
    if len(pieces) == 1:
        return pieces[0]
    pieces.sort(key=lambda piece: piece.left)
    words = [word for piece in pieces for word in piece.words]
    return make_line(pieces[0].page, words, all(piece.underlined for piece in pieces))


def _same_row(row: Sequence[Line], piece: Line) -> bool:
    big = row[0] if len(row) == 1 else max(row, key=_SIZE)
    if abs(piece.baseline - big.baseline) <= _SAME_BASELINE * max(piece.size, big.size):
        return all(piece.left >= other.right - 1 or piece.right <= other.left + 1 for other in row)
    small, large = (big, piece) if big.size < piece.size else (piece, big)
    if small.size > 0.85 * large.size or len(small.text) > 6:
        return False
    near = min(abs(small.left - large.right), abs(large.left - small.right))
    return near < _TOUCHING * large.size and large.top - 0.2 * large.size <= small.baseline <= large.bottom


def _is_next(before: Word, word: Word) -> bool:
    """Whether a word stands right behind another, as most do: `_follows` without what is rare."""
    size, other = before.size, word.size
    small, large = (other, size) if other < size else (size, other)
    return (
        -_BACK * large < word.left - before.right < _CLOSE * large
        and abs(word.baseline - before.baseline) <= _SAME_BASELINE * small
    )


def _follows(run: Sequence[Word], word: Word) -> bool:
    before = run[-1]
    size = max(before.size, word.size)
    gap = word.left - before.right
    if not -_BACK * size < gap < _CLOSE * size and not (0 < gap < _SPACED * size and _is_spaced(run, word)):
        return False
    if abs(word.baseline - before.baseline) <= _SAME_BASELINE * min(before.size, word.size):
        return True
    return gap < _TOUCHING * size and _is_raised(run, word)


def _is_spaced(run: Sequence[Word], word: Word) -> bool:
    """Whether letters stand apart, as in "I N H O U D", so that the room between words is wide."""
    last = [*run[-_LETTERS:], word]
    return len(last) > _LETTERS and all(len(each.text) == 1 and each.text.isalpha() for each in last)


def _is_raised(run: Sequence[Word], word: Word) -> bool:
    """Whether a word is a raised or lowered mark in a line of larger words, or the line goes on after such a mark."""
    before = run[-1]
    largest = max(run[-4:], key=lambda other: other.size)
    if word.size < 0.9 * largest.size:
        return largest.top - 0.1 * largest.size < word.baseline < largest.bottom + 0.1 * largest.size
    if before.size < 0.9 * word.size:
        if largest is not before and largest.size >= 0.95 * word.size:
            return abs(word.baseline - largest.baseline) <= _SAME_BASELINE * word.size
        return word.top - 0.1 * word.size < before.baseline < word.bottom + 0.1 * word.size
    return False


def _joined(runs: list[list[Word]]) -> list[list[Word]]:
    """Runs that stand side by side with only a space between them, but far apart in the file, as one."""
    by_place = sorted(range(len(runs)), key=lambda place: (runs[place][0].baseline, runs[place][0].left))
    gone: set[int] = set()
    for index, place in enumerate(by_place):
        if place in gone:
            continue
        run = runs[place]
        for other in by_place[index + 1 : index + 12]:
            following = runs[other]
            if following[0].baseline - run[-1].baseline > _SAME_BASELINE * run[-1].size:
                break
            gap = following[0].left - run[-1].right
            if other not in gone and -0.2 * run[-1].size < gap < 0.5 * max(run[-1].size, following[0].size):
                run.extend(following)
                gone.add(other)
    return [run for place, run in enumerate(runs) if place not in gone]


def _is_underlined(run: Sequence[Word], level: Sequence[Rule], tops: Sequence[float]) -> bool:
    left, right, size, baseline = run[0].left, run[-1].right, run[0].size, run[0].baseline
    near = level[bisect_left(tops, baseline - 0.02 * size) : bisect_left(tops, baseline + _UNDER * size)]
    covered = sum(
        max(0.0, min(rule.right, right) - max(rule.left, left))
        for rule in near
        if rule.left > left - size and rule.right < right + size
    )
    return covered > _COVERED * (right - left)
