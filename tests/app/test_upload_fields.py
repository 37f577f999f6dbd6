"""What a form tells of the document that a file is to become: which ones it replaces."""

import pytest

from app.api.form_data import Form
from app.api.query import InvalidParametersError
from app.api.upload_fields import form_schema, metadata_of
from corpus.document import Metadata
from corpus.municipalities import load_municipalities


def read(*fields: tuple[str, str]) -> Metadata:
    return metadata_of(Form(fields, "nota.txt", ()), 10, "f" * 64, load_municipalities())


def test_a_document_can_replace_several() -> None:
    assert read(("vervangt", "oud"), ("vervangt", "ouder"), ("vervangt", "oud")).replaces == ("oud", "ouder")
    assert read().replaces == ()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ([("vervangt", "Oude Nota")], "is 'Oude Nota'; geef kleine letters"),
        ([("vervangt", "")], "is ''; geef kleine letters"),
        ([("id", "nota"), ("vervangt", "oud"), ("vervangt", "nota")], "is 'nota', het document zelf"),
        ([("vervangt", f"nota-{'f' * 8}")], "het document zelf"),
    ],
)
def test_what_it_replaces_are_ids_of_others(fields: list[tuple[str, str]], reason: str) -> None:
    with pytest.raises(InvalidParametersError) as raised:
        read(*fields)
    (fault,) = raised.value.invalid
    assert fault.name == "vervangt"
    assert reason in fault.reason


def test_the_form_is_described_with_it() -> None:
    described = form_schema()["properties"]["vervangt"]
    assert (described["type"], described["items"]) == ("array", {"type": "string"})
