"""Ingests that go on until they are killed: python -m tests.ingest.kill_child FOLDER.

For every number on its input it starts a process that ingests into FOLDER, so that only the first waits for imports.
That process says OPENING with its id, what it is about to do (TRY id edition, GONE id) and, once that is durable, that
it is done (ACK id version, ACK-GONE id), a line each; when it has been killed, ENDED and its exit code are said.
"""

import contextlib
import os
import random
import sys
import traceback
from pathlib import Path

from corpus.errors import NotFoundError
from ingest.pipeline import Progress, Stage
from tests.ingest.room import Room, lexicon, note

DOCUMENTS = tuple(f"nota-{number}" for number in range(6))


def paragraphs_of(edition: int) -> int:
    """How long an edition is: a few passages, or a few more than one write to the index holds."""
    return 260 if edition % 17 == 0 else 4 + edition % 11


def say(*words: object) -> None:
    print(*words, flush=True)


def run(folder: Path, number: int) -> None:
    """Open, mend, and then take in and remove documents at random, for ever."""
    choice = random.Random(number)
    edition = number * 10_000
    say("OPENING", os.getpid())
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
                with contextlib.suppress(NotFoundError):
                    room.pipeline.remove(document_id)
                say("ACK-GONE", document_id)
                continue
            entries = []
            for document_id in choice.sample(DOCUMENTS, choice.randint(1, 3)):
                edition += 1
                entries.append(note(folder / "notes", document_id, edition, paragraphs_of(edition)))
                say("TRY", document_id, edition)
            room.ingest(*entries, progress=told)


def run_each(folder: Path) -> None:
    """One process a number; the numbers come on standard input."""
    lexicon().terms("jeugdhulp")
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            try:
                run(folder, int(line))
            finally:
                traceback.print_exc()
                os._exit(1)
        _, status = os.waitpid(process, 0)
        say("ENDED", os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    run_each(Path(sys.argv[1]))
