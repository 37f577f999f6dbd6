"""How deep headings are: from the outline of the file or its list of contents, else from type and numbering."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from ingest.pages.group import Group, Role
from ingest.pages.line import Line
from ingest.pages.outline import OutlineEntry

_LONGEST = 250
_DEEPEST = 6
NUMBERS = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,5})[.:)]?\s+\D")
KEYWORDS = ("deel", "hoofdstuk", "titel", "afdeling", "paragraaf", "artikel")
KEYWORD = re.compile(r"(?i)(" + "|".join(KEYWORDS) + r")\s+[\divxIVX]+[a-z]?\b")
_PAGE = re.compile(r"[\s.…·_]*\b(\d{1,3})$")
_STEP = 4.0
_WORDS = re.compile(r"\w+")
Look = tuple[float, bool, bool, bool, bool]


@dataclass(frozen=True, slots=True)
class _Style:
    """How a heading looks, and the depth that its number or first word tells."""

    look: Look
    depth: int


def heading_ranks(
    groups: Sequence[Group],
    looks: Mapping[int, Look],
    title: int | None,
    outline: Sequence[OutlineEntry],
    printed: Mapping[int, int],
) -> dict[int, int]:
    """The rank of every heading by its place in `groups`.

    `looks` are those that look like headings, `title` the place of the title on a cover; `printed` gives the page of
    the file for a printed page number. The outline of the file tells most, then its list of contents, then the looks.
    """
    ranks = _ranks_of_outline(groups, outline, 0)
    if not _holds(ranks, outline):
        outline, end = _contents_outline(groups, printed)
        ranks = _ranks_of_outline(groups, outline, end)
    ranks = _with_like_styles(ranks, looks) if _holds(ranks, outline) else _ranks_of_styles(groups, looks)
    if title is not None:
        ranks[title] = 1
    return _without_steps(ranks)


def _holds(ranks: Mapping[int, int], outline: Sequence[OutlineEntry]) -> bool:
    """Whether enough titles of an outline were found for it to be that of this text."""
    return len(ranks) > 2 and 2 * len(ranks) >= len(outline)


def _without_steps(ranks: Mapping[int, int]) -> dict[int, int]:
    """Ranks in order of place, none more than one deeper than the heading it stands under."""
    stack: list[int] = []
    told: dict[int, int] = {}
    for place in sorted(ranks):
        while stack and stack[-1] >= ranks[place]:
            stack.pop()
        stack.append(ranks[place])
        told[place] = min(len(stack), _DEEPEST)
    return told


def _normal(text: str) -> str:
    return "".join(_WORDS.findall(text.lower()))


def _ranks_of_outline(groups: Sequence[Group], outline: Sequence[OutlineEntry], start: int) -> dict[int, int]:
    """The groups from `start` that are the titles of the outline, found on the page it names or next to it."""
    by_text: dict[str, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        if (
            place >= start
            and group.lines
            and group.role in (Role.PARAGRAPH, Role.ITEM)
            and len(group.text) <= 2 * _LONGEST
        ):
            by_text[_normal(group.text)].append(place)
            if (match := KEYWORD.match(group.text)) and (title := _normal(group.text[match.end() :])):
                by_text[title].append(place)
    ranks: dict[int, int] = {}
    after = -1
    for entry in outline:
        found = [
            place
            for place in by_text.get(_normal(entry.title), ())
            if place not in ranks and (entry.page is None or abs(groups[place].page - entry.page) <= 1)
        ]
        if not found:
            continue
        place = min(
            found,
            key=lambda place: (
                place <= after,
                groups[place].page != (entry.page or groups[place].page),
                -groups[place].size,
                place,
            ),
        )
        ranks[place] = entry.depth
        after = place
    return ranks


def _with_like_styles(ranks: Mapping[int, int], looks: Mapping[int, Look]) -> dict[int, int]:
    """The headings of the outline with those that look like them, and those that look like less."""
    known: dict[Look, Counter[int]] = defaultdict(Counter)
    for place, rank in ranks.items():
        if place in looks:
            known[looks[place]][rank] += 1
    usual = {look: counts.most_common(1)[0][0] for look, counts in known.items()}
    smallest = min((look[0] for look in known), default=inf)
    deepest = max(ranks.values())
    found = dict(ranks)
    for place, look in looks.items():
        if place in found:
            continue
        if look in usual:
            found[place] = usual[look]
        elif look[0] <= smallest:
            found[place] = deepest + 1
    return found


def _ranks_of_styles(groups: Sequence[Group], looks: Mapping[int, Look]) -> dict[int, int]:
    """A rank for every heading: larger before smaller, bold before plain, and by the depth of its number."""
    styles = {place: _Style(look, _depth(groups[place].text)) for place, look in looks.items()}
    least: dict[Look, int] = {}
    for style in styles.values():
        if style.depth:
            least[style.look] = min(least.get(style.look, style.depth), style.depth)
    settled = {place: _Style(style.look, style.depth or least.get(style.look, 0)) for place, style in styles.items()}
    order = sorted(set(settled.values()), key=lambda style: (*_order(style.look), style.depth))
    rank = {style: number for number, style in enumerate(order, start=1)}
    return {place: rank[style] for place, style in settled.items()}


def _contents_outline(groups: Sequence[Group], printed: Mapping[int, int]) -> tuple[list[OutlineEntry], int]:
    """What the list of contents promises, and the place after it; nothing where there is none."""
    places = [place for place, group in enumerate(groups) if group.role is Role.CONTENTS]
    titles = {place: _PAGE.sub("", groups[place].text) for place in places}
    numbered = sum(bool(NUMBERS.match(title)) for title in titles.values())
    edges = _indents(groups[place].lines[0].left for place in places)
    looks = {place: _entry_look(groups[place].lines[0], edges) for place in places}
    kinds = sorted(set(looks.values()))
    entries = []
    for place in places:
        depth = _depth(titles[place]) or 1 if 2 * numbered > len(places) else kinds.index(looks[place]) + 1
        number = _PAGE.search(groups[place].text)
        page = printed.get(int(number[1])) if number else None
        entries.append(OutlineEntry(titles[place], depth, page, None))
    return entries, (places[-1] + 1 if places else 0)


def _indents(lefts: Iterable[float]) -> list[float]:
    """The places where entries begin, those less than a few points apart as one."""
    edges: list[float] = []
    for left in sorted(lefts):
        if not edges or left - edges[-1] > _STEP:
            edges.append(left)
    return edges


def _entry_look(line: Line, edges: Sequence[float]) -> tuple[int, bool]:
    """What an entry of a list of contents shows of its depth: how far it is indented, and whether it is bold."""
    return bisect_right(edges, line.left), not line.bold


def _order(look: Look) -> tuple[float, ...]:
    size, bold, capitals, underlined, italic = look
    return (-size, -bold, -capitals, -underlined, italic)


def _depth(text: str) -> int:
    if match := KEYWORD.match(text):
        return KEYWORDS.index(match[1].lower()) + 1
    if match := NUMBERS.match(text):
        return match[1].count(".") + 1
    return 0
