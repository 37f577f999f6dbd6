"""An ingest that goes on until it is killed: python -m tests.ingest.kill_child FOLDER RUN.

It says what it is about to do (TRY id edition, GONE id) and, once that is durable, that it is done (ACK id version,
ACK-GONE id), one line each.
"""

import random
import sys
from pathlib import Path

from corpus.errors import NotFoundError
from ingest.pipeline import Progress, Stage
from tests.ingest.room import Room, note

DOCUMENTS = tuple(f"nota-{number}" for number in range(6))


def paragraphs_of(edition: int) -> int:
    """How long an edition is: a few passages, or a few more than one write to the index holds."""
    return 450 if edition % 17 == 0 else 4 + edition % 11


def say(*words: object) -> None:
    print(*words, flush=True)


def run(folder: Path, number: int) -> None:
    """Open, mend, and then take in and remove documents at random, for ever."""
    choice = random.Random(number)
    edition = number * 10_000
    say("OPENING")
    with Room(folder / "data") as room:
        room.pipeline.reconcile()
        say("READY")

        def told(step: Progress) -> None:
            if step.stage is Stage.ACTIVE:
                say("ACK", step.document_id, room.register.document(step.document_id).version)

        while True:
            if choice.random() < 0.2:
                document_id = choice.choice(DOCUMENTS)
                say("GONE", document_id)
                try:
                    room.pipeline.remove(document_id)
                except NotFoundError:
                    pass
                say("ACK-GONE", document_id)
                continue
            entries = []
            for document_id in choice.sample(DOCUMENTS, choice.randint(1, 3)):
                edition += 1
                entries.append(note(folder / "notes", document_id, edition, paragraphs_of(edition)))
                say("TRY", document_id, edition)
            room.ingest(*entries, progress=told)


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))
