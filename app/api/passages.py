"""Passages that answer a question."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request

from app.answer import Question, Scope
from app.api import parameters as given
from app.api.ids import uuid_of
from app.api.knowledge import Known, Ready, no_parameters
from app.api.problems import described
from app.api.query import Query
from app.api.schemas import PassageInContextBody, PassagesBody
from app.api.wire import passage_in_context_body, passages_body

router = APIRouter(tags=["passages"])


@router.get(
    "/v1/passages",
    operation_id="zoekPassages",
    summary="Zoek passages",
    description="De beste passages bij een vraag, met voor elke gemeente in bereik een oordeel. Elk citaat is een "
    "letterlijk deel van de tekst van het document: `tekst[positie.van:positie.tot] == citaat`.",
    response_description="De passages, beste eerst, en de oordelen",
    responses=described(400, 503, 507),
    openapi_extra=given.described(
        given.QUESTION,
        given.MUNICIPALITY,
        given.DOCUMENT,
        given.KIND,
        given.STATUS,
        given.VALID_ON,
        given.PERIOD_FROM,
        given.PERIOD_TO,
        given.LIMIT,
        given.MODE,
    ),
)
def search(request: Request, knowledge: Ready) -> PassagesBody:
    query = Query(request)
    question = Question(
        text=query.one(given.QUESTION),
        scope=Scope(
            municipalities=query.each(given.MUNICIPALITY, given.municipality_of(knowledge.municipalities)),
            documents=query.each(given.DOCUMENT, given.document_of(knowledge.snapshot())),
            kinds=given.only(query.one(given.KIND)),
            statuses=given.only(query.one(given.STATUS)),
            valid_on=query.one(given.VALID_ON),
            period=given.period(query),
        ),
        limit=query.one(given.LIMIT),
        mode=query.one(given.MODE),
    )
    query.finish()
    return passages_body(knowledge.search(question))


@router.get(
    "/v1/passages/{id}",
    operation_id="haalPassage",
    summary="Haal één passage",
    description="Een passage met de tekst eromheen.",
    response_description="De passage",
    responses=described(400, 404, 503),
    dependencies=[Depends(no_parameters)],
)
def passage(
    passage_id: Annotated[str, Path(alias="id", description="uuid van de passage.")], knowledge: Known
) -> PassageInContextBody:
    return passage_in_context_body(knowledge.passage(uuid_of(passage_id, "een passage")))
