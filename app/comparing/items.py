"""Numbered actions whose headings stand beside the heading that they belong to: 'Voorkomen van ...', 'Actie 2 ...'."""

import re
from collections.abc import Iterator, Sequence

from corpus.document import Section, SectionKind
from corpus.passage import Passage

_ITEM = re.compile(
    r"\W*(?:actie(?:punt)?|activiteit|maatregel|afspraak|project|pilot|interventie|stap|voorstel|opgave)\s*"
    r"(?:\d{1,3}\b|(?<=\s)[a-z][.:)])",
    re.IGNORECASE,
)


def items_after(sections: Sequence[Section], passage: Passage) -> list[Section]:
    """The sections of the actions that belong to the heading with which a passage opens; none where it opens with none.

    They follow it, under the same headings, and end at the next heading there that is no numbered action.
    """
    place = next((place for place, each in enumerate(sections) if each.start <= passage.start < each.end), None)
    if place is None:
        return []
    own = sections[place]
    opens = own.heading_end > own.start and passage.start < own.heading_end
    if not opens or not own.path or _ITEM.match(own.path[-1]):
        return []
    return list(_items(sections[place + 1 :], own.path))


def _items(sections: Sequence[Section], path: tuple[str, ...]) -> Iterator[Section]:
    above = path[:-1]
    for section in sections:
        if section.path == path or section.kind is not SectionKind.BODY:
            continue
        within = section.path[len(above) : len(above) + 1]
        if section.path[: len(above)] != above or not within or not _ITEM.match(within[0]):
            return
        yield section
