"""Two small documents that a person can search by eye, and one that could not be read."""

import dataclasses
import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

from corpus.document import Coverage, Metadata, Municipality, SectionKind
from corpus.entry import unknown_metadata
from corpus.near_identical import Sketch
from corpus.passage import Passage, passage_id
from corpus.stored import Refusal, StoredDocument

AMSTELVEEN = Municipality("GM0362", "Amstelveen")
UTRECHT = Municipality("GM0344", "Utrecht")
APELDOORN = Municipality("GM0200", "Apeldoorn")

TEXTS = {
    "amstelveen-jeugd": (
        "1. Jeugd\nKinderen hebben last van conflictscheidingen. 😀\n2. Onderwijs\nSchool is er voor elk kind."
    ),
    "utrecht-samenvatting": "Samenvatting\nUtrecht groeit en bouwt woningen.",
}


def version_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def passages_of(document_id: str) -> tuple[Passage, ...]:
    """Each heading with the line under it."""
    text = TEXTS[document_id]
    lines = text.split("\n")
    found = []
    for heading, body in zip(lines[::2], lines[1::2], strict=True):
        quote = f"{heading}\n{body}"
        start = text.index(quote)
        end = start + len(quote)
        version = version_of(text)
        pages = (1, 1) if document_id == "amstelveen-jeugd" else None
        id_ = passage_id(version, start, end)
        found.append(Passage(id_, version, start, end, quote, (heading,), SectionKind.BODY, pages, None, False, False))
    return tuple(found)


def stored(document_id: str, metadata: Metadata, coverage: Coverage, problems: tuple[str, ...]) -> StoredDocument:
    return StoredDocument(
        metadata=metadata,
        version=version_of(TEXTS[document_id]),
        file_sha256=version_of("file of " + document_id),
        path=f"notes/{metadata.source_file}",
        parser="plain 1",
        splitter="1",
        coverage=coverage,
        problems=problems,
        proposals=(),
        tables=0,
        sketch=Sketch(0, ()),
        passages=len(passages_of(document_id)),
        seconds=0.5,
        ingested_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    )


def documents() -> dict[str, StoredDocument]:
    amstelveen = Metadata(
        document_id="amstelveen-jeugd",
        municipalities=(AMSTELVEEN, APELDOORN),
        title="Jeugd- en onderwijsagenda",
        kind="agenda",
        status="vastgesteld",
        valid_from=date(2024, 1, 1),
        valid_until=date(2027, 12, 31),
        published="2024-02",
        adopted_by="gemeenteraad",
        source="https://amstelveen.example/agenda",
        replaces=(),
        source_file="Agenda «jeugd» 2024.pdf",
    )
    utrecht = Metadata(
        document_id="utrecht-samenvatting",
        municipalities=(UTRECHT,),
        title=None,
        kind=None,
        status=None,
        valid_from=None,
        valid_until=None,
        published=None,
        adopted_by=None,
        source=None,
        replaces=(),
        source_file="samenvatting.txt",
    )
    return {
        "amstelveen-jeugd": stored("amstelveen-jeugd", amstelveen, Coverage(1, 1, 0, 0, 0), ()),
        "utrecht-samenvatting": stored(
            "utrecht-samenvatting", utrecht, Coverage(None, None, None, None, None), ("geen kop gevonden",)
        ),
    }


def refusal(path: str, document_id: str = "kapot", *municipalities: Municipality, title: str | None = None) -> Refusal:
    """A document whose file at `path` is damaged."""
    unknown = unknown_metadata(Path(path))
    metadata = dataclasses.replace(unknown, document_id=document_id, municipalities=municipalities, title=title)
    return Refusal(metadata, path, None, "is damaged", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
