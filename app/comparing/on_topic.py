"""Which statements of the passages that were found are about the topic: a broad passage speaks of much else."""

from collections.abc import Callable, Mapping, Sequence, Set

from app.aspects.aspect import Aspect
from app.aspects.extract import Extract
from corpus.passage import Passage

_SAID = (
    0.3  # of the topic's words by weight: "scheiding" of conflictscheidingen, but not "kinderen" of kinderen in armoede
)


def on_topic(
    extracts: Mapping[Aspect, Sequence[Extract]],
    passages: Mapping[str, Passage],
    shown: Set[str],
    belonging: Set[str],
    says: Callable[[str], float],
) -> dict[Aspect, tuple[Extract, ...]]:
    """The extracts that say the topic's words, or stand where those are said.

    That is under a heading that says them, in a paragraph that has said them before, or in a list of which the line
    that introduces it does. Where none does, the topic is told in other words: then all of those that are `shown`.

    `passages` are by id; those of `belonging` are actions of a heading that treats the topic, and count whole. `says`
    gives the share of the topic's words that a text holds.
    """
    whole = {each.id for each in passages.values() if each.id in belonging or _is_under(each, says)}

    def is_told(extract: Extract) -> bool:
        return extract.passage in whole or says(_before(passages[extract.passage], extract)) >= _SAID

    told = {aspect: tuple(filter(is_told, found)) for aspect, found in extracts.items()}
    if any(told.values()):
        return told
    return {aspect: tuple(each for each in found if each.passage in shown) for aspect, found in extracts.items()}


def _is_under(passage: Passage, says: Callable[[str], float]) -> bool:
    """Whether a heading above a passage says the topic; the topmost of several is a title, which tells of much more."""
    headings = passage.section[1:] if len(passage.section) > 1 else passage.section
    return any(says(heading) >= _SAID for heading in headings)


def _before(passage: Passage, extract: Extract) -> str:
    """The statement with what its paragraph says before it, and the line that introduces its list."""
    start, end = extract.start - passage.start, extract.end - passage.start
    line = passage.quote.rfind("\n", 0, start) + 1
    above = [each.strip() for each in passage.quote[:line].split("\n")]
    lead_in = next((each for each in reversed(above) if each.endswith(":")), "")
    return f"{lead_in} {passage.quote[line:end]}"
