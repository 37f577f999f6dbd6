"""Addresses of the page on which a document is read."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from app.api.document_wire import reading_path


@dataclass(frozen=True, slots=True)
class ReadingAddress:
    """A document with what is shown of it, and the page that a reader came from; None is left out."""

    document_id: str
    passage: str | None = None
    question: str | None = None
    part: int | None = None
    page: int | None = None
    asked_on: str | None = None

    def to_passage(self, passage: str) -> str:
        """Another passage of the same document, for the same question."""
        return replace(self, passage=passage, part=None, page=None).at("passage")

    def to_part(self, part: int, anchor: str) -> str:
        """A place in a part of the text."""
        return replace(self, part=part).at(anchor)

    def to_page(self, page: int) -> str:
        """A page of the file, beside the same text."""
        return replace(self, page=page).at("pagina")

    def picture(self, page: int) -> str:
        """The picture of a page of the file."""
        query = f"?{urlencode({'passage': self.passage})}" if self.passage else ""
        return f"{reading_path(self.document_id)}/paginas/{page}.png{query}"

    def at(self, anchor: str) -> str:
        """This page, scrolled to an anchor; the top where that is empty."""
        given = {
            "passage": self.passage,
            "vraag": self.question,
            "deel": self.part,
            "pagina": self.page,
            "bij": self.asked_on,
        }
        query = urlencode({name: value for name, value in given.items() if value is not None})
        return reading_path(self.document_id) + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else "")
