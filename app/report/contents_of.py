"""From a run to the contents of its report."""

from datetime import datetime

from app.api.document_bodies import DocumentBody, RefusalBody
from app.api.report_bodies import ReportSettingsBody, RunBody, SinceBody
from app.report.chapters import parts_of
from app.report.contents import Change, Contents, ReadDocument, Refused, Since, Terms
from app.report.matrix import matrix_of
from app.report.sources import Sources
from app.wording import (
    change_words,
    counted,
    coverage_words,
    day_words,
    decimal,
    enumerated,
    municipality_words,
    one_line,
    percentage,
    title_words,
)

UNKNOWN = "onbekend"
_MOST_ALIKE = 5  # documents with nearly the same text that are named
READING = (
    "Elk citaat staat letterlijk zo in het document; de bron erbij zegt waar.",
    "“Niets gevonden” zegt iets over de doorzochte documenten, niet over het hele beleid van een gemeente. "
    "Welke documenten dat zijn en hoeveel ervan gelezen is, staat bij elk onderwerp en in de bijlage.",
    "“Zijdelings genoemd”: het komt ter sprake, maar wordt niet behandeld. “Niet doorzocht”: er was geen "
    "doorzoekbaar document.",
    "Het percentage bij een oordeel is de zekerheid: de geschatte kans dat het oordeel klopt.",
    "Doelen, doelgroep, inzet, acties, partners, geld en cijfers zijn zinnen uit de documenten die een rekenregel "
    "heeft ingedeeld; die deelt soms verkeerd in en mist ook zinnen.",
)
_CHANGING = " (tijdens het maken veranderden er documenten, zodat dit niet voor elk onderwerp geldt)"


def contents_of(run: RunBody) -> Contents:
    """Everything a readable format tells of a run, in the order in which it is told."""
    sources, matrix = Sources(run), matrix_of(run)
    parts = parts_of(run, matrix, sources)
    return Contents(
        title=title_words(run.title),
        day=day_words(run.settings.day),
        made=_moment(run.made_at),
        municipalities=enumerated([each.name for each in matrix.municipalities]) or "geen",
        reading=READING,
        matrix=matrix,
        parts=parts,
        failed=tuple(chapter for part in parts for chapter in part.chapters if chapter.error),
        since=_since(run.since) if run.since else None,
        documents=tuple(_document(each, sources) for each in run.documents),
        refused=tuple(_refused(each) for each in run.refused),
        terms=tuple(
            Terms(
                result.topic.topic,
                result.topic.question or result.topic.topic,
                ", ".join(result.comparison.also_searched) if result.comparison else "",
            )
            for result in run.results
        ),
        settings=(("Kenmerk van dit rapport", run.id), ("Gemaakt op", _moment(run.made_at)), *_settings(run.settings)),
    )


def _moment(at: datetime) -> str:
    zone = f" ({at.tzname()})" if at.tzinfo else ""
    return f"{day_words(at.date())} om {at:%H.%M} uur{zone}"


def _settings(settings: ReportSettingsBody) -> tuple[tuple[str, str], ...]:
    asked = enumerated([f"{each.name} ({each.code})" for each in settings.municipalities])
    return (
        ("Peildatum", day_words(settings.day)),
        ("Alleen documenten die gelden op", day_words(settings.valid_on) if settings.valid_on else "niet beperkt"),
        ("Citaten per gemeente en onderwerp", f"ten hoogste {settings.per_municipality}"),
        ("Gevraagde gemeenten", asked or "alle met documenten"),
        ("Model van de index", settings.model or UNKNOWN),
        ("IJking van de oordelen", settings.calibration or "geen"),
        ("Kenmerk van de index", f"{settings.index}{_CHANGING if settings.changing else ''}"),
        ("Versie van Beleidswijzer", settings.product),
    )


def _since(since: SinceBody) -> Since:
    changed = counted(len(since.cells), "cel is", "cellen zijn") if since.cells else "geen enkele cel is"
    return Since(
        words=f"Vergeleken met rapport {since.run} van {_moment(since.made_at)}: {changed} veranderd.",
        changes=tuple(
            Change(
                topic=each.topic,
                municipality=each.municipality.name,
                words=change_words(each.changed, ()),
                explanation=each.explanation,
                gone=tuple(each.gone_quotes),
            )
            for each in since.cells
        ),
    )


def _document(document: DocumentBody, sources: Sources) -> ReadDocument:
    alike = [
        f"{percentage(other.similarity)} gelijk aan {title_words(other.title)} [{other.id}]"
        for other in document.near_identical
    ]
    if len(alike) > _MOST_ALIKE:
        more = len(alike) - _MOST_ALIKE
        alike[_MOST_ALIKE:] = [f"ook bijna gelijk aan {counted(more, 'ander document', 'andere documenten')}"]
    return ReadDocument(
        name=f"{municipality_words(document)}: {title_words(document.title)}",
        file=one_line(document.source_file),
        validity=sources.standing(document),
        coverage=coverage_words(document.coverage),
        tables=document.tables,
        passages=document.passages,
        seconds=decimal(document.seconds, 1),
        parser=document.parser,
        notes=(*document.problems, *alike),
    )


def _refused(refusal: RefusalBody) -> Refused:
    name = f" ({one_line(refusal.path)})" if refusal.title else ""
    return Refused(f"{municipality_words(refusal)}: {one_line(refusal.title or refusal.path)}{name}", refusal.reason)
