"""A report as Markdown (CommonMark with tables)."""

import re
from collections.abc import Iterable, Iterator, Sequence

from app.api.report_bodies import RunBody
from app.report.contents import Chapter, Contents, Measure, Place, ReadDocument, Since
from app.report.contents_of import contents_of
from app.report.matrix import Matrix

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$])")
_FENCE = re.compile(r"`{3,}")
_COLUMNS = 8
_NO_VALUE = "niet genoemd"


def markdown(run: RunBody) -> bytes:
    """The report as UTF-8: a matrix of verdicts, the quotes of each topic, and what they rest on.

    A quote stands between fences, so that it is in the file and on the page exactly as it is in the document.
    """
    return "\n".join(_lines(contents_of(run))).encode()


def escaped(text: str) -> str:
    """The text on one line, with everything escaped that Markdown or HTML reads as markup inside a line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _lines(contents: Contents) -> Iterator[str]:
    yield from (f"# {escaped(contents.title)}", "")
    yield from _facts((("Peildatum", contents.day), ("Gemeenten", contents.municipalities)))
    yield from (f"- Gemaakt op: {contents.made}", "")
    yield from ("## Hoe dit rapport te lezen", "", *(f"- {escaped(line)}" for line in contents.reading), "")
    yield from ("## Samenvatting", "")
    yield from _matrix(contents.matrix)
    if contents.since:
        yield from _since(contents.since)
    if contents.failed:
        yield from ("## Niet gelukt", "")
        yield from (f"- Onderwerp {escaped(each.topic)}: {escaped(each.error)}" for each in contents.failed)
        yield ""
    for part in contents.parts:
        yield from (f"## {escaped(part.name)}", "")
        for chapter in part.chapters:
            yield from _chapter(chapter)
    yield from _appendix(contents)


def _facts(facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield from (f"- {name}: {escaped(value)}" for name, value in facts)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _row(heads)
    yield _row(["---"] * len(heads))
    yield from (_row(row) for row in rows)
    yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _fenced(text: str) -> Iterator[str]:
    fence = "`" * max([3, *(len(run) + 1 for run in _FENCE.findall(text))])
    yield from (f"{fence}text", text, fence, "")


def _matrix(matrix: Matrix) -> Iterator[str]:
    yield from (f"{matrix.summary()} Een percentage is de zekerheid van het oordeel.", "")
    for block in matrix.blocks(_COLUMNS):
        names = [escaped(each.name) for each in block.municipalities]
        rows = []
        for group in block.groups:
            if group.name is not None:
                rows.append([f"**{escaped(group.name)}**", *[""] * len(names)])
            for row in group.rows:
                cells = [f"{cell.look.symbol} {', '.join(cell.lines)}" for cell in row.cells]
                rows.append([escaped(row.topic.topic), *cells])
        yield from _table(["Onderwerp", *names], rows)


def _since(since: Since) -> Iterator[str]:
    yield from ("## Veranderd sinds het vorige rapport", "", escaped(since.words), "")
    for each in since.changes:
        told = f"{each.words}. {each.explanation}"
        yield from (f"**{escaped(f'{each.topic}, {each.municipality}')}**: {escaped(told)}", "")
        if each.gone:
            yield from ("Niet meer in dit rapport:", "")
        for gone in each.gone:
            yield from _fenced(gone)


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield from (f"### {escaped(chapter.topic)}", "")
    if chapter.question:
        yield from (f"Vraag: {escaped(chapter.question)}", "")
    if chapter.also_searched:
        yield from (f"Ook gezocht op: {escaped(chapter.also_searched)}.", "")
    if chapter.error:
        yield from (f"Niet gelukt: {escaped(chapter.error)}", "")
    if chapter.measures:
        yield from ("#### Kengetallen naast elkaar", "")
        for measure in chapter.measures:
            yield from _measure(measure)
    for place in chapter.places:
        yield from _place(place)


def _measure(measure: Measure) -> Iterator[str]:
    yield from (f"**{escaped(f'{measure.name} ({measure.unit})')}**", "")
    yield from _table(
        ["Gemeente", "Waarde", "Jaar", "Waarvan", "Bron"],
        (
            [escaped(text) for text in (each.municipality, each.value, each.years, each.of or _NO_VALUE, each.source)]
            for each in measure.figures
        ),
    )
    if measure.note:
        yield from (f"Let op: {escaped(measure.note)}", "")
    for each in measure.figures:
        yield from (f"{escaped(each.municipality)} zegt:", "")
        yield from _fenced(each.statement)


def _place(place: Place) -> Iterator[str]:
    yield from (f"#### {escaped(place.name)}: {escaped(place.verdict)}", "")
    if place.change:
        yield from (f"**Δ gewijzigd**: {escaped(place.change)}", "")
    if place.warning:
        yield from (f"Let op: {place.warning}", "")
    if place.searched:
        yield from (f"Doorzocht: {escaped('; '.join(place.searched))}.", "")
    if place.refused:
        yield from (f"Niet gelezen: {escaped('; '.join(place.refused))}.", "")
    for quote in place.quotes:
        yield from _fenced(quote.text)
        yield from (f"Bron: {escaped(quote.source)}.", "")
        if quote.remarks:
            yield from (f"Let op: {escaped('; '.join(quote.remarks))}.", "")
    for side in place.sides:
        yield from (f"##### {side.name}", "")
        for statement in side.statements:
            yield from _fenced(statement.text)
            yield from (f"- {escaped(detail)}" for detail in statement.details)
            yield from (f"- Bron: {escaped(statement.source)}", "")
    if place.differences:
        yield from ("##### Verschillen tussen versies", "")
        for difference in place.differences:
            yield from _fenced(difference.text)
            yield from (
                f"Staat in {escaped(difference.source)}, niet in {escaped(difference.absent_from)}.",
                "",
            )


def _appendix(contents: Contents) -> Iterator[str]:
    """What was read of every document that was searched, the files of which nothing was, and the settings."""
    yield from ("## Bijlage: waarop dit rapport berust", "")
    if contents.documents:
        heads = ("Document", "Geldigheid", "Gelezen", "Tabellen", "Passages", "Seconden", "Lezer")
        yield from ("### Wat er doorzocht is", "")
        yield from _table(heads, (_read(document) for document in contents.documents))
        notes = [f"- {escaped(f'{each.name}: {note}')}" for each in contents.documents for note in each.notes]
        yield from (*notes, "") if notes else ()
    if contents.refused:
        yield from ("### Wat niet gelezen kon worden", "")
        yield from (f"- {escaped(each.name)}: {escaped(each.reason)}" for each in contents.refused)
        yield ""
    yield from ("### Waarop gezocht is", "")
    terms = ([escaped(each.topic), escaped(each.question), escaped(each.also_searched)] for each in contents.terms)
    yield from _table(("Onderwerp", "Vraag", "Ook gezocht op"), terms)
    yield from ("### Instellingen", "")
    yield from _facts(contents.settings)
    yield ""


def _read(document: ReadDocument) -> list[str]:
    return [
        escaped(f"{document.name} ({document.file})"),
        escaped(document.validity),
        document.coverage,
        str(document.tables),
        str(document.passages),
        document.seconds,
        escaped(document.parser),
    ]
