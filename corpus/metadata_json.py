"""Metadata as JSON can hold it, and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from corpus.document import Metadata, Municipality


def metadata_values(metadata: Metadata) -> dict[str, object]:
    """Texts, lists and None only; `metadata_from` reads them back.

    What it replaces is left out where that is nothing, so that what was queued before it could be told stays the same.
    """
    values: dict[str, object] = {
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
    return values | {"replaces": list(metadata.replaces)} if metadata.replaces else values


def metadata_from(values: Mapping[str, Any]) -> Metadata:
    """What `metadata_values` made of it."""
    return Metadata(
        **{
            **values,
            "municipalities": tuple(Municipality(code, name) for code, name in values["municipalities"]),
            "valid_from": values["valid_from"] and date.fromisoformat(values["valid_from"]),
            "valid_until": values["valid_until"] and date.fromisoformat(values["valid_until"]),
            "replaces": tuple(values.get("replaces", ())),
        }
    )
