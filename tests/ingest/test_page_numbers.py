"""Pages of plain text: known where a number is printed, and only there."""

from ingest.clean import clean
from ingest.source_text import SourceText

BODY = """Wij werken samen met ouders en scholen aan
een veilige wijk, en dat blijven wij hier
ook de komende vier jaren doen.
"""


def numbers(text: str) -> dict[str, int | None]:
    """The page of every word in capitals, the marks of these tests."""
    cleaned = clean(SourceText(text, "test"))
    marks = [word.strip(".") for word in cleaned.text.split() if word.strip(".").isupper() and len(word) > 3]
    found: dict[str, int | None] = {}
    for mark in marks:
        position = cleaned.text.index(mark)
        found[mark] = next((page.number for page in cleaned.pages if page.start <= position < page.end), None)
    return found


def test_a_number_at_the_top_holds_to_the_next_page_start() -> None:
    before = f"{BODY}EERST.\n Tweede {BODY}TWEEDE.\n Derde {BODY}"
    text = f"{before}\n\n\n\n22\n\n{BODY}DERDE.\n\n{BODY}VERDER.\n Vierde {BODY}VIERDE."
    assert numbers(text) == {"EERST": None, "TWEEDE": None, "DERDE": 22, "VERDER": 22, "VIERDE": None}


def test_a_number_at_the_foot_holds_for_the_page_that_it_ends() -> None:
    text = f"{BODY}EERST.\f{BODY}TWEEDE.\n\n7\n\f{BODY}DERDE.\n\n8\n\f{BODY}VIERDE."
    assert numbers(text) == {"EERST": None, "TWEEDE": 7, "DERDE": 8, "VIERDE": None}


def test_a_number_between_two_pages_without_a_mark_is_not_guessed() -> None:
    text = f"{BODY}EERST.\n\n\n\n12\n\n\n\n{BODY}TWEEDE."
    assert numbers(text) == {"EERST": None, "TWEEDE": None}


def test_numbers_of_a_list_of_contents_are_no_pages() -> None:
    text = (
        f"INHOUDSOPGAVE\n\n3\nHOOFDSTUK 1\nInleiding\n\n6\nHOOFDSTUK 2\nThuis\n\n\n\nHOOFDSTUK 1\nSTART\n\n{BODY}SLOT."
    )
    assert set(numbers(text).values()) == {None}


def test_a_year_or_a_number_in_a_table_is_no_page() -> None:
    text = f"{BODY}EERST.\n\n2024\n\n{BODY}TWEEDE.\n\n1\n\nVE plus groep I 150 150\n\n{BODY}DERDE."
    assert set(numbers(text).values()) == {None}


def test_a_text_without_pages_has_none() -> None:
    cleaned = clean(SourceText(BODY, "test"))
    assert cleaned.pages == ()
