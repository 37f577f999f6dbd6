"""Sets of questions, and what a ranking of a pool's passages is worth to each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.evaluation import DEPTH, labelled_outcome, ndcg, text_outcome
from app.evaluation_sets import BeirSet, LabelledQuestion, LabelledSet, load_set
from app.experiment.pool import Pool
from corpus.errors import UsageError


class Judge(Protocol):
    """One question with a known answer."""

    @property
    def kind(self) -> str:
        """Empty where questions have no kinds."""
        ...

    @property
    def text(self) -> str: ...

    def ndcg(self, pool: Pool, ranking: Sequence[int]) -> float:
        """nDCG@10, as `app.evaluation` defines it, of rows of the pool in order."""
        ...


@dataclass(frozen=True, slots=True)
class LabelledJudge:
    """A question of the labelled layout."""

    question: LabelledQuestion

    @property
    def kind(self) -> str:
        return self.question.kind

    @property
    def text(self) -> str:
        return self.question.text

    def ndcg(self, pool: Pool, ranking: Sequence[int]) -> float:
        results = [pool.passages[row] for row in ranking[:DEPTH]]
        return ndcg(labelled_outcome(self.question, [(each.source.name, each.passage.quote) for each in results]))


@dataclass(frozen=True, slots=True)
class TextJudge:
    """A question of the BEIR layout; a text ranks as the best of its passages."""

    text: str
    right: frozenset[str]
    kind: str = ""

    def ndcg(self, pool: Pool, ranking: Sequence[int]) -> float:
        best: dict[str, int] = {}
        for row in ranking:
            best.setdefault(pool.passages[row].source.name, len(pool.passages[row].passage.quote))
        return ndcg(text_outcome(self.right, list(best.items())[:DEPTH]))


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """A set by the name of its folder, with the questions of it that have an answer."""

    name: str
    content: LabelledSet | BeirSet
    judges: tuple[Judge, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its questions, by alphabet; none in the BEIR layout."""
        return tuple(sorted({judge.kind for judge in self.judges} - {""}))


def load_judged(directories: Sequence[Path]) -> tuple[JudgedSet, ...]:
    """The sets in these folders; UsageError for one without an answer, or two of the same name."""
    sets: dict[str, JudgedSet] = {}
    for directory in directories:
        name = directory.resolve().name
        if name in sets:
            raise UsageError(f"two sets are called {name}: the report names a set by its folder; rename one")
        content = load_set(directory)
        judges = _judges(content)
        if not judges:
            raise UsageError(f"{directory} holds no question with a known answer")
        sets[name] = JudgedSet(name, content, judges)
    return tuple(sets.values())


def require_sources(judged: JudgedSet, names: Mapping[str, object]) -> None:
    """UsageError where none of the documents that a labelled set is about is among `names`."""
    if isinstance(judged.content, BeirSet):
        return
    about = sorted({source for question in judged.content.questions for source in question.relevant})
    if about and not names.keys() & set(about):
        raise UsageError(
            f"none of the documents that the questions of {judged.name} are about is in the index, such as {about[0]!r}"
        )


def _judges(content: LabelledSet | BeirSet) -> tuple[Judge, ...]:
    if isinstance(content, LabelledSet):
        return tuple(LabelledJudge(each) for each in content.questions if any(each.relevant.values()))
    right = {
        query: frozenset(text for text, grade in grades.items() if grade > 0)
        for query, grades in content.relevant.items()
    }
    return tuple(TextJudge(text, right[query]) for query, text in content.queries.items() if right.get(query))
