"""What a comparison shows of each topic: who says what on each side of it, and the passages of each municipality."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.api.comparison_bodies import AspectBody, ComparisonBody, FindingBody
from app.api.schemas import PassageBody
from app.report.chapters import details_of
from app.report.sides import SIDES, sides_of
from app.validity import IN_THE_PAST, Standings, Validity
from app.web.comparison_asked import Asked
from app.web.marking import Marker
from app.web.reading_address import ReadingAddress
from app.wording import VALIDITY_WORDS, page_words, title_words
from corpus.stored import StoredDocument

FEW = 8  # municipalities of which a silent one is told as fully as one that speaks
MOST = 40  # municipalities that are told on one page
ROOM = 130_000  # characters of quotes with what is around them: some fifty kilobytes as they are sent
_AROUND = 150


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement on one side of a topic, with its years and amounts in words."""

    quote: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """Statements out of one passage; `standing` says that its document is not in force, "" where it may be."""

    statements: tuple[Statement, ...]
    address: str
    title: str
    page: str
    standing: str


@dataclass(frozen=True, slots=True)
class Stated:
    """What one municipality says on one side; `more` statements stand at `address`."""

    name: str
    cited: tuple[Cited, ...]
    more: int
    address: str


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a topic: who says something of it, and the names of who speaks of the topic but not of this."""

    name: str
    anchor: str
    count: int
    stated: tuple[Stated, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A municipality with the passages that are shown; `more` stand at `address`."""

    finding: FindingBody
    passages: tuple[PassageBody, ...]
    more: int
    address: str

    @property
    def titles(self) -> dict[str, str]:
        """The titles of the documents that were searched, by id."""
        return {each.id: title_words(each.title) for each in self.finding.searched}


@dataclass(frozen=True, slots=True)
class Chapter:
    """One topic in full: its sides, the municipalities that are told, the silent ones that are only named.

    `left` are those that speak and are not told here.
    """

    number: int
    comparison: ComparisonBody
    marker: Marker
    sides: tuple[Side, ...]
    told: tuple[Told, ...]
    silent: tuple[FindingBody, ...]
    left: tuple[Told, ...]

    @property
    def folded(self) -> bool:
        """Whether passages and documents are behind a line that opens."""
        return bool(self.left) or len(self.told) + len(self.silent) > FEW


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is told of one municipality: passages, and statements on each side."""

    passages: int
    statements: int

    def size(self, finding: FindingBody) -> int:
        """What that takes, in characters."""
        told: list[PassageBody | AspectBody] = [*finding.passages[: self.passages]]
        for found in sides_of(finding.aspects).values():
            told += found[: self.statements]
        return sum(len(each.quote) + _AROUND for each in told)


_WHOLE = Extent(10, 1000)
_EXTENTS = (_WHOLE, Extent(1, 2), Extent(1, 1))


class Chapters:
    """The chapters of comparisons over the documents that they were made of, with these municipalities in order."""

    def __init__(
        self,
        asked: Asked,
        documents: Sequence[StoredDocument],
        comparisons: Sequence[ComparisonBody],
        codes: Sequence[str],
    ) -> None:
        self._asked = asked
        self._documents = documents
        self._comparisons = comparisons
        self._codes = codes

    def all(self) -> list[Chapter]:
        """Every topic in full where there is room; else one at a time, in as much as fits."""
        speaking = [
            [each for each in comparison.municipalities if each.ruling.speaks] for comparison in self._comparisons
        ]
        if sum(map(len, speaking)) <= MOST and _fit(_WHOLE, [each for some in speaking for each in some]):
            return [self._chapter(number, _WHOLE) for number in range(1, len(self._comparisons) + 1)]
        number = self._asked.worked_out or 1
        shown = speaking[number - 1][:MOST]
        extent = next((each for each in _EXTENTS if _fit(each, shown)), _EXTENTS[-1])
        return [self._chapter(number, extent)]

    def _chapter(self, number: int, extent: Extent) -> Chapter:
        comparison = self._comparisons[number - 1]
        known = {each.code: each for each in comparison.municipalities}
        findings = [known[code] for code in self._codes]
        speaking = [each for each in findings if each.ruling.speaks]
        few = len(findings) <= FEW
        shown, left = speaking[:MOST], speaking[MOST:]
        return Chapter(
            number=number,
            comparison=comparison,
            marker=Marker(comparison.topic, comparison.also_searched),
            sides=self._sides(number, comparison, shown, extent),
            told=tuple(self._told(comparison, each, extent) for each in (findings if few else shown)),
            silent=() if few else tuple(each for each in findings if not each.ruling.speaks),
            left=tuple(self._told(comparison, each, extent) for each in left),
        )

    def _told(self, comparison: ComparisonBody, finding: FindingBody, extent: Extent) -> Told:
        passages = finding.passages[: extent.passages]
        more = len(finding.passages) - len(passages)
        return Told(finding, tuple(passages), more, self._asked.of_one(comparison.topic, finding.code))

    def _sides(
        self, number: int, comparison: ComparisonBody, findings: Sequence[FindingBody], extent: Extent
    ) -> tuple[Side, ...]:
        standings = self._standings(comparison)
        said = [(finding, sides_of(finding.aspects)) for finding in findings]
        sides = []
        for name in SIDES:
            stated = tuple(
                self._stated(comparison, finding, each[name], standings, extent) for finding, each in said if each[name]
            )
            if stated:
                without = tuple(finding.name for finding, each in said if not each[name])
                count = sum(len(each[name]) for _, each in said)
                sides.append(Side(name, f"kant-{number}-{name.lower().replace(' ', '-')}", count, stated, without))
        return tuple(sides)

    def _stated(
        self,
        comparison: ComparisonBody,
        finding: FindingBody,
        statements: Sequence[AspectBody],
        standings: Mapping[str, Validity],
        extent: Extent,
    ) -> Stated:
        shown = statements[: extent.statements]
        titles = {each.id: each.title for each in finding.searched}
        return Stated(
            name=finding.name,
            cited=tuple(
                _cited(list(each), titles, standings) for _, each in groupby(shown, key=lambda each: each.passage)
            ),
            more=len(statements) - len(shown),
            address=self._asked.of_one(comparison.topic, finding.code),
        )

    def _standings(self, comparison: ComparisonBody) -> dict[str, Validity]:
        standings = Standings(self._documents, comparison.day)
        return {each.metadata.document_id: standings.of(each).validity for each in self._documents}


def _fit(extent: Extent, findings: Sequence[FindingBody]) -> bool:
    return sum(map(extent.size, findings)) <= ROOM


def _cited(aspects: Sequence[AspectBody], titles: Mapping[str, str | None], standings: Mapping[str, Validity]) -> Cited:
    one = aspects[0]
    validity = standings.get(one.document, Validity.UNKNOWN)
    past = validity in IN_THE_PAST or validity is Validity.NOT_YET
    return Cited(
        statements=tuple(Statement(each.quote, tuple(details_of(each))) for each in aspects),
        address=ReadingAddress(one.document, passage=one.passage).at("passage"),
        title=title_words(titles.get(one.document)),
        page=page_words(one.pages) if one.pages else "",
        standing=VALIDITY_WORDS[validity] if past else "",
    )
