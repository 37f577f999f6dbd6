"""Passages in which a phrase stands just so, on real SQLite."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from corpus.document import SectionKind
from corpus.passage import Passage, passage_id
from corpus.phrase import Phrase
from corpus.register import Register
from corpus.stored import CanonicalText, NewVersion
from corpus.vocabulary import Wording, word_forms
from tests.corpus.register_samples import GENERATION, index, sample, with_generation


class Shelf:
    """A register to put documents in, with or without the words that a release keeps of them."""

    def __init__(self, register: Register, keeps_words: bool) -> None:
        self.register = register
        self._keeps_words = keeps_words

    def put(self, document_id: str, *quotes: str) -> dict[str, str]:
        """Make a document of these passages active; returns passage id to quote."""
        whole = " ".join(quotes)
        document = sample(document_id, whole).document
        passages, start = [], 0
        for quote in quotes:
            end = start + len(quote)
            key = passage_id(document.version, start, end)
            passages.append(
                Passage(key, document.version, start, end, quote, (), SectionKind.BODY, None, None, False, False)
            )
            start = end + 1
        text = CanonicalText(document.version, whole, (), ())
        words = word_forms(whole) if self._keeps_words else ()
        wording = Wording(dict.fromkeys(words, 1), ())
        new = NewVersion(document, text, tuple(passages), ())
        self.register.add_pending(new, GENERATION.id, index({}, wording))
        self.register.activate(document.version)
        return {passage.id: passage.quote for passage in passages}

    def found(self, *phrases: str) -> list[str]:
        versions = [document.version for document in self.register.snapshot().documents]
        passages = self.register.passages(sorted(self.register.passages_with(phrases, versions)))
        return sorted(passage.quote for passage in passages.values())


@pytest.fixture(params=[True, False], ids=["words kept", "no words kept"])
def shelf(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Shelf]:
    register = Register.open(f"sqlite:///{tmp_path / 'register.sqlite'}")
    yield Shelf(with_generation(register), request.param)
    register.close()


def test_with_any_capitals_and_any_white_space(shelf: Shelf) -> None:
    shelf.put("een", "Complexe scheidingen komen voor.", "Over complexe\nSCHEIDINGEN.", "Een complexe zaak.")
    shelf.put("twee", "Niets.")
    assert shelf.found("complexe  scheidingen") == [
        "Complexe scheidingen komen voor.",
        "Over complexe\nSCHEIDINGEN.",
    ]
    assert shelf.found("scheidingen complexe") == []


def test_as_whole_words_only(shelf: Shelf) -> None:
    shelf.put("een", "Een complexe scheiding.", "Veel complexe scheidingen.", "Het conflict van scheiding.")
    assert shelf.found("complexe scheiding") == ["Een complexe scheiding."]
    assert shelf.found("scheiding.") == ["Een complexe scheiding.", "Het conflict van scheiding."]


def test_every_phrase_must_stand_in_the_same_passage(shelf: Shelf) -> None:
    shelf.put("een", "jeugd en school", "jeugd", "school")
    assert shelf.found("jeugd", "school") == ["jeugd en school"]


def test_not_over_the_edge_of_a_passage(shelf: Shelf) -> None:
    shelf.put("een", "Ouders zijn gescheiden", "ouders van kinderen")
    assert shelf.found("gescheiden ouders") == []


def test_only_in_the_versions_asked_for(shelf: Shelf) -> None:
    shelf.put("een", "jeugd")
    ids = shelf.put("twee", "jeugd")
    (version,) = (each.version for each in shelf.register.snapshot().documents if each.metadata.document_id == "twee")
    assert shelf.register.passages_with(["jeugd"], [version]) == set(ids)
    assert shelf.register.passages_with(["jeugd"], []) == set()


@pytest.mark.parametrize("phrase", ["100%", "a_b", "50% van", "c:\\map", "[wet]", "jeugd (0-18)", "€ 30.000", "/"])
def test_signs_with_a_meaning_to_databases_or_patterns_are_just_signs(shelf: Shelf, phrase: str) -> None:
    shelf.put("een", f"Hier staat {phrase} zo.", "Hier staat 100 a b of axb, 50 x van cmap wet jeugd 0-18 30000.")
    assert shelf.found(phrase) == [f"Hier staat {phrase} zo."]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_in_either_form_and_curly_signs(shelf: Shelf, form: Literal["NFC", "NFD"]) -> None:
    text = unicodedata.normalize(form, "De cliëntondersteuning en foto’s van CAFÉ")
    shelf.put("een", text)
    for phrase in ("cliëntondersteuning", "FOTO'S VAN café", "É"):
        expected = [] if phrase == "É" else [text]
        assert shelf.found(unicodedata.normalize("NFD", phrase)) == expected
        assert shelf.found(unicodedata.normalize("NFC", phrase)) == expected


@pytest.mark.parametrize(
    ("phrase", "part"),
    [("Complexe scheiding", "scheiding"), ("cliënt", "cli"), ("één", "n"), ("€", ""), ("IHV13w", "ihv13w")],
)
def test_what_is_looked_up_in_the_database_first(phrase: str, part: str) -> None:
    assert Phrase(phrase).plain_part == part
    assert Phrase(unicodedata.normalize("NFD", phrase)).plain_part == part


def test_a_word_that_begins_elsewhere_hides_no_later_one(shelf: Shelf) -> None:
    shelf.put("een", "xa b a b a")
    assert shelf.found("a b a") == ["xa b a b a"]
    assert shelf.found("b a b a") == ["xa b a b a"]
    assert shelf.found("xa  b") == ["xa b a b a"]
    assert shelf.found("a b a b") == []


def test_characters_that_grow_in_lower_case_keep_their_place(shelf: Shelf) -> None:
    shelf.put("een", "İİİ", "Jeugd en İstanbul", "school")
    assert shelf.found("jeugd EN") == ["Jeugd en İstanbul"]
    assert shelf.found("school") == ["school"]


def test_a_very_long_word_is_found_too(shelf: Shelf) -> None:
    shelf.put("een", "z" * 100 + " jeugd")
    assert shelf.found("z" * 100) == ["z" * 100 + " jeugd"]
