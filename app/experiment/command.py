"""The command `evaluate --report`, which opens the knowledge base in this process."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from app.evaluation_sets import LabelledSet
from app.experiment.judged import JudgedSet, load_judged
from app.experiment.report import Bench, write_page
from app.experiment.vector_store import VectorStore
from app.knowledge_base import KnowledgeBase
from app.progress import progress_bar
from app.report.file import OutputFile
from app.surroundings import Surroundings
from corpus.errors import UsageError
from embeddings.models import load_encoder


def report_experiments(directories: Sequence[Path], output: Path, here: Surroundings) -> int:
    """Try every variant of the search on these sets and write the page of results; exit code 0.

    HeldError where a service holds the knowledge base: the experiments need it in this process.
    """
    sets = load_judged(directories)
    with ExitStack() as opened, OutputFile(output) as page:
        bench = _bench(sets, here, opened)
        bar = opened.enter_context(progress_bar(here.messages))
        page.write(write_page(sets, bench, bar).encode())
    here.console.line(f"Resultaten geschreven: {output}")
    return 0


def _bench(sets: Sequence[JudgedSet], here: Surroundings, opened: ExitStack) -> Bench:
    settings = here.settings
    knowledge_base = None
    if any(isinstance(each.content, LabelledSet) for each in sets):
        knowledge_base = opened.enter_context(KnowledgeBase.open(settings, here.notify))
        knowledge_base.require_usable()
        if not knowledge_base.snapshot().documents:
            raise UsageError(f"nothing has been ingested in {settings.data_dir} yet; run: beleidswijzer ingest")
    encoder = load_encoder(settings.embedding_model, settings.cache_dir, here.notify)
    if not encoder.pools_by_mean:
        raise UsageError(
            f"the report compares token vectors, which model {encoder.name!r} has no use for; choose another model "
            "with BELEIDSWIJZER_EMBEDDING_MODEL"
        )
    store = VectorStore(settings.cache_dir, encoder, here.notify)
    opened.callback(store.close)
    return Bench(knowledge_base, encoder, store, settings.late_interaction)
