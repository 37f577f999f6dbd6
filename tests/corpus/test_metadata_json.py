"""Metadata as JSON, also what was kept before all of it could be told."""

import json
from dataclasses import replace
from datetime import date

from corpus.metadata_json import metadata_from, metadata_values
from tests.corpus.register_samples import sample

METADATA = sample().document.metadata


def test_it_reads_back() -> None:
    full = replace(METADATA, valid_until=date(2027, 12, 31), replaces=("oud", "ouder"), source="https://nota.nl")
    for metadata in (METADATA, full):
        assert metadata_from(json.loads(json.dumps(metadata_values(metadata)))) == metadata


def test_what_replaces_nothing_is_kept_as_before_that_could_be_told() -> None:
    values = metadata_values(METADATA)
    assert "replaces" not in values
    assert metadata_from(values).replaces == ()
