"""Figures of several municipalities side by side."""

import time
from datetime import date

import pytest

from app.figures.cells import find_cells
from app.figures.clause import find_breaks
from app.figures.measure import Measure, measures
from app.figures.of_whom import find_ages
from app.figures.stems import Stems, packaged_stems
from app.figures.value import find_values
from app.figures.whose import whose
from corpus.municipalities import load_municipalities
from tests.app.figures.stated import Said, findings_of, said

AMERSFOORT = said("Amersfoort", "In totaal maakt 8% van de Amersfoortse jeugd gebruik van jeugdhulp.")
AMSTELVEEN = said(
    "Amstelveen",
    "Op dit moment maakt landelijk ongeveer 14% van de jeugdigen tot 18 jaar gebruik van jeugdhulp, in Amstelveen is "
    "dit 11%.",
)
APELDOORN = said(
    "Apeldoorn",
    "11,8% van de jeugdigen in Apeldoorn maakte in 2022 gebruik van een vorm van jeugdzorg (zie bijlage 1).",
)


def _found(*statements: Said) -> tuple[Measure, ...]:
    return measures(findings_of(statements), packaged_stems())


def _one(*statements: Said) -> Measure:
    (measure,) = _found(*statements)
    return measure


def _values(measure: Measure) -> list[tuple[str, str]]:
    return [(each.municipality.name, each.text[each.value.start : each.value.end]) for each in measure.figures]


def test_the_use_of_youth_care_with_what_is_not_the_same() -> None:
    measure = _one(AMERSFOORT, AMSTELVEEN, APELDOORN)
    assert (measure.name, measure.unit) == ("gebruik van jeugdhulp (jeugdigen)", "%")
    assert _values(measure) == [("Amersfoort", "8%"), ("Amstelveen", "11%"), ("Apeldoorn", "11,8%")]
    assert measure.differences == (
        "niet hetzelfde jaar (Apeldoorn: 2022; Amersfoort en Amstelveen: niet genoemd)",
        "groep anders omschreven (Amersfoort: Amersfoortse jeugd; Amstelveen: jeugdigen tot 18 jaar; Apeldoorn: "
        "jeugdigen in Apeldoorn)",
        "leeftijd niet overal hetzelfde (Amstelveen: tot 18 jaar; Amersfoort en Apeldoorn: niet genoemd)",
        "andere woorden (Amersfoort en Amstelveen: jeugdhulp; Apeldoorn: jeugdzorg)",
    )


def test_what_agrees_in_all_that_the_texts_tell_has_no_difference() -> None:
    measure = _one(
        said("Zwolle", "In 2022 had 13% van de kinderen van 4 tot 12 jaar in Zwolle overgewicht."),
        said("Breda", "In 2022 had 15% van de kinderen van 4 tot 12 jaar in Breda overgewicht."),
    )
    assert measure.differences == ()
    assert measure.name == "overgewicht (kinderen)"


@pytest.mark.parametrize(
    ("text", "difference"),
    [
        ("In 2021 had 15% van de kinderen van 4 tot 12 jaar in Breda overgewicht.", "niet hetzelfde jaar"),
        ("In Breda had 15% van de kinderen van 4 tot 12 jaar overgewicht.", "niet hetzelfde jaar"),
        ("In 2022 had 15% van de kinderen van 2 tot 18 jaar in Breda overgewicht.", "leeftijd"),
        ("In 2022 had een kwart van de kinderen van 4 tot 12 jaar in Breda overgewicht.", "anders uitgedrukt"),
        ("In 2022 had 15% van de jongeren van 4 tot 12 jaar in Breda overgewicht.", "groep anders omschreven"),
        ("In 2022 had 15% van de kinderen van 4 tot 12 jaar in Breda ernstig overgewicht.", "andere woorden"),
        ("In 2022 had 15% van de kinderen van 4 tot 12 jaar overgewicht.", "bij Breda noemt de tekst niet"),
    ],
)
def test_each_difference_is_told(text: str, difference: str) -> None:
    own = "In 2022 had 13% van de kinderen van 4 tot 12 jaar in Zwolle overgewicht."
    measure = _one(said("Zwolle", own), said("Breda", text))
    assert any(difference in each for each in measure.differences)


@pytest.mark.parametrize(
    "text",
    [
        "In Breda is 16% van de leerlingen weleens gespijbeld of te laat.",  # another thing
        "In Breda is 17% van de ouders weleens ziek.",  # other people
        "Landelijk is 17% van de leerlingen weleens ziek.",
        "In de regio West-Brabant is 17% van de leerlingen weleens ziek.",
        "In Tilburg is 17% van de leerlingen weleens ziek.",
        "In de wijk Haagse Beemden is 17% van de leerlingen weleens ziek.",
        "Op sommige scholen is 17% van de leerlingen weleens ziek.",
        "Dat is 17% van de leerlingen die weleens ziek is.",  # goes on about another sentence
        "We willen dat nog maar 12% van de leerlingen weleens ziek is.",  # an aim
        "Het aantal leerlingen dat weleens ziek is, is met 12% gestegen.",  # a change
        "Er zijn 17 leerlingen weleens ziek.",  # a count
        "Voor leerlingen van 17 jaar die ziek zijn is in 2017 € 17.000 beschikbaar.",
    ],
)
def test_what_is_no_such_figure_of_the_municipality_is_not_lined_up(text: str) -> None:
    own = said("Zwolle", "In Zwolle is 15% van de leerlingen weleens ziek.")
    assert _found(own, said("Ede", "In Ede is 11% van de leerlingen weleens ziek."))
    assert not _found(own, said("Breda", text))


def test_one_municipality_alone_is_not_side_by_side() -> None:
    assert not _found(AMERSFOORT, said("Amersfoort", "Van de Amersfoortse jeugd maakt 9% gebruik van jeugdhulp."))


def test_an_older_and_a_newer_document_give_both_their_years_the_newer_first() -> None:
    older = said("Zwolle", "In Zwolle kreeg 8% van de jeugd in 2022 jeugdhulp.", date(2022, 6, 1))
    newer = said("Zwolle", "In Zwolle kreeg 9% van de jeugd in 2024 jeugdhulp.", date(2025, 1, 1))
    measure = _one(older, newer, AMERSFOORT)
    assert _values(measure) == [("Zwolle", "9%"), ("Zwolle", "8%"), ("Amersfoort", "8%")]
    assert "niet hetzelfde jaar (Zwolle: 2024 en 2022; Amersfoort: niet genoemd)" in measure.differences


def test_the_same_number_of_the_same_year_is_shown_once_from_the_newest_document() -> None:
    text = "In Zwolle kreeg 8% van de jeugd in 2022 jeugdhulp."
    older, newer = said("Zwolle", text, date(2022, 6, 1)), said("Zwolle", text + " ", date(2025, 1, 1))
    measure = _one(older, newer, AMERSFOORT)
    assert [each.cited.document.metadata.valid_from for each in measure.figures] == [date(2025, 1, 1), None]


def test_a_row_gives_its_last_three_years_and_none_of_another_place() -> None:
    row = "Gebruik jeugdhulp | 2020: 9,5% | 2021: 10% | 2022: 10,5% | 2023: 11,8% | Nederland 2023: 10,3%"
    measure = _one(said("Zwolle", row), AMERSFOORT)
    assert [value for _, value in _values(measure)] == ["11,8%", "10,5%", "10%", "8%"]
    assert [each.years and each.years.first for each in measure.figures] == [2023, 2022, 2021, None]


def test_bare_numbers_in_a_row_have_the_unit_that_its_name_tells() -> None:
    shares = _one(said("Zwolle", "Aandeel jeugd met jeugdhulp (%) | 2022: 10,5"), AMERSFOORT)
    assert _values(shares)[0] == ("Zwolle", "10,5")
    counts = _one(
        said("Zwolle", "Aantal thuiszitters | 2022: 63"), said("Breda", "In 2022 waren er 87 thuiszitters in Breda.")
    )
    assert (counts.unit, _values(counts)[0]) == ("thuiszitters", ("Zwolle", "63"))
    assert not _found(said("Zwolle", "Kosten jeugdhulp jeugd | 2022: 10,5"), AMERSFOORT)


def test_a_document_of_several_municipalities_counts_for_the_one_its_sentence_names() -> None:
    both = ("Oss", "Boxtel")
    named = Said(both, "In Oss maakt 12,4% van de jeugd gebruik van jeugdhulp, in Boxtel 9,8%.")
    assert _values(_one(named)) == [("Oss", "12,4%"), ("Boxtel", "9,8%")]
    assert not _found(Said(both, "Van de jeugd maakt 12,4% gebruik van jeugdhulp."), AMERSFOORT)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("In Zwolle ervaren meer jongeren (52%) stress dan in de regio (49%) en in Nederland (44%).", "52%"),
        ("Uit de Buurtmonitor blijkt dat een kwart van de jongeren in Zwolle stress ervaart.", "een kwart"),
        ("Stress onder jongeren in Zwolle is gestegen van 38% naar 44%.", "44%"),
        ("1 op de 5 Zwolse jongeren heeft stress; landelijk is dat 1 op de 4.", "1 op de 5"),
        ("Van de 8.000 jongeren in Zwolle ervaart 40 à 50% stress.", "40 à 50%"),
        ("Stress jongeren | Zwolle: 41% | Nederland: 40%", "41%"),
        ("Meer dan de helft (53%) van de jongeren heeft stress.", "53%"),
    ],
)
def test_the_one_figure_of_the_municipality_itself(text: str, value: str) -> None:
    measure = _one(said("Zwolle", text), said("Breda", "In Breda ervaart 43% van de jongeren stress."))
    assert _values(measure) == [("Zwolle", value), ("Breda", "43%")]


def test_words_that_say_nothing_line_nothing_up() -> None:
    assert not _found(
        said("Zwolle", "Daarnaast is in Zwolle 20% van de jongeren ook zo’n type."),
        said("Breda", "Daarnaast heeft in Breda 16% van de jongeren gespijbeld."),
    )


def test_most_municipalities_come_first() -> None:
    ill = [said(name, f"In {name} is 15% van de leerlingen weleens ziek.") for name in ("Zwolle", "Breda")]
    found = _found(*ill, AMERSFOORT, AMSTELVEEN, APELDOORN)
    assert [measure.name for measure in found] == ["gebruik van jeugdhulp (jeugdigen)", "ziek (leerlingen)"]


def test_english_figures_are_no_reason_to_fail() -> None:
    assert not _found(
        said("Zwolle", "In 2022 11% of young people used youth care, the national average was 10%."),
        said("Breda", "Le taux de chômage des jeunes est de 12% — 很高 (12%)."),
    )


@pytest.mark.parametrize("vary", [False, True])
def test_all_municipalities_with_three_figures_each_take_well_under_a_second(vary: bool) -> None:
    words = "overgewicht armoede stress pesten alcohol schulden depressie taalachterstand verslaving".split()
    names = [each.name for each in load_municipalities()][:340]
    statements = [
        said(
            name, f"In {2020 + row} heeft {row + 2}% van de jongeren {words[(place * vary + row * vary) % 9]}, {name}."
        )
        for place, name in enumerate(names)
        for row in range(3)
    ]
    findings = findings_of(statements)
    measures(findings[:2], packaged_stems())  # what is read once
    begun = time.process_time()
    found = measures(findings, packaged_stems())
    assert time.process_time() - begun < 2.0  # some 0.3 s; room for a busy machine
    assert sum(len(measure.figures) for measure in found) == 1020


@pytest.mark.parametrize(
    "piece",
    ["1% ", "5% van de ", "12 jongeren en ", "mooie ", "Zwolle ", "12- en ", "1.000.", " | k: 5%", "tot 5 ", "x", "9"],
)
def test_time_grows_no_faster_than_a_hostile_text(piece: str) -> None:
    """Also of what reads any text: of a sentence over 2,000 characters no figure is taken."""

    def seconds(length: int) -> float:
        text = f"12% van de jeugd {piece * (length // len(piece))} 5%"
        findings = findings_of([said("Zwolle", text), said("Breda", text)])
        spent = []
        for _ in range(2):
            stems = Stems()
            stems.concepts("jeugd")
            begun = time.process_time()
            for reads in (find_values, find_cells, find_ages, find_breaks, stems.concepts):
                reads(text)
            whose("Zwolle", text, 0, len(text))
            measures(findings, stems)
            spent.append(time.process_time() - begun)
        return min(spent)

    assert seconds(1_900) < 2.0
    assert seconds(80_000) < 0.3 + 10 * seconds(20_000)  # quadratic would be 16 times


def test_a_word_of_ten_thousand_letters_is_no_reason_to_fail() -> None:
    assert not _found(AMERSFOORT, said("Zwolle", f"8% van de jeugd maakt gebruik van {'jeugdhulp' * 1_200}."))
