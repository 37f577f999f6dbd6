"""Ids in addresses: uuids as the register writes them."""

import uuid

from app.api.query import shown
from corpus.errors import NotFoundError


def as_uuid(text: str) -> str | None:
    """An id as the register knows it; None for what is none."""
    try:
        canonical = str(uuid.UUID(text))
    except ValueError:
        return None
    return canonical if canonical == text.lower() else None


def uuid_of(text: str, thing: str) -> str:
    """An id as the register knows it; NotFoundError, which says that it is none of `thing` ("een taak")."""
    canonical = as_uuid(text)
    if canonical is None:
        raise NotFoundError(f"{shown(text)} is geen kenmerk van {thing}; dat is een uuid uit een antwoord")
    return canonical
