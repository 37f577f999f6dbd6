"""The synonyms of policy terms, which `synonyms.toml` lists in groups."""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from embeddings.term_groups import Link, TermGroups

SYNONYMS_FILE = Path(__file__).parent / "synonyms.toml"


@dataclass(frozen=True, slots=True)
class SynonymGroup:
    """Terms that mean the same, and narrower ones that they also find but that do not find them."""

    terms: tuple[str, ...]
    narrower: tuple[str, ...]


def load_groups(path: Path = SYNONYMS_FILE) -> tuple[SynonymGroup, ...]:
    """The groups in a file; ValueError for anything that is no such list."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    if set(content) != {"group"}:
        raise ValueError(f"{path}: holds {sorted(content)}, not only [[group]]")
    return tuple(_group(path, group) for group in content["group"])


class Synonyms:
    """The other words for what a question asks; the file is read when the first question comes.

    `stem` makes one form of all inflections of a lower-case word; safe to use from several threads.
    """

    def __init__(self, stem: Callable[[str], str], groups: Iterable[SynonymGroup] | None = None) -> None:
        self._stem = stem
        self._given = None if groups is None else tuple(groups)

    @cached_property
    def terms(self) -> TermGroups:
        """Every term, linked with what it brings along."""
        groups = load_groups() if self._given is None else self._given
        return TermGroups((link for group in groups for link in _links(group)), self._stem)

    def expansions(self, text: str) -> tuple[str, ...]:
        """The other terms of each group of which a term stands in the text, in order of appearance."""
        return tuple(dict.fromkeys(other for match in self.terms.matches(text) for other in match.link.brings))


def _links(group: SynonymGroup) -> Iterator[Link]:
    for term in group.terms:
        yield Link(term, tuple(other for other in (*group.terms, *group.narrower) if other != term))


def _group(path: Path, group: dict[str, object]) -> SynonymGroup:
    terms, narrower = _terms(group.get("terms", [])), _terms(group.get("narrower", []))
    if set(group) - {"terms", "narrower"} or not terms or narrower is None or len(terms) + len(narrower) < 2:
        raise ValueError(f"{path}: {group} is no group of two or more terms")
    return SynonymGroup(terms, narrower)


def _terms(value: object) -> tuple[str, ...] | None:
    """A list of words with nothing around them; None for anything else."""
    if not isinstance(value, list) or not all(isinstance(term, str) and term == term.strip() != "" for term in value):
        return None
    return tuple(value)
