"""What reads the words of a page from its picture."""

from collections.abc import Callable, Sequence

from ingest.pages.page import Word

Recognise = Callable[[bytes, int], Sequence[Word] | None]
"""The words on a page (from 1) of a PDF, with their places as on a page of text; none where it is not sure enough, None
where nothing can be recognised at all on this machine."""
