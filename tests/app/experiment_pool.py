"""A pool of short texts with an encoder by hand, for the tests of experiments."""

from collections.abc import Sequence
from pathlib import Path

from app.evaluation_sets import BeirText
from app.experiment.legs import Legs
from app.experiment.pool import Pool, texts_of_corpus
from app.experiment.readings import Readings
from app.experiment.recipe import PRODUCT
from app.experiment.vector_store import VectorStore
from tests.hand_encoder import HandEncoder

TEXTS = (
    BeirText("mediation", "Gezin", "Conflictscheidingen schaden kinderen. Elk gezin krijgt een mediator."),
    BeirText("therapy", "Gezin", "Bij een scheiding krijgen ouders gratis relatietherapie in de wijk."),
    BeirText("sport", "Vrije tijd", "De sportvereniging in de buurt is open voor alle jongeren."),
    BeirText("parking", None, "Parkeren wordt duurder in het centrum van de stad."),
    BeirText("school", "Onderwijs", "Thuiszitters gaan weer naar school met hulp van de leerplichtambtenaar."),
    BeirText("debts", "Inkomen", "Schuldhulpverlening begint binnen vier weken na de aanvraag."),
)


def pool(texts: Sequence[BeirText] = TEXTS) -> Pool:
    return Pool.of(texts_of_corpus(texts), PRODUCT.target)


def store(folder: Path) -> VectorStore:
    """A store of vectors that count letters."""
    return VectorStore(folder, HandEncoder(), print)


def legs(
    folder: Path, questions: Sequence[str], texts: Sequence[BeirText] = TEXTS, kept: VectorStore | None = None
) -> Legs:
    """The legs of these texts; `kept` is theirs to close who ask for other vectors than the product's."""
    made = pool(texts)
    return Legs(made, questions, kept or store(folder), Readings(made))


def named(made: Legs, rows: Sequence[int]) -> list[str]:
    """The names of the texts of these rows."""
    return [made.pool.passages[row].source.name for row in rows]
