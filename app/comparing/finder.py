"""What the documents of one municipality say about a topic."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace

from app.answer import CitedExtract, Finding, Hit, Ruling, Verdict
from app.aspects.aspect import Aspect
from app.aspects.extract import Extract
from app.comparing.aspects import PassageAspects
from app.comparing.choice import chosen, in_order
from app.comparing.items import items_after
from app.comparing.on_topic import on_topic
from app.comparing.telling import Weighed, telling
from app.comparing.versions import Versions
from app.holdings import NearIdentical
from app.near_duplicates import repeats_last
from app.retrieval import Candidate, Probe, Retriever
from app.validity import IN_THE_PAST, Standings
from app.verdict import Yardstick
from corpus.passage import Passage
from corpus.register import Register
from corpus.stored import StoredDocument
from ingest.lead_in import find_lead_in

MOST_READ = 10  # passages that aspects are looked for in
_LOOKED_AT = 40
_NEAR = 0.33  # of the best score: an action that is ranked lower has nothing to do with the topic of its heading


class Finder:
    """Finds in one state of the register, as its documents stand on one day.

    `alike` gives the near-identical documents by version.
    """

    def __init__(
        self,
        register: Register,
        retriever: Retriever,
        aspects: PassageAspects,
        alike: Callable[[], Mapping[str, Sequence[NearIdentical]]],
        standings: Standings,
    ) -> None:
        self._register = register
        self._retriever = retriever
        self._said = aspects
        self._alike = alike
        self._standings = standings

    def finding(self, verdict: Verdict, probe: Probe, yardstick: Yardstick, limit: int) -> Finding:
        """What it says beside the verdict, in at most `limit` passages."""
        if verdict.ruling in (Ruling.NOTHING, Ruling.NOT_SEARCHED):
            return Finding.silent(verdict)
        documents = {document.version: document for document in verdict.searched}
        candidates = self._candidates(probe, list(documents))
        told = telling(candidates, yardstick, late=probe.tokens is not None)[:_LOOKED_AT]
        found = in_order(self._hits(told, documents))
        versions = Versions(self._alike() if len(documents) > 1 else {}, self._text)
        distinct = versions.without_repeats(found)
        strong = {each.candidate.id for each in told if each.probability >= yardstick.found}
        shown = chosen(distinct, limit, strong)
        near = {each.id for each in candidates if each.score >= _NEAR * candidates[0].score}
        actions = {hit.passage.id: self._items(hit.passage, near) for hit in found if hit.passage.id in strong}
        items = [item for hit in distinct for item in actions.get(hit.passage.id, ())]
        acted = [replace(hit, passage=item) for hit in found for item in actions.get(hit.passage.id, ())]
        return Finding(
            verdict=verdict,
            hits=tuple(shown),
            only_past=bool(found) and all(hit.standing.validity in IN_THE_PAST for hit in found),
            aspects=self._aspects(probe, _read(distinct, shown, items), shown, items, documents),
            differences=versions.differences([*found, *acted]),
        )

    def _candidates(self, probe: Probe, versions: Sequence[str]) -> list[Candidate]:
        """The best passages; contents lists and footnotes only where nothing else was found."""
        body = self._retriever.candidates(probe, versions, body_only=True)
        return body or self._retriever.candidates(probe, versions)

    def _hits(self, told: Sequence[Weighed], documents: Mapping[str, StoredDocument]) -> list[Hit]:
        passages = self._register.passages([each.candidate.id for each in told])
        there = [each.candidate for each in told if each.candidate.id in passages]  # not taken out meanwhile
        return [
            Hit(
                passage=passages[each.id],
                document=documents[each.version],
                standing=self._standings.of(documents[each.version]),
                score=each.score,
                found_by=each.found_by,
            )
            for each in repeats_last(there, lambda candidate: passages[candidate.id].quote)
        ]

    def _items(self, passage: Passage, near: Set[str]) -> list[Passage]:
        """The passages of `near` in the actions that belong to the heading of a passage."""
        sections = items_after(self._register.text(passage.version).sections, passage)
        if not sections:
            return []
        start, end = sections[0].start, sections[-1].end
        own = {section.path for section in sections}
        return [
            each
            for each in self._register.passages_of(passage.version)
            if each.id in near and start <= each.start < end and each.section in own
        ]

    def _aspects(
        self,
        probe: Probe,
        passages: Sequence[Passage],
        shown: Sequence[Hit],
        items: Sequence[Passage],
        documents: Mapping[str, StoredDocument],
    ) -> dict[Aspect, tuple[CitedExtract, ...]]:
        by_id = {passage.id: passage for passage in passages}
        extracts = on_topic(
            self._said.of(passages, self._lead_in),
            by_id,
            shown={hit.passage.id for hit in shown},
            belonging={item.id for item in items},
            says=lambda text: self._retriever.says(probe, text),
        )
        return {
            aspect: tuple(_cited(each, by_id[each.passage], documents) for each in found)
            for aspect, found in extracts.items()
        }

    def _text(self, version: str) -> str:
        return self._register.text(version).text

    def _lead_in(self, passage: Passage) -> str | None:
        text = self._register.text(passage.version)
        found = find_lead_in(text.text, text.sections, passage.start)
        return None if found is None else found.quote


def _cited(extract: Extract, passage: Passage, documents: Mapping[str, StoredDocument]) -> CitedExtract:
    return CitedExtract(extract, documents[passage.version], passage.pages)


def _read(hits: Sequence[Hit], shown: Sequence[Hit], items: Sequence[Passage]) -> list[Passage]:
    """The passages that aspects are looked for in, best first.

    Those shown, the actions under headings that treat the topic, and the best of the others.
    """
    wanted = [*(hit.passage for hit in shown), *items, *(hit.passage for hit in hits)]
    taken = list({passage.id: passage for passage in wanted}.values())[:MOST_READ]
    places = {hit.passage.id: place for place, hit in enumerate(hits)}
    return sorted(taken, key=lambda passage: places.get(passage.id, len(places)))
