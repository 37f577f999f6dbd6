"""A task as it goes over the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from app.api.body import Body
from corpus.task import TaskKind, TaskState


class TaskResultBody(Body):
    """The document that came of a file."""

    document: Annotated[str, Field(description="Kenmerk van het document.")]
    version: Annotated[str, Field(alias="versie", description="sha256 van de documentversie.")]
    passages: Annotated[int, Field(description="Aantal passages.")]
    unchanged: Annotated[bool, Field(alias="ongewijzigd", description="Was er al, met dezelfde inhoud en gegevens.")]
    link: Annotated[str, Field(description="Het document onder de API.")]


class TaskLinksBody(Body):
    """Where a task is."""

    self: Annotated[str, Field(description="Deze taak.")]


class TaskBody(Body):
    """A task: whether it waits, runs, is done, failed or was broken off, and what came of it."""

    id: Annotated[str, Field(description="uuid van de taak.")]
    kind: Annotated[
        TaskKind, Field(alias="soort", description="`document`: een bestand inlezen; `rapport`: een rapport maken.")
    ]
    state: Annotated[
        TaskState,
        Field(alias="staat", description="`wacht`, `bezig`, `klaar` of `mislukt`; de laatste twee blijven zo."),
    ]
    cancelled: Annotated[
        bool,
        Field(
            alias="afgebroken",
            description="Op verzoek afgebroken: bij `mislukt` is de taak daarmee klaar, bij `bezig` houdt ze zo op.",
        ),
    ]
    progress: Annotated[float, Field(alias="voortgang", ge=0, le=1, description="Hoe ver het werk is, van 0 tot 1.")]
    error: Annotated[
        str | None, Field(alias="fout", description="Waarom het mislukte, of dat het is afgebroken; anders null.")
    ]
    result: Annotated[
        TaskResultBody | None, Field(alias="resultaat", description="Wat eruit kwam; null tot de taak klaar is.")
    ]
    document: Annotated[
        str | None, Field(description="Kenmerk dat het document krijgt; null bij een taak van een andere soort.")
    ]
    created_at: Annotated[datetime, Field(alias="aangemaaktOp", description="Tijdstip van aanbieden.")]
    links: TaskLinksBody
