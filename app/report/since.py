"""What changed between two runs, cell by cell, and why that can be."""

from collections.abc import Iterable, Iterator

from app.api.comparison_bodies import FindingBody
from app.api.document_bodies import DocumentBody, MunicipalityBody
from app.api.report_bodies import ChangedCellBody, ChangeKind, ChangeReason, RunBody, SinceBody, TopicBody
from app.report.change_words import absent_words, changed_words, reason_words
from app.wording import ruling_words

_Key = tuple[str, str, str]  # name and question of the topic, code of the municipality
_TOLD = (
    "title",
    "municipalities",
    "kind",
    "status",
    "valid_from",
    "valid_until",
    "published",
    "adopted_by",
    "source",
    "replaces",
    "replaced_by",
)
_SETTINGS = {
    "model": "model",
    "indexing": "indexering",
    "calibration": "ijking",
    "valid_on": "geldig op",
    "per_municipality": "aantal passages per gemeente",
    "product": "versie van Beleidswijzer",
}
_LATER = frozenset({"indexing"})  # settings that older runs do not tell


def changes(run: RunBody, earlier: RunBody) -> SinceBody:
    """Every cell of which verdict or passages are not those of the earlier run, in the order of `run`.

    Cells that are gone come last. A passage is the same where the same document has the same quote.
    """
    return SinceBody(run=earlier.id, made_at=earlier.made_at, cells=list(_Comparing(run, earlier).cells()))


class _Comparing:
    """Two runs of which the cells are compared."""

    def __init__(self, run: RunBody, earlier: RunBody) -> None:
        self._run, self._earlier = run, earlier
        self._documents = {each.id: each for each in run.documents}
        self._former = {each.id: each for each in earlier.documents}
        self._settings = [
            name
            for field, name in _SETTINGS.items()
            if _differ(getattr(run.settings, field), getattr(earlier.settings, field), field in _LATER)
        ]

    def cells(self) -> Iterator[ChangedCellBody]:
        now, before = dict(_cells(self._run)), dict(_cells(self._earlier))
        for key, (topic, finding) in now.items():
            if key not in before:
                yield self._new(topic, finding)
            elif (changed := self._changed(topic, finding, before[key][1])) is not None:
                yield changed
        for key, (topic, finding) in before.items():
            if key not in now:
                yield self._gone(topic, finding)

    def _changed(self, topic: TopicBody, now: FindingBody, before: FindingBody) -> ChangedCellBody | None:
        new, gone = _beyond(now, before), _beyond(before, now)
        moved = set(new.values()) & set(gone.values())
        kinds = [ChangeKind.VERDICT] if (now.ruling, now.only_past) != (before.ruling, before.only_past) else []
        kinds += [ChangeKind.PASSAGES] if new or gone else []
        if not kinds:
            return None
        reasons = self._reasons(now, before)
        new, gone = _but(new, moved), _but(gone, moved)
        told = changed_words(_ruled(before), _ruled(now), len(new), len(gone), len(moved))
        return _cell(topic, now, kinds, [*reasons], f"{told} {reason_words(reasons)}", new, gone)

    def _new(self, topic: TopicBody, finding: FindingBody) -> ChangedCellBody:
        told = absent_words(self._earlier, topic, finding, "eerdere")
        return _cell(topic, finding, [ChangeKind.NEW_CELL], [], f"Nieuw: {told}", _beyond(finding, None), {})

    def _gone(self, topic: TopicBody, finding: FindingBody) -> ChangedCellBody:
        told = absent_words(self._run, topic, finding, "nieuwe")
        return _cell(topic, finding, [ChangeKind.GONE_CELL], [], f"Vervallen: {told}", {}, _beyond(finding, None))

    def _reasons(self, now: FindingBody, before: FindingBody) -> dict[ChangeReason, list[str]]:
        """Why the cell can differ, with the names of what differs."""
        reasons: dict[ChangeReason, list[str]] = {}
        searched, former = ({each.id: each.title for each in finding.searched} for finding in (now, before))
        for document, title in searched.items():
            if document not in former:
                reasons.setdefault(ChangeReason.NEW_DOCUMENT, []).append(title or document)
        for document, title in former.items():
            if document not in searched:
                reasons.setdefault(ChangeReason.DOCUMENT_GONE, []).append(title or document)
        for document in searched.keys() & former.keys():
            for reason in _differing(self._documents.get(document), self._former.get(document)):
                reasons.setdefault(reason, []).append(searched[document] or document)
        if settings := [*self._settings, *self._day(searched.keys() & former.keys())]:
            reasons[ChangeReason.SETTINGS] = settings
        if not reasons and self._run.settings.index != self._earlier.settings.index:
            reasons[ChangeReason.OTHER_DOCUMENTS] = []
        return {reason: sorted(reasons[reason]) for reason in ChangeReason if reason in reasons}

    def _day(self, documents: Iterable[str]) -> Iterator[str]:
        """The day, where one of a cell's documents stands otherwise on the one than on the other."""
        both = [(self._documents.get(each), self._former.get(each)) for each in documents]
        if self._run.settings.day != self._earlier.settings.day and any(
            now is not None and before is not None and now.validity is not before.validity for now, before in both
        ):
            yield "peildatum"


def _differ(now: object, before: object, later: bool) -> bool:
    return now != before and not (later and before is None)


def _cells(run: RunBody) -> Iterator[tuple[_Key, tuple[TopicBody, FindingBody]]]:
    for result in run.results:
        topic = result.topic
        for finding in result.comparison.municipalities if result.comparison is not None else ():
            yield (topic.topic, topic.question or topic.topic, finding.code), (topic, finding)


def _beyond(finding: FindingBody, other: FindingBody | None) -> dict[str, str]:
    """The passages that the other cell lacks: their quotes by id."""
    known = {(each.document.id, each.quote) for each in other.passages} if other is not None else set()
    return {each.id: each.quote for each in finding.passages if (each.document.id, each.quote) not in known}


def _but(quotes: dict[str, str], moved: set[str]) -> dict[str, str]:
    return {key: quote for key, quote in quotes.items() if quote not in moved}


def _ruled(finding: FindingBody) -> str:
    return ruling_words(finding.ruling) + (" in documenten die niet meer gelden" if finding.only_past else "")


def _differing(now: DocumentBody | None, before: DocumentBody | None) -> Iterator[ChangeReason]:
    """How a document is not what it was; its version is also another where only its metadata are."""
    if now is None or before is None:
        return
    metadata = any(getattr(now, field) != getattr(before, field) for field in _TOLD)
    content = (now.file_sha256, now.parser) != (before.file_sha256, before.parser)
    if content or (now.version != before.version and not metadata):
        yield ChangeReason.NEW_VERSION
    if metadata:
        yield ChangeReason.METADATA


def _cell(
    topic: TopicBody,
    finding: FindingBody,
    kinds: list[ChangeKind],
    reasons: list[ChangeReason],
    explanation: str,
    new: dict[str, str],
    gone: dict[str, str],
) -> ChangedCellBody:
    return ChangedCellBody(
        topic=topic.topic,
        question=topic.question,
        municipality=MunicipalityBody(code=finding.code, name=finding.name),
        changed=kinds,
        reasons=reasons,
        explanation=explanation,
        new_passages=list(new),
        gone_quotes=list(gone.values()),
    )
