"""The numbers and texts of footnotes and endnotes in Word."""

from collections.abc import Iterator

from lxml import etree

from ingest.office.number_formats import written
from ingest.office.package import Package
from ingest.office.word_names import value, w
from ingest.office.word_runs import NoteReference

_FORMS = {"footnotes": "decimal", "endnotes": "lowerRoman"}
_ELEMENTS = {"footnotes": "footnote", "endnotes": "endnote"}


class WordNotes:
    """The notes of a file; ask for each in the order in which the text calls them."""

    def __init__(self, package: Package, document: etree._Element) -> None:
        settings = package.related("settings")
        roots = [root for root in (document, settings) if root is not None]
        self._notes: dict[tuple[str, str | None], etree._Element] = {}
        self._forms: dict[str, str | None] = {}
        self._called = dict.fromkeys(_FORMS, 0)
        for part, element in _ELEMENTS.items():
            found = package.related(part)
            if found is not None:
                self._notes |= {(part, note.get(w("id"))): note for note in found.findall(w(element))}
            self._forms[part] = _form(part, list(_properties(roots, f"{element}Pr")))

    def note(self, reference: NoteReference) -> tuple[str, etree._Element] | None:
        """The number of a note as it is shown (empty where that is not certain) and the note, if it is there."""
        if not reference.marked:
            self._called[reference.part] += 1
        note = self._notes.get((reference.part, reference.note_id))
        if note is None:
            return None
        form = self._forms[reference.part]
        shown = written(self._called[reference.part], form) if form and not reference.marked else None
        return shown or "", note


def _properties(roots: list[etree._Element], name: str) -> Iterator[etree._Element]:
    for root in roots:
        yield from root.iter(w(name))


def _form(part: str, properties: list[etree._Element]) -> str | None:
    """How the notes of a file are numbered; None where they do not simply count on through the file."""
    forms = {form for each in properties if (form := value(each, "numFmt"))} or {_FORMS[part]}
    restarts = {value(each, "numRestart") for each in properties} - {None, "continuous"}
    starts = {value(each, "numStart") for each in properties} - {None, "1"}
    return forms.pop() if len(forms) == 1 and not restarts and not starts else None
