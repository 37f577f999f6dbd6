"""Register and index made to agree again: what a crash left is removed, what the index lost is put back."""

import logging
from collections.abc import Collection, Sequence

from corpus.files import FileStore
from corpus.readers import Readers
from corpus.register import Register
from corpus.register_schema import State
from corpus.stored import StoredDocument
from embeddings.encoder import Encoder
from embeddings.index import Index
from embeddings.lexical import Lexicon
from embeddings.vector_cache import VectorCache
from ingest.points import make_points

_log = logging.getLogger(__name__)

# Among processes that share a server nobody knows what the others are doing: seconds after which a retired version
# is asked for by no query any more, and a pending one or an unknown file belongs to no ingest that still runs.
_QUERY_ENDED = 60.0
_INGEST_ENDED = 3600.0


def reconcile(
    register: Register,
    index: Index,
    encoder: Encoder,
    cache: VectorCache,
    lexicon: Lexicon,
    files: FileStore,
    readers: Readers,
    shared: bool,
) -> None:
    """Remove versions that never became active or are retired, and give every active one all its points.

    The register says what there should be. A lost or damaged index is filled again from register and vector cache.
    """
    found = index.versions()  # before the register is read: so a version that is not there now was forgotten
    unknown = found.keys() - register.versions().keys()
    remove_hidden(register, index, readers, shared, also=unknown)
    documents = register.snapshot().documents
    lost = [document for document in documents if found.get(document.version, 0) < document.passages]
    if lost:
        _log.warning("The index lacks points of %d of %d documents: putting them back", len(lost), len(documents))
        restore(lost, register, index, encoder, cache, lexicon)
    remove_files(register, files, shared)


def remove_hidden(register: Register, index: Index, readers: Readers, shared: bool, also: Collection[str] = ()) -> None:
    """Remove what is retired, once no earlier query runs that may ask for it, and what a failure left pending.

    First from the index and then, when that is durable, from the register.
    """
    hidden = (
        *register.hidden(State.PENDING, quiet_for=_INGEST_ENDED if shared else 0.0),
        *register.hidden(State.RETIRED, quiet_for=_QUERY_ENDED if shared else 0.0),
    )
    if hidden or also:
        readers.wait_for_earlier()
        index.delete([*hidden, *also])
        index.flush()
        register.forget(hidden)


def remove_files(register: Register, files: FileStore, shared: bool) -> None:
    """Remove the originals that no version refers to."""
    with files.settling():
        files.sweep(keep=register.files(), older_than=_INGEST_ENDED if shared else 0.0)


def restore(
    documents: Sequence[StoredDocument],
    register: Register,
    index: Index,
    encoder: Encoder,
    cache: VectorCache,
    lexicon: Lexicon,
) -> None:
    """Put the points of these versions in the index again."""
    generation = register.snapshot().generation
    has_tokens = generation is not None and generation.has_tokens
    for document in documents:
        passages = register.passages_of(document.version)
        made = make_points(document.metadata.title, passages, encoder, cache, lexicon, has_tokens)
        index.upsert(made.points)
    index.flush()
