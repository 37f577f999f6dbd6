"""What the properties of a file say about it, whatever its format."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileProperties:
    """The properties of a file as they stand in it, None for what it does not tell.

    `published`, `created` and `modified` begin with a date in ISO 8601; `organisation` is who made or published it,
    `kind` what the file calls itself, `language` a code such as nl-NL. Authors are persons, and are left out.
    """

    title: str | None
    subject: str | None
    kind: str | None
    organisation: str | None
    published: str | None
    created: str | None
    modified: str | None
    language: str | None
