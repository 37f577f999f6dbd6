"""What a report holds word for word, and what is read back from its files."""

from collections.abc import Iterator
from html.parser import HTMLParser

from app.api.report_bodies import RunBody
from app.report.sides import sides_of


def passages_of(run: RunBody) -> list[str]:
    """The quotes of passages, in the order in which they are told."""
    return [
        passage.quote
        for result in run.results
        for finding in (result.comparison.municipalities if result.comparison else ())
        for passage in finding.passages
    ]


def quotes_of(run: RunBody) -> set[str]:
    """Every text that must stand in a report exactly as it is in its document."""
    return set(passages_of(run)) | set(_smaller(run))


def _smaller(run: RunBody) -> Iterator[str]:
    for result in run.results:
        if result.comparison is None:
            continue
        for finding in result.comparison.municipalities:
            for statements in sides_of(finding.aspects).values():
                yield from (statement.quote for statement in statements)
            yield from (difference.quote for difference in finding.differences)
        for measure in result.comparison.measures:
            yield from (figure.quote for figure in measure.figures)
    for change in run.since.cells if run.since else ():
        yield from change.gone_quotes


class Page(HTMLParser):
    """An HTML page: its elements with their attributes, and the text of those of one class."""

    VOID = frozenset({"meta", "img", "br", "link", "hr", "input"})

    BLOCK = frozenset({"br", "dd", "dt", "div", "li", "p", "td", "th", "tr", "ul", "ol"})

    def __init__(self, content: bytes, marked: str = "quote") -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.marked: list[str] = []
        self.text = ""
        self._open: list[tuple[str, bool]] = []
        self._class = marked
        self.feed(content.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.elements.append((tag, known))
        self.text += " " if tag in self.BLOCK else ""
        if tag in self.VOID:
            return
        is_marked = self._class in known.get("class", "").split()
        if is_marked:
            self.marked.append("")
        self._open.append((tag, is_marked))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self._open.pop()
        assert opened == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if any(is_marked for _, is_marked in self._open):
            self.marked[-1] += data

    def all(self, *tags: str) -> list[dict[str, str]]:
        """The attributes of the elements of these names."""
        return [known for tag, known in self.elements if tag in tags]
