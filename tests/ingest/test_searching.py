"""Searching from eight threads while documents are taken in, replaced and removed."""

import threading
import time
from pathlib import Path

from tests.ingest.room import Room, note, words_of

EVERYTHING = 10_000


def assert_whole_answer(room: Room) -> int:
    """One query as the product makes it, for all that is there: every document it sees is whole."""
    with room.readers.reading():
        documents = {document.version: document for document in room.register.snapshot().documents}
        query = room.lexicon.query_vector("gemeente", room.register.frequencies(words_of(room, "gemeente")))
        near = room.index.nearest(room.encoder.encode_query("gemeente"), list(documents), EVERYTHING)
        worded = room.index.matching(query, list(documents), EVERYTHING)
        passages = room.register.passages([point.id for point in near])
        assert len(passages) == len(near)
        for found in (near, worded):
            counts = dict.fromkeys(documents, 0)
            for point in found:
                counts[point.version] += 1
            assert counts == {version: document.passages for version, document in documents.items()}
        for passage in passages.values():
            text = room.register.text(passage.version).text
            assert text[passage.start : passage.end] == passage.quote
        texts = [room.register.text(version).text for version in documents]
        assert all(text.count("uitgave") == 2 for text in texts)
        return len({document.metadata.document_id for document in documents.values()})


def test_eight_threads_search_during_an_ingest(tmp_path: Path) -> None:
    with Room(tmp_path / "data") as room:
        names = ["een", "twee", "drie"]
        room.ingest(*(note(tmp_path, name, edition=0) for name in names))
        done = threading.Event()
        faults: list[BaseException] = []
        answers: list[int] = []

        def search() -> None:
            while not done.is_set() and not faults:
                try:
                    answers.append(assert_whole_answer(room))
                except BaseException as fault:  # noqa: BLE001 - kept for the main thread to raise
                    faults.append(fault)

        threads = [threading.Thread(target=search) for _ in range(8)]
        for thread in threads:
            thread.start()
        for edition in range(1, 4):
            room.ingest(*(note(tmp_path, name, edition, paragraphs=6 + edition) for name in names))
            room.ingest(note(tmp_path, "vier", edition))
            room.pipeline.remove("vier")
        done.set()
        for thread in threads:
            thread.join()
        if faults:
            raise faults[0]
        assert set(answers) == {3, 4}
        room.check()


def test_points_of_a_retired_version_stay_while_an_earlier_query_runs(tmp_path: Path) -> None:
    with Room(tmp_path / "data") as room:
        room.ingest(note(tmp_path, "een"))
        first = room.active()["een"]
        replacing = threading.Thread(target=lambda: room.ingest(note(tmp_path, "een", edition=2)))
        with room.readers.reading():
            replacing.start()
            while room.active()["een"] == first:
                time.sleep(0.01)
            replacing.join(0.2)
            assert replacing.is_alive()
            assert len(room.index.nearest(room.encoder.encode_query("a"), [first], EVERYTHING)) > 0
            assert room.register.passages_of(first)
        replacing.join()
        assert first not in room.index.versions()
        room.check()
