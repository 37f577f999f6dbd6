"""A real server over the fake knowledge base, run as a program: python -m tests.app.fake_service FOLDER [fault]."""

import sys
import threading
from contextlib import closing
from pathlib import Path

from app import serving
from app.serving import answer, listen, log_to_stderr
from corpus.errors import ModelError, UnreachableError
from tests.app.fake_ingest import FakeIngest
from tests.app.fake_knowledge_base import FakeKnowledgeBase

TOKEN = "token-of-this-test"


def _tell_of_drop(ingest: FakeIngest) -> None:
    ingest.dropped.wait()
    print("dropped", file=sys.stderr, flush=True)


def run(folder: Path, fault: str) -> int:
    knowledge, ingest = FakeKnowledgeBase(folder), FakeIngest()
    match fault:
        case "model":
            knowledge.load_failure = ModelError("model 'x' does not exist")
        case "slow":
            knowledge.may_load.clear()
            threading.Timer(2, knowledge.may_load.set).start()
        case "loading":
            knowledge.may_load.clear()
        case "busy":
            knowledge.may_take.clear()
            knowledge.may_compare.clear()
        case "search":
            knowledge.fail = RuntimeError
        case "long ingest":
            ingest.until_stopped = True
        case "short stop":
            serving.STOP_SECONDS = 1
            ingest.until_stopped = True
            ingest.seconds_after_stop = 2.5
        case "waiting ingest":
            ingest.its_turn.clear()
            threading.Thread(target=_tell_of_drop, args=(ingest,), daemon=True).start()
        case "stuck ingest":
            ingest.may_end.clear()
        case "unreachable":
            knowledge.fail = UnreachableError
    log_to_stderr()
    with closing(listen("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        return answer(knowledge, ingest, TOKEN, listener, lambda line: print(line, file=sys.stderr, flush=True))


if __name__ == "__main__":
    try:
        sys.exit(run(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""))
    except ModelError as error:
        sys.exit(f"ended by: {error}")
