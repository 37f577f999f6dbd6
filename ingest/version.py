"""The name of a document version: the same only while everything that passages depend on is the same."""

import hashlib
import json
from dataclasses import asdict

from corpus.document import Document, Metadata
from ingest.split import SPLITTER


def version_of(file_sha256: str, metadata: Metadata, document: Document) -> str:
    """The sha256 of file, metadata, parser, splitter and canonical text, in hex."""
    known = asdict(metadata)
    if not metadata.replaces:  # as versions were named before that could be told
        del known["replaces"]
    parts = (file_sha256, known, document.parser, SPLITTER, document.text)
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()
