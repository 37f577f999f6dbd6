"""Extracts of hand-made passages, and of the five notes."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aspects.aspect import Aspect
from app.aspects.extract import Extract
from app.aspects.extractor import AspectExtractor, FoundPassage
from app.aspects.model import packaged_model
from app.aspects.statement_vectors import StatementVectors
from corpus.document import Document
from corpus.passage import Passage
from ingest.lead_in import find_lead_in
from ingest.read import read_document
from ingest.split import split
from tests.app.aspects.made import passage
from tests.hand_encoder import HandEncoder

NOTES = Path(__file__).parents[3] / "corpus" / "notes"
EXTRACTOR = AspectExtractor(packaged_model())


@cache
def _note(name: str) -> tuple[Document, list[Passage]]:
    (path,) = NOTES.glob(f"{name}*.txt")
    document = read_document(path)
    return document, split(name, document)


def _extracts(name: str, heading: str) -> dict[Aspect, tuple[Extract, ...]]:
    """What the passages of a note say that stand under a heading with these words."""
    document, passages = _note(name)
    found = [each for each in passages if any(heading in one for one in each.section)]
    lead_ins = [find_lead_in(document.text, document.sections, each.start) for each in found]
    pairs = zip(found, lead_ins, strict=True)
    return EXTRACTOR.extract([FoundPassage(each, None if one is None else one.quote) for each, one in pairs])


def _of(extracts: dict[Aspect, tuple[Extract, ...]], aspect: Aspect, words: str) -> list[Extract]:
    return [each for each in extracts[aspect] if words in each.text]


def test_money_of_amstelveen() -> None:
    (extract,) = _of(_extracts("amstelveen", "1b. (Conflict)scheidingen"), Aspect.MONEY, "€30.000")
    (amount,) = extract.amounts
    assert extract.text == "€30.000 uit regulier budget conflictscheidingen."
    assert amount.amount.text == "€30.000"
    assert amount.about is not None
    assert amount.about.text == "regulier budget conflictscheidingen"
    assert (amount.years, amount.recurrence, amount.yearly) == (None, None, False)


def test_figures_of_amstelveen() -> None:
    (extract,) = _of(_extracts("amstelveen", "1b. (Conflict)scheidingen"), Aspect.FIGURES, "Omgerekend voor Amstelveen")
    assert "36 conflictscheidingen" in extract.text
    assert "80 jeugdigen" in extract.text


@pytest.mark.parametrize(
    ("action", "years"), [("(KIES)", [(2024, None)]), ("gratis relatietherapie volgen", [(2024, 2025)])]
)
def test_actions_of_apeldoorn_with_their_years(action: str, years: list[tuple[int | None, int | None]]) -> None:
    (extract,) = _of(_extracts("apeldoorn", "Welke acties gaan we inzetten?"), Aspect.ACTIONS, action)
    assert [(each.first, each.last) for each in extract.years] == years


def test_aspects_of_amstelveen_under_their_headings() -> None:
    extracts = _extracts("amstelveen", "1b. (Conflict)scheidingen")
    assert _of(extracts, Aspect.GOALS, "Schade bij kinderen door scheidingen")
    assert _of(extracts, Aspect.TARGET_GROUP, "Kinderen (0-18 jaar) en hun ouders.")
    assert _of(extracts, Aspect.CURRENT, "Samenwerkingsafspraken met de Rechtbank")
    assert _of(extracts, Aspect.ACTIONS, "Onderzoeken of aansluiting bij de landelijke website")
    assert _of(extracts, Aspect.PARTNERS, "Rechtbank Amsterdam, welzijnswerk")


def test_without_such_headings() -> None:
    quote = (
        "Ons doel is dat minder gezinnen in de schulden raken. In 2026 gaan we een inlooppunt openen. "
        "Dat doen we samen met de GGD en de bibliotheek. Hiervoor is € 40.000 beschikbaar. "
        "Bijna 12% van de kinderen groeit op in armoede. De oorzaken lopen uiteen."
    )
    extracts = EXTRACTOR.extract([FoundPassage(passage(quote, section=("Armoede",)))])
    sentences = {aspect: [each.text[:12] for each in found] for aspect, found in extracts.items()}
    assert sentences[Aspect.GOALS] == ["Ons doel is "]
    assert "In 2026 gaan" in sentences[Aspect.ACTIONS]
    assert "Dat doen we " in sentences[Aspect.PARTNERS]
    assert sentences[Aspect.MONEY] == ["Hiervoor is "]
    assert sentences[Aspect.FIGURES] == ["Bijna 12% va"]
    assert all("De oorzaken" not in texts for found in sentences.values() for texts in found)


def test_what_is_said_twice_comes_once_and_every_aspect_is_there() -> None:
    two = [FoundPassage(passage("Er is € 5.000 nodig.", start=start)) for start in (0, 100)]
    extracts = EXTRACTOR.extract(two)
    assert [each.start for each in extracts[Aspect.MONEY]] == [0]
    assert list(extracts) == list(Aspect)
    assert EXTRACTOR.extract([]) == dict.fromkeys(Aspect, ())


def test_a_passage_found_again_says_the_same_and_its_lead_in_counts() -> None:
    item = passage("• Een nieuw loket in de wijk openen;")
    extractor = AspectExtractor(packaged_model())
    plans, past = FoundPassage(item, "In 2026 gaan we openen:"), FoundPassage(item, "In 2023 hebben we geopend:")
    first = extractor.extract([plans])
    assert extractor.extract([past]) == EXTRACTOR.extract([past])
    assert extractor.extract([plans]) == first


def test_another_encoder_takes_no_part() -> None:
    encoder = HandEncoder()
    found = [FoundPassage(passage("In 2026 gaan we een inlooppunt openen."))]
    assert AspectExtractor(packaged_model(), StatementVectors(encoder)).extract(found) == EXTRACTOR.extract(found)
    assert encoder.encoded == 0


def test_meaning_takes_part_with_the_encoder_of_the_model() -> None:
    model = packaged_model()
    assert model.meaning is not None
    encoder = _Encoder(model.meaning.fingerprint, np.asarray(model.meaning.mean, dtype=np.float32))
    extractor = AspectExtractor(model, StatementVectors(encoder))
    found = [FoundPassage(passage("Hiervoor is € 40.000 beschikbaar."))]
    for _ in range(2):
        assert [each.text for each in extractor.extract(found)[Aspect.MONEY]] == ["Hiervoor is € 40.000 beschikbaar."]
    assert encoder.encoded == 1


class _Encoder(HandEncoder):
    """Gives every text the same vector."""

    def __init__(self, fingerprint: str, vector: np.ndarray) -> None:
        super().__init__(dimension=len(vector))
        self._fingerprint = fingerprint
        self._same = vector

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    def _vector(self, text: str) -> np.ndarray:
        super()._vector(text)
        return self._same


_TEXT = st.lists(
    st.sampled_from(
        "We gaan in 2025 starten.|• Samen met de GGD|€ 1.000 voor huur|\n|\n\n| en |8% van de kinderen|Rij | Baten: 3|."
        "|Wij willen dat iedereen meedoet.|😀|ACTIE 1 |Kinderen die thuis wonen;".split("|")
    ),
    max_size=25,
).map("".join)


@given(st.lists(st.tuples(_TEXT, st.sampled_from(["Doelen", "Wat doen we al?", "2024", "Financiën"])), max_size=3))
def test_every_extract_is_an_exact_substring_of_its_passage(quotes: list[tuple[str, str]]) -> None:
    found = [passage(quote, section=("Nota", heading), start=1000 * n) for n, (quote, heading) in enumerate(quotes)]
    by_id = {each.id: each for each in found}
    for extract in _all(EXTRACTOR.extract([FoundPassage(each) for each in found])):
        own = by_id[extract.passage]
        assert own.quote[extract.start - own.start : extract.end - own.start] == extract.text
        for amount in extract.amounts:
            for span in (amount.amount, amount.about, amount.column):
                assert span is None or own.quote[span.start - own.start : span.end - own.start] == span.text


@pytest.mark.parametrize("name", ["amersfoort-b", "amersfoort-u", "amstelveen", "apeldoorn", "utrecht"])
def test_every_extract_of_a_note_is_in_its_text(name: str) -> None:
    document, passages = _note(name)
    extracts = list(_all(EXTRACTOR.extract([FoundPassage(each) for each in passages])))
    assert len(extracts) > 10
    for extract in extracts:
        assert document.text[extract.start : extract.end] == extract.text


def _all(extracts: dict[Aspect, tuple[Extract, ...]]) -> Iterator[Extract]:
    for found in extracts.values():
        yield from found
