"""The appendix of a Word report: what was read, what was not, what was searched with, and the settings."""

from collections.abc import Iterator

from app.report.contents import Contents, ReadDocument
from app.report.word.blocks import Block, Cell, Heading, Style, Table, cell, plain, shortened

_DOCUMENTS = ("Document", "Geldigheid", "Gelezen", "Tabellen", "Passages")
_TERMS = ("Onderwerp", "Vraag", "Ook gezocht op")


def appendix(contents: Contents) -> Iterator[Block]:
    """Coverage per document, refused files, searched terms, settings."""
    yield Heading(1, "Bijlage: waarop dit rapport berust")
    yield Heading(2, "Wat er doorzocht is")
    if contents.documents:
        rows = [_document(each) for each in contents.documents]
        yield Table("Wat van elk document gelezen is", (7.4, 3.2, 3.0, 1.7, 1.7), _DOCUMENTS, rows)
    else:
        yield plain("Er is geen document doorzocht.")
    yield Heading(2, "Wat niet gelezen kon worden")
    if contents.refused:
        refused = [(cell(each.name), cell(each.reason)) for each in contents.refused]
        yield Table("Bestanden die niet gelezen konden worden", (8.5, 8.5), ("Bestand", "Reden"), refused)
    else:
        yield plain("Alle bestanden konden gelezen worden.")
    if contents.terms:
        yield Heading(2, "Waarop gezocht is")
        terms = [
            (cell(shortened(each.topic)), cell(each.question), cell(each.also_searched or "geen verwante woorden"))
            for each in contents.terms
        ]
        yield Table("Zoekwoorden per onderwerp", (4.6, 6.2, 6.2), _TERMS, terms, split=True)
    yield Heading(2, "Instellingen")
    settings = [(cell(name, head=True), cell(value)) for name, value in contents.settings]
    yield Table("Instellingen van dit rapport", (6.0, 11.0), ("Instelling", "Waarde"), settings, split=True)


def _document(document: ReadDocument) -> tuple[Cell, ...]:
    about = [plain(document.name, Style.CELL, bold=True)]
    about.append(plain(f"{document.file}, lezer {document.parser}, {document.seconds} s", Style.CELL))
    about += [plain(note, Style.CELL_LIST) for note in document.notes]
    return (
        Cell(about),
        cell(document.validity),
        cell(document.coverage),
        cell(str(document.tables)),
        cell(str(document.passages)),
    )
