"""Where somebody says that a verdict is not right, sees what is kept of that and takes it back; and the list of it."""

import uuid
from datetime import UTC, datetime

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.api import parameters as given
from app.api.feedback_wire import verdict_feedback_body
from app.api.ids import uuid_of
from app.api.knowledge import Knowledge, Known, no_parameters
from app.api.origin import from_own_page, from_this_machine, is_on_this_machine, on_this_machine
from app.api.problems import problem
from app.api.query import FormQuery, Given, InvalidParametersError, Single
from app.web.asked_on import ASKED_ON, AskedOn
from app.web.errors import as_page
from app.web.feedback_form import RULINGS, FeedbackForm, Said
from app.web.posted import Posted
from app.web.rendering import page
from app.web.selection import PER_PAGE
from corpus.verdict_feedback import VerdictFeedback

router = APIRouter(include_in_schema=False)
PLACE = "/oordelen"
MOST_KEPT = 10_000
_FULL = (
    f"Er worden al {MOST_KEPT:,} opmerkingen over oordelen bewaard, en meer gaan er niet bij. Uw opmerking is niet "
    "bewaard. Vraag de beheerder om ze te exporteren en op te ruimen."
).replace(",", ".", 1)
_SHEET = Single("blad", "Blad van de lijst.", {"type": "integer"}, False, 1, given.whole_number(1, MOST_KEPT))
_FORM = [Depends(from_own_page), Depends(no_parameters)]


@router.post(PLACE, dependencies=_FORM)
def say(request: Request, posted: Posted, knowledge: Known) -> Response:
    form = FeedbackForm(posted)
    try:
        said = form.read(knowledge.municipalities)
    except InvalidParametersError as error:
        return _again(form.with_faults(error.invalid), knowledge)
    kept = knowledge.feedback.add(_new(said, knowledge), MOST_KEPT)
    if kept is None:
        return as_page(request, problem(request, 507, _FULL))
    return RedirectResponse(said.asked_on.beside(f"{PLACE}/{kept.id}"), 303)


@router.get(PLACE, dependencies=[Depends(on_this_machine)])
def feedback_list(request: Request, knowledge: Known) -> Response:
    query = FormQuery(request)
    asked = query.one(_SHEET)
    query.finish()
    count = knowledge.feedback.count()
    sheets = max(1, -(-count // PER_PAGE))
    sheet = min(asked, sheets)
    kept = knowledge.feedback.all((sheet - 1) * PER_PAGE, PER_PAGE)
    values = {
        "here": "",
        "count": count,
        "kept": [verdict_feedback_body(each, knowledge.municipalities) for each in kept],
        "sheet": sheet,
        "sheets": sheets,
    }
    return page("feedback_list.html", values)


@router.get(PLACE + "/{id}")
def feedback_page(id: str, request: Request, knowledge: Known) -> Response:
    query = FormQuery(request)
    asked_on = query.one(ASKED_ON)
    query.finish()
    return page("feedback.html", _values(_kept(id, knowledge), asked_on, request, knowledge) | {"taken_back": False})


@router.post(PLACE + "/{id}/intrekken", dependencies=_FORM)
def take_back(id: str, request: Request, posted: Posted, knowledge: Known) -> Response:
    query = Given((name, value) for name, value in posted if value)
    asked_on = query.one(ASKED_ON)
    query.finish()
    kept = _kept(id, knowledge)
    knowledge.feedback.remove(kept.id)
    return page("feedback.html", _values(kept, asked_on, request, knowledge) | {"taken_back": True})


@router.post(PLACE + "/{id}/verwijderen", dependencies=[Depends(from_this_machine), Depends(no_parameters)])
def remove(id: str, knowledge: Known) -> Response:
    knowledge.feedback.remove(_kept(id, knowledge).id)
    return RedirectResponse(PLACE, 303)


def _new(said: Said, knowledge: Knowledge) -> VerdictFeedback:
    generation = knowledge.snapshot().generation
    return VerdictFeedback(
        id=str(uuid.uuid4()),
        question=said.question,
        municipality=said.municipality.code,
        ruling=said.ruling.value,
        certainty=said.certainty,
        right_ruling=said.right_ruling.value,
        remark=said.remark,
        filters=said.asked_on.filters,
        index="" if generation is None else f"{generation.fingerprint} {generation.lexical_version}",
        given_at=datetime.now(UTC),
    )


def _kept(feedback_id: str, knowledge: Knowledge) -> VerdictFeedback:
    return knowledge.feedback.get(uuid_of(feedback_id, "een opmerking over een oordeel"))


def _values(kept: VerdictFeedback, asked_on: AskedOn, request: Request, knowledge: Knowledge) -> dict[str, object]:
    on = asked_on.narrowed_by(kept.filters)
    return {
        "here": "",
        "kept": verdict_feedback_body(kept, knowledge.municipalities),
        "asked_on": on,
        "back": on.address(kept.question),
        "may_list": is_on_this_machine(request),
    }


def _again(form: FeedbackForm, knowledge: Knowledge) -> Response:
    place = knowledge.municipalities.get(form.value("gemeente"))
    values = {
        "here": "",
        "form": form,
        "municipality": "" if place is None else place.name,
        "rulings": [each for each in RULINGS if each.value != form.value("gegeven")],
    }
    return page("feedback_again.html", values, status=400)
