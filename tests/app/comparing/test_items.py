"""Numbered actions beside the heading that they belong to."""

import pytest

from app.comparing.items import items_after
from corpus.document import Section, SectionKind
from corpus.passage import Passage

ABOVE = ("Thuis", "Welke acties?")


def sections(*headings: str, kinds: dict[str, SectionKind] | None = None) -> list[Section]:
    """Sections of twenty characters under the same headings, of which ten are their own; 'a > b' stands under a."""
    made = []
    for place, heading in enumerate(headings):
        kind = (kinds or {}).get(heading, SectionKind.BODY)
        start = 20 * place
        made.append(Section((*ABOVE, *heading.split(" > ")), kind, start, start + 10, start + 20))
    return made


def at(start: int) -> Passage:
    return Passage("id", "v", start, start + 5, "tekst", (), SectionKind.BODY, None, None, False, False)


def found(made: list[Section], start: int = 0) -> list[str]:
    return [section.path[-1] for section in items_after(made, at(start))]


def test_the_actions_after_a_heading_belong_to_it_up_to_the_next_heading() -> None:
    made = sections("Scheidingen", "ACTIE 2 Vanaf 2024", "Actie 3: therapie", "Armoede", "Actie 4 geld")
    assert found(made) == ["ACTIE 2 Vanaf 2024", "Actie 3: therapie"]
    assert found(made, 60) == ["Actie 4 geld"]


def test_with_what_stands_under_them_and_without_footnotes() -> None:
    made = sections(
        "Scheidingen", "noten", "Maatregel 1", "Maatregel 1 > Planning", kinds={"noten": SectionKind.FOOTNOTES}
    )
    assert found(made) == ["Maatregel 1", "Planning"]


@pytest.mark.parametrize("heading", ["Armoede", "Hoofdstuk 2 Armoede", "2. Armoede", "Actief in 2024", "2024"])
def test_another_heading_is_no_action(heading: str) -> None:
    assert found(sections("Scheidingen", heading, "Actie 1")) == []


def test_only_for_a_passage_that_opens_with_its_heading() -> None:
    made = sections("Scheidingen", "Actie 1", "Actie 2")
    assert found(made, 12) == []
    assert found(made, 20) == [], "an action has none of its own"
    assert found(made, 999) == []


def test_under_other_headings_is_elsewhere() -> None:
    made = sections("Scheidingen", "Actie 1")
    elsewhere = Section(("Buiten", "Actie 2"), SectionKind.BODY, 40, 50, 60)
    assert found([*made, elsewhere]) == ["Actie 1"]
