"""Sentence-transformers models: any folder, the hub without network, threads, order and counts."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from corpus.errors import ModelError, UnreachableError
from embeddings.encoder import Encoder
from embeddings.models import load_encoder, would_cut
from embeddings.packaged_model import packaged_folder
from embeddings.sentence_transformer import BATCH_TOKENS, Prefixes, SentenceTransformerEncoder
from tests.embeddings.sentences import SENTENCES
from tests.embeddings.tiny_model import write_tiny_model

ROOT = Path(__file__).parents[2]
OFFLINE = """
import sys, pathlib
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        raise RuntimeError(f"network: {event} {arguments}")
sys.addaudithook(refuse)
from embeddings.models import load_encoder
for name in sys.argv[2:]:
    encoder = load_encoder(name, pathlib.Path(sys.argv[1]), print)
    print(encoder.dimension, len(encoder.encode_passages(["een", "twee"])), encoder.encode_query("een").shape)
"""


@pytest.fixture(scope="module")
def tiny(tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return load_encoder(str(tiny_folder), tmp_path_factory.mktemp("unused"), pytest.fail)


def test_vectors_are_normalised_and_of_the_models_dimension(tiny: Encoder) -> None:
    vectors = tiny.encode_passages(["een", "twee", "drie"])
    assert vectors.shape == (3, 32)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    assert tiny.encode_query("een").shape == (tiny.dimension,) == (32,)
    assert tiny.encode_passages([]).shape == (0, 32)


def test_questions_and_passages_have_their_own_prefix(tiny: Encoder) -> None:
    assert not np.allclose(tiny.encode_query("een"), tiny.encode_passages(["een"])[0], atol=1e-3)


def test_results_come_in_the_order_of_the_texts_and_progress_tells_of_all(tiny: Encoder) -> None:
    texts = ["abcdefgh"[: 1 + (7 * number) % 8] for number in range(700)]
    told: list[int] = []
    together = tiny.encode_passages(texts, told.append)
    assert sum(told) == 700
    assert len(told) > 1
    alone = {text: tiny.encode_passages([text])[0] for text in set(texts)}
    np.testing.assert_allclose(together, [alone[text] for text in texts], atol=1e-5)


def test_a_batch_is_never_larger_than_planned(tiny_folder: Path) -> None:
    """Sixteen tokens is the longest a text can be, so a batch holds at least BATCH_TOKENS / 16 of them."""
    encoder = load_encoder(str(tiny_folder), tiny_folder, pytest.fail)
    told: list[int] = []
    encoder.encode_passages(["x" * 40] * (BATCH_TOKENS // 16 + 1), told.append)
    assert told == [BATCH_TOKENS // 16, 1]


def test_tokens_are_counted_before_any_cut(tiny: Encoder) -> None:
    """One for each letter; "passage:" is 8 after a "▁", a text follows one more, two are special."""
    assert tiny.count_tokens(["x", "xyz", "x" * 100, "é\t\tﬁ", ""]) == [13, 15, 112, 16, 12]
    assert tiny.max_tokens == 16
    assert tiny.count_tokens([]) == []


def test_texts_that_would_be_cut_are_counted(tiny: Encoder) -> None:
    assert would_cut(tiny, ["xxxx", "xxxxx", "xx", "xxxxxx"]) == 2


def test_the_fingerprint_follows_weights_and_prefixes(tiny: Encoder, tiny_folder: Path, tmp_path: Path) -> None:
    again = load_encoder(str(tiny_folder), tmp_path, pytest.fail)
    assert again.fingerprint == tiny.fingerprint
    copied = shutil.copytree(tiny_folder, tmp_path / "copied")
    assert load_encoder(str(copied), tmp_path, pytest.fail).fingerprint == tiny.fingerprint
    other = tmp_path / "other"
    other.mkdir()
    write_tiny_model(other, seed=2)
    assert load_encoder(str(other), tmp_path, pytest.fail).fingerprint != tiny.fingerprint
    prompts = copied / "config_sentence_transformers.json"
    prompts.write_text(prompts.read_text().replace('"query: "', '"vraag: "'))
    assert load_encoder(str(copied), tmp_path, pytest.fail).fingerprint != tiny.fingerprint


def test_e5_models_without_prompts_get_the_prefixes_of_their_family(tiny_folder: Path, tmp_path: Path) -> None:
    plain = {
        name: shutil.copytree(tiny_folder, tmp_path / name) for name in ("multilingual-e5-base", "e5-large-instruct")
    }
    for folder in plain.values():
        (folder / "config_sentence_transformers.json").write_text('{"prompts": {}}')
    counts = [load_encoder(str(folder), tmp_path, pytest.fail).count_tokens(["x"]) for folder in plain.values()]
    assert counts == [[13], [4]]


def test_eight_threads_get_the_same_vectors_as_one(tiny: Encoder) -> None:
    texts = [text[:length] for length in (3, 9, 30, 60) for text in SENTENCES]
    expected = [tiny.encode_query(text) for text in texts]

    def work(number: int) -> bool:
        if number % 8 == 0:
            tiny.encode_passages(texts)
            return would_cut(tiny, texts) > 0
        return all(
            np.allclose(tiny.encode_query(text), vector, atol=1e-5)
            for text, vector in zip(texts, expected, strict=True)
        )

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(16)))


def test_the_packaged_model_gives_the_same_vector_in_any_company(packaged_encoder: Encoder) -> None:
    assert (packaged_encoder.name, packaged_encoder.dimension, packaged_encoder.max_tokens) == ("packaged", 384, 512)
    together = packaged_encoder.encode_passages(SENTENCES)
    for row in (0, 25, 49):
        assert together[row] @ packaged_encoder.encode_passages([SENTENCES[row]])[0] >= 0.99999


def test_packaged_models_and_folders_touch_no_network_and_print_nothing(
    packaged_cache: Path, tiny_folder: Path
) -> None:
    names = ["packaged", str(packaged_folder(packaged_cache)), str(tiny_folder)]
    done = _run_offline(packaged_cache, names, {})
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["384 2 (384,)", "384 2 (384,)", "32 2 (32,)"]


def test_a_hub_model_that_was_fetched_before_touches_no_network(tiny_folder: Path, tmp_path: Path) -> None:
    """The folder is laid out as the hub's library keeps it."""
    for name in ("organisatie--klein", "sentence-transformers--kort"):
        fetched = tmp_path / "hub" / f"models--{name}"
        shutil.copytree(tiny_folder, fetched / "snapshots" / ("a" * 40))
        (fetched / "refs").mkdir()
        (fetched / "refs" / "main").write_text("a" * 40)
    done = _run_offline(tmp_path, ["organisatie/klein", "kort"], {"HF_HOME": str(tmp_path)})
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["32 2 (32,)"] * 2


def test_heavy_libraries_wait_until_a_model_is_loaded() -> None:
    program = (
        "import sys, embeddings.models, embeddings.vector_cache\nprint(*{'torch', 'transformers'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("name", ["./nergens", "/nergens/model", "~/nergens", "a/b/c", "", "pyproject.toml/"])
def test_a_path_that_is_no_folder_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"not a folder|neither a folder"):
        load_encoder(name, tmp_path, pytest.fail)


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"modules\.json or config\.json"):
        load_encoder(str(tmp_path), tmp_path, pytest.fail)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("config.json", "{"),
        ("config.json", "{}"),
        ("modules.json", "[]"),
        ("modules.json", "niets"),
        ("model.safetensors", "niets"),
        ("model.safetensors", None),
        ("tokenizer.json", "{}"),
        ("tokenizer.json", None),
        ("1_Pooling/config.json", "[1]"),
    ],
)
def test_a_folder_with_a_broken_model_is_named(
    tiny_folder: Path, tmp_path: Path, file: str, content: str | None
) -> None:
    folder = shutil.copytree(tiny_folder, tmp_path / "model")
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_text(content)
    with pytest.raises(ModelError, match=str(folder)):
        load_encoder(str(folder), tmp_path, pytest.fail)


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """A hub that answers every question about a model with the status that it was told last."""
    from huggingface_hub import constants

    class Hub(BaseHTTPRequestHandler):
        status = 404

        def do_GET(self) -> None:
            self.send_response(self.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Hub)
    thread = Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setattr(constants, "ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))

    def answer(status: int) -> None:
        Hub.status = status

    yield answer
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("status", [401, 404])
@pytest.mark.parametrize("name", ["intfloat/bestaat-niet", "bestaat-niet"])
def test_a_name_that_the_hub_does_not_know_is_wrong(
    hub: Callable[[int], None], status: int, name: str, tmp_path: Path
) -> None:
    hub(status)
    with pytest.raises(ModelError, match=f"{name}.*EMBEDDING_MODEL"):
        load_encoder(name, tmp_path, pytest.fail)


def test_a_hub_with_a_fault_is_unreachable(hub: Callable[[int], None], tmp_path: Path) -> None:
    hub(500)
    with pytest.raises(UnreachableError, match=r"intfloat/e5-base.*status 500"):
        load_encoder("intfloat/e5-base", tmp_path, pytest.fail)


@pytest.mark.usefixtures("hub")
def test_no_network_for_a_hub_model_is_unreachable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(UnreachableError, match=r"intfloat/multilingual-e5-base.*cannot be reached"):
        load_encoder("intfloat/multilingual-e5-base", tmp_path, pytest.fail)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(UnreachableError, match="HF_HUB_OFFLINE"):
        load_encoder("intfloat/multilingual-e5-base", tmp_path, pytest.fail)


@pytest.mark.parametrize("name", ["drie woorden samen", "een?", "-x/y"])
def test_a_name_that_no_hub_could_have_is_wrong(name: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="neither a folder nor a name"):
        load_encoder(name, tmp_path, pytest.fail)


class NotANumber:
    """Stands for a model with broken weights: every value it gives is no number."""

    prompts: dict[str, str] = {}  # noqa: RUF012  (as the library has it)

    def encode(self, texts: list[str], **_: object) -> np.ndarray:
        return np.full((len(texts), 4), np.nan, dtype=np.float32)


def test_a_model_that_gives_no_numbers_is_refused() -> None:
    with pytest.raises(ModelError, match="kapot"):
        SentenceTransformerEncoder("kapot", NotANumber(), Prefixes("", ""), "")  # type: ignore[arg-type]


def _run_offline(cache: Path, names: list[str], environ: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", OFFLINE, str(cache), *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environ,
    )
