"""How many of the verdicts that people gave themselves are counted, and why the others are not."""

from collections.abc import Collection
from typing import Annotated

from pydantic import Field

from app.api.body import Body
from app.evaluation_sets import Judged


class JudgedCountsBody(Body):
    """Rows of oordelen.jsonl: one of a question and a municipality is counted, the last of what was said of it."""

    counted: Annotated[int, Field(alias="geteld")]
    filtered: Annotated[int, Field(alias="metFilters")]
    touched: Annotated[int, Field(alias="zijdelings")]
    unsearched: Annotated[int, Field(alias="zonderDocumenten")]


def judged_counts(judged: Judged, everywhere: Collection[str]) -> JudgedCountsBody:
    """The counts where these municipalities have documents."""
    unsearched = sum(pair.municipality not in everywhere for pair in judged.pairs)
    return JudgedCountsBody(
        counted=len(judged.pairs) - unsearched,
        filtered=judged.filtered,
        touched=judged.touched,
        unsearched=unsearched,
    )


def judged_words(counts: JudgedCountsBody) -> str:
    """The counts in one line."""
    left = [
        f"{count} {why}"
        for count, why in (
            (counts.filtered, "met filters (dat was een andere vraag)"),
            (counts.touched, "zijdelings (gevonden noch niets gevonden)"),
            (counts.unsearched, "van een gemeente zonder documenten"),
        )
        if count
    ]
    words = f"Oordelen van gebruikers: {counts.counted} geteld"
    return f"{words}; niet geteld: {', '.join(left)}" if left else words
