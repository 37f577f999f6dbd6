"""Imports point one way, and each outside library has one room."""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

OURS = ("app", "corpus", "embeddings", "ingest", "tests", "scripts")
MAY_IMPORT = {
    "corpus": {"corpus"},
    "embeddings": {"embeddings", "corpus"},
    "ingest": {"ingest", "embeddings", "corpus"},
    "app": {"app", "ingest", "embeddings", "corpus"},
}
PIPELINE = "ingest.pipeline"
PIPELINE_USERS = ("app/knowledge_base.py", "app/changes.py", "app/current_index.py", "ingest/*.py")
ROOMS = {
    "PIL": ("ingest/ocr.py",),
    "docx": ("app/report/word/*.py",),
    "fastapi": ("app/api/*.py", "app/web/*.py"),
    "huggingface_hub": ("embeddings/model_hub.py", "embeddings/sentence_transformer.py"),
    "ir_measures": ("app/evaluation.py",),
    "jinja2": ("app/report/web_page.py", "app/web/rendering.py"),
    "lxml": ("ingest/office/*.py", "ingest/web/*.py"),
    "pypdf": ("ingest/pages/pypdf_file.py",),
    "pypdfium2": ("ingest/pages/pdfium_calls.py", "ingest/pages/render.py"),
    "pytesseract": ("ingest/ocr.py",),
    "python_multipart": ("app/api/form_data.py",),
    "qdrant_client": ("embeddings/qdrant_server.py", "embeddings/qdrant_server_faults.py"),
    "qdrant_edge": ("embeddings/qdrant_edge.py",),
    "rapidfuzz": ("app/suggestions/slips.py", "embeddings/spelling.py"),
    "scipy": ("app/experiment/*.py", "embeddings/token_pooling.py"),
    "sentence_transformers": ("embeddings/models.py", "embeddings/sentence_transformer.py"),
    "sklearn": ("app/aspects/logistic.py", "app/calibrating.py"),
    "sqlalchemy": ("corpus/database.py", "corpus/register*.py"),
    "Stemmer": ("app/experiment/*.py", "embeddings/lexical.py"),
    "torch": ("embeddings/sentence_transformer.py",),
    "transformers": ("embeddings/sentence_transformer.py",),
    "typst": ("app/report/typst_calls.py",),
    "uvicorn": ("app/serving.py",),
    "xlsxwriter": ("app/report/sheet/book.py",),
}
HEAVY = ("ir_measures", "qdrant_client", "scipy", "sentence_transformers", "sklearn", "torch", "transformers")
OFFLINE = "app.experiment"  # is heavy as a whole: it measures, and answers no question


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module; `deferred` inside a function, `for_types` under `if TYPE_CHECKING`."""

    line: int
    module: str
    deferred: bool
    for_types: bool


def imports_of(path: str, source: str) -> Iterator[Import]:
    """Every import of a file; `from a import b` counts as a and as a.b, since b may be a module."""
    yield from _imports(ast.parse(source, path), path.removesuffix(".py").split("/")[:-1], False, False)


def _imports(node: ast.AST, package: list[str], deferred: bool, for_types: bool) -> Iterator[Import]:
    for module in _modules(node, package):
        assert isinstance(node, ast.stmt | ast.expr)
        yield Import(node.lineno, module, deferred, for_types)
    inner = deferred or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
        for child in node.body:
            yield from _imports(child, package, inner, True)
        for child in node.orelse:
            yield from _imports(child, package, inner, for_types)
        return
    for each in ast.iter_child_nodes(node):
        yield from _imports(each, package, inner, for_types)


def _modules(node: ast.AST, package: list[str]) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=name, names=names, level=level):
            parts = package[: len(package) - level + 1] if level else []
            base = ".".join([*parts, *([name] if name else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in names)
        case ast.Call(
            func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"),
            args=[ast.Constant(value=str(name)), *_],
        ):
            yield name


def faults_of(sources: Mapping[str, str]) -> list[str]:
    """What is wrong with the imports of these files, path to source; one line each."""
    found = set()
    for path, source in sources.items():
        for each in imports_of(path, source):
            fault = _fault(path, each)
            if fault:
                found.add(f"{path}:{each.line}: {fault}")
    return sorted(found)


def _fault(path: str, each: Import) -> str | None:
    folder, top = path.split("/")[0], each.module.split(".")[0]
    if top in OURS and top not in MAY_IMPORT[folder]:
        return f"{folder} must not import {top}"
    if _is_within(each.module, PIPELINE) and not _is_one_of(path, PIPELINE_USERS):
        return f"only {', '.join(PIPELINE_USERS)} may import {PIPELINE}"
    if top in ROOMS and not _is_one_of(path, ROOMS[top]):
        return f"{top} belongs in {', '.join(ROOMS[top])}"
    if each.deferred or each.for_types or path.startswith("app/experiment/"):
        return None
    slow = OFFLINE if _is_within(each.module, OFFLINE) else top
    if slow in (*HEAVY, OFFLINE):
        return f"{slow} is slow to load: import it in the function that needs it"
    return None


def _is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def _is_one_of(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(path, pattern) for pattern in patterns)


def product() -> dict[str, str]:
    files = (file for folder in MAY_IMPORT for file in (ROOT / folder).rglob("*.py"))
    return {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in files}


def test_imports_of_the_product_point_one_way() -> None:
    assert faults_of(product()) == []


def test_every_listed_dependency_is_imported() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split("[<>=]", each)[0].replace("-", "_") for each in listed}
    called = {"pystemmer": "Stemmer", "python_docx": "docx", "qdrant_edge_py": "qdrant_edge", "scikit_learn": "sklearn"}
    modules = {called.get(name, name) for name in names}
    imported = {each.module.split(".")[0] for path, source in product().items() for each in imports_of(path, source)}
    assert modules - imported == {"torch"}  # which sentence-transformers imports; listed since its build is chosen


def test_every_room_is_there() -> None:
    patterns = {pattern for patterns in (*ROOMS.values(), PIPELINE_USERS) for pattern in patterns}
    assert [pattern for pattern in patterns if not any(fnmatch(path, pattern) for path in product())] == []


@pytest.mark.parametrize(
    ("path", "source", "fault"),
    [
        ("corpus/a.py", "import embeddings.index", "1: corpus must not import embeddings"),
        ("corpus/a.py", "def f():\n    from app import main", "2: corpus must not import app"),
        ("embeddings/a.py", "from ingest.split import split", "1: embeddings must not import ingest"),
        ("ingest/a.py", "from ..app import main", "1: ingest must not import app"),
        ("ingest/a.py", "import importlib\nimportlib.import_module('app.main')", "2: ingest must not import app"),
        ("app/a.py", "if TYPE_CHECKING:\n    from tests import hand_encoder", "2: app must not import tests"),
        ("app/api/a.py", "from ingest.pipeline import Pipeline", "1: only app/knowledge_base.py, app/changes.py"),
        ("app/api/a.py", "from ingest import pipeline", "1: only app/knowledge_base.py, app/changes.py"),
        ("app/a.py", "class A:\n    async def f(self):\n        import sqlalchemy.exc", "3: sqlalchemy belongs in"),
        ("embeddings/qdrant_server.py", "from qdrant_client import models", "1: qdrant_client is slow to load"),
        ("embeddings/token_pooling.py", "from scipy.cluster import hierarchy", "1: scipy is slow to load"),
        ("embeddings/a.py", "def f():\n    import scipy", "2: scipy belongs in"),
        ("app/calibrating.py", "import sklearn", "1: sklearn is slow to load"),
        ("app/cli.py", "from app.experiment import pool", "1: app.experiment is slow to load"),
        ("app/experiment/a.py", "import torch", "1: torch belongs in"),
    ],
)
def test_a_wrong_import_is_named(path: str, source: str, fault: str) -> None:
    (found,) = faults_of({path: source})
    assert found.startswith(f"{path}:{fault}")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("app/knowledge_base.py", "from ingest.pipeline import Pipeline"),
        ("app/a.py", "from ingest.pipeline_report import IngestReport"),
        ("app/a.py", "import application, corpus_linguistics"),
        ("corpus/a.py", "from . import errors\nfrom .errors import UsageError"),
        ("embeddings/qdrant_server.py", "def f():\n    from qdrant_client import models"),
        ("embeddings/qdrant_server.py", "if TYPE_CHECKING:\n    from qdrant_client import models"),
        ("corpus/register_rows.py", "import sqlalchemy"),
        ("embeddings/token_pooling.py", "def f():\n    from scipy.cluster import hierarchy"),
        ("app/experiment/a.py", "import scipy\nfrom app.experiment import pool"),
        ("app/cli.py", "def f():\n    from app.experiment import pool"),
    ],
)
def test_a_right_import_passes(path: str, source: str) -> None:
    assert faults_of({path: source}) == []
