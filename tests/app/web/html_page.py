"""A page as a test looks at it: its texts, links, fields and headings."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
OWN = {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin", **HTML}


@dataclass
class HtmlPage(HTMLParser):
    """What a page holds; `tags` are every element with its attributes, in order."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    @classmethod
    def of(cls, text: str) -> Self:
        page = cls()
        page.feed(text)
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """All text, on one line."""
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of this kind."""
        return [attributes for name, attributes in self.tags if name == tag]

    def links(self) -> list[str]:
        return [each["href"] for each in self.all("a")]

    def value(self, name: str) -> str:
        """What stands in the input of this name."""
        return next(each.get("value", "") for each in self.all("input") if each.get("name") == name)

    def faults(self) -> list[str]:
        """What is wrong with it as any page should be: ids that stand twice, fields without a label, inline script."""
        ids = [attributes["id"] for _, attributes in self.tags if "id" in attributes]
        labelled = {each.get("for") for each in self.all("label")}
        fields = [each for kind in ("input", "select", "textarea") for each in self.all(kind)]
        return [
            *(f"id {each} twice" for each in sorted({each for each in ids if ids.count(each) > 1})),
            *(
                f"no label for {each.get('name')}"
                for each in fields
                if each.get("type") != "hidden" and each.get("id") not in labelled
            ),
            *(f"{tag} has {name}" for tag, held in self.tags for name in held if name == "style" or name[:2] == "on"),
            *("a script in the page" for each in self.all("script") if "src" not in each),
            *(
                f"{each} is nowhere"
                for _, held in self.tags
                for name in ("aria-describedby", "aria-labelledby")
                for each in held.get(name, "").split()
                if each not in ids
            ),
        ]
