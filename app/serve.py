"""The service: the knowledge base opened, its address told to the other commands, and answered for."""

from collections.abc import Callable
from contextlib import closing

from app.holder import Serving, local_url
from app.knowledge_base import KnowledgeBase
from app.local_service import LocalService
from app.serving import answer, listen, log_to_stderr
from app.settings import Settings


def serve(settings: Settings, host: str, port: int, notify: Callable[[str], None]) -> int:
    """Serve until SIGTERM or Ctrl-C; the exit code. Port 0 is any free port.

    Raises what `KnowledgeBase.open`, `require_usable`, `listen` and `answer` raise; nothing is announced before.
    """
    log_to_stderr()
    with KnowledgeBase.open(settings, notify) as knowledge_base:
        knowledge_base.require_usable()
        with closing(listen(host, port)) as listener:
            url = local_url(host, listener.getsockname()[1])
            if knowledge_base.holder is not None:
                serving = Serving.of(settings.embedding_model, settings.database_url)
                knowledge_base.holder.publish(url, knowledge_base.token, serving)
            if not knowledge_base.snapshot().documents:
                notify("Er is nog niets ingelezen; lees documenten in met: beleidswijzer ingest")
            notify(f"De dienst luistert op {url} (stoppen met Ctrl-C)")
            ingest = LocalService(knowledge_base).ingest
            return answer(knowledge_base, ingest, knowledge_base.token, listener, notify)
