"""The page of results and its command, over a knowledge base of three short notes."""

import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from app.cli import HELD, USAGE, run
from app.evaluation import evaluate_labelled
from app.evaluation_sets import LabelledSet
from app.experiment import command as command_module
from app.experiment.judged import LabelledJudge, TextJudge, load_judged
from app.experiment.markdown_table import compared, signed, table
from app.experiment.page import chosen_on
from app.experiment.paired import Difference
from app.experiment.pool import Pool, texts_of_register
from app.experiment.recipe import PRODUCT
from app.experiment.report import Bench, every_recipe, write_page
from app.experiment.trials import Collection
from app.experiment.variants import Branch, branches, main_line
from app.experiment.vector_store import FOLDER, VectorStore
from app.holder import Holder
from app.knowledge_base import KnowledgeBase
from app.local_service import LocalService
from corpus.errors import UsageError
from tests.app.experiment_pool import pool, store
from tests.app.notes import filled
from tests.app.test_evaluation import write_labelled
from tests.hand_encoder import HandEncoder

ALL = (main_line(), *branches())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("experiment")


@pytest.fixture(scope="module")
def notes(folder: Path) -> Iterator[KnowledgeBase]:
    with filled(folder) as opened:
        yield opened


def bench(folder: Path, notes: KnowledgeBase | None, encoder: HandEncoder | None = None) -> Bench:
    encoder = encoder or HandEncoder()
    return Bench(notes, encoder, VectorStore(folder / "cache", encoder, print), late=True)


def write_beir(folder: Path) -> Path:
    folder.mkdir()
    texts = [
        {"_id": "d1", "title": "Buurt", "text": "Een speelplaats in de wijk."},
        {"_id": "d2", "text": "Parkeren wordt duur."},
    ]
    queries = [{"_id": "q1", "text": "speelplaats wijk"}, {"_id": "q2", "text": "auto neerzetten"}]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, texts)), encoding="utf-8")
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)), encoding="utf-8")
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("branch", ALL, ids=lambda branch: branch.title)
def test_every_variant_is_listed_once_and_compared_with_one_of_its_branch(branch: Branch) -> None:
    names = [variant.name for variant in branch.variants]
    for place, variant in enumerate(branch.variants):
        assert variant.against is None or variant.against in names[:place]
    assert branch.variants[0].against is None
    texts = Counter(variant.what for variant in branch.variants)
    recipes = Counter(variant.recipe for variant in branch.variants)
    assert max(texts.values()) == max(recipes.values()) == 1


def test_names_are_unique_and_every_step_is_compared_with_the_one_before() -> None:
    names = [variant.name for branch in ALL for variant in branch.variants]
    assert len(names) == len(set(names)) >= 90
    steps = main_line().variants
    assert [step.against for step in steps] == [None, *(step.name for step in steps[:-1])]
    assert steps[-1].recipe == PRODUCT
    assert len(every_recipe()) == len(set(every_recipe()))


def test_what_is_tried_covers_what_was_asked() -> None:
    """Each branch has the product's own value, or a step of the main line, as its base."""
    known = {step.recipe for step in main_line().variants}
    bases = {branch.title: branch.variants[0].recipe for branch in branches()}
    alone = {"Words alone", "Meaning alone", "Late interaction alone", "Fusion of two: words and meaning"}
    assert {title for title, recipe in bases.items() if recipe not in known} == alone


def test_the_metric_is_that_of_the_product(tmp_path: Path, notes: KnowledgeBase) -> None:
    (judged,) = load_judged([write_labelled(tmp_path / "set", "apeldoorn.txt")])
    found = Collection(texts_of_register(notes.register), [judged], store(tmp_path)).tried(PRODUCT)["set"]
    assert isinstance(judged.content, LabelledSet)
    body = evaluate_labelled(judged.content, LocalService(notes))
    assert found.mean == pytest.approx(body.ndcg, abs=1e-4)
    assert found.scores == (1.0, 1.0)


def test_a_passage_that_covers_two_quotes_gains_two_and_a_repeat_nothing(tmp_path: Path) -> None:
    (judged,) = load_judged([write_labelled(tmp_path / "set", "therapy")])
    judge = judged.judges[0]
    assert isinstance(judge, LabelledJudge)
    assert (judge.ndcg(pool(), [1, 0]), judge.ndcg(pool(), [0, 2])) == (1.0, 0.0)
    assert judge.ndcg(pool(), [0, 1]) == pytest.approx(0.6309, abs=1e-4)


def test_a_text_ranks_as_its_best_passage() -> None:
    judge = TextJudge("vraag", frozenset({"sport"}))
    both = Pool([*pool().passages, *pool().passages])
    assert judge.ndcg(both, [0, 6, 1, 2]) == pytest.approx(0.5)  # third, since 0 and 6 are of one text


def test_the_pool_of_a_knowledge_base_is_its_passages(notes: KnowledgeBase) -> None:
    made = Pool.of(texts_of_register(notes.register), PRODUCT.target)
    stored = [passage for each in notes.snapshot().documents for passage in notes.register.passages_of(each.version)]
    assert [each.passage for each in made.passages] == stored
    assert {each.source.name for each in made.passages} == {"amersfoort.txt", "apeldoorn.txt", "utrecht.txt"}


@pytest.fixture(scope="module")
def written(folder: Path, notes: KnowledgeBase) -> str:
    sets = [write_labelled(folder / "held_out", "apeldoorn.txt"), write_labelled(folder / "tuning", "apeldoorn.txt")]
    told: list[tuple[int, int, str]] = []
    tools = bench(folder, notes)
    text = write_page(load_judged([*sets, write_beir(folder / "beir")]), tools, lambda *step: told.append(step))
    tools.store.close()
    assert [step[0] for step in told] == list(range(len(told)))
    assert len(told) == told[-1][1]
    return text


def test_the_page_lists_every_variant_once(written: str) -> None:
    for branch in ALL:
        assert f"## {branch.title}\n" in written
        for variant in branch.variants:
            assert len(re.findall(rf"^\| {variant.name} \| ", written, re.MULTILINE)) == 1


def test_the_page_says_what_was_only_measured(written: str) -> None:
    assert "Choices were made on `tuning`, `beir`. **Measured only, after every choice: `held_out`.**" in written
    assert "Passages: `held_out`, `tuning` 3; `beir` 2." in written


def test_tables_of_the_page_are_whole(written: str) -> None:
    """Rows of a table have as many cells as its head, and the page has no place of this machine."""
    blocks = [block for block in written.split("\n\n") if block.startswith("|")]
    assert len(blocks) > len(ALL)
    for block in blocks:
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1
    assert str(Path.cwd()) not in written


def test_the_product_as_a_whole_is_on_the_page(written: str) -> None:
    row = next(line for line in written.splitlines() if line.startswith("| tuning | 2 | 1.000 | 1.000 |"))
    assert row.endswith("| 0 of 1 | 0 of 1 | 0 of 4 |")


def test_a_second_page_encodes_no_passage(tmp_path: Path, notes: KnowledgeBase) -> None:
    sets = load_judged([write_labelled(tmp_path / "set", "apeldoorn.txt")])
    texts, encoded = texts_of_register(notes.register), []
    for _ in range(2):
        encoder = HandEncoder()
        Collection(texts, sets, VectorStore(tmp_path / "cache", encoder, print)).tried(PRODUCT)
        encoded.append(encoder.encoded)
    assert encoded[0] > 0 == encoded[1]


def test_a_damaged_file_of_vectors_is_made_again(tmp_path: Path) -> None:
    kept = store(tmp_path)
    first = kept.all_tokens(["een", "twee drie"])
    for path in (tmp_path / FOLDER).glob("*.npz"):
        path.write_bytes(b"PK\x03\x04 no archive")
    again = kept.all_tokens(["een", "twee drie"])
    assert (again.dense == first.dense).all()
    assert [len(first.of(row)) for row in range(2)] == [len(again.of(row)) for row in range(2)] == [1, 2]


def test_cells() -> None:
    assert (signed(0.0126), signed(-0.0126), signed(-0.0001)) == ("+0.013", "−0.013", "0.000")
    assert compared(Difference(0.0, 1.0)) == "="
    assert compared(Difference(0.0126, 0.2)) == "+0.013 (0.200)"
    assert compared(Difference(-0.2, 0.0001)) == "−0.200 (<0.001)\\*"
    assert table(["a", "b"], [["x|y", "1"]]) == ["| a | b |", "| :-- | --: |", "| x\\|y | 1 |"]


def test_two_folders_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    sets = [write_labelled(tmp_path / "set", "a.txt"), write_labelled(tmp_path / "other" / "set", "a.txt")]
    with pytest.raises(UsageError, match="two sets are called set"):
        load_judged(sets)
    assert [each.name for each in chosen_on(load_judged(sets[:1]))] == ["set"]


def command(data: Path, *argv: str) -> tuple[int, str]:
    messages = io.StringIO()
    environment = {"BELEIDSWIJZER_DATA_DIR": str(data), "BELEIDSWIJZER_CACHE_DIR": str(data / "cache")}
    return run(argv, environment, io.StringIO(), messages), messages.getvalue()


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["nergens", "--report", "r.md"], "nergens holds no evaluation set"),
        (["een", "twee"], "--report FILE"),
        (["een", "--report", "r.md", "--json"], "leave out --json"),
    ],
)
def test_wrong_use_is_told(tmp_path: Path, argv: Sequence[str], told: str) -> None:
    code, message = command(tmp_path / "data", "evaluate", *argv)
    assert (code, told in message) == (USAGE, True), message


def test_a_set_about_other_documents_is_refused(tmp_path: Path, notes: KnowledgeBase) -> None:
    sets = load_judged([write_labelled(tmp_path / "set", "apeldoorn.txt")])
    assert isinstance(sets[0].content, LabelledSet)
    texts = [each for each in texts_of_register(notes.register) if each.name == "utrecht.txt"]
    assert len(texts) == 1
    row = {"id": "q", "soort": "vraag", "vraag": "iets", "relevant": {"elders.txt": ["iets"]}}
    (tmp_path / "elders").mkdir()
    (tmp_path / "elders" / "vragen.jsonl").write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(UsageError, match=r"elders are about is in the index, such as 'elders\.txt'"):
        write_page(load_judged([tmp_path / "elders"]), bench(tmp_path, notes), lambda *_: None)


def test_a_held_knowledge_base_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Holder.acquire.__func__, "__defaults__", (0.0,))  # type: ignore[attr-defined]
    labelled = write_labelled(tmp_path / "set", "apeldoorn.txt")
    report = tmp_path / "r.md"
    report.write_text("as it was", encoding="utf-8")
    with Holder.acquire(tmp_path / "data"):
        code, message = command(tmp_path / "data", "evaluate", str(labelled), "--report", str(report))
    assert (code, "is held by process" in message) == (HELD, True), message
    assert report.read_text(encoding="utf-8") == "as it was"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["data", "r.md", "set"]


def test_nothing_ingested_is_told(tmp_path: Path) -> None:
    labelled = write_labelled(tmp_path / "set", "apeldoorn.txt")
    code, message = command(tmp_path / "data", "evaluate", str(labelled), "--report", str(tmp_path / "r.md"))
    assert (code, "nothing has been ingested" in message) == (USAGE, True), message
    assert not (tmp_path / "r.md").exists()


def test_the_page_is_written_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stood there stays until the page is whole, and a fault leaves no part of it."""
    report = tmp_path / "r.md"
    report.write_text("as it was", encoding="utf-8")
    seen: list[str] = []

    def failing(*_: object) -> str:
        seen.append(report.read_text(encoding="utf-8"))
        raise UsageError("the experiment failed")

    monkeypatch.setattr(command_module, "load_encoder", lambda *_: HandEncoder())
    monkeypatch.setattr(command_module, "write_page", failing)
    beir = write_beir(tmp_path / "beir")
    code, message = command(tmp_path / "data", "evaluate", str(beir), "--report", str(report))
    assert (code, seen) == (USAGE, ["as it was"]), message
    assert report.read_text(encoding="utf-8") == "as it was"
    monkeypatch.setattr(command_module, "write_page", lambda *_: "# page\n")
    assert command(tmp_path / "data", "evaluate", str(beir), "--report", str(report))[0] == 0
    assert report.read_text(encoding="utf-8") == "# page\n"
    assert not list(tmp_path.glob(".beleidswijzer*"))
