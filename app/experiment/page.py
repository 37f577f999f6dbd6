"""The page of results: every variant with its figures, and what it gains over the one it is compared with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.evaluation import EvaluationBody
from app.experiment.judged import JudgedSet
from app.experiment.page_tables import Tables, product_kinds
from app.experiment.paired import DRAWS
from app.experiment.synonym_check import GroupEffect
from app.experiment.variants import branches, main_line

HELD_OUT = "held_out"
"""How the folder of a set begins on which nothing was chosen."""


@dataclass(frozen=True, slots=True)
class Made:
    """When and of what a page was made; `passages` are those of each collection of texts, by its sets."""

    day: date
    model: str
    fingerprint: str
    word_analysis: str
    passages: dict[str, int]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What a page tells, besides the trials: synonyms group by group, and the product as a whole."""

    effects: Sequence[GroupEffect]
    groups: int
    product: Sequence[tuple[JudgedSet, EvaluationBody]]


def chosen_on(sets: Iterable[JudgedSet]) -> list[JudgedSet]:
    """The sets that choices were made on."""
    return [each for each in sets if not each.name.startswith(HELD_OUT)]


def page(made: Made, tables: Tables, outcomes: Outcomes) -> str:
    """The whole page, as markdown."""
    chosen = chosen_on(tables.sets)
    main = main_line()
    blocks = [
        _head(made, tables.sets),
        ["## The product as a whole", "", _PRODUCT, "", *tables.product(outcomes.product)],
        ["Per kind of question:", "", *product_kinds(outcomes.product)],
        [f"## {main.title}", "", main.about, "", *tables.branch(main)],
        ["Per kind of question, nDCG@10:", "", *tables.kinds()],
        ["## The product beside its single legs", "", _LEGS, "", *tables.against_single_legs()],
        ["## Best of each branch", "", _BEST, "", *tables.best(chosen)],
    ]
    blocks += [[f"## {each.title}", "", each.about, "", *tables.branch(each)] for each in branches()]
    blocks.append(["## Synonyms group by group", "", _groups_told(outcomes), "", *tables.groups(outcomes.effects)])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


_PRODUCT = (
    "Asked as a user asks: municipalities whose verdict is `niets_gevonden` give no passages, exact phrases count. "
    "*Unsilenced* is the same search without that, the last step of the main line. "
    "Missed, `zijdelings` and false are counts of (question, municipality) pairs, all at one setting."
)
_LEGS = (
    "Each leg alone, with the product's words, vectors and tokens. *Below*: the product is more than one point under "
    "the better of words and meaning; p tells how much that says, since most kinds have few questions."
)
_BEST = (
    "Of each branch the variant with the highest nDCG@10, averaged over the sets that choices were made on, against "
    "what its branch is compared with; under 0 nothing in the branch was better. The held-out set tells whether "
    "a gain holds."
)


def _head(made: Made, sets: Sequence[JudgedSet]) -> list[str]:
    chosen = ", ".join(f"`{each.name}`" for each in chosen_on(sets))
    held_out = ", ".join(f"`{each.name}`" for each in sets if each not in chosen_on(sets)) or "none"
    sizes = "; ".join(f"`{each.name}` {len(each.judges)}" for each in sets)
    passages = "; ".join(f"{names} {count}" for names, count in made.passages.items())
    return [
        "# Results of the search",
        "",
        f"Written by `beleidswijzer evaluate --report` on {made.day.isoformat()}; do not edit. Model {made.model}, "
        f"fingerprint `{made.fingerprint[:16]}`; word analysis `{made.word_analysis}`.",
        "",
        f"- Questions with a known answer: {sizes}. Passages: {passages}.",
        f"- Choices were made on {chosen}. **Measured only, after every choice: {held_out}.**",
        "- Figures are nDCG@10 as `app/evaluation.py` defines it: a passage gains one for each labelled quote that it "
        "is the first to cover, body text goes before contents lists and footnotes, and a text of a BEIR set scores as "
        "its best passage. In the tables of variants no verdict silences a municipality.",
        f"- Δ is the mean difference with the variant it is compared with, question by question; p is two-sided, of a "
        f"paired randomisation test with {DRAWS:,} draws (Smucker, Allan and Carterette 2007); \\* is p < 0.05, = is "
        "no question moved. Every p stands alone: of a hundred comparisons without any effect, five have a star.",
        "- *Kinds that move*: the kinds of question whose mean over all labelled sets together moves by 0.02 or more, "
        "those that move most first. Most kinds have few questions.",
        "- What did not help stays on the page.",
    ]


def _groups_told(outcomes: Outcomes) -> str:
    touched = {each.group.terms for each in outcomes.effects}
    return (
        f"Each of the {outcomes.groups} groups left out in turn, on the sets that choices were made on; "
        f"{len(touched)} touch a question. The gain is the mean over the questions that a group touches; under 0 it "
        "harms. Groups that do not move the whole search are not listed."
    )
