"""Fields of Word: codes that are not shown, with a result that is."""

from lxml import etree

from ingest.office.word_names import w


class WordFields:
    """Which fields are open at this point of the text; they may run over paragraphs.

    In a file whose fields do not all end nothing is held back, so that no text gets lost.
    """

    def __init__(self, root: etree._Element) -> None:
        kinds = [each.get(w("fldCharType")) for each in root.iter(w("fldChar"))]
        self._sound = kinds.count("begin") == kinds.count("end")
        self._codes: list[str] = []
        self._shown: list[bool] = []

    def mark(self, kind: str | None) -> None:
        """The beginning of a field, the end of its code, or its end."""
        if kind == "begin":
            self._codes.append("")
            self._shown.append(False)
        elif kind == "separate" and self._shown:
            self._shown[-1] = True
        elif kind == "end" and self._codes:
            self._codes.pop()
            self._shown.pop()

    def code(self, text: str) -> None:
        """A piece of the innermost field's code."""
        if self._codes and not self._shown[-1]:
            self._codes[-1] += text

    @property
    def hidden(self) -> bool:
        """Whether text here is part of a code."""
        return self._sound and not all(self._shown)

    @property
    def contents(self) -> bool:
        """Whether text here is part of a list of contents."""
        return any(code.split()[:1] == ["TOC"] for code in self._codes)
