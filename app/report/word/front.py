"""The first page of a Word report: what it is, of when and over what, how to read it, and its contents."""

from collections.abc import Iterator

from app.api.report_bodies import RunBody
from app.report.contents import Contents as Told
from app.report.word.blocks import Block, Contents, Style, fact, plain
from app.wording import counted, enumerated

_NAMED = 12  # municipalities that a first page can name


def front(told: Told, run: RunBody) -> Iterator[Block]:
    """Title, facts, how to read it, and the contents."""
    names = [each.name for each in told.matrix.municipalities]
    size = f"{counted(len(run.results), 'onderwerp', 'onderwerpen')}, "
    size += counted(len(names), "gemeente", "gemeenten")
    yield plain(told.title, Style.TITLE)
    yield plain(size, Style.SUBTITLE)
    yield fact("Gemaakt op", told.made)
    yield fact("Peildatum", told.day)
    named = enumerated(names) or "geen"
    yield fact("Gemeenten", named if len(names) <= _NAMED else f"{len(names)}, zie de samenvatting")
    yield fact("Documenten", counted(len(told.documents), "document doorzocht", "documenten doorzocht"))
    yield fact("Model", run.settings.model or "onbekend")
    if told.since:
        yield fact("Vergeleken met", told.since.words)
    if told.failed:
        failed = enumerated([chapter.topic for chapter in told.failed])
        yield fact("Niet gelukt", f"{failed}; de reden staat bij het onderwerp")
    yield plain("Hoe dit rapport te lezen", Style.LABEL, together=True)
    yield from (plain(line, Style.LIST) for line in told.reading)
    yield Contents()
