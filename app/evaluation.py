"""Measures retrieval and verdicts on questions with known answers."""

import dataclasses
import math
import statistics
import tempfile
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from app.answer import Mode, Question, Ruling, Scope
from app.api.body import Body
from app.api.schemas import PassagesBody
from app.beir_index import rank
from app.evaluation_sets import BeirSet, LabelledQuestion, LabelledSet
from app.judged_counts import JudgedCountsBody, judged_counts
from app.quote_match import covers
from app.service import Service
from corpus.errors import UsageError
from embeddings.encoder import Encoder

DEPTH = 10
JUDGED_KINDS = ("trefwoord", "omschrijving")


class FiguresBody(Body):
    """Means over questions; see `evaluate_labelled` and `evaluate_texts` for their definitions."""

    ndcg: Annotated[float, Field(alias="ndcg@10")]
    success_1: Annotated[float, Field(alias="success@1")]
    success_3: Annotated[float, Field(alias="success@3")]
    success_5: Annotated[float, Field(alias="success@5")]
    success_10: Annotated[float, Field(alias="success@10")]
    recall: Annotated[float, Field(alias="recall@10")]
    mrr: float
    median_length: Annotated[int, Field(alias="mediaanLengte")]
    questions: Annotated[int, Field(alias="vragen")]


class VerdictCountsBody(Body):
    """Counts of (question, municipality) pairs."""

    relevant: int
    missed: Annotated[int, Field(alias="gemist")]
    touched: Annotated[int, Field(alias="zijdelings")]
    silent: Annotated[int, Field(alias="stil")]
    false: Annotated[int, Field(alias="onterecht")]


class EvaluationBody(FiguresBody):
    """The figures overall and per kind of question, and the verdicts where they were asked for."""

    per_kind: Annotated[dict[str, FiguresBody], Field(alias="perSoort")]
    verdicts: Annotated[VerdictCountsBody | None, Field(alias="oordelen")]
    missing_sources: Annotated[list[str], Field(alias="ontbrekendeBronnen")]
    judged: Annotated[JudgedCountsBody | None, Field(alias="oordelenVanGebruikers")] = None


class JudgedBody(Body):
    """The verdicts on a set of what people said of verdicts alone: no question in it has a known answer."""

    verdicts: Annotated[VerdictCountsBody, Field(alias="oordelen")]
    judged: Annotated[JudgedCountsBody, Field(alias="oordelenVanGebruikers")]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question: the gain of each of its first ten results, and how much there was to gain.

    `relevant` tells of each result whether it is right at all, also when an earlier one said the same.
    """

    kind: str
    gains: tuple[int, ...]
    relevant: tuple[bool, ...]
    wanted: int
    lengths: tuple[int, ...]


def evaluate_texts(questions: BeirSet, encoder: Encoder, late: bool) -> EvaluationBody:
    """Ask the questions of a BEIR set of a temporary index over its texts; `late`: with token vectors.

    Gains are binary. success@k: a right result among the first k; mrr: mean of one over the rank of the first right
    result within ten. Questions without a right answer are left out.
    """
    with tempfile.TemporaryDirectory(prefix="beleidswijzer-") as folder:
        return _body(_beir_outcomes(questions, encoder, Path(folder), late), None, [])


def _beir_outcomes(questions: BeirSet, encoder: Encoder, folder: Path, late: bool) -> list[Outcome]:
    outcomes = []
    right = {
        query: {text for text, grade in grades.items() if grade > 0} for query, grades in questions.relevant.items()
    }
    judged = {query: text for query, text in questions.queries.items() if right.get(query)}
    for query, results in rank(questions.corpus, judged, encoder, folder, DEPTH, late).items():
        outcomes.append(text_outcome(right[query], [(result.id, result.length) for result in results]))
    return outcomes


def text_outcome(right: Set[str], results: Sequence[tuple[str, int]]) -> Outcome:
    """The outcome of a question of the BEIR layout, of the ids and lengths of its results in order."""
    gains = tuple(int(text in right) for text, _ in results)
    return Outcome("", gains, tuple(map(bool, gains)), len(right), tuple(length for _, length in results))


def evaluate_labelled(questions: LabelledSet, service: Service) -> EvaluationBody:
    """Ask the questions of a labelled set of the current index.

    A result gains one for each quote that it is the first to cover, the ideal is one a rank; recall is the share of
    quotes covered. A positive pair is missed when its verdict is neither found nor touched on; a silent pair is false
    when found, or, for a subject that nobody treats, when it is anything but nothing found. Questions without a quote
    are left out. What people said of verdicts counts as positive or silent where the municipality has documents.
    """
    answerable = tuple(question for question in questions.questions if any(question.relevant.values()))
    questions = dataclasses.replace(questions, questions=answerable)
    documents = service.status().documents
    source_of = {document.id: document.source_file for document in documents}
    places = {document.source_file: [each.name for each in document.municipalities] for document in documents}
    answers = _answers(questions, service)
    outcomes = [
        labelled_outcome(
            question,
            [(source_of[each.document.id], each.quote) for each in answers[question.text].passages[:DEPTH]],
        )
        for question in questions.questions
    ]
    named = {source for question in questions.questions for source in question.relevant}
    missing = sorted(named - places.keys())
    if named and len(missing) == len(named):
        raise UsageError(f"none of the documents that the questions are about is in the index, such as {missing[0]!r}")
    body = _body(outcomes, _verdicts(questions, answers, places), missing)
    if questions.judged is None:
        return body
    return body.model_copy(update={"judged": judged_counts(questions.judged, _everywhere(places))})


def evaluate_judged(questions: LabelledSet, service: Service) -> JudgedBody | None:
    """The verdicts on a set without a question that has a known answer; None where nobody said anything of verdicts."""
    judged = questions.judged
    if judged is None or any(any(question.relevant.values()) for question in questions.questions):
        return None
    questions = dataclasses.replace(questions, questions=())
    documents = service.status().documents
    places = {document.source_file: [each.name for each in document.municipalities] for document in documents}
    verdicts = _verdicts(questions, _answers(questions, service), places)
    return JudgedBody(verdicts=verdicts, judged=judged_counts(judged, _everywhere(places)))


def _answers(questions: LabelledSet, service: Service) -> Mapping[str, PassagesBody]:
    return {text: service.passages(Question(text, Scope(), DEPTH, Mode.HYBRID)) for text in questions.texts}


def _everywhere(places: Mapping[str, Sequence[str]]) -> list[str]:
    return sorted({place for names in places.values() for place in names})


def labelled_outcome(question: LabelledQuestion, results: Sequence[tuple[str, str]]) -> Outcome:
    """The outcome of a question of the labelled layout, of the source files and quotes of its results in order."""
    quotes = [(source, quote) for source, quotes in question.relevant.items() for quote in quotes]
    open_ = list(quotes)
    gains, relevant = [], []
    for source, text in results:
        covered = [each for each in quotes if each[0] == source and covers(text, each[1])]
        relevant.append(bool(covered))
        gains.append(sum(each in open_ for each in covered))
        open_ = [each for each in open_ if each not in covered]
    return Outcome(question.kind, tuple(gains), tuple(relevant), len(quotes), tuple(len(text) for _, text in results))


def _verdicts(
    questions: LabelledSet, answers: Mapping[str, PassagesBody], places: Mapping[str, Sequence[str]]
) -> VerdictCountsBody:
    rulings = {
        text: {verdict.name: verdict.ruling for verdict in answer.municipalities} for text, answer in answers.items()
    }
    positives = [
        rulings[question.text].get(place)
        for question in questions.questions
        if question.kind in JUDGED_KINDS
        for place in sorted({place for source in question.relevant for place in places.get(source, ())})
    ]
    everywhere = _everywhere(places)
    negatives = [
        (rulings[pair.text].get(place), pair.municipality is None)
        for pair in questions.silent
        for place in ([pair.municipality] if pair.municipality else everywhere)
    ]
    judged = [pair for pair in questions.judged_pairs if pair.municipality in everywhere]
    positives += [rulings[pair.text].get(pair.municipality) for pair in judged if pair.found]
    negatives += [(rulings[pair.text].get(pair.municipality), False) for pair in judged if not pair.found]
    return VerdictCountsBody(
        relevant=len(positives),
        missed=sum(ruling not in (Ruling.FOUND, Ruling.TOUCHED) for ruling in positives),
        touched=positives.count(Ruling.TOUCHED),
        silent=len(negatives),
        false=sum(
            ruling is Ruling.FOUND or (elsewhere and ruling is not Ruling.NOTHING) for ruling, elsewhere in negatives
        ),
    )


def _body(
    outcomes: Sequence[Outcome], verdicts: VerdictCountsBody | None, missing_sources: list[str]
) -> EvaluationBody:
    if not outcomes:
        raise UsageError(
            "the evaluation set holds no question with a known answer; add one: a quote under relevant in vragen.jsonl "
            "(labelled layout), or a line with a score above 0 in qrels.tsv (BEIR layout)"
        )
    kinds = sorted({outcome.kind for outcome in outcomes} - {""})
    per_kind = {kind: _figures([outcome for outcome in outcomes if outcome.kind == kind]) for kind in kinds}
    overall = _figures(outcomes)
    return EvaluationBody(
        **overall.model_dump(by_alias=False), per_kind=per_kind, verdicts=verdicts, missing_sources=missing_sources
    )


def _figures(outcomes: Sequence[Outcome]) -> FiguresBody:
    """Success and reciprocal rank by ir-measures; nDCG and recall here, as a gain counts for the first to cover."""
    import ir_measures
    from ir_measures import RR, Success

    depths = (1, 3, 5, DEPTH)
    run, qrels = [], []
    for number, outcome in enumerate(outcomes):
        qrels.append(ir_measures.Qrel(str(number), "unfound", 1))
        for rank_, right in enumerate(outcome.relevant):
            run.append(ir_measures.ScoredDoc(str(number), str(rank_), float(-rank_)))
            qrels.append(ir_measures.Qrel(str(number), str(rank_), int(right)))
    found = ir_measures.calc_aggregate([*(Success @ depth for depth in depths), RR @ DEPTH], qrels, run)
    lengths = [length for outcome in outcomes for length in outcome.lengths]
    return FiguresBody(
        ndcg=round(statistics.fmean(map(ndcg, outcomes)), 4),
        recall=round(statistics.fmean(sum(each.gains) / min(DEPTH, each.wanted) for each in outcomes), 4),
        mrr=round(found[RR @ DEPTH], 4),
        median_length=int(statistics.median_high(lengths)) if lengths else 0,
        questions=len(outcomes),
        **{f"success_{depth}": round(found[Success @ depth], 4) for depth in depths},
    )


def ndcg(outcome: Outcome) -> float:
    """nDCG@10: what was gained, discounted by rank, over what a quote a rank would gain; never over 1."""
    gained = sum(gain / math.log2(rank_ + 2) for rank_, gain in enumerate(outcome.gains))
    ideal = sum(1 / math.log2(rank_ + 2) for rank_ in range(min(DEPTH, outcome.wanted)))
    return min(1.0, gained / ideal)
