"""The whole way on the five notes with the packaged model: what an advisor gets, and how good it is.

The figures are printed (pytest -rP) and kept in README; the targets are those that the product was begun with.
"""

import importlib.util
import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from app.answer import Mode, Question, Ruling, Scope
from app.evaluation import EvaluationBody, evaluate_labelled, evaluate_texts
from app.evaluation_sets import BeirSet, LabelledSet, load_set
from app.knowledge_base import KnowledgeBase
from app.local_service import LocalService
from app.settings import Settings
from embeddings.cache_directory import default_cache_dir
from embeddings.models import load_encoder

SHARED = Path(__file__).parents[1].parent / "shared" / "evaluation"
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
    with KnowledgeBase.open(settings, print) as opened:
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
    assert len(shown) >= 4
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
