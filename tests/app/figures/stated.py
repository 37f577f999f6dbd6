"""Findings of municipalities that state figures, made of plain sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from app.answer import CitedExtract, Finding, Ruling, Verdict
from app.aspects.aspect import Aspect
from app.aspects.extract import Extract
from corpus.document import Coverage, Metadata, Municipality
from corpus.municipalities import load_municipalities
from corpus.near_identical import Sketch
from corpus.stored import StoredDocument

OFFSET = 1000  # where a statement begins in the text of its document


@dataclass(frozen=True)
class Said:
    """A statement in a document of its own, which belongs to `municipalities` and is valid from a day."""

    municipalities: tuple[str, ...]
    text: str
    valid_from: date | None = None


def said(municipality: str, text: str, valid_from: date | None = None) -> Said:
    return Said((municipality,), text, valid_from)


def findings_of(statements: Iterable[Said]) -> list[Finding]:
    """One finding per municipality, in the order in which they come up."""
    cited: dict[Municipality, list[CitedExtract]] = {}
    for place, each in enumerate(statements):
        owners = tuple(map(load_municipalities().find, each.municipalities))
        document = _document(place, owners, each)
        start = OFFSET * (place + 1)
        extract = Extract(
            Aspect.FIGURES, f"passage-{place}", start, start + len(each.text), each.text, 0.9, years=(), amounts=()
        )
        for owner in owners:
            cited.setdefault(owner, []).append(CitedExtract(extract, document, None))
    return [_finding(municipality, found) for municipality, found in cited.items()]


def _finding(municipality: Municipality, cited: Sequence[CitedExtract]) -> Finding:
    aspects: dict[Aspect, tuple[CitedExtract, ...]] = dict.fromkeys(Aspect, ())
    aspects[Aspect.FIGURES] = tuple(cited)
    return Finding(Verdict(municipality, Ruling.FOUND, None, (), ()), (), False, aspects, ())


def _document(place: int, owners: tuple[Municipality, ...], each: Said) -> StoredDocument:
    metadata = Metadata(
        document_id=f"nota-{place}",
        municipalities=owners,
        title="Nota",
        kind=None,
        status=None,
        valid_from=each.valid_from,
        valid_until=None,
        published=None,
        adopted_by=None,
        source=None,
        replaces=(),
        source_file=f"nota-{place}.txt",
    )
    digest = sha256(each.text.encode()).hexdigest()
    return StoredDocument(
        metadata=metadata,
        version=digest,
        file_sha256=digest,
        path=metadata.source_file,
        parser="plain 1",
        splitter="1",
        coverage=Coverage(None, None, None, None, None),
        problems=(),
        proposals=(),
        tables=0,
        sketch=Sketch(0, ()),
        passages=1,
        seconds=0.1,
        ingested_at=datetime(2026, 1, 2, tzinfo=UTC),
    )
