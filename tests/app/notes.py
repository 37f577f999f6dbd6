"""A knowledge base over small notes, with an encoder that can be worked out by hand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.knowledge_base import KnowledgeBase
from app.settings import Settings
from embeddings.encoder import Encoder
from tests.hand_encoder import HandEncoder
from tests.ingest.plain_reader import PlainReader

NOTES = {
    "amersfoort": (
        "Amersfoort",
        "agenda",
        "Conflictscheidingen schaden kinderen. We bieden elk gezin een mediator aan.",
    ),
    "apeldoorn": ("Apeldoorn", "actieplan", "Bij complexe scheidingen krijgen ouders gratis relatietherapie."),
    "utrecht": ("Utrecht", "samenvatting", "De buurtteams zijn er voor elke bewoner van de stad. Zij helpen snel."),
}


def settings(
    folder: Path, model: str = "hand", qdrant_url: str | None = None, late_interaction: bool = True
) -> Settings:
    return Settings(
        data_dir=folder / "data",
        cache_dir=folder / "cache",
        embedding_model=model,
        late_interaction=late_interaction,
        ocr=False,
        qdrant_url=qdrant_url,
        qdrant_api_key=None,
        database_url=None,
        api_keys_required=False,
    )


def write_catalogue(folder: Path) -> Path:
    """The notes as files with a catalogue beside them; returns the catalogue."""
    folder.mkdir(exist_ok=True)
    tables = []
    for name, (municipality, kind, text) in NOTES.items():
        (folder / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
        tables.append(
            f'[[document]]\nid = "{name}-nota"\nfile = "{name}.txt"\nmunicipalities = ["{municipality}"]\n'
            f'title = "Nota van {municipality}"\nkind = "{kind}"\n'
            + ("valid_from = 2020-01-01\nvalid_until = 2022-12-31\n" if name == "apeldoorn" else "")
        )
    catalogue = folder / "catalogue.toml"
    catalogue.write_text("\n".join(tables), encoding="utf-8")
    return catalogue


def loader(encoder: Encoder | None = None) -> Callable[[str, Path, Callable[[str], None]], Encoder]:
    """Loads `encoder`, or one by hand that is called as the setting says."""
    return lambda name, cache_dir, notify: encoder or HandEncoder(name=name)


@contextmanager
def knowledge_base(
    folder: Path, model: str = "hand", encoder: Encoder | None = None, late_interaction: bool = True
) -> Iterator[KnowledgeBase]:
    """An open knowledge base that holds nothing yet, or what was ingested before."""
    chosen = settings(folder, model, None, late_interaction)
    with KnowledgeBase.open(chosen, load=loader(encoder), reader=PlainReader()) as opened:
        yield opened


@contextmanager
def filled(folder: Path) -> Iterator[KnowledgeBase]:
    """An open knowledge base with the notes."""
    with knowledge_base(folder) as opened:
        opened.ingest([], write_catalogue(folder / "notes"), force=False)
        yield opened
