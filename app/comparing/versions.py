"""What the documents of one municipality that are versions of each other share on a topic, and in what they differ."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from app.answer import Difference, Hit
from app.aspects.statement import find_statements
from app.comparing.choice import may_be_in_force
from app.holdings import NearIdentical
from corpus.stored import StoredDocument

MOST_DIFFERENCES = 6
_Pair = tuple[StoredDocument, StoredDocument]


class Versions:
    """Pairs of documents with nearly the same text, or of which one replaces the other.

    `alike` has the near-identical documents by version, `text` the canonical text of a version.
    """

    def __init__(self, alike: Mapping[str, Sequence[NearIdentical]], text: Callable[[str], str]) -> None:
        self._alike = alike
        self._text = text
        self._plain_texts: dict[str, str] = {}

    def without_repeats(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits without those that stand word for word in the version that goes before theirs, and was found too."""
        later: dict[str, list[str]] = {}
        for before, after in self._pairs(hits):
            later.setdefault(after.version, []).append(before.version)
        return [
            hit
            for hit in hits
            if not any(
                _plain(hit.passage.quote) in self._plain_text(each) for each in later.get(hit.document.version, ())
            )
        ]

    def differences(self, hits: Sequence[Hit]) -> tuple[Difference, ...]:
        """The sentences of the hits that their document has and its other version nowhere; by document and position.

        Of the best hits first, where there are more than MOST_DIFFERENCES.
        """
        found: dict[tuple[str, int, int], Difference] = {}
        others: dict[str, list[StoredDocument]] = {}
        for one, two in self._pairs(hits):
            others.setdefault(one.version, []).append(two)
            others.setdefault(two.version, []).append(one)
        for hit in hits:
            for other in others.get(hit.document.version, ()):
                for difference in self._of(hit, other):
                    found.setdefault((hit.document.version, difference.start, difference.end), difference)
        order = {version: place for place, version in enumerate(dict.fromkeys(hit.document.version for hit in hits))}
        best = list(found.values())[:MOST_DIFFERENCES]
        return tuple(sorted(best, key=lambda each: (order[each.document.version], each.start)))

    def _of(self, hit: Hit, other: StoredDocument) -> Iterator[Difference]:
        text = self._plain_text(other.version)
        for each in find_statements(hit.passage):
            if _plain(each.text) not in text:
                passage = hit.passage
                yield Difference(passage.id, passage.pages, hit.document, other, each.start, each.end, each.text)

    def _plain_text(self, version: str) -> str:
        if version not in self._plain_texts:
            self._plain_texts[version] = _plain(self._text(version))
        return self._plain_texts[version]

    def _pairs(self, hits: Sequence[Hit]) -> Iterator[_Pair]:
        """The documents of the hits that are versions of each other: what may be in force, or is newer, first."""
        known = {hit.document.version: hit for hit in hits}
        places = sorted(known.values(), key=_newest_first, reverse=True)
        for place, one in enumerate(places):
            alike = {other.document.version for other in self._alike.get(one.document.version, ())}
            for two in places[place + 1 :]:
                if two.document.version in alike or _replaces(one.document, two.document):
                    yield one.document, two.document


def _newest_first(hit: Hit) -> tuple[bool, str, str, str]:
    metadata = hit.document.metadata
    begun = metadata.valid_from.isoformat() if metadata.valid_from else ""
    return may_be_in_force(hit), begun, metadata.published or "", metadata.document_id


def _replaces(one: StoredDocument, two: StoredDocument) -> bool:
    """Whether either of them says to take the place of the other."""
    return two.metadata.document_id in one.metadata.replaces or one.metadata.document_id in two.metadata.replaces


def _plain(text: str) -> str:
    return " ".join(text.split())
