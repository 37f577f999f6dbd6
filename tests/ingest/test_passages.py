"""How a section is cut: sizes, natural places, pages, and what stays together."""

from corpus.document import Document, PageSpan, Section, SectionKind
from corpus.passage import MAX_PASSAGE_CHARACTERS, passage_id
from ingest.split import split

SENTENCE = "Wij werken samen met ouders en scholen aan een veilige wijk voor alle kinderen. "


def document(text: str, heading_end: int = 0, pages: tuple[PageSpan, ...] = ()) -> Document:
    section = Section(("Kop",), SectionKind.BODY, 0, heading_end, len(text))
    return Document.of_text(text, (section,), pages)


def test_lengths_come_near_the_target() -> None:
    text = (SENTENCE * 100).strip()
    for target in (300, 500, 650):
        lengths = [len(passage.quote) for passage in split("v", document(text), target=target)]
        assert target - 100 <= sorted(lengths)[len(lengths) // 2] <= target + 100


def test_small_paragraphs_are_taken_together_and_cuts_fall_between_paragraphs() -> None:
    paragraph = (SENTENCE * 4).strip()
    passages = split("v", document("\n\n".join([paragraph] * 6)))
    assert [passage.quote for passage in passages] == ["\n\n".join([paragraph] * 2)] * 3


def test_the_heading_is_part_of_the_first_passage() -> None:
    text = "Onze aanpak\n\n" + (SENTENCE * 30).strip()
    first = split("v", document(text, heading_end=len("Onze aanpak")))[0]
    assert first.quote.startswith("Onze aanpak\n\nWij werken")


def test_a_list_keeps_its_lead_in() -> None:
    items = "\n".join(f"• meer aandacht voor onderwerp {letter} in elke wijk;" for letter in "abcdefgh")
    text = (SENTENCE * 10).strip() + "\n\nWij kiezen daarom voor:\n\n" + items
    passages = split("v", document(text))
    assert any(passage.quote.startswith("Wij kiezen daarom voor:\n\n• meer") for passage in passages)


def test_a_long_sentence_is_cut_between_words() -> None:
    text = " ".join(f"woord{number}" for number in range(400))
    passages = split("v", document(text))
    assert all(len(passage.quote) <= MAX_PASSAGE_CHARACTERS for passage in passages)
    assert " ".join(passage.quote for passage in passages) == text


def test_only_a_word_longer_than_a_passage_is_cut() -> None:
    passages = split("v", document("kort " + "x" * 2500 + " slot"))
    assert [len(passage.quote) for passage in passages] == [4, 1200, 1200, 105]


def test_a_page_is_given_only_where_every_page_under_the_passage_is_known() -> None:
    text = (SENTENCE * 24).strip()
    third = len(text) // 3
    pages = (PageSpan(4, 0, third), PageSpan(5, third, 2 * third), PageSpan(None, 2 * third, len(text)))
    found = [passage.pages for passage in split("v", document(text, pages=pages))]
    assert found[0] == (4, 4) or found[0] == (4, 5)
    assert found[-1] is None
    assert all(numbers is None or 4 <= numbers[0] <= numbers[1] <= 5 for numbers in found)


def test_ids_are_those_of_the_span() -> None:
    passage = split("versie", document("Een korte tekst."))[0]
    assert (passage.start, passage.end) == (0, 16)
    assert passage.id == passage_id("versie", 0, 16)


def test_an_empty_section_gives_no_passage() -> None:
    assert split("v", document(" \n\n ")) == []
