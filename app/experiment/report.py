"""Runs every experiment on some sets of questions and makes the page of results."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.evaluation import EvaluationBody, evaluate_labelled, evaluate_texts
from app.evaluation_sets import BeirSet, LabelledSet
from app.experiment.judged import JudgedSet, require_sources
from app.experiment.page import Made, Outcomes, chosen_on, page
from app.experiment.page_tables import Tables
from app.experiment.pool import texts_of_corpus, texts_of_register
from app.experiment.recipe import PRODUCT, Recipe
from app.experiment.synonym_check import group_effects
from app.experiment.trials import Collection, Trials
from app.experiment.variants import branches, main_line, single_legs
from app.experiment.vector_store import VectorStore
from app.knowledge_base import KnowledgeBase
from app.local_service import LocalService
from embeddings.encoder import Encoder
from embeddings.lexical import LEXICAL_VERSION

Progress = Callable[[int, int, str], None]
"""Told how many of how many searches are done, and which comes now."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What experiments are done with; `knowledge_base` is None where no set is asked of one."""

    knowledge_base: KnowledgeBase | None
    encoder: Encoder
    store: VectorStore
    late: bool


def write_page(sets: Sequence[JudgedSet], bench: Bench, progress: Progress) -> str:
    """The page of results; takes minutes, and an hour where nothing is in the cache yet."""
    collections = list(_collections(sets, bench))
    recipes = every_recipe()
    done = iter(range(len(recipes) + 1))
    trials = Trials(collections, lambda: progress(next(done), len(recipes), "searches"))
    for recipe in recipes:
        trials.of(recipe)
    outcomes = Outcomes(
        effects=[effect for each in collections for effect in group_effects(each, chosen_on(each.sets))],
        groups=len(collections[0].legs().readings.groups),
        product=[(judged, _product(judged, bench)) for judged in sets],
    )
    made = Made(
        day=date.today(),
        model=Path(bench.encoder.name).name,  # which may be a folder of this machine
        fingerprint=bench.encoder.fingerprint,
        word_analysis=LEXICAL_VERSION,
        passages={", ".join(f"`{own.name}`" for own in each.sets): len(each.legs().pool) for each in collections},
    )
    return page(made, Tables(tuple(sets), trials), outcomes)


def every_recipe() -> list[Recipe]:
    """What the page needs, each once; recipes over other passages last."""
    variants = [variant for branch in (main_line(), *branches()) for variant in branch.variants]
    recipes = dict.fromkeys([*(variant.recipe for variant in variants), *single_legs().values()])
    return sorted(recipes, key=lambda recipe: recipe.target != PRODUCT.target)


def _collections(sets: Sequence[JudgedSet], bench: Bench) -> Iterator[Collection]:
    """The documents with all labelled sets, and every BEIR set by itself."""
    labelled = [each for each in sets if isinstance(each.content, LabelledSet)]
    if labelled:
        if bench.knowledge_base is None:
            raise ValueError("labelled sets are asked of a knowledge base")
        texts = texts_of_register(bench.knowledge_base.register)
        for each in labelled:
            require_sources(each, {text.name: text for text in texts})
        names = [each.name for each in bench.knowledge_base.municipalities]
        yield Collection(texts, labelled, bench.store, names)
    for each in sets:
        if isinstance(each.content, BeirSet):
            yield Collection(texts_of_corpus(each.content.corpus), [each], bench.store)


def _product(judged: JudgedSet, bench: Bench) -> EvaluationBody:
    if isinstance(judged.content, BeirSet):
        return evaluate_texts(judged.content, bench.encoder, bench.late)
    if bench.knowledge_base is None:
        raise ValueError("labelled sets are asked of a knowledge base")
    return evaluate_labelled(judged.content, LocalService(bench.knowledge_base))
