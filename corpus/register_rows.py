"""Rows of the register to values and back; lists and tuples are JSON."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from corpus.document import Coverage, Metadata, Municipality, PageSpan, Section, SectionKind
from corpus.passage import Passage
from corpus.stored import CanonicalText, Generation, SecondStage, StoredDocument


def generation_row(generation: Generation) -> dict[str, object]:
    return {
        "name": generation.id,
        "model": generation.model,
        "fingerprint": generation.fingerprint,
        "dimension": generation.dimension,
        "lexical_version": generation.lexical_version,
        "second_stage": generation.second_stage,
    }


def generation_from(row: Any) -> Generation:
    stage = SecondStage(row.second_stage)
    return Generation(row.name, row.model, row.fingerprint, row.dimension, row.lexical_version, stage)


def version_row(document: StoredDocument, text: CanonicalText) -> dict[str, object]:
    return {
        "sha256": document.version,
        "document_id": document.metadata.document_id,
        "ingested_at": document.ingested_at.timestamp(),
        "metadata": _metadata_json(document.metadata),
        "file_sha256": document.file_sha256,
        "path": document.path,
        "parser": document.parser,
        "splitter": document.splitter,
        "coverage": _json(
            {name: getattr(document.coverage, name) for name in ("pages", "read", "scanned", "ocr", "damaged")}
        ),
        "problems": strings_json(document.problems),
        "passages": document.passages,
        "seconds": document.seconds,
        "text": text.text,
        "pages": _json([[page.number, page.start, page.end] for page in text.pages]),
        "sections": _json(
            [[section.path, section.kind, section.start, section.heading_end, section.end] for section in text.sections]
        ),
    }


def document_from(row: Any, model_problems: str) -> StoredDocument:
    """A row of `version`, with the problems that the current model has with it."""
    return StoredDocument(
        metadata=_metadata_from(json.loads(row.metadata)),
        version=row.sha256,
        file_sha256=row.file_sha256,
        path=row.path,
        parser=row.parser,
        splitter=row.splitter,
        coverage=Coverage(**json.loads(row.coverage)),
        problems=(*json.loads(row.problems), *json.loads(model_problems)),
        passages=row.passages,
        seconds=row.seconds,
        ingested_at=datetime.fromtimestamp(row.ingested_at, UTC),
    )


def text_from(row: Any) -> CanonicalText:
    return CanonicalText(
        version=row.sha256,
        text=row.text,
        pages=tuple(PageSpan(*page) for page in json.loads(row.pages)),
        sections=tuple(
            Section(tuple(path), SectionKind(kind), start, heading_end, end)
            for path, kind, start, heading_end, end in json.loads(row.sections)
        ),
    )


def passage_rows(version: int, passages: Sequence[Passage]) -> list[dict[str, object]]:
    return [
        {
            "id": passage.id,
            "version": version,
            "ordinal": ordinal,
            "start": passage.start,
            "end": passage.end,
            "section": strings_json(passage.section),
            "kind": passage.kind,
            "page_from": passage.pages[0] if passage.pages else None,
            "page_to": passage.pages[1] if passage.pages else None,
            "problem": passage.problem,
        }
        for ordinal, passage in enumerate(passages)
    ]


def passage_from(row: Any, text: CanonicalText) -> Passage:
    """A row of `passage`; the quote is cut from the text of its version."""
    return Passage(
        id=row.id,
        version=text.version,
        start=row.start,
        end=row.end,
        quote=text.text[row.start : row.end],
        section=tuple(json.loads(row.section)),
        kind=SectionKind(row.kind),
        pages=None if row.page_from is None else (row.page_from, row.page_to),
        problem=row.problem,
    )


def term_rows(generation: int, version: int, terms: Mapping[int, int]) -> list[dict[str, int]]:
    return [
        {"generation": generation, "version": version, "term": term, "passages": passages}
        for term, passages in terms.items()
    ]


def strings_json(strings: Sequence[str]) -> str:
    return _json(list(strings))


def _metadata_json(metadata: Metadata) -> str:
    return _json(
        {
            "document_id": metadata.document_id,
            "municipalities": [[municipality.code, municipality.name] for municipality in metadata.municipalities],
            "title": metadata.title,
            "kind": metadata.kind,
            "status": metadata.status,
            "valid_from": metadata.valid_from and metadata.valid_from.isoformat(),
            "valid_until": metadata.valid_until and metadata.valid_until.isoformat(),
            "published": metadata.published,
            "adopted_by": metadata.adopted_by,
            "source": metadata.source,
            "source_file": metadata.source_file,
        }
    )


def _metadata_from(values: dict[str, Any]) -> Metadata:
    return Metadata(
        **{
            **values,
            "municipalities": tuple(Municipality(code, name) for code, name in values["municipalities"]),
            "valid_from": values["valid_from"] and date.fromisoformat(values["valid_from"]),
            "valid_until": values["valid_until"] and date.fromisoformat(values["valid_until"]),
        }
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
