"""The tables of the page of results."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from app.evaluation import EvaluationBody
from app.experiment.judged import JudgedSet
from app.experiment.markdown_table import NONE, compared, figure, signed, table
from app.experiment.paired import Difference, difference
from app.experiment.recipe import PRODUCT, Recipe
from app.experiment.synonym_check import GroupEffect
from app.experiment.trials import Trials
from app.experiment.variants import Branch, Variant, branches, main_line, single_legs

_POINT = 0.01
_MUCH = 0.02
_TOO_SMALL = 0.0005
_NOT_INSTALLED = "not measured: simplemma is not installed"


@dataclass(frozen=True, slots=True)
class Tables:
    """What is made of the trials: tables as lines of markdown."""

    sets: tuple[JudgedSet, ...]
    trials: Trials

    def branch(self, branch: Branch) -> list[str]:
        """A row a variant: nDCG@10 on each set, the difference with its base, and the kinds that move most."""
        lengths = len({variant.recipe.target for variant in branch.variants}) > 1
        heads = ["", "variant", *(head for each in self.sets for head in (each.name, "Δ (p)"))]
        heads += ["median length", "kinds that move"] if lengths else ["kinds that move"]
        by_name = {variant.name: variant for variant in branch.variants}
        rows = (self._row(variant, by_name, lengths) for variant in branch.variants)
        return table(heads, rows, texts=2, last_too=True)

    def kinds(self) -> list[str]:
        """A row a kind of question and set: every step of the main line, and the last against the first."""
        steps = main_line().variants
        heads = ["set", "kind", "questions", *(step.name for step in steps), f"{steps[-1].name} − {steps[0].name} (p)"]
        rows = []
        for judged, kind in self._kinds():
            scores = [self._of_kind(step.recipe, judged, kind) for step in steps]
            moved = compared(difference(scores[-1], scores[0]))
            figures = [figure(statistics.fmean(each)) for each in scores]
            rows.append([judged.name, kind or "all", str(len(scores[0])), *figures, moved])
        return table(heads, rows, texts=2)

    def against_single_legs(self) -> list[str]:
        """A row a kind and set: the product beside each leg, and where it is over a point below the better of two."""
        legs = single_legs()
        heads = ["set", "kind", "questions", *legs, "product", "product − better of words and meaning (p)", "below"]
        rows = []
        for judged, kind in self._kinds():
            alone = {name: self._of_kind(recipe, judged, kind) for name, recipe in legs.items()}
            product = self._of_kind(PRODUCT, judged, kind)
            better = max((alone["words"], alone["meaning"]), key=statistics.fmean)
            moved = difference(product, better)
            figures = [figure(statistics.fmean(each)) for each in (*alone.values(), product)]
            below = "yes" if moved.mean < -_POINT else ""
            rows.append([judged.name, kind or "all", str(len(product)), *figures, compared(moved), below])
        return table(heads, rows, texts=2)

    def best(self, chosen: Sequence[JudgedSet]) -> list[str]:
        """A row a branch: what was best on the sets that choices were made on, and what it does on the others."""
        others = [each for each in self.sets if each not in chosen]
        heads = ["branch", "best", "", "Δ on the choosing sets, averaged", *(f"Δ {each.name} (p)" for each in others)]
        rows = []
        for branch in branches():
            ranked = [(self._gain(variant, branch, chosen), variant) for variant in branch.variants if variant.against]
            known = [(gain, variant) for gain, variant in ranked if gain is not None]
            gain, variant = max(known, key=lambda pair: pair[0])
            moved = [compared(self._difference(variant, branch, each)) for each in others]
            rows.append([branch.title, variant.name, variant.what, signed(gain), *moved])
        return table(heads, rows, texts=3)

    def product(self, bodies: Sequence[tuple[JudgedSet, EvaluationBody]]) -> list[str]:
        """A row a set: what the product answers, silence included, and the counts of its verdicts."""
        heads = ["set", "questions", "nDCG@10", "nDCG@10 unsilenced", "success@1", "success@5", "recall@10", "MRR"]
        heads += ["median length", "missed", "zijdelings on a positive", "false"]
        return table(heads, (self._product_row(judged, body) for judged, body in bodies))

    def groups(self, effects: Sequence[GroupEffect]) -> list[str]:
        """A row a group and set where something moved, the most harmful first."""
        moved = [each for each in effects if abs(each.whole) >= _TOO_SMALL]
        heads = ["group", "set", "questions", "gain in the whole search", "gain by words alone"]
        rows = (
            [", ".join(each.group.terms[:3]), each.judged, str(each.touched), signed(each.whole), signed(each.alone)]
            for each in sorted(moved, key=lambda each: (each.whole, each.alone))
        )
        return table(heads, rows, texts=2)

    def _row(self, variant: Variant, by_name: dict[str, Variant], lengths: bool) -> list[str]:
        found = self.trials.of(variant.recipe)
        base = by_name[variant.against] if variant.against else None
        if found is None:
            return [variant.name, f"{variant.what} ({_NOT_INSTALLED})", *[NONE] * (2 * len(self.sets) + 1 + lengths)]
        cells = []
        for each in self.sets:
            trial = found[each.name]
            before = self.trials.of(base.recipe) if base else None
            moved = compared(difference(trial.scores, before[each.name].scores)) if before else NONE
            cells += [figure(trial.mean), moved]
        longest = max(trial.median_length for trial in found.values())
        kinds = self._moving_kinds(variant.recipe, base.recipe) if base else NONE
        return [variant.name, variant.what, *cells, *([str(longest)] if lengths else []), kinds]

    def _product_row(self, judged: JudgedSet, body: EvaluationBody) -> list[str]:
        unsilenced = statistics.fmean(self._of_kind(PRODUCT, judged, ""))
        shares = (body.ndcg, unsilenced, body.success_1, body.success_5, body.recall, body.mrr)
        verdicts = [NONE] * 3
        if body.verdicts is not None:
            counts = body.verdicts
            verdicts = [f"{counts.missed} of {counts.relevant}", f"{counts.touched} of {counts.relevant}"]
            verdicts.append(f"{counts.false} of {counts.silent}")
        return [judged.name, str(body.questions), *map(figure, shares), str(body.median_length), *verdicts]

    def _moving_kinds(self, after: Recipe, before: Recipe) -> str:
        """The kinds that move by a fiftieth or more over the labelled sets together, those that move most first."""
        moves = []
        for kind in sorted({kind for each in self.sets for kind in each.kinds}):
            pairs = [
                (self._of_kind(after, each, kind), self._of_kind(before, each, kind))
                for each in self.sets
                if kind in each.kinds
            ]
            moved = statistics.fmean(a - b for scores in pairs for a, b in zip(*scores, strict=True))
            if abs(moved) >= _MUCH:
                moves.append((moved, kind))
        ordered = sorted(moves, key=lambda move: -abs(move[0]))
        return ", ".join(f"{kind} {moved:+.2f}".replace("-", "−") for moved, kind in ordered)

    def _kinds(self) -> list[tuple[JudgedSet, str]]:
        """Every set with each of its kinds, and with none for all its questions."""
        return [(judged, kind) for judged in self.sets for kind in (*judged.kinds, "")]

    def _of_kind(self, recipe: Recipe, judged: JudgedSet, kind: str) -> list[float]:
        """nDCG@10 of the questions of a kind, of all for an empty one."""
        found = self.trials.of(recipe)
        if found is None:
            raise ValueError("the main line takes what is not installed")
        scores = zip(judged.judges, found[judged.name].scores, strict=True)
        return [score for judge, score in scores if not kind or judge.kind == kind]

    def _gain(self, variant: Variant, branch: Branch, sets: Sequence[JudgedSet]) -> float | None:
        if self.trials.of(variant.recipe) is None:
            return None
        return statistics.fmean(self._difference(variant, branch, each).mean for each in sets)

    def _difference(self, variant: Variant, branch: Branch, judged: JudgedSet) -> Difference:
        base = next(each for each in branch.variants if each.name == variant.against)
        return difference(self._of_kind(variant.recipe, judged, ""), self._of_kind(base.recipe, judged, ""))


def product_kinds(bodies: Sequence[tuple[JudgedSet, EvaluationBody]]) -> list[str]:
    """A row a kind of what the product answers, with columns for each set that has kinds."""
    with_kinds = [(judged, body.per_kind) for judged, body in bodies if body.per_kind]
    shown = ("questions", "nDCG@10", "success@5", "recall@10")
    heads = [
        "kind",
        *(f"{judged.name}: {head}" if head == shown[0] else head for judged, _ in with_kinds for head in shown),
    ]
    rows = []
    for kind in sorted({kind for _, per_kind in with_kinds for kind in per_kind}):
        cells = [kind]
        for _, per_kind in with_kinds:
            own = per_kind.get(kind)
            figures = [NONE] * len(shown)
            if own is not None:
                figures = [str(own.questions), figure(own.ndcg), figure(own.success_5), figure(own.recall)]
            cells += figures
        rows.append(cells)
    return table(heads, rows)
