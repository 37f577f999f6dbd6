"""Rows of the register to values and back; lists and tuples are JSON."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from corpus.document import Coverage, PageSpan, Section, SectionKind, TextBox
from corpus.metadata_json import metadata_from, metadata_values
from corpus.near_identical import Sketch
from corpus.passage import Passage
from corpus.proposal import Proposal
from corpus.stored import CanonicalText, Generation, NewVersion, SecondStage, StoredDocument

_EDGE = 100


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


def version_row(new: NewVersion) -> dict[str, object]:
    document, text = new.document, new.text
    return {
        "sha256": document.version,
        "document_id": document.metadata.document_id,
        "ingested_at": document.ingested_at.timestamp(),
        "metadata": json_text(metadata_values(document.metadata)),
        "file_sha256": document.file_sha256,
        "path": document.path,
        "parser": document.parser,
        "splitter": document.splitter,
        "coverage": json_text(
            {name: getattr(document.coverage, name) for name in ("pages", "read", "scanned", "ocr", "damaged")}
        ),
        "problems": json_text(document.problems),
        "proposals": json_text([[each.field, each.value, each.origin] for each in document.proposals]),
        "tables": document.tables,
        "sketch": json_text([document.sketch.shingles, *document.sketch.hashes]),
        "passages": document.passages,
        "seconds": document.seconds,
        "text": text.text,
        "pages": json_text([[page.number, page.start, page.end] for page in text.pages]),
        "sections": json_text(
            [[section.path, section.kind, section.start, section.heading_end, section.end] for section in text.sections]
        ),
        "boxes": _boxes_json(new.boxes),
    }


def document_from(row: Any, model_problems: str) -> StoredDocument:
    """A row of `version`, with the problems that the current model has with it."""
    return StoredDocument(
        metadata=metadata_from(json.loads(row.metadata)),
        version=row.sha256,
        file_sha256=row.file_sha256,
        path=row.path,
        parser=row.parser,
        splitter=row.splitter,
        coverage=Coverage(**json.loads(row.coverage)),
        problems=(*json.loads(row.problems), *json.loads(model_problems)),
        proposals=tuple(Proposal(*each) for each in json.loads(row.proposals)),
        tables=row.tables,
        sketch=_sketch_from(json.loads(row.sketch)),
        passages=row.passages,
        seconds=row.seconds,
        ingested_at=datetime.fromtimestamp(row.ingested_at, UTC),
    )


def _sketch_from(numbers: Sequence[int]) -> Sketch:
    """An empty one of a version that was read before there were any."""
    return Sketch(numbers[0], tuple(numbers[1:])) if numbers else Sketch(0, ())


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
            "section": json_text(passage.section),
            "kind": passage.kind,
            "page_from": passage.pages[0] if passage.pages else None,
            "page_to": passage.pages[1] if passage.pages else None,
            "problem": passage.problem,
            "in_table": passage.in_table,
            "by_ocr": passage.by_ocr,
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
        in_table=row.in_table,
        by_ocr=row.by_ocr,
    )


def term_rows(generation: int, version: int, terms: Mapping[int, int]) -> list[dict[str, int]]:
    return [
        {"generation": generation, "version": version, "term": term, "passages": passages}
        for term, passages in terms.items()
    ]


def boxes_from(text: str) -> tuple[TextBox, ...]:
    """What `_boxes_json` wrote."""
    return tuple(
        TextBox(start, start + length, page, *(edge / _EDGE for edge in edges))
        for start, length, page, *edges in json.loads(text)
    )


def _boxes_json(boxes: Sequence[TextBox]) -> str:
    """Seven whole numbers a box: start, length, page and the edges in hundredths of a point."""
    return json_text(
        [
            [box.start, box.end - box.start, box.page]
            + [round(edge * _EDGE) for edge in (box.left, box.top, box.right, box.bottom)]
            for box in boxes
        ]
    )


def json_text(value: object) -> str:
    """A value as compact JSON, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
