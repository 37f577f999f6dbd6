"""Measures this machine: reading, encoding, ingest, search and start; run by scripts/bench, prints a Markdown table."""

import os
import platform
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import ParamSpec

import httpx
from bench_comparing import measure_comparing
from remembered_questions import RememberedQuestions

from app.answer import Mode, Question, Scope
from app.knowledge_base import KnowledgeBase
from app.settings import Settings
from bench_pages import measure_pages
from bench_reading import SHARED, measure_reading
from corpus.catalogue import packaged_catalogue
from corpus.passage import embedded_text
from embeddings.encoder import Encoder
from embeddings.models import load_encoder
from ingest.read import read_document
from ingest.split import split
from questions import QUESTIONS, TOPICS, WARM_UP

P = ParamSpec("P")

PROGRAM = Path(sys.executable).with_name("beleidswijzer")
KEPT_SETTINGS = ("BELEIDSWIJZER_CACHE_DIR", "BELEIDSWIJZER_EMBEDDING_MODEL")
ENCODED_SAMPLE = 120
LIMIT = 10
FEW = QUESTIONS[:120]
ALONE = {"--municipalities": measure_comparing, "--pages": measure_pages}
REPEATS = 3
START_TIMEOUT = 120.0


@dataclass(frozen=True, slots=True)
class Served:
    """A service that is ready; `start` is the seconds that took."""

    url: str
    process: subprocess.Popen[bytes]
    start: float


def row(what: str, value: str, note: str = "") -> None:
    """One line of the table."""
    print(f"| {what:<46} | {value:>20} | {note:<60} |", flush=True)


def seconds(value: float) -> str:
    return f"{value:,.2f} s"


def p50_p95(times: Sequence[float]) -> str:
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return f"{cuts[9] * 1000:,.1f} / {cuts[18] * 1000:,.1f} ms"


def timed(action: Callable[P, object], *args: P.args, **named: P.kwargs) -> float:
    """Seconds that one call takes."""
    begin = time.perf_counter()
    action(*args, **named)
    return time.perf_counter() - begin


def megabytes(usage: resource.struct_rusage) -> str:
    """Peak resident memory; Linux counts in KiB, macOS in bytes."""
    return f"{usage.ru_maxrss * (1 if sys.platform == 'darwin' else 1024) / 2**20:,.0f} MiB"


def processor() -> str:
    """The name of the processor, as far as the system tells."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def own_environment(folder: str) -> dict[str, str]:
    """That of this process with its model, but with no other setting than a data directory in `folder`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("BELEIDSWIJZER_") or name in KEPT_SETTINGS
    }
    return kept | {"BELEIDSWIJZER_DATA_DIR": f"{folder}/data"}


def command(environment: Mapping[str, str], *words: str) -> float:
    """Seconds that one command takes, its start included."""
    begin = time.perf_counter()
    subprocess.run([PROGRAM, *words], env=environment, check=True, capture_output=True)
    return time.perf_counter() - begin


@contextmanager
def served(environment: Mapping[str, str], log: Path) -> Iterator[Served]:
    """A real service on a free port of this machine, stopped afterwards."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    begin = time.perf_counter()
    with log.open("wb") as messages:
        process = subprocess.Popen(
            [PROGRAM, "serve", "--port", str(port)], env=environment, stdout=messages, stderr=subprocess.STDOUT
        )
        url = f"http://127.0.0.1:{port}"
        try:
            while not is_ready(url):
                if process.poll() is not None or time.perf_counter() - begin > START_TIMEOUT:
                    raise SystemExit(f"bench: the service did not start:\n{log.read_text(encoding='utf-8')}")
                time.sleep(0.02)
            yield Served(url, process, time.perf_counter() - begin)
        finally:
            if process.returncode is None:
                process.kill()
                process.wait()


def is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def stop(service: Served) -> resource.struct_rusage:
    """Stop a service as a user would, and tell what it used."""
    service.process.send_signal(signal.SIGTERM)
    _, status, usage = os.wait4(service.process.pid, 0)
    service.process.returncode = os.waitstatus_to_exitcode(status)
    return usage


def ask(client: httpx.Client, question: str) -> None:
    client.get("/v1/passages", params={"vraag": question, "maxResultaten": LIMIT}).raise_for_status()


def ask_all(url: str, questions: Sequence[str]) -> list[float]:
    """Seconds of every question, asked one after another by one client."""
    with httpx.Client(base_url=url, timeout=60) as client:
        for question in WARM_UP:
            ask(client, question)
        return [timed(ask, client, question) for question in questions]


def measure_machine() -> None:
    import torch

    row("processor", f"{os.cpu_count()} cores", processor())
    row("Python", platform.python_version(), platform.platform())
    row("torch", version("torch"), f"{torch.get_num_threads()} threads")


def measure_encoding(encoder: Encoder) -> None:
    texts = [
        embedded_text(entry.metadata.title, passage.section, passage.quote)
        for entry in packaged_catalogue().entries
        for passage in split("bench", read_document(entry.path))
    ]
    sample = texts[:: max(1, len(texts) // ENCODED_SAMPLE)]
    encoder.encode_passages(sample[:8])
    tokens = sum(encoder.count_tokens(sample))
    took = timed(encoder.encode_passages, sample)
    row("encoding", f"{tokens / took:,.0f} tokens/s", f"{len(sample)} passages, {tokens:,} tokens")


def measure_ingest(settings: Settings) -> None:
    with KnowledgeBase.open(settings) as knowledge_base:
        knowledge_base.load_model()
        begin = time.perf_counter()
        report = knowledge_base.ingest((), None, False)
        row(
            "full ingest",
            seconds(time.perf_counter() - begin),
            f"{report.documents} documents, {report.encoded} texts encoded",
        )
        begin = time.perf_counter()
        report = knowledge_base.ingest((), None, False)
        took = time.perf_counter() - begin
        row("second ingest, in process", seconds(took), f"{report.unchanged} unchanged, {report.encoded} texts encoded")
    row("peak memory of that process", megabytes(resource.getrusage(resource.RUSAGE_SELF)))


def measure_opening(settings: Settings) -> None:
    times = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        with KnowledgeBase.open(settings):
            times.append(time.perf_counter() - begin)
    row("opening register and index", seconds(statistics.median(times)), "in process, without the model")


def measure_search_in_process(settings: Settings, encoder: Encoder) -> None:
    remembered = RememberedQuestions(encoder)
    without = replace(settings, late_interaction=False)
    for name, chosen, here in (
        ("search in process", encoder, settings),
        ("without encoding", remembered, settings),
        ("without encoding and second stage", remembered, without),
    ):
        times = ask_in_process(here, chosen)
        row(f"{name}, p50 / p95", p50_p95(times), f"{len(times)} questions")


def ask_in_process(settings: Settings, encoder: Encoder) -> list[float]:
    """Seconds of every question, when it is asked for the second time."""
    with KnowledgeBase.open(settings, load=lambda *_: encoder) as knowledge_base:

        def answer(text: str) -> None:
            knowledge_base.search(Question(text=text, scope=Scope(), limit=LIMIT, mode=Mode.HYBRID))

        for text in (*WARM_UP, *FEW):
            answer(text)
        return [timed(answer, text) for text in FEW]


def measure_commands(environment: Mapping[str, str], how: str) -> None:
    times = [command(environment, "search", topic) for topic in TOPICS[:REPEATS]]
    row(f"one `search` command, {how}", seconds(statistics.median(times)), f"median of {REPEATS}")


def measure_service(environment: Mapping[str, str], log: Path) -> None:
    with served(environment, log) as service:
        row("cold start of `serve` to ready", seconds(service.start))
        measure_commands(environment, "through the service")
        alone = ask_all(service.url, FEW)
        row("search over REST, 1 client, p50 / p95", p50_p95(alone), f"{len(alone)} questions, warm")
        with ThreadPoolExecutor(8) as clients:
            shares = [QUESTIONS[start::8] for start in range(8)]
            begin = time.perf_counter()
            together = [
                took for times in clients.map(lambda share: ask_all(service.url, share), shares) for took in times
            ]
            rate = len(together) / (time.perf_counter() - begin)
        row(
            "search over REST, 8 clients, p50 / p95",
            p50_p95(together),
            f"{len(together)} questions, {rate:,.0f} a second",
        )
        row("peak memory of `serve`", megabytes(stop(service)))


def main() -> None:
    """Measure everything in a data directory of its own, and the reading of the PDFs in a folder given."""
    alone = [measure for word, measure in ALONE.items() if word in sys.argv]
    folders = [Path(word) for word in sys.argv[1:] if word not in ALONE]
    documents = folders[0] if folders else SHARED
    with tempfile.TemporaryDirectory(prefix="beleidswijzer-bench-") as folder:
        environment = own_environment(folder)
        settings = Settings.from_environment(environment)
        encoder = load_encoder(settings.embedding_model, settings.cache_dir, lambda text: print(text, file=sys.stderr))
        row("what", "measured", "on what")
        print(f"|{'-' * 48}|{'-' * 21}:|{'-' * 62}|")
        measure_machine()
        if alone:
            with KnowledgeBase.open(settings) as knowledge_base:
                knowledge_base.ingest((), None, False)
            for measure in alone:
                measure(settings, encoder, row)
            return
        if documents.is_dir():
            measure_reading(documents, row)
        measure_encoding(encoder)
        measure_ingest(settings)
        row("second ingest, whole command", seconds(command(environment, "ingest")))
        measure_opening(settings)
        measure_search_in_process(settings, encoder)
        measure_comparing(settings, encoder, row, sizes=())
        measure_pages(settings, encoder, row)
        measure_commands(environment, "alone")
        measure_service(environment, Path(folder) / "serve.log")


if __name__ == "__main__":
    main()
