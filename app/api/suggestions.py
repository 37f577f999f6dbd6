"""Suggestions while a question is typed."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from app.api import parameters as given
from app.api.body import Body
from app.api.knowledge import Known
from app.api.problems import described
from app.api.query import Query, Single
from app.suggestions.suggestion import SuggestionKind
from corpus.errors import UsageError

router = APIRouter(tags=["passages"])
_MOST_CHARACTERS = 200


class SuggestionBody(Body):
    """Something to ask as it stands."""

    text: Annotated[str, Field(alias="tekst", description="De suggestie; te stellen als `vraag` zoals ze er staat.")]
    kind: Annotated[
        SuggestionKind,
        Field(
            alias="soort",
            description="`kop`: staat boven een stuk tekst. `onderwerp`: woord dat de documenten vaak gebruiken. "
            "`afkorting`: afkorting met waar ze voor staat.",
        ),
    ]
    municipalities: Annotated[
        int,
        Field(alias="aantalGemeenten", ge=0, description="Gemeenten waarvan een document dit noemt."),
    ]


class SuggestionsBody(Body):
    """What could be asked."""

    suggestions: Annotated[list[SuggestionBody], Field(alias="suggesties", description="Beste eerst.")]


def _typed(value: str) -> str:
    if len(value) > _MOST_CHARACTERS:
        raise UsageError(f"telt {len(value)} tekens; hoogstens {_MOST_CHARACTERS} mag")
    if not value.strip():
        raise UsageError(f"is leeg; geef 1 tot {_MOST_CHARACTERS} tekens die niet alle spatie zijn")
    return given.question_text(value)


_TYPED = Single(
    "q",
    "Wat er tot nu toe getypt is: 1 tot 200 tekens die niet alle spatie zijn.",
    {"type": "string", "minLength": 1, "maxLength": _MOST_CHARACTERS, "pattern": r"\S", "examples": ["wacht"]},
    True,
    "",
    _typed,
)
_LIMIT = Single(
    given.LIMIT.name,
    "Hoogstens zoveel suggesties.",
    {"type": "integer", "minimum": 1, "maximum": 20, "default": 8},
    False,
    8,
    given.whole_number(1, 20),
)


@router.get(
    "/v1/suggesties",
    operation_id="haalSuggesties",
    summary="Haal suggesties bij wat getypt wordt",
    description="Koppen, onderwerpen en afkortingen van de documenten die beginnen zoals getypt is, of een woord of "
    "deel van een samenstelling hebben dat zo begint; pas als dat niets geeft, ook wat één tikfout scheelt. Leeg bij "
    "minder dan twee letters, en kort na de start zolang de lijst nog gemaakt wordt.",
    response_description="De suggesties, beste eerst",
    responses=described(400, 503, 507),
    openapi_extra=given.described(_TYPED, _LIMIT),
)
def suggestions(request: Request, knowledge: Known) -> SuggestionsBody:
    query = Query(request)
    typed, limit = query.one(_TYPED), query.one(_LIMIT)
    query.finish()
    found = knowledge.suggester.suggest(typed, limit)
    return SuggestionsBody(
        suggestions=[
            SuggestionBody(text=each.text, kind=each.kind, municipalities=each.municipalities) for each in found
        ]
    )
