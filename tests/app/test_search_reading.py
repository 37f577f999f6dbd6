"""How a question is read, seen in its answer: other words, slips, exact phrases, repeats."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.answer import Mode, Question, Ruling, Scope
from app.knowledge_base import KnowledgeBase
from corpus.document import Municipality
from tests.app.notes import filled, knowledge_base

AMERSFOORT = Municipality("GM0307", "Amersfoort")
APELDOORN = Municipality("GM0200", "Apeldoorn")
UTRECHT = Municipality("GM0344", "Utrecht")
PLAIN = Question("scheidingen", Scope(), 10, Mode.HYBRID)


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with filled(tmp_path_factory.mktemp("notes")) as opened:
        yield opened


def places(notes: KnowledgeBase, text: str, mode: Mode = Mode.HYBRID) -> list[str]:
    return [hit.document.metadata.document_id for hit in notes.search(replace(PLAIN, text=text, mode=mode)).hits]


def rulings(notes: KnowledgeBase, text: str) -> dict[str, Ruling]:
    return {each.municipality.name: each.ruling for each in notes.search(replace(PLAIN, text=text)).verdicts}


# other words


@pytest.mark.parametrize(
    ("municipality", "found"),
    [(AMERSFOORT, ["amersfoort-nota"]), (APELDOORN, ["apeldoorn-nota"]), (UTRECHT, [])],
    ids=["conflictscheidingen", "complexe scheidingen", "neither"],
)
def test_other_words_for_the_same_find_and_are_told(
    notes: KnowledgeBase, municipality: Municipality, found: list[str]
) -> None:
    scope = Scope(municipalities=(municipality,))
    answer = notes.search(Question("Wat gebeurt er bij een vechtscheiding?", scope, 10, Mode.WORDS))
    assert {"conflictscheiding", "complexe scheiding"} <= set(answer.also_searched)
    assert [hit.document.metadata.document_id for hit in answer.hits] == found
    assert notes.compare("vechtscheiding", Scope(), 3).also_searched == answer.also_searched


def test_a_question_without_other_words_tells_none(notes: KnowledgeBase) -> None:
    assert notes.search(replace(PLAIN, text="mediator")).also_searched == ()


@pytest.mark.parametrize("question", ["WIJ", "wat is WIJ"])
def test_an_abbreviation_that_is_a_stop_word_is_found_by_what_it_stands_for(tmp_path: Path, question: str) -> None:
    note = tmp_path / "wij.txt"
    note.write_text("Het programma Wonen, Inclusie en Jeugd (WIJ) helpt ouders met wonen.", encoding="utf-8")
    with knowledge_base(tmp_path) as notes:
        notes.ingest([note], None, force=False)
        answer = notes.search(replace(PLAIN, text=question))
    assert answer.also_searched == ("Wonen, Inclusie en Jeugd",)
    assert all(0 <= hit.score <= 1 for hit in answer.hits)


# slips


@pytest.mark.parametrize("slip", ["conflictscheidinge", "conflictschiedingen"])
def test_a_slip_is_mended_with_a_word_of_the_documents_and_told(notes: KnowledgeBase, slip: str) -> None:
    answer, right = (notes.search(replace(PLAIN, text=text)) for text in (slip, "conflictscheidingen"))
    assert answer.also_searched[0] == "conflictscheidingen"
    assert answer.question == slip
    assert answer.hits == right.hits
    assert answer.verdicts == right.verdicts
    assert "conflictscheidingen" not in right.also_searched


# phrases


@pytest.mark.parametrize(
    "question",
    ['"complexe scheidingen"', "“Complexe  Scheidingen”", "wat kost „complexe scheidingen“", "'complexe scheidingen'"],
)
def test_a_phrase_must_stand_in_a_passage_just_so(notes: KnowledgeBase, question: str) -> None:
    for mode in Mode:
        assert places(notes, question, mode) == ["apeldoorn-nota"]
    assert rulings(notes, question) == {
        "Amersfoort": Ruling.NOTHING,
        "Apeldoorn": Ruling.FOUND,
        "Utrecht": Ruling.NOTHING,
    }
    comparison = notes.compare(question, Scope(), 3)
    assert [len(finding.hits) for finding in comparison.findings] == [0, 1, 0]


@pytest.mark.parametrize("question", ['"complexe scheiding"', '"scheidingen complexe"', '"conflictscheidinge"'])
def test_a_phrase_that_stands_nowhere_finds_nothing(notes: KnowledgeBase, question: str) -> None:
    assert places(notes, question) == []
    assert set(rulings(notes, question).values()) == {Ruling.NOTHING}
    assert notes.search(replace(PLAIN, text=question)).also_searched == ()


def test_two_phrases_must_stand_in_the_same_passage(notes: KnowledgeBase) -> None:
    assert places(notes, '"complexe scheidingen" "gratis relatietherapie"') == ["apeldoorn-nota"]
    assert places(notes, '"complexe scheidingen" "schaden kinderen"') == []


def test_a_sentence_that_only_mentions_a_phrase_is_searched_without_it(notes: KnowledgeBase) -> None:
    question = 'Wat doet de gemeente volgens het programma "Samen Sterk" aan complexe scheidingen van ouders?'
    assert places(notes, question)[0] == "apeldoorn-nota"


def test_a_phrase_is_sought_in_the_documents_in_scope(notes: KnowledgeBase) -> None:
    question = replace(PLAIN, text='"complexe scheidingen"', scope=Scope(municipalities=(UTRECHT,)))
    answer = notes.search(question)
    assert answer.hits == ()
    assert [(each.municipality, each.ruling) for each in answer.verdicts] == [(UTRECHT, Ruling.NOTHING)]


# repeats


def test_a_passage_that_repeats_a_better_one_of_its_document_comes_after_all_others(tmp_path: Path) -> None:
    said = "Ouders die uit elkaar gaan krijgen in ons buurthuis gratis hulp van een ervaren bemiddelaar. " * 4
    other = "Voor scholen is er dit jaar lesmateriaal over ouders die uit elkaar gaan. " * 4
    note = tmp_path / "thema.txt"
    note.write_text(f"# Doelen\n\n{said}\n\n# Acties\n\n{said}\n\n# Scholen\n\n{other}\n", encoding="utf-8")
    with filled(tmp_path) as notes:
        notes.ingest([note], None, force=False)
        (document,) = [each for each in notes.snapshot().documents if each.metadata.source_file == note.name]
        scope = Scope(documents=(document.metadata.document_id,))
        hits = notes.search(Question("hulp van een bemiddelaar", scope, 10, Mode.HYBRID)).hits
    sections = [hit.passage.section[-1] for hit in hits]
    assert sorted(sections) == ["Acties", "Doelen", "Scholen"]
    assert sections[1] == "Scholen"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_phrase_judges_a_municipality_alone_as_among_others(notes: KnowledgeBase) -> None:
    question = 'Wat zegt de gemeente over "complexe scheidingen" in gezinnen met kinderen?'
    together = rulings(notes, question)
    for document in notes.snapshot().documents:
        (municipality,) = document.metadata.municipalities
        scope = Scope(municipalities=(municipality,))
        (alone,) = notes.search(Question(question, scope, 10, Mode.HYBRID)).verdicts
        assert alone.ruling is together[municipality.name]
