"""Tables of money that came out as lines: found with caption and header lines, and kept together."""

from corpus.document import Document, Section, SectionKind
from corpus.passage import MAX_PASSAGE_CHARACTERS
from ingest.clean import clean
from ingest.source_text import SourceText
from ingest.split import split
from ingest.structure import find_sections
from ingest.tables import find_tables

SENTENCE = "Wij werken samen met ouders en scholen aan een veilige wijk voor alle kinderen."
CAPTION = "Begroting Jeugd en Onderwijs 2024-2027"
ROWS = [
    "2024 2025 2026 2027",
    "Jeugd",
    "Incidenteel 6.432.500 5.794.500 127.000 127.000",
    "Structureel 25.360.100 25.887.900",
]
MORE = ["Onderwijs", "Incidenteel 391.000 488.000", "Structureel 3.219.200 3.219.200", "Totaal 35.402.800 35.389.600"]


def passages(text: str) -> list[str]:
    section = Section(("Kop",), SectionKind.BODY, 0, 0, len(text))
    document = Document.of_text(text, (section,))
    return [passage.quote for passage in split("v", document)]


def test_a_table_is_found_with_its_caption() -> None:
    (table,) = find_tables([SENTENCE, CAPTION, *ROWS, *MORE, SENTENCE])
    assert (table.start, table.first, table.end) == (1, 2, 10)


def test_a_sentence_that_leads_in_belongs_to_the_table() -> None:
    (table,) = find_tables([SENTENCE, "In bedragen x € 1.000:", *ROWS, *MORE])
    assert (table.start, table.first) == (1, 2)


def test_what_names_the_source_below_a_table_ends_it() -> None:
    first, second = find_tables([*ROWS, *MORE, "Programma 2.1 (bron: meerjarenbegroting)", "Lasten", *ROWS[2:], *MORE])
    assert (first.start, first.end) == (0, 9)
    assert (second.start, second.first) == (9, 10)


def test_a_row_of_years_opens_another_table() -> None:
    assert [table.end for table in find_tables([*ROWS, *MORE, *ROWS, *MORE])] == [8, 16]


def test_cells_that_were_wrapped_stay_inside() -> None:
    lines = [
        CAPTION,
        "2024 2025 2026",
        "1 Projectleider voor onderdak en begeleiding",
        "van uitstromende jongeren I 30 120 60",
    ]
    (table,) = find_tables([*lines, "2 Extra inzet", "Te dekken uit regulier budget S 20 80 80", SENTENCE])
    assert (table.start, table.end) == (0, 6)


def test_sentences_years_and_lists_are_no_table() -> None:
    assert find_tables([SENTENCE, "Het gaat om 120 kinderen.", "In 2024", "Vanaf 2025", "Tot en met 2026"]) == []
    assert find_tables(["2024", "2025", "2026", "2027"]) == []
    assert find_tables(["Regio 49%", "Nederland 44%"]) == []


def test_a_table_that_fits_is_one_passage_with_its_header_lines() -> None:
    text = "\n\n".join([" ".join([SENTENCE] * 9), CAPTION, "\n".join([*ROWS, *MORE]), " ".join([SENTENCE] * 9)])
    (found,) = [quote for quote in passages(text) if "Incidenteel" in quote]
    assert all(line in found for line in [CAPTION, *ROWS, *MORE])


def test_a_table_far_longer_than_the_target_still_is_one_passage() -> None:
    rows = [f"Taakveld {number} Maatwerk en ondersteuning {number}.100 {number}.200" for number in range(10, 29)]
    text = "\n\n".join([SENTENCE, CAPTION + ":", "2024 2025 2026\n" + "\n".join(rows)])
    assert 1000 < len(text) <= MAX_PASSAGE_CHARACTERS
    (found,) = [quote for quote in passages(text) if "Taakveld" in quote]
    assert found.endswith(rows[-1])
    assert CAPTION in found


def test_a_table_that_is_too_long_is_cut_between_rows() -> None:
    rows = [f"Taakveld {number} Maatwerk. En meer ondersteuning {number}.100 {number}.200" for number in range(10, 60)]
    found = passages("\n".join([CAPTION, "2024 2025 2026", *rows]))
    assert len(found) >= 2
    assert found[0].startswith(CAPTION)
    assert [line for quote in found for line in quote.split("\n")] == [CAPTION, "2024 2025 2026", *rows]


def test_the_caption_is_a_heading_and_the_labels_inside_are_not() -> None:
    body = " ".join([SENTENCE] * 3)
    table = f"{CAPTION}\n\nJeugd\n\n" + "\n\n".join(ROWS[2:]) + "\n\nOnderwijs\n\n" + "\n\n".join(MORE[1:])
    text = f"Geld\n\n{body}\n\n{table}\n\n{body}\n\nVooruitblik\n\n{body}"
    found = find_sections(clean(SourceText(text, "test")))
    assert [section.path[-1] for section in found] == ["Geld", CAPTION, "Vooruitblik"]
