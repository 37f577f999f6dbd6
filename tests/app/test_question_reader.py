"""A question as it is searched: slips, phrases, synonyms and abbreviations together."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.question_reader import AskedQuestion, QuestionReader
from corpus.register import Register
from corpus.vocabulary import Abbreviation, Wording
from embeddings.term_groups import TermGroups
from tests.corpus.register_samples import add, with_generation
from tests.embeddings.test_term_groups import stem

IHV = "Intensieve Hulp op Vrijwillige basis in 13 weken"
PAIRS = (
    Abbreviation("IHV13w", IHV),
    Abbreviation("KIES", "Kinderen in Echtscheiding Situatie"),
    Abbreviation("PO", "primair onderwijs"),
    Abbreviation("IZA", "Integraal Zorgakkoord"),
    Abbreviation("IZA", "Integraal Zorg Akkoord"),
)
WORDS = dict.fromkeys("conflictscheidingen thuiszitters jeugdhulp mantelzorgers".split(), 1)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    register = with_generation(Register.open(f"sqlite:///{tmp_path / 'register.sqlite'}"))
    register.activate(add(register, wording=Wording(WORDS, PAIRS)))
    yield register
    register.close()


@pytest.fixture
def reader(register: Register) -> QuestionReader:
    return QuestionReader.of(lambda: register.vocabulary(), stem, names=["Jeugdhulk"])


def test_a_plain_question_stays_as_it_is(reader: QuestionReader) -> None:
    for text in ("Wat  doet Utrecht aan hondenbelasting?", "", "  "):
        assert reader.read(text) == AskedQuestion(text, (), (), (), dutch=True)


def test_slips_are_mended_before_other_words_are_sought(reader: QuestionReader) -> None:
    asked = reader.read("conflictscheidinge en Jeugthulp")
    assert asked.text == "conflictscheidingen en Jeugthulp"
    assert asked.mended == ("conflictscheidingen",)
    assert "vechtscheiding" in asked.also
    assert "jeugdzorg" not in asked.also


def test_names_are_no_slips(reader: QuestionReader) -> None:
    assert reader.read("jeugdhulk").mended == ()
    assert reader.read("jeugdhulb").mended == ("jeugdhulp",)


@pytest.mark.parametrize("question", ["Wat is IHV13w?", "wat is ihv13w?"])
def test_an_abbreviation_brings_what_it_stands_for(reader: QuestionReader, question: str) -> None:
    assert reader.read(question).also == (IHV,)


def test_what_it_stands_for_brings_the_abbreviation(reader: QuestionReader) -> None:
    assert reader.read("intensieve hulp op vrijwillige basis in 13 weken").also == ("IHV13w",)
    assert "PO" in reader.read("plannen voor primair onderwijs").also


def test_an_abbreviation_that_is_a_word_counts_by_its_capitals(reader: QuestionReader) -> None:
    assert reader.read("wat kies ik").also == ()
    assert reader.read("wat is KIES").also == ("Kinderen in Echtscheiding Situatie",)
    assert reader.read("een po").also == ()


def test_two_ways_of_writing_one_name_are_one(reader: QuestionReader) -> None:
    assert reader.read("IZA").also == ("Integraal Zorgakkoord",)


def test_in_order_of_appearance_without_what_is_said_already(reader: QuestionReader) -> None:
    also = reader.read("spijbelen, IZA en ongeoorloofd verzuim; thuiszitters").also
    assert also.index("schoolverzuim") < also.index("Integraal Zorgakkoord") < also.index("thuiszittende leerling")
    assert "ongeoorloofd verzuim" not in also
    assert "spijbelen" not in also
    assert len(set(also)) == len(also)


def test_no_two_inflections_of_the_same(reader: QuestionReader) -> None:
    assert reader.read("inburgering").also == ("inburgeringscursus",)
    assert "laaggeletterd" not in reader.read("laaggeletterdheid").also


def test_phrases_are_neither_mended_nor_widened(reader: QuestionReader) -> None:
    asked = reader.read('Wat kost "jeugthulp" en „complexe\n scheiding” aan IZA?')
    assert asked.phrases == ("jeugthulp", "complexe scheiding")
    assert asked.text == "Wat kost jeugthulp en complexe scheiding aan IZA?"
    assert asked.mended == ()
    assert asked.also == ("Integraal Zorgakkoord",)


def test_a_phrase_is_not_brought_along_once_more(reader: QuestionReader) -> None:
    assert "ongeoorloofd verzuim" not in reader.read('spijbelen of "ongeoorloofd verzuim"').also


def test_an_unclosed_mark_is_no_phrase(reader: QuestionReader) -> None:
    assert reader.read('wat is "IHV13w').phrases == ()
    assert reader.read('wat is "IHV13w').also == (IHV,)


def test_it_follows_the_documents(register: Register, reader: QuestionReader) -> None:
    assert reader.read("PvA en tariefkaart").also == ()
    assert reader.read("tariefkaartt").mended == ()
    pair = Abbreviation("PvA", "Plan van Aanpak")
    register.activate(add(register, "ander", wording=Wording({"tariefkaart": 1}, (pair,))))
    assert reader.read("PvA").also == ("Plan van Aanpak",)
    assert reader.read("geen tariefkarta").mended == ("tariefkaart",)
    register.retire("ander")
    assert reader.read("PvA").also == ()
    assert reader.read("geen tariefkarta").mended == ()


def test_abbreviations_are_prepared_once(
    register: Register, reader: QuestionReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.read("IZA")

    def fail(*arguments: object) -> None:
        raise AssertionError("prepared again")

    monkeypatch.setattr(TermGroups, "__init__", fail)
    assert reader.read("IZA").also == ("Integraal Zorgakkoord",)
    register.activate(add(register, "ander"))
    with pytest.raises(AssertionError, match="prepared again"):
        reader.read("IZA")
