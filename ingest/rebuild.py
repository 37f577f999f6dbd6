"""Another model or word analysis: a second index, filled from the register, that takes over when it is complete."""

from collections.abc import Callable

from corpus.errors import NotFoundError
from corpus.register import Register
from corpus.stored import Generation
from embeddings.encoder import Encoder
from embeddings.index import Index
from embeddings.lexical import Lexicon
from embeddings.vector_cache import VectorCache
from ingest.pipeline_report import Progress, Stage
from ingest.points import make_points


def rebuild(
    register: Register,
    index: Index,
    encoder: Encoder,
    cache: VectorCache,
    lexicon: Lexicon,
    generation: Generation,
    progress: Callable[[Progress], None] | None = None,
) -> None:
    """Fill the index of a new generation with every active document and let it take over in one transaction.

    Questions go on with the former generation until then. After a crash it can be called again with the same
    generation and index: what is there whole is kept. Documents that become active meanwhile are taken along.
    """
    register.begin(generation)
    present = index.versions()
    for document in register.snapshot().documents:
        if present.get(document.version, 0) < document.passages:
            register.remove_indexed(generation.id, document.version)
    done = 0
    while not register.switch(generation.id):
        missing = register.unindexed(generation.id)
        total = done + len(missing)
        for document in missing:
            if progress:
                file, name = document.path, document.metadata.document_id
                progress(Progress(done, total, file, name, 0, document.passages, Stage.ENCODING))
            done += 1
            try:
                passages = register.passages_of(document.version)
            except NotFoundError:
                continue  # replaced by another process since it was listed
            made = make_points(document.metadata.title, passages, encoder, cache, lexicon, generation.has_tokens)
            index.upsert(made.points)
            index.flush()
            register.add_indexed(generation.id, document.version, made.indexed)
