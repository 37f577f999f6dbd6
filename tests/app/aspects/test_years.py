"""Years and periods in a text."""

import pytest

from app.aspects.years import action_years, find_years


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("We starten in 2025.", [(2025, 2025)]),
        ("Vanaf 2024 bieden we dit.", [(2024, None)]),
        ("Vanaf schooljaar 2024/2025 bieden we dit.", [(2024, 2025)]),
        ("€150.000 per jaar vanaf 2025.", [(2025, None)]),
        ("in 2025 tot en met 2027", [(2025, 2027)]),
        ("de periode 2024-2026", [(2024, 2026)]),
        ("2024 – 2026", [(2024, 2026)]),
        ("2021-'26", [(2021, 2026)]),
        ("in 2024 en 2025", [(2024, 2025)]),
        ("jaarlijks tot en met 2027", [(None, 2027)]),
        ("In 2023 en eind 2026", [(2023, 2023), (2026, 2026)]),
        ("per 1 januari 2024", [(2024, 2024)]),
        ("€ 2025, 2.025 kinderen, 20255 en 1.2024", []),
        ("in 2025 5 fte, 2024 3% meer", [(2025, 2025), (2024, 2024)]),
        ("2025-2024", [(2025, 2025)]),
    ],
)
def test_periods(text: str, periods: list[tuple[int | None, int | None]]) -> None:
    assert [(each.first, each.last) for each in find_years(text)] == periods


def test_positions() -> None:
    text = "Dat doen we vanaf 2024, en in 2026."
    assert [text[each.start : each.end] for each in find_years(text)] == ["vanaf 2024", "2026"]


def test_years_of_an_action() -> None:
    headings = ("Nota 2020-2030", "ACTIE 3 Gratis hulp in 2024 en 2025.")
    assert [(each.first, each.last) for each in action_years("We evalueren in 2026.", headings)] == [(2026, 2026)]
    assert [(each.first, each.last) for each in action_years("We evalueren daarna.", headings)] == [(2024, 2025)]
    assert action_years("We evalueren daarna.", headings[:1]) == ()
