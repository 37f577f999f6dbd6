"""What changed in a cell of a report, and why, in Dutch sentences."""

from collections.abc import Mapping, Sequence

from app.api.comparison_bodies import FindingBody
from app.api.report_bodies import ChangeReason, RunBody, TopicBody
from app.wording import counted, enumerated, title_words

_MOST_NAMED = 5
_NO_REASON = "Waardoor is niet na te gaan: documenten en instellingen zijn dezelfde."
_WORDS = {
    ChangeReason.NEW_DOCUMENT: "nieuw document: {}",
    ChangeReason.DOCUMENT_GONE: "document niet meer doorzocht: {}",
    ChangeReason.NEW_VERSION: "nieuwe versie van {}",
    ChangeReason.METADATA: "andere gegevens over {}",
    ChangeReason.SETTINGS: "andere instellingen: {}",
    ChangeReason.OTHER_DOCUMENTS: "de eigen documenten zijn dezelfde, maar elders in de kennisbank kwamen of gingen "
    "documenten, en daarmee weegt elk woord anders",
}


def changed_words(before: str, now: str, new: int, gone: int, moved: int) -> str:
    """What changed: the verdict from `before` to `now` where these differ, and the passages that came and went.

    Those that `moved` stand word for word in another document than before.
    """
    parts = [f"oordeel was {before} en is nu {now}"] if before != now else []
    if new:
        parts.append(f"{counted(new, 'passage', 'passages')} nieuw")
    if gone:
        parts.append(f"{counted(gone, 'passage', 'passages')} niet meer")
    if moved:
        parts.append(f"{counted(moved, 'passage staat', 'passages staan')} nu in een ander document")
    return _sentence("; ".join(parts))


def reason_words(reasons: Mapping[ChangeReason, Sequence[str]]) -> str:
    """Why, with the names of the documents or settings of each reason."""
    if not reasons:
        return _NO_REASON
    return _sentence("; ".join(_WORDS[reason].format(_named(names)) for reason, names in reasons.items()))


def absent_words(run: RunBody, topic: TopicBody, finding: FindingBody, which: str) -> str:
    """Why a cell is not in the `which` run: the topic failed there, or this was not asked."""
    for result in run.results:
        if _asked(result.topic) == _asked(topic):
            if result.comparison is None:
                return f"in het {which} rapport is dit onderwerp niet gelukt."
            return f"in het {which} rapport staat {finding.name} niet."
    return f"in het {which} rapport staat dit onderwerp niet."


def _asked(topic: TopicBody) -> tuple[str, str]:
    return topic.topic, topic.question or topic.topic


def _named(names: Sequence[str]) -> str:
    shown = [title_words(name) for name in names[:_MOST_NAMED]]
    more = len(names) - len(shown)
    return enumerated([*shown, f"{more} andere"] if more > 0 else shown)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
