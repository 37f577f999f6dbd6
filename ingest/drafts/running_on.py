"""Sentences that their author broke over paragraphs, as in a text that was pasted line by line."""

from collections.abc import Iterable

from ingest.drafts.draft import Draft, DraftParagraph
from ingest.heading_form import is_ended, is_item_start
from ingest.structured import ElementKind

_SHORTEST = 60


def joined(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts, with in one paragraph what only runs on: a long line without an end, and one with a small letter.

    What begins with a small letter itself is taken for an item of a list without marks, and stays as it is.
    """
    found: list[Draft] = []
    for draft in drafts:
        last = found[-1] if found else None
        if isinstance(last, DraftParagraph) and isinstance(draft, DraftParagraph) and _runs_on(last, draft):
            found[-1] = DraftParagraph(last.kind, (*last.lines, *draft.lines), last.rank)
        else:
            found.append(draft)
    return found


def _runs_on(last: DraftParagraph, draft: DraftParagraph) -> bool:
    if last.kind is not ElementKind.PARAGRAPH or draft.kind is not ElementKind.PARAGRAPH:
        return False
    line = last.lines[-1].text
    if len(line) < _SHORTEST or is_ended(line) or not last.text[0].isupper():
        return False
    following = draft.text
    return following[0].islower() and not is_item_start(following) and last.lines[-1].look == draft.lines[0].look
