"""What is found while somebody types, and in which order."""

import time

from app.suggestions.analysis import WordAnalysis
from app.suggestions.index import SuggestionIndex
from tests.app.suggestions.made import A, B, C, index_of, offered, texts


def headings(*names: str) -> SuggestionIndex:
    return index_of((offered(*((name, "") for name in names)), [A]))


def test_what_begins_so_comes_before_a_word_and_a_word_before_a_part() -> None:
    index = headings("Schuldhulp", "Hulp aan huis", "Extra hulp", "Wonen")
    assert texts(index, "hulp") == ["Hulp aan huis", "Extra hulp", "Schuldhulp"]
    assert texts(index, "HULP ") == texts(index, "hulp")
    assert texts(index, "hulp", 2) == ["Hulp aan huis", "Extra hulp"]


def test_of_equal_ones_that_of_most_municipalities_comes_first_then_of_most_documents_then_the_shorter() -> None:
    zorg, wonen = offered(("Zorggeld", ""), ("Zorgplan jeugd", "")), offered(("Zorgkosten", ""), ("Zorggeld", ""))
    index = index_of((zorg, [A]), (wonen, [A]), (offered(("Zorgkosten", "")), [B, C]), (offered(("Zorgen", "")), [A]))
    assert texts(index, "zorg") == ["Zorgkosten", "Zorggeld", "Zorgen", "Zorgplan jeugd"]
    assert [each.municipalities for each in index.find("zorgk", 1)] == [3]


def test_parts_of_compounds_are_found_by_their_beginning() -> None:
    index = headings("Wachtlijsten", "Wachttijden", "Huizenprijzen", "Jeugd-GGZ")
    assert texts(index, "lijst") == ["Wachtlijsten"]
    assert texts(index, "wacht") == ["Wachttijden", "Wachtlijsten"]
    assert texts(index, "prijs") == texts(index, "prijze") == ["Huizenprijzen"]
    assert texts(index, "ggz") == ["Jeugd-GGZ"]
    assert texts(index, "ijst") == []


def test_words_are_found_in_any_order_and_accents_do_not_count() -> None:
    index = headings("Coördinatie van de zorg", "Zorg voor ouderen")
    assert texts(index, "zorg coordi") == ["Coördinatie van de zorg"]
    assert texts(index, "coördinatie van") == ["Coördinatie van de zorg"]
    assert texts(index, "zorg voor") == ["Zorg voor ouderen"]
    assert texts(index, "zorg brandweer") == []


def test_an_abbreviation_is_found_by_both_its_forms_and_first_by_itself() -> None:
    document = offered(("PGBeheer", ""), ("Budgetten", ""), abbreviations=[("pgb", "persoonsgebonden budget")])
    index = index_of((document, [A]))
    assert texts(index, "PGB")[0] == texts(index, "persoonsgeb")[0] == "persoonsgebonden budget (pgb)"
    assert set(texts(index, "budget")) == {"persoonsgebonden budget (pgb)", "Budgetten"}


def test_one_slip_is_let_pass_where_nothing_else_is_found() -> None:
    index = headings("Wachtlijsten", "Mantelzorg voor ouderen", "Wonen")
    for slip in ("wachtlisten", "wahctlij", "awchtlij", "wactlijsten", "wachtlihs", "wacbtl"):
        assert texts(index, slip) == ["Wachtlijsten"]
    assert texts(index, "mantelzrog oud") == ["Mantelzorg voor ouderen"]
    assert texts(index, "wxxen") == texts(index, "wonx") == []  # two slips; too short to tell
    assert texts(index, "brandweer") == []


def test_too_little_or_hostile_typing_finds_nothing() -> None:
    index = headings("Wonen", "Zorg")
    for typed in ("", "w", " ", "%", "**", "\u202e\u202e", "<>", "wo" * 100_000, "\U0010ffff" * 3):
        assert texts(index, typed) == []
    assert texts(index, "<b>wo</b>") == []
    assert texts(SuggestionIndex((), WordAnalysis()), "wonen") == []


def test_what_only_other_documents_say_is_left_out() -> None:
    index = index_of((offered(("Wonen", ""), ("Woonzorg", "")), [A]), (offered(("Wonen", "")), [B]))
    assert [each.text for each in index.find("wo", 8, documents=0b10)] == ["Wonen"]
    assert index.find("wo", 8, documents=0) == ()


def test_many_candidates_are_searched_within_the_pause_of_a_typist() -> None:
    ends = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "bdfgklmnprst"]
    index = headings(
        *(f"Zorg{end} voor {other}" for end in ends for other in ("jeugd", "ouderen", "gezinnen", "wijken"))
    )
    assert len(index) > 2_000
    typed = ["zo", "zorg", "zorgb voor o", "oud", "ouderxn", "voor jeugd", "zorgbabx"]
    began = time.thread_time()
    assert all(texts(index, each) for each in typed[:4])
    for each in typed:
        texts(index, each)
    assert (time.thread_time() - began) / len(typed) < 0.2
