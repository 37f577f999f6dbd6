"""The order of what an engine finds, the same for every engine."""

from collections.abc import Callable

from embeddings.index import ScoredPoint


def ranked(ask: Callable[[int], list[ScoredPoint]], limit: int) -> list[ScoredPoint]:
    """The best `limit` of what `ask(number)` finds, by score, then id.

    Which of several equal scores an engine keeps at its cut is its own affair (boilerplate that municipalities share
    has equal scores), so it is asked for more as long as the cut falls between equals.
    """
    asked = limit + 1
    while True:
        found = ask(asked)
        if len(found) < asked or found[limit - 1].score != found[-1].score:
            return sorted(found, key=lambda point: (-point.score, point.id))[:limit]
        asked *= 4
