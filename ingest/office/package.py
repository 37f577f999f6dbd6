"""The parts of an Office Open XML file and how they refer to each other."""

import posixpath
from collections.abc import Iterator

from lxml import etree

from ingest.office.archive import Archive
from ingest.office.markup import damage_problem, parse_xml

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """An archive whose parts name each other by type: `main` is the part that holds the document itself."""

    def __init__(self, name: str, archive: Archive) -> None:
        self._name = name
        self._archive = archive
        self._replaced: dict[str, int] = {}
        top = self._relations("_rels/.rels", "")
        self.main = next((part for kind, part in top if kind == "officeDocument" and part in archive), None)
        self._top = dict(reversed(top))
        main = self.main or ""
        folder, file = posixpath.split(main)
        self._related = dict(reversed(self._relations(posixpath.join(folder, "_rels", f"{file}.rels"), folder)))

    def root(self, part: str) -> etree._Element | None:
        """The tree of a part, None where there is no such part."""
        data = self._archive.read(part)
        if data is None:
            return None
        markup = parse_xml(self._name, part, data)
        self._replaced[part] = markup.replaced
        return markup.root

    def problems(self) -> Iterator[str]:
        """What is damaged in the parts that were read."""
        if replaced := sum(self._replaced.values()):
            yield damage_problem(replaced)

    def related(self, kind: str) -> etree._Element | None:
        """The tree of what the document refers to as its 'styles', 'numbering', 'footnotes', ..., if it is there."""
        part = self._related.get(kind)
        return None if part is None else self.root(part)

    def of_file(self, kind: str) -> etree._Element | None:
        """The tree of what the file as a whole refers to, such as its 'core-properties', if it is there."""
        part = self._top.get(kind)
        return None if part is None else self.root(part)

    def _relations(self, part: str, folder: str) -> list[tuple[str, str]]:
        """The last word of each relation's type with the name of the part that it points to."""
        root = self.root(part)
        if root is None:
            return []
        return [
            (relation.get("Type", "").rpartition("/")[2], _resolved(folder, relation.get("Target", "")))
            for relation in root.iter(_RELATION)
            if relation.get("TargetMode") != "External"
        ]


def _resolved(folder: str, target: str) -> str:
    """The name of a part in the archive: relative to a folder of the archive, or absolute from its top."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
