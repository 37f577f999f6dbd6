"""Which passages of a municipality are shown, and in what order."""

from collections.abc import Sequence, Set

from app.answer import Hit
from app.validity import MAY_BE_IN_FORCE


def in_order(hits: Sequence[Hit]) -> list[Hit]:
    """What is in force, or may be, before what is not; within each the best first."""
    return sorted(hits, key=lambda hit: (not may_be_in_force(hit), -hit.score))


def may_be_in_force(hit: Hit) -> bool:
    """Whether its document is in force on the day, or of unknown validity."""
    return hit.standing.validity in MAY_BE_IN_FORCE


def chosen(hits: Sequence[Hit], limit: int, strong: Set[str]) -> list[Hit]:
    """At most `limit` of them, in their order.

    The first goes before all, then the first of each document that treats the topic, which has one of the passages in
    `strong`, and then the others.
    """
    treating = {hit.document.version for hit in hits if hit.passage.id in strong}
    firsts: dict[str, Hit] = {}
    for hit in hits:
        if not firsts or hit.document.version in treating:
            firsts.setdefault(hit.document.version, hit)
    ids = dict.fromkeys(hit.passage.id for hit in (*firsts.values(), *hits))
    taken = set(list(ids)[:limit])
    return [hit for hit in hits if hit.passage.id in taken]
