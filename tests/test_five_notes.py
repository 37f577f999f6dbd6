"""The whole way on the five notes with the packaged model: what an advisor gets, and how good it is.

The figures are printed (pytest -rP) and kept in README; the targets are those that the product was begun with.
"""

import asyncio
import importlib.util
import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.answer import Mode, Question, Ruling, Scope
from app.api.application import create_app
from app.api.comparison_bodies import SpanBody
from app.api.comparison_wire import comparison_body
from app.api.schemas import PassageBody
from app.aspects.aspect import Aspect
from app.aspects.extract import Extract
from app.evaluation import JUDGED_KINDS, EvaluationBody, evaluate_labelled, evaluate_texts
from app.evaluation_sets import BeirSet, LabelledSet, load_set
from app.knowledge_base import KnowledgeBase
from app.local_service import LocalService
from app.quote_match import covers
from app.settings import Settings
from embeddings.cache_directory import default_cache_dir
from embeddings.models import load_encoder
from tests.app.fake_ingest import FakeIngest

SHARED = Path(__file__).parents[1].parent / "shared" / "evaluation"
TOPICS = (
    "conflictscheidingen armoede thuiszitters jeugdhulp pleegzorg eenzaamheid mantelzorg kinderopvang overgewicht "
    "schulden laaggeletterdheid wachtlijsten preventie discriminatie toegankelijkheid vrijwilligers kosten huisartsen "
    "roken pesten sport wonen veiligheid nieuwkomers lerarentekort voorschool onderwijs werk wijkteams hondenbelasting"
).split()
needs_sets = pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled sets are not beside this checkout")


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("five") / "data",
        cache_dir=Path(os.environ.get("BELEIDSWIJZER_CACHE_DIR") or default_cache_dir()),
        embedding_model="packaged",
        late_interaction=True,
        ocr=False,
        qdrant_url=None,
        qdrant_api_key=None,
        database_url=None,
        api_keys_required=False,
    )
    with KnowledgeBase.open(settings, print, today=lambda: date(2026, 3, 1)) as opened:
        report = opened.ingest([], None, force=False)
        assert (report.documents, report.failures) == (5, ())
        yield opened


def rulings_of(notes: KnowledgeBase, question: str) -> dict[str, Ruling]:
    answer = notes.search(Question(question, Scope(), 5, Mode.HYBRID))
    return {verdict.municipality.name: verdict.ruling for verdict in answer.verdicts}


def measured(notes: KnowledgeBase) -> EvaluationBody:
    questions = load_set(SHARED / "beleidsnotas")
    assert isinstance(questions, LabelledSet)
    return evaluate_labelled(questions, LocalService(notes))


def test_conflictscheidingen_is_found_in_three_and_not_in_utrecht(notes: KnowledgeBase) -> None:
    comparison = notes.compare("conflictscheidingen", Scope(), 3)
    rulings = {finding.verdict.municipality.name: finding.verdict.ruling for finding in comparison.findings}
    assert rulings == {
        "Amersfoort": Ruling.FOUND,
        "Amstelveen": Ruling.FOUND,
        "Apeldoorn": Ruling.FOUND,
        "Utrecht": Ruling.NOTHING,
    }
    quotes = {
        finding.verdict.municipality.name: [hit.passage.quote for hit in finding.hits]
        for finding in comparison.findings
    }
    assert all("scheiding" in quote.lower() for name in ("Amstelveen", "Apeldoorn") for quote in quotes[name])
    assert quotes["Utrecht"] == []


@pytest.mark.parametrize(
    "topic", ["hondenbelasting", "parkeertarieven in de binnenstad", "stikstofuitstoot van boerderijen"]
)
def test_topic_of_no_note_is_found_nowhere(notes: KnowledgeBase, topic: str) -> None:
    comparison = notes.compare(topic, Scope(), 3)
    assert {finding.verdict.ruling for finding in comparison.findings} == {Ruling.NOTHING}


@pytest.mark.parametrize(
    ("question", "municipality", "found_by"),
    [
        ("dementie", "Amstelveen", "Amersfoort"),
        ("mantelzorg", "Utrecht", "Apeldoorn"),
        ("rijke schooldag", "Utrecht", "Apeldoorn"),
    ],
)
def test_what_a_neighbour_has_does_not_rub_off(
    notes: KnowledgeBase, question: str, municipality: str, found_by: str
) -> None:
    rulings = rulings_of(notes, question)
    assert rulings[found_by] is Ruling.FOUND
    assert rulings[municipality] is Ruling.NOTHING


@pytest.mark.parametrize(
    ("question", "municipality"),
    [
        ("laadpalen", "Apeldoorn"),  # its #opladers are parents
        ("parkeervergunning voor bewoners", "Amstelveen"),
        ("een paspoort laten verlengen", "Amstelveen"),
    ],
)
def test_a_word_in_another_sense_is_not_found(notes: KnowledgeBase, question: str, municipality: str) -> None:
    assert rulings_of(notes, question)[municipality] is not Ruling.FOUND


def test_what_only_a_footnote_mentions_is_touched_on(notes: KnowledgeBase) -> None:
    rulings = rulings_of(notes, "big data")
    assert rulings["Amersfoort"] is Ruling.FOUND
    assert rulings["Apeldoorn"] is Ruling.TOUCHED


@pytest.mark.parametrize("topic", ["conflictscheidingen", "schulden", "eenzaamheid", "thuiszitters", "wachtlijsten"])
def test_verdict_does_not_depend_on_whom_the_question_names(notes: KnowledgeBase, topic: str) -> None:
    def rulings(question: str) -> list[Ruling]:
        return [finding.verdict.ruling for finding in notes.compare(question, Scope(), 1).findings]

    for name in ("Amersfoort", "Amstelveen", "Apeldoorn", "Utrecht", "de gemeente"):
        assert rulings(f"Wat doet {name} aan {topic}?") == rulings(topic)


@pytest.mark.parametrize(
    ("form", "document"),
    [
        ("M@zl", "amstelveen-jeugd-en-onderwijsagenda"),
        ("IHV13w", "amstelveen-jeugd-en-onderwijsagenda"),
        ("€30.000", "amstelveen-jeugd-en-onderwijsagenda"),
    ],
)
def test_exact_form_is_found(notes: KnowledgeBase, form: str, document: str) -> None:
    hits = notes.search(Question(form, Scope(), 5, Mode.WORDS)).hits
    assert document in {hit.document.metadata.document_id for hit in hits}
    assert form.lower() in hits[0].passage.quote.lower()


@pytest.mark.parametrize("mode", list(Mode))
def test_every_quote_is_byte_exact(notes: KnowledgeBase, mode: Mode) -> None:
    texts = {
        each.metadata.document_id: notes.text(each.metadata.document_id).text for each in notes.snapshot().documents
    }
    count = 0
    for question in ("conflictscheidingen", "Hoeveel geld is er voor jeugdhulp?", "thuiszitters", "#opladers", "1.000"):
        for hit in notes.search(Question(question, Scope(), 50, mode)).hits:
            text = texts[hit.document.metadata.document_id]
            assert text[hit.passage.start : hit.passage.end] == hit.passage.quote
            count += 1
    assert count > 50


def test_passages_that_readme_shows_are_there(notes: KnowledgeBase) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"passage ([0-9a-f]{8}-[0-9a-f-]{27})$", readme, re.MULTILINE)
    assert len(shown) >= 3
    for passage_id in shown:
        passage = notes.passage(passage_id).passage
        assert passage.quote in readme
        assert f"positie {passage.start}-{passage.end};" in readme


@needs_sets
def test_labelled_questions(notes: KnowledgeBase) -> None:
    figures = measured(notes)
    print(figures.model_dump_json(by_alias=True, indent=2))
    assert figures.median_length <= 700
    assert figures.ndcg >= 0.85
    assert round(figures.success_5 * figures.questions) == figures.questions
    assert figures.verdicts is not None
    assert figures.verdicts.missed <= 0.03 * figures.verdicts.relevant
    assert figures.verdicts.touched <= 0.15 * figures.verdicts.relevant
    assert figures.verdicts.false <= 0.03 * figures.verdicts.silent


@needs_sets
def test_parliamentary_questions(notes: KnowledgeBase) -> None:
    questions = load_set(SHARED / "kamervragen-qa")
    assert isinstance(questions, BeirSet)
    figures = evaluate_texts(questions, load_encoder("packaged", notes.settings.cache_dir, print), late=True)
    print(figures.model_dump_json(by_alias=True, indent=2))
    assert figures.questions == 153
    assert figures.ndcg >= 0.80


@needs_sets
def test_figures_are_those_of_the_definition(notes: KnowledgeBase) -> None:
    """`metric.py` beside the labelled questions defines them."""
    metric = load_module(SHARED / "metric.py")
    questions, nothing = metric.load(str(SHARED / "beleidsnotas"))
    answers = {
        text: notes.search(Question(text, Scope(), 10, Mode.HYBRID))
        for text in {row["vraag"] for row in (*questions, *nothing)}
    }
    rows = metric.score(
        questions,
        lambda text: [(hit.document.metadata.source_file, hit.passage.quote) for hit in answers[text].hits],
    )
    places = {each.metadata.source_file: each.metadata.municipalities[0].name for each in notes.snapshot().documents}
    verdicts, _ = metric.verdicts(
        questions,
        nothing,
        lambda text: {each.municipality.name: each.ruling for each in answers[text].verdicts},
        places,
    )
    ours = ours_as_theirs(measured(notes))
    assert {name: pytest.approx(value, abs=1e-3) for name, value in metric.summary(rows).items()} | verdicts == ours


def ours_as_theirs(body: EvaluationBody) -> dict[str, float]:
    assert body.verdicts is not None
    return {
        "n": body.questions,
        "ndcg@10": body.ndcg,
        "recall@10": body.recall,
        "mrr": body.mrr,
        "median_length": body.median_length,
        "success@1": body.success_1,
        "success@3": body.success_3,
        "success@5": body.success_5,
        "success@10": body.success_10,
        "positive": body.verdicts.relevant,
        "missed": body.verdicts.missed,
        "touched": body.verdicts.touched,
        "negative": body.verdicts.silent,
        "false": body.verdicts.false,
    }


def load_module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def said(notes: KnowledgeBase, topic: str, municipality: str) -> dict[Aspect, list[Extract]]:
    """What a municipality says of a topic, by aspect."""
    (finding,) = [
        each for each in notes.compare(topic, Scope(), 3).findings if each.verdict.municipality.name == municipality
    ]
    return {aspect: [each.extract for each in found] for aspect, found in finding.aspects.items()}


def test_what_it_costs_amstelveen_and_for_what(notes: KnowledgeBase) -> None:
    amounts = [
        (amount.amount.text, amount.about and amount.about.text)
        for extract in said(notes, "conflictscheidingen", "Amstelveen")[Aspect.MONEY]
        for amount in extract.amounts
    ]
    assert ("€30.000", "regulier budget conflictscheidingen") in amounts


def test_what_apeldoorn_will_do_and_when(notes: KnowledgeBase) -> None:
    actions = said(notes, "conflictscheidingen", "Apeldoorn")[Aspect.ACTIONS]
    (kies,) = [each for each in actions if "KIES" in each.text]
    (therapy,) = [each for each in actions if "gratis relatietherapie volgen" in each.text]
    assert [(each.first, each.last) for each in kies.years] == [(2024, None)]
    assert [(each.first, each.last) for each in therapy.years] == [(2024, 2025)]


def test_what_figures_amstelveen_has(notes: KnowledgeBase) -> None:
    figures = [each.text for each in said(notes, "conflictscheidingen", "Amstelveen")[Aspect.FIGURES]]
    assert any("80 jeugdigen" in text and "36 conflictscheidingen" in text for text in figures)


def test_no_passage_is_shown_to_make_up_the_number(notes: KnowledgeBase) -> None:
    """Amersfoort treats it in one passage; what it says elsewhere is complex, but not about separations."""
    by_name = {
        each.verdict.municipality.name: each for each in notes.compare("conflictscheidingen", Scope(), 3).findings
    }
    assert ["scheiding" in hit.passage.quote for hit in by_name["Amersfoort"].hits] == [True]
    assert len(by_name["Amstelveen"].hits) == len(by_name["Apeldoorn"].hits) == 3


def test_both_documents_of_a_municipality_are_shown_where_both_treat_a_topic(notes: KnowledgeBase) -> None:
    (amersfoort,) = [
        each
        for each in notes.compare("kansengelijkheid", Scope(), 2).findings
        if each.verdict.municipality.name == "Amersfoort"
    ]
    assert len({hit.document.version for hit in amersfoort.hits}) == 2


@given(topic=st.sampled_from(TOPICS), limit=st.integers(1, 10))
@hypothesis_settings(max_examples=25)
def test_every_quote_of_a_comparison_is_the_text_at_its_place(notes: KnowledgeBase, topic: str, limit: int) -> None:
    """Of passages, aspects, amounts and differences alike."""
    texts = {
        each.metadata.document_id: notes.text(each.metadata.document_id).text for each in notes.snapshot().documents
    }
    comparison = comparison_body(notes.compare(topic, Scope(), limit))
    for finding in comparison.municipalities:
        assert len(finding.passages) <= limit
        quoted: list[tuple[str, PassageBody | SpanBody]] = [(each.document.id, each) for each in finding.passages]
        for _, statements in finding.aspects:
            for statement in statements:
                quoted.append((statement.document, statement))
                for amount in statement.amounts:
                    parts = (amount, amount.about, amount.column)
                    quoted += [(statement.document, part) for part in parts if part is not None]
        quoted += [(difference.document, difference) for difference in finding.differences]
        for document, part in quoted:
            assert texts[document][part.position.start : part.position.end] == part.quote


def test_every_quote_over_rest_is_the_text_at_its_place(notes: KnowledgeBase) -> None:
    """Whatever it is a quote of: passages, statements, amounts, what they are for, differences, figures, values."""

    async def asked() -> tuple[list[dict[str, Any]], dict[str, str]]:
        app = create_app(notes, FakeIngest(), "token", lambda error: None)
        transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 50000))
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", timeout=60) as client,
        ):
            while (await client.get("/readyz")).status_code != 200:
                await asyncio.sleep(0.05)
            found = [
                (await client.get("/v1/vergelijkingen", params={"onderwerp": topic, "perGemeente": 10})).json()
                for topic in TOPICS
            ]
            documents = (await client.get("/v1/documenten")).json()["documenten"]
            links = {each["id"]: each["links"]["tekst"] for each in documents}
            return found, {id_: (await client.get(link)).json()["tekst"] for id_, link in links.items()}

    comparisons, texts = asyncio.run(asked())
    counted: Counter[str] = Counter()
    for comparison in comparisons:
        for place, document, quote, start, end in quotes_in(comparison):
            assert texts[document][start:end] == quote != ""
            counted[place] += 1
    print(dict(counted))
    aspects = "doelen doelgroep huidigeInzet nieuweActies partners geld cijfers".split()
    assert {"passages", *aspects, "bedragen", "waarvoor", "waarden", "waarde", "waarvan"} <= counted.keys()
    assert all(counted[place] >= 10 for place in ("passages", *aspects))


def quotes_in(part: Any, place: str = "", document: str = "") -> Iterator[tuple[str, str, str, int, int]]:
    """Every quote with the field that it stands in, its document and its position."""
    if isinstance(part, list):
        for each in part:
            yield from quotes_in(each, place, document)
    elif isinstance(part, dict):
        own = part.get("document", document)
        document = own["id"] if isinstance(own, dict) else own
        if "citaat" in part:
            yield place, document, part["citaat"], part["positie"]["van"], part["positie"]["tot"]
        for name, value in part.items():
            yield from quotes_in(value, name, document)


def test_passages_of_a_municipality_come_best_first(notes: KnowledgeBase) -> None:
    """Of these notes none is known to have ended, so that nothing goes before the score."""
    for topic in TOPICS:
        for finding in notes.compare(topic, Scope(), 10).findings:
            scores = [hit.score for hit in finding.hits]
            assert scores == sorted(scores, reverse=True)
            assert len({hit.passage.id for hit in finding.hits}) == len(scores)


@pytest.mark.parametrize("name", ["tuning", "held_out"])
def test_a_comparison_leaves_out_what_says_nothing_and_keeps_what_does(notes: KnowledgeBase, name: str) -> None:
    """Beside the first three of a search, of municipalities that treat a question; what is not labelled is no hit."""
    questions = load_set(Path(__file__).parent / "evaluation" / name)
    assert isinstance(questions, LabelledSet)
    before: list[bool] = []
    after: list[bool] = []
    for question in questions.questions:
        if question.kind not in JUDGED_KINDS:
            continue
        for finding in notes.compare(question.text, Scope(), 3).findings:
            quotes = {
                document.version: question.relevant.get(document.metadata.source_file, ())
                for document in finding.verdict.searched
            }
            if not finding.hits or not any(quotes.values()):
                continue
            scope = Scope(municipalities=(finding.verdict.municipality,))
            found = notes.search(Question(question.text, scope, 3, Mode.HYBRID)).hits
            for counted, hits in ((before, found), (after, finding.hits)):
                counted += [
                    any(covers(hit.passage.quote, quote) for quote in quotes[hit.document.version]) for hit in hits
                ]
    for when, counted in (("before", before), ("after", after)):
        print(f"{name}, {when}: {sum(counted)} relevant of {len(counted)} passages")
    assert sum(after) >= 0.9 * sum(before)
    assert len(after) - sum(after) <= 0.8 * (len(before) - sum(before))
