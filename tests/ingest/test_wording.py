"""The words and abbreviations of a document version, from its passages to the register."""

from pathlib import Path

from corpus.entry import Entry
from corpus.vocabulary import Abbreviation
from embeddings.index import Index
from embeddings.qdrant_edge import EdgeIndex
from ingest.rebuild import rebuild
from ingest.wording import wording_of
from tests.corpus.register_samples import sample
from tests.hand_encoder import HandEncoder
from tests.ingest.room import Room, generation_of, note

OTHER = HandEncoder(dimension=5, max_tokens=40, name="ander")


def written(folder: Path, document_id: str) -> Entry:
    entry = note(folder, document_id)
    entry.path.write_text("De Lokale Educatieve Agenda (LEA) noemt thuiszitters.\n", encoding="utf-8")
    return entry


def test_words_are_those_that_passages_are_found_by() -> None:
    passages = sample(words="jeugd en school jeugd").passages
    wording = wording_of("Titel van de nota", passages)
    assert wording.words == {"jeugd": 2, "school": 1, "titel": 4, "nota": 4, "hoofdstuk": 4}
    assert wording.abbreviations == ()


def test_an_ingested_document_brings_its_words_and_takes_them_along(tmp_path: Path) -> None:
    with Room(tmp_path / "data") as room:
        assert "thuiszitters" not in room.register.vocabulary()
        room.ingest(written(tmp_path, "een"))
        assert "thuiszitters" in room.register.vocabulary()
        assert room.register.abbreviations() == (Abbreviation("LEA", "Lokale Educatieve Agenda"),)
        room.pipeline.remove("een")
        assert "thuiszitters" not in room.register.vocabulary()
        assert room.register.abbreviations() == ()


def test_another_index_brings_the_words_that_an_older_release_did_not_keep(tmp_path: Path) -> None:
    with Room(tmp_path / "data") as room:
        room.ingest(written(tmp_path, "een"))
        with room.register._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM version_word")
            connection.exec_driver_sql("DELETE FROM abbreviation")
        index: Index = EdgeIndex.open(tmp_path / "other", OTHER.dimension, with_tokens=True)
        rebuild(room.register, index, OTHER, room.cache, room.lexicon, generation_of(OTHER, room.lexicon))
        assert "thuiszitters" in room.register.vocabulary()
        assert room.register.abbreviations() == (Abbreviation("LEA", "Lokale Educatieve Agenda"),)
        index.close()
