"""The command `evaluate`: apart, since it loads what the other commands can do without."""

from collections.abc import Iterator
from pathlib import Path

from app.console import Console
from app.evaluation import (
    EvaluationBody,
    FiguresBody,
    JudgedBody,
    VerdictCountsBody,
    evaluate_judged,
    evaluate_labelled,
    evaluate_texts,
)
from app.evaluation_sets import BeirSet, load_set
from app.judged_counts import judged_words
from app.surroundings import Surroundings
from app.wording import decimal
from embeddings.models import load_encoder

_HEADS = ("soort", "vragen", "nDCG@10", "succes@1", "@3", "@5", "@10", "recall@10", "MRR", "mediaan")


def measure(directory: Path, as_json: bool, here: Surroundings) -> int:
    """Ask the questions in `directory` and print the figures; exit code 0, whatever they are."""
    settings = here.settings
    questions = load_set(directory)
    if isinstance(questions, BeirSet):
        encoder = load_encoder(settings.embedding_model, settings.cache_dir, here.notify)
        body: EvaluationBody | JudgedBody = evaluate_texts(
            questions, encoder, settings.late_interaction and encoder.pools_by_mean
        )
    else:
        with here.service() as service:
            body = evaluate_judged(questions, service) or evaluate_labelled(questions, service)
    if as_json:
        here.json(body)
    elif isinstance(body, JudgedBody):
        print_judged(body, here.console)
    else:
        print_figures(body, here.console)
    return 0


def print_figures(body: EvaluationBody, console: Console) -> None:
    """A table of figures with a row per kind of question, then the counts of verdicts."""
    console.table(_rows(body))
    if body.verdicts is not None:
        console.line()
        _print_verdicts(body.verdicts, console)
    if body.judged is not None:
        console.line(judged_words(body.judged))
    for source in body.missing_sources:
        console.line(f"Niet ingelezen: {source}")


def print_judged(body: JudgedBody, console: Console) -> None:
    """The counts of verdicts alone."""
    _print_verdicts(body.verdicts, console)
    console.line(judged_words(body.judged))


def _print_verdicts(verdicts: VerdictCountsBody, console: Console) -> None:
    console.line(f"Gemist: {verdicts.missed} van {verdicts.relevant}, zijdelings: {verdicts.touched}")
    console.line(f"Onterecht gevonden: {verdicts.false} van {verdicts.silent}")


def _rows(body: EvaluationBody) -> Iterator[tuple[str, ...]]:
    yield _HEADS
    for kind, figures in body.per_kind.items():
        yield _row(kind, figures)
    yield _row("alle", body)


def _row(kind: str, figures: FiguresBody) -> tuple[str, ...]:
    shares = (
        figures.ndcg,
        figures.success_1,
        figures.success_3,
        figures.success_5,
        figures.success_10,
        figures.recall,
        figures.mrr,
    )
    return (kind, str(figures.questions), *(decimal(share, 3) for share in shares), str(figures.median_length))
