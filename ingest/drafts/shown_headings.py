"""Headings of a file that names none: short lines that are bold, underlined or larger than the text below them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.drafts.draft import Draft, DraftLine, DraftParagraph, DraftTable, Look
from ingest.heading_form import heading_form
from ingest.structured import ElementKind

_LONGEST = 120
_LARGER = 1.15
_MOST = 0.5
_MOST_BOLD = 0.4
_DEEPEST = 6
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)[.)]?\s")
_LABEL = re.compile(
    r"(?:Vraag|Antwoord|Beslispunt|Agendapunt)\s+\d{1,3}[a-z]?(?:\s*(?:[-–,&]|en|tot en met|t/m)\s*\d{1,3})?"
)
_CAPTION = re.compile(r"(?i)(?:afbeelding|figuur|fig\.|tabel|grafiek|foto|bron|illustratie)\b")
_OPEN_ENDS = (".", ",", ";", ":", "-", "–", "_", "…")

_Key = tuple[float, bool, bool] | int


@dataclass(frozen=True, slots=True)
class _Shown:
    """A heading: the group that it looks like, and how deep its number says it stands within that."""

    key: _Key
    depth: int


def with_shown_headings(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with as headings what stands out as one; nothing changes where the file names headings itself.

    One heading alone is taken for the title of a file. What looks the same has the same rank.
    """
    named = sum(1 for draft in drafts if isinstance(draft, DraftParagraph) and draft.kind is ElementKind.HEADING)
    if named > 1:
        return list(drafts)
    body = _body_size(drafts)
    bold_tells = _share_of_bold(drafts) <= _MOST_BOLD
    parted = [part for draft in drafts for part in _parted(draft, body, bold_tells)]
    found = dict(_found(parted, body, bold_tells))
    texts = sum(1 for draft in parted if isinstance(draft, DraftParagraph))
    if len(found) > _MOST * texts:
        return list(drafts)
    ranks = _ranks(list(found.values()), lowest=1 + named)
    return [
        DraftParagraph(ElementKind.HEADING, draft.lines, min(_DEEPEST, ranks[found[index].key] + found[index].depth))
        if index in found and isinstance(draft, DraftParagraph)
        else draft
        for index, draft in enumerate(parted)
    ]


def _lines(drafts: Sequence[Draft]) -> Iterator[DraftLine]:
    for draft in drafts:
        if isinstance(draft, DraftParagraph):
            yield from draft.lines


def _body_size(drafts: Sequence[Draft]) -> float | None:
    """The size of most of the text."""
    sizes: Counter[float] = Counter()
    for line in _lines(drafts):
        if line.look.size is not None:
            sizes[line.look.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size)) if sizes else None


def _share_of_bold(drafts: Sequence[Draft]) -> float:
    lines = list(_lines(drafts))
    total = sum(len(line.text) for line in lines)
    return sum(len(line.text) for line in lines if line.look.bold) / total if total else 0.0


def _parted(draft: Draft, body: float | None, bold_tells: bool) -> list[Draft]:
    """A paragraph whose first line is a heading, with a line break after it, in two."""
    if isinstance(draft, DraftTable) or draft.kind is not ElementKind.PARAGRAPH or len(draft.lines) < 2:
        return [draft]
    first, *others = draft.lines
    if not _stands_out(first, body, bold_tells) or any(_stands_out(line, body, bold_tells) for line in others):
        return [draft]
    return [
        DraftParagraph(ElementKind.PARAGRAPH, (first,), None),
        DraftParagraph(ElementKind.PARAGRAPH, tuple(others), None),
    ]


def _found(drafts: Sequence[Draft], body: float | None, bold_tells: bool) -> Iterator[tuple[int, _Shown]]:
    """The headings by index; the last of a text has nothing under it, and is none."""
    for index, draft in enumerate(drafts[:-1]):
        if isinstance(draft, DraftTable) or draft.kind not in (ElementKind.PARAGRAPH, ElementKind.ITEM):
            continue
        if draft.kind is ElementKind.ITEM and not (_NUMBER.match(draft.text) and _leads(drafts[index + 1])):
            continue
        if not _can_be_heading(draft.text):
            continue
        number = _NUMBER.match(draft.text)
        if all(_stands_out(line, body, bold_tells) for line in draft.lines):
            look = draft.lines[0].look
            key = (look.size or body or 0.0, look.bold, look.underlined)
            yield index, _Shown(key, number[1].count(".") if number else 0)
        elif len(draft.lines) == 1 and draft.kind is ElementKind.PARAGRAPH and (rank := _rank_by_form(draft.text)):
            yield index, _Shown(rank, 0)


def _leads(following: Draft) -> bool:
    return isinstance(following, DraftTable) or following.kind is ElementKind.PARAGRAPH


def _rank_by_form(text: str) -> int | None:
    if _LABEL.fullmatch(text):
        return 99
    form = heading_form(text)
    return form.rank if form else None


def _can_be_heading(text: str) -> bool:
    flat = " ".join(text.split())
    if len(flat) > _LONGEST or flat.endswith(_OPEN_ENDS) or _CAPTION.match(flat):
        return False
    letters = sum(map(str.isalpha, flat))
    first = next((sign for sign in flat if sign.isalnum()), "a")
    return letters * 2 >= len(flat) and not first.islower()


def _stands_out(line: DraftLine, body: float | None, bold_tells: bool) -> bool:
    if not line.text or len(line.text) > _LONGEST:
        return False
    return (bold_tells and line.look.bold) or line.look.underlined or _is_larger(line.look, body)


def _is_larger(look: Look, body: float | None) -> bool:
    return look.size is not None and body is not None and look.size >= _LARGER * body


def _ranks(shown: Sequence[_Shown], lowest: int) -> dict[_Key, int]:
    """The rank of each group: larger letters above smaller ones, then what comes first, then headings by their form."""
    groups = list(dict.fromkeys(heading.key for heading in shown))
    looks = sorted((key for key in groups if isinstance(key, tuple)), key=lambda key: -key[0])
    forms = sorted(key for key in groups if isinstance(key, int))
    ordered: list[_Key] = [*looks, *forms]
    return {key: lowest + place for place, key in enumerate(ordered)}
