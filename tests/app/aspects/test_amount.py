"""Amounts, what they are for, when, and how often."""

import pytest

from app.aspects.amount import Amount, Recurrence, find_amounts
from app.aspects.statement import StatementKind
from tests.app.aspects.made import statement


def _told(amount: Amount) -> tuple[str, str | None, tuple[int | None, int | None] | None, Recurrence | None, bool]:
    years = amount.years
    return (
        amount.amount.text,
        None if amount.about is None else amount.about.text,
        None if years is None else (years.first, years.last),
        amount.recurrence,
        amount.yearly,
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "€30.000 uit regulier budget conflictscheidingen.",
            [("€30.000", "regulier budget conflictscheidingen", None, None, False)],
        ),
        (
            "Voor 2024 is €26.800 beschikbaar en in 2025 is €21.000 beschikbaar.",
            [("€26.800", None, (2024, 2024), None, False), ("€21.000", None, (2025, 2025), None, False)],
        ),
        (
            "Daarnaast is in 2025 tot en met 2027 jaarlijks incidenteel € 40.000 nodig voor de inzet van interventies.",
            [("€ 40.000", "de inzet van interventies", (2025, 2027), Recurrence.INCIDENTAL, True)],
        ),
        (
            "Dit vraagt een extra incidentele investering van €20.000 in 2024 en €80.000 jaarlijks tot en met 2027.",
            [
                ("€20.000", None, (2024, 2024), Recurrence.INCIDENTAL, False),
                ("€80.000", None, (None, 2027), None, True),
            ],
        ),
        (
            "Projectleider voor opvang: in 2024 €30.000, €120.000\n\n(2025) en €60.000 (2026).",
            [
                ("€30.000", "Projectleider voor opvang", (2024, 2024), None, False),
                ("€120.000", "Projectleider voor opvang", (2025, 2025), None, False),
                ("€60.000", "Projectleider voor opvang", (2026, 2026), None, False),
            ],
        ),
        (
            "Voor het tienerwerk is vanaf 2025 structureel € 220.000 nodig.",
            [("€ 220.000", "het tienerwerk", (2025, None), Recurrence.STRUCTURAL, False)],
        ),
        ("Communicatiebudget €5.000, uit regulier budget.", [("€5.000", "Communicatiebudget", None, None, False)]),
        (
            "De kosten van het fonds bedragen € 20.000 per jaar (2025 t/m 2027).",
            [("€ 20.000", "De kosten van het fonds", (2025, 2027), None, True)],
        ),
        ("Zij krijgen 1.050 euro per maand.", [("1.050 euro", None, None, None, False)]),
        ("Het Rijk bezuinigt € 0,5 miljard.", [("€ 0,5 miljard", None, None, None, False)]),
        ("Er zijn 1.050 kinderen en 30% is arm.", []),
        ("Begroting en realisatie, bedragen x € 1.000", []),
    ],
)
def test_in_a_sentence(
    text: str, told: list[tuple[str, str | None, tuple[int | None, int | None] | None, Recurrence | None, bool]]
) -> None:
    assert [_told(each) for each in find_amounts(statement(text))] == told


def test_in_a_row_with_its_column() -> None:
    row = "Jeugdhulp | Begroting 2023 lasten: -626.500 | Realisatie 2023: 467.456 | Aantal kinderen: 120"
    found = find_amounts(statement(row, kind=StatementKind.ROW, start=10))
    assert [(_told(each)[:3], each.column and each.column.text) for each in found] == [
        (("-626.500", "Jeugdhulp", (2023, 2023)), "Begroting 2023 lasten"),
        (("467.456", "Jeugdhulp", (2023, 2023)), "Realisatie 2023"),
    ]
    for each in found:
        for span in (each.amount, each.about, each.column):
            assert span is not None
            assert row[span.start - 10 : span.end - 10] == span.text


def test_year_of_the_heading() -> None:
    found = find_amounts(statement("Er is € 5.000 nodig.", headings=("Nota 2030", "2024 – 2026")))
    assert found[0].years is not None
    assert (found[0].years.first, found[0].years.last) == (2024, 2026)
