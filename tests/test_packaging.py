"""What is shipped: the wheel with its data, the pinned versions, their licences, and the container image."""

import importlib.metadata
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FOLDERS = ("app", "corpus", "embeddings", "ingest")

# Licences that let a municipality use and pass on the product; MPL-2.0 asks only for the source of its own files.
# "dependency licenses" is what pypdfium2 says of the libraries inside PDFium; its wheel holds their texts: BSD, MIT,
# Apache, Zlib, libpng, IJG, FreeType, Boost and ICU, and the exception that frees GCC's run-time library.
MAY_BE_SHIPPED = re.compile(
    r"MIT( License)?|MIT-0|0BSD|(3-Clause )?BSD( License)?|BSD-[23]-Clause|Apache[- ]2\.0( License)?|PSF-2\.0|MPL-2\.0|"
    r"Apache Software License|ISC License( \(ISCL\))?|Mozilla Public License 2\.0 \(MPL 2\.0\)|Zlib|CC0-1\.0|BSL-1\.0|"
    r"CNRI-Python|dependency licenses|MIT-CMU|Apache-2\.0 WITH LLVM-exception"
)

# What the ordinary torch build for Linux asks for and the CPU build does not. It is left out of pins and licences: the
# image and scripts/start take the CPU build, so these come only on a machine whose own user chose the ordinary one.
TORCH_ACCELERATORS = re.compile(r"(nvidia|cuda)-.+|triton")


# What the extra "browser" adds, which only tests use: Apache-2.0, MIT, MIT and PSF-2.0; axe-core inside is MPL-2.0.
BROWSER = {"axe-playwright-python", "playwright", "greenlet"}


def read_pins() -> dict[str, str]:
    """constraints.txt as canonical name to version."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pairs}


def installed_closure(*extras: str) -> dict[str, importlib.metadata.Distribution]:
    """What pyproject.toml asks for with test tools and `extras`, and what that asks for in turn, on this platform."""
    project = PYPROJECT["project"]
    asked = [text for extra in ("test", *extras) for text in project["optional-dependencies"][extra]]
    waiting = [Requirement(text) for text in (*project["dependencies"], *asked)]
    found: dict[str, importlib.metadata.Distribution] = {}
    seen = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if (name, frozenset(wanted.extras)) in seen:
            continue
        seen.add((name, frozenset(wanted.extras)))
        found[name] = importlib.metadata.distribution(name)
        waiting.extend(needed_by(wanted, found[name].requires or ()))
    return found


def needed_by(asked: Requirement, requires: Sequence[str]) -> Iterator[Requirement]:
    """What a distribution with these requirements needs on this platform, torch without its accelerators."""
    for needed in map(Requirement, requires):
        if asked.name == "torch" and TORCH_ACCELERATORS.fullmatch(canonicalize_name(needed.name)):
            continue
        if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in ("", *asked.extras)):
            yield needed


def licences_of(distribution: importlib.metadata.Distribution) -> list[str]:
    """The licences that a distribution names: its SPDX expression, else its classifiers, else its free text."""
    metadata = distribution.metadata
    classifiers = metadata.get_all("Classifier", [])
    named = [text.rpartition(" :: ")[2] for text in classifiers if text.startswith("License :: OSI Approved :: ")]
    texts = metadata.get_all("License-Expression") or named or metadata.get_all("License") or ["none"]
    return [licence for text in texts for licence in re.split(" AND | OR |, ", text)]


@pytest.mark.parametrize(("name", "needed"), [("torch", {"sympy"}), ("other", {"sympy", "triton", "cuda-bindings"})])
def test_only_the_accelerators_of_torch_are_left_out(name: str, needed: set[str]) -> None:
    requires = ["sympy>=1.13.3", "triton==3.7.0", "cuda-bindings<14,>=13", 'nvidia-nccl-cu13==2; extra == "gpu"']
    assert {each.name for each in needed_by(Requirement(name), requires)} == needed


def test_every_dependency_is_pinned_and_installed_as_pinned() -> None:
    closure = installed_closure()
    versions = {name: distribution.version.partition("+")[0] for name, distribution in closure.items()}
    pins = read_pins()
    assert versions == {name: pins.get(name) for name in versions}


def test_every_pin_is_a_dependency() -> None:
    only_on_windows = {"colorama"}
    assert set(read_pins()) == set(installed_closure()) | BROWSER | only_on_windows


def test_what_the_browser_adds_is_pinned_and_installed_as_pinned() -> None:
    pytest.importorskip("playwright", reason="the extra browser is not installed")
    added = {name: each.version for name, each in installed_closure("browser").items() if name in BROWSER}
    assert set(installed_closure("browser")) == set(installed_closure()) | BROWSER
    assert added == {name: read_pins()[name] for name in BROWSER}


def test_every_dependency_may_be_shipped() -> None:
    closure = installed_closure()
    refused = {
        name: licences
        for name, licences in ((name, licences_of(distribution)) for name, distribution in closure.items())
        if not all(MAY_BE_SHIPPED.fullmatch(licence) for licence in licences)
    }
    assert refused == {}


def test_the_licence_is_the_whole_eupl() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert re.findall(r"^(\d+)\.\w", text, re.MULTILINE) == [str(number) for number in range(1, 16)]
    assert text.endswith("require the production of a new EUPL version.\n")
    assert PYPROJECT["project"]["license"] == "EUPL-1.2"


def test_every_folder_with_modules_is_a_listed_package() -> None:
    modules = (file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py"))
    packages = {".".join(file.relative_to(ROOT).parent.parts) for file in modules}
    assert sorted(PYPROJECT["tool"]["setuptools"]["packages"]) == sorted(packages)


def sources() -> Iterator[Path]:
    """Every file of the four folders, relative, that an editor or an interpreter did not leave there."""
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith("."):
                yield file.relative_to(ROOT)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network from a copy of the checkout, so that nothing is left in the checkout."""
    copy = tmp_path_factory.mktemp("checkout")
    for folder in (*FOLDERS, "tests"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    out = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", out, copy)
    (built,) = out.glob("*.whl")
    return built


def pip(*words: str | Path) -> None:
    done = subprocess.run([sys.executable, "-m", "pip", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_wheel_holds_every_module_and_data_file_and_no_test(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {name for name in names if ".dist-info/" not in name}
    assert shipped == {path.as_posix() for path in sources()}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_installed_wheel_works_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    target, elsewhere = tmp_path / "target", tmp_path / "elsewhere"
    pip("install", "--no-deps", "--no-index", "--target", target, wheel)
    elsewhere.mkdir()
    program = """
import json
import corpus.catalogue, corpus.municipalities, embeddings.lexical
entries = corpus.catalogue.packaged_catalogue().entries
print(json.dumps({
    "from": corpus.catalogue.__file__,
    "notes": [entry.path.stat().st_size > 1_000 for entry in entries],
    "municipality": corpus.municipalities.load_municipalities().find("Utrecht").code,
    "terms": len(embeddings.lexical.Lexicon().terms("conflictscheidingen")) > 1,
}))
"""
    paths = [str(target), *(path for path in sys.path if path.endswith("site-packages"))]
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys\nsys.path[:0] = {paths!r}\n{program}"],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "from": str(target / "corpus" / "catalogue.py"),
        "notes": [True] * 5,
        "municipality": "GM0344",
        "terms": True,
    }


def dockerfile() -> list[list[str]]:
    """The instructions, continued lines joined, each split into words."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [shlex.split(line) for line in text.splitlines() if line and not line.startswith("#")]


def test_the_image_copies_what_is_there_and_what_the_ignore_file_lets_in() -> None:
    copied = {
        word for words in dockerfile() if words[0] == "COPY" and "--from=build" not in words for word in words[1:-1]
    }
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = {line.removeprefix("!") for line in ignored if line.startswith("!")}
    assert copied == let_in
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert copied == {*FOLDERS, "pyproject.toml", "constraints.txt", "README.md", "LICENSE"}


def test_the_image_runs_a_supported_python_and_the_pinned_versions() -> None:
    instructions = dockerfile()
    bases = {words[1] for words in instructions if words[0] == "FROM"}
    (base,) = bases
    version = base.removeprefix("python:").removesuffix("-slim")
    assert f"Programming Language :: Python :: {version}" in PYPROJECT["project"]["classifiers"]
    installs = [" ".join(words) for words in instructions if words[:3] == ["RUN", "pip", "install"]]
    assert len(installs) == 2
    assert all("--constraint constraints.txt" in line for line in installs)
    assert "torch" in read_pins()


def test_the_image_runs_without_rights_and_keeps_its_data_in_a_volume() -> None:
    instructions = dockerfile()
    last = max(number for number, words in enumerate(instructions) if words[0] == "FROM")
    final = {words[0]: words[1:] for words in instructions[last:]}
    assert final["USER"] == ["10001"]
    assert "BELEIDSWIJZER_DATA_DIR=/data" in final["ENV"]
    assert final["VOLUME"] == ["/data"]
    assert "/readyz" in " ".join(final["HEALTHCHECK"])
