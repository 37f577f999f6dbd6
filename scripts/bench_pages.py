"""How fast pages are beyond what they ask of the knowledge base, and what they weigh with all that they load."""

import gzip
import re
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from http.client import HTTPConnection
from urllib.parse import urlencode

import uvicorn
from bench_comparing import simulated

from app.answer import Answer, Mode, Question, Scope
from app.api.application import create_app
from app.comparison import Comparison
from app.knowledge_base import KnowledgeBase
from app.local_service import LocalService
from app.search import Search
from app.settings import Settings
from corpus.stored import Snapshot
from embeddings.encoder import Encoder
from questions import QUESTIONS

MUNICIPALITIES = 40
_ASKED = QUESTIONS[:20]
_DAY = date(2026, 1, 1)
_HEADERS = {"Accept": "text/html", "Accept-Encoding": "gzip"}
_ASSET = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js|woff2|svg))"')
_FONT = re.compile(r'url\("(noto/[^"]+)"\)')
Row = Callable[[str, str, str], None]


@dataclass(frozen=True, slots=True)
class _Simulated:
    """What answers in the place of the notes: parts of them, as those of many municipalities."""

    search: Search
    snapshot: Snapshot


class _Timed(KnowledgeBase):
    """A knowledge base that tells how long the questions since it was last asked took, in seconds."""

    seconds = 0.0
    instead: _Simulated | None = None

    def taken(self) -> float:
        taken, self.seconds = self.seconds, 0.0
        return taken

    def search(self, question: Question) -> Answer:
        with self._timed():
            return self.instead.search.answer(question, _DAY) if self.instead else super().search(question)

    def compare(self, topic: str, scope: Scope, per_municipality: int, day: date | None = None) -> Comparison:
        with self._timed():
            if self.instead:
                return self.instead.search.compare(topic, scope, per_municipality, _DAY)
            return super().compare(topic, scope, per_municipality, day)

    def snapshot(self) -> Snapshot:
        return self.instead.snapshot if self.instead else super().snapshot()

    @contextmanager
    def _timed(self) -> Iterator[None]:
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.seconds += time.perf_counter() - begin


def measure_pages(settings: Settings, encoder: Encoder, row: Row) -> None:
    """Milliseconds of 20 questions to each page, p50 / p95: until its first byte, without the search, and its weight.

    The pages go over HTTP to a client in this process. Each question is asked twice, and counts the second time.
    """
    with _Timed.open(settings, load=lambda *_: encoder) as knowledge_base, _served(knowledge_base) as client:
        passages = knowledge_base.search(Question(_ASKED[0], Scope(), 1, Mode.HYBRID)).hits
        document = f"/documenten/{passages[0].document.metadata.document_id}"
        _measure(client, knowledge_base, row, "/", "vraag", "the notes")
        _measure(client, knowledge_base, row, "/vergelijken", "onderwerp", "the notes")
        _measure(client, knowledge_base, row, document, "vraag", "the notes")
        _weigh(client, row, "/documenten")
        with simulated(knowledge_base, encoder, MUNICIPALITIES) as (search, snapshot):
            knowledge_base.instead = _Simulated(search, snapshot)
            for path, name in (("/", "vraag"), ("/vergelijken", "onderwerp")):
                _measure(client, knowledge_base, row, path, name, f"{MUNICIPALITIES} simulated municipalities")


def _measure(client: "_Client", knowledge_base: _Timed, row: Row, path: str, name: str, of: str) -> None:
    heaviest, whole, searches = "", [], []
    for text in _ASKED:
        address = f"{path}?{urlencode({name: text})}"
        client.first_byte(address)
        knowledge_base.taken()
        whole.append(client.first_byte(address))
        searches.append(knowledge_base.taken())
        heaviest = max(heaviest, address, key=lambda each: client.size(each) if each else 0)
    shown = "/documenten/{id}" if path.startswith("/documenten/") else path
    row(f"{shown} to the first byte, p50 / p95", _p50_p95(whole), of)
    beyond = [one - other for one, other in zip(whole, searches, strict=True)]
    row(f"{shown} beyond the search, p50 / p95", _p50_p95(beyond), f"the search itself {_p50_p95(searches)}")
    _weigh(client, row, heaviest, shown)


def _weigh(client: "_Client", row: Row, address: str, shown: str = "") -> None:
    page = client.size(address)
    assets = sum(map(client.size, client.assets(address)))
    row(f"{shown or address} compressed", f"{(page + assets) / 1000:,.1f} kB", f"the page itself {page / 1000:,.1f} kB")


def _p50_p95(times: Sequence[float]) -> str:
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return f"{cuts[9] * 1000:,.1f} / {cuts[18] * 1000:,.1f} ms"


class _Client:
    """A browser's requests over one connection."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._bodies: dict[str, bytes] = {}

    def first_byte(self, address: str) -> float:
        """Seconds until the answer begins."""
        begin = time.perf_counter()
        self._connection.request("GET", address, headers=_HEADERS)
        answer = self._connection.getresponse()
        took = time.perf_counter() - begin
        self._bodies[address] = answer.read()
        if answer.status != HTTPStatus.OK:
            raise SystemExit(f"bench: {address} answers {answer.status}")
        return took

    def answers(self, address: str) -> bool:
        """Whether something is there already."""
        self._connection.request("GET", address)
        answer = self._connection.getresponse()
        answer.read()
        return answer.status == HTTPStatus.OK

    def size(self, address: str) -> int:
        """Bytes of a body as it goes over the line."""
        if address not in self._bodies:
            self.first_byte(address)
        return len(self._bodies[address])

    def assets(self, address: str) -> set[str]:
        """What a page loads: its style sheets, scripts and icon, and every font of its style sheets."""
        self.size(address)
        found = set(_ASSET.findall(gzip.decompress(self._bodies[address]).decode()))
        for sheet in [each for each in found if each.endswith(".css")]:
            self.size(sheet)
            fonts = _FONT.findall(gzip.decompress(self._bodies[sheet]).decode())
            found |= {f"{sheet.rpartition('/')[0]}/{font}" for font in fonts}
        return found


@contextmanager
def _served(knowledge_base: KnowledgeBase) -> Iterator[_Client]:
    """The whole application over a knowledge base, in a thread of this process."""
    app = create_app(knowledge_base, LocalService(knowledge_base).ingest, "", _fail)
    server = uvicorn.Server(
        uvicorn.Config(app, http="h11", lifespan="on", log_config=None, access_log=False, timeout_keep_alive=600)
    )
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            client = _Client(listener.getsockname()[1])
            while not client.answers("/readyz"):
                time.sleep(0.05)
            yield client
        finally:
            server.should_exit = True
            thread.join()


def _fail(error: Exception) -> None:
    raise error
