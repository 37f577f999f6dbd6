"""Small document versions to put in a register."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

from corpus.document import Coverage, Metadata, Municipality, PageSpan, Section, SectionKind, TextBox
from corpus.near_identical import Sketch
from corpus.passage import Passage, passage_id
from corpus.proposal import Proposal
from corpus.register import Register
from corpus.stored import CanonicalText, Generation, IndexedVersion, NewVersion, SecondStage, StoredDocument
from corpus.verdict_feedback import VerdictFeedback
from corpus.vocabulary import Wording

GENERATION = Generation("eerste", "hand", "hand-1", 26, "woorden-1", SecondStage.TOKENS)
NO_WORDING = Wording({}, ())
UTRECHT = Municipality("GM0344", "Utrecht")
FEEDBACK = VerdictFeedback(
    id="0b3c1f3e-1111-4222-8333-444455556666",
    question="Wat kost het “jeugdhulp”?\n\u202e",
    municipality=UTRECHT.code,
    ruling="niets_gevonden",
    certainty=0.98,
    right_ruling="gevonden",
    remark="Zie hoofdstuk 3 <b>&",
    filters={"soort": "nota", "geldigOp": "2025-01-31"},
    index="hand-1 woorden-1",
    given_at=datetime(2026, 3, 1, 12, 0, 0, 250_000, tzinfo=UTC),
)


def sample(
    document_id: str = "nota", words: str = "jeugd en school", municipality: Municipality = UTRECHT
) -> NewVersion:
    """A document of one passage a word."""
    version = hashlib.sha256(f"{document_id}:{words}".encode()).hexdigest()
    passages: list[Passage] = []
    start = 0
    for word in words.split():
        end = start + len(word)
        passages.append(
            Passage(
                id=passage_id(version, start, end),
                version=version,
                start=start,
                end=end,
                quote=word,
                section=("Hoofdstuk 1", "é"),
                kind=SectionKind.BODY,
                pages=(2, 3) if start else None,
                problem=None if start else "Kolommen zijn door elkaar gelezen.",
                in_table=start > 0,
                by_ocr=start == 0,
            )
        )
        start = end + 1
    text = CanonicalText(
        version=version,
        text=words,
        pages=(PageSpan(None, 0, 2), PageSpan(7, 2, len(words))),
        sections=(Section(("Hoofdstuk 1", "é"), SectionKind.BODY, 0, 0, len(words)),),
    )
    document = StoredDocument(
        metadata=Metadata(
            document_id=document_id,
            municipalities=(municipality,),
            title=f"Titel van {document_id}",
            kind="nota",
            status=None,
            valid_from=datetime(2024, 1, 1, tzinfo=UTC).date(),
            valid_until=None,
            published="2024-02",
            adopted_by=None,
            source=None,
            replaces=(),
            source_file=f"{document_id}.txt",
        ),
        version=version,
        file_sha256=hashlib.sha256(words.encode()).hexdigest(),
        path=f"/map/{document_id}.txt",
        parser="plain 1",
        splitter="split 1",
        coverage=Coverage(3, 2, 1, 0, None),
        problems=("pagina 3 is gescand",),
        proposals=(Proposal("title", "Één nota", "de eerste bladzijde"),),
        tables=2,
        sketch=Sketch(3, (1, 2**64 - 1)),
        passages=len(passages),
        seconds=0.25,
        ingested_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    )
    boxes = (TextBox(0, 5, 1, 56.7, 72.0, 120.25, 84.5), TextBox(6, len(words), 2, 0.0, 0.01, 595.28, 841.89))
    return NewVersion(document, text, tuple(passages), boxes)


def term(word: str) -> int:
    """The id that tests give a word; the last ones need all 32 bits."""
    return 2**32 - 1 - int.from_bytes(word.encode()[:3], "big")


def terms_of(words: str) -> dict[int, int]:
    counts: dict[int, int] = {}
    for word in words.split():
        counts[term(word)] = counts.get(term(word), 0) + 1
    return counts


def add(
    register: Register,
    document_id: str = "nota",
    words: str = "jeugd en school",
    municipality: Municipality = UTRECHT,
    generation: Generation = GENERATION,
    terms: Mapping[int, int] | None = None,
    wording: Wording = NO_WORDING,
) -> str:
    """Register a sample as pending and return its version."""
    new = sample(document_id, words, municipality)
    counts = terms_of(words) if terms is None else terms
    register.add_pending(new, generation.id, index(counts, wording, "te lang voor het model"))
    return new.document.version


def index(terms: Mapping[int, int], wording: Wording = NO_WORDING, *problems: str) -> IndexedVersion:
    """What an index without token vectors holds of a version."""
    return IndexedVersion(terms, problems, wording, token_vectors=0)


def with_generation(register: Register, generation: Generation = GENERATION) -> Register:
    """The register with this generation as its current one."""
    register.begin(generation)
    assert register.switch(generation.id)
    return register
