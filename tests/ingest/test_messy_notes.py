"""Properties of cleaning, structure and splitting that hold for every note, however messy."""

import dataclasses
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.document import Document
from corpus.passage import MAX_PASSAGE_CHARACTERS
from ingest.clean import clean
from ingest.source_text import SourceText
from ingest.split import split
from ingest.structure import find_sections

steady = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

WORDS = """
gemeente jeugd zorg jeugdhulp onderwijs de het een van en in op dat we ouders kinderen wijkteam preventie beleidsterrein
ondersteuning school POH GGZ Amstelveen scheiding jeugd-GGZ 0-18 €30.000 2024 (echt)scheiding 10% bijv. o.a. é één café
""".split()
MESS = ["\u00ad", "\ufffd", "\u200b", "\u0007", "\ufb01", "\u202e", "\ufeff", "\u00a0", "\t", "**", "*", "#", "[x](#)"]
STRANGE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=300)


def words(low: int, high: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(WORDS), min_size=low, max_size=high)


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    """Some sentences, wrapped at some width, words broken with a hyphen now and then, perhaps blank lines between."""
    text = " ".join(" ".join(sentence).capitalize() + "." for sentence in draw(st.lists(words(3, 14), max_size=6)))
    width = draw(st.sampled_from([30, 60, 90, 100_000]))
    line_end = draw(st.sampled_from(["\n", " \n", "\n\n", " \n\n", "\r\n"]))
    lines = re.findall(rf".{{1,{width}}}(?:\s|$)", text)
    if draw(st.booleans()):
        lines = [re.sub(r"(\w{4})(\w{3,}) ?$", rf"\1-{line_end}\2 ", line) for line in lines]
    return line_end.join(line.rstrip() for line in lines)


HEADINGS = st.one_of(
    st.sampled_from(
        ["Inhoud", "Inleiding", "Doelen", "Wat doen we al?", "HOOFDSTUK 2\nTHUIS", "ACTIE 7", "# Kop", "1b. Titel"]
    ),
    st.builds(
        lambda n, t: f"{n} {' '.join(t).capitalize()}",
        st.sampled_from(["1", "1.2", "2.4.3", "Hoofdstuk 3."]),
        words(1, 4),
    ),
)
ITEMS = st.builds(
    lambda mark, items: "\n".join(f"{mark} {' '.join(item)};" for item in items),
    st.sampled_from(["•", "-", "1.", "a)"]),
    st.lists(words(1, 25), min_size=1, max_size=6),
)
FURNITURE = st.sampled_from(
    ["12", "\f", " Nieuwe pagina", "3 Titel van de nota", "Titel\t5", "Postbus 12", "1 Noot bij de tekst", "¹ Noot"]
)
BLOCKS = st.one_of(paragraphs(), HEADINGS, ITEMS, FURNITURE, STRANGE, st.sampled_from(MESS), st.just("x" * 1500))
NOTES = st.builds(
    lambda blocks, gaps: "".join(block + gap for block, gap in zip(blocks, gaps, strict=False)),
    st.lists(BLOCKS, min_size=1, max_size=14),
    st.lists(st.sampled_from(["\n", "\n\n", " \n\n", "\n\n\n\n", "", " "]), min_size=14, max_size=14),
)


def as_source(text: str) -> SourceText:
    return SourceText(text, "test")


def as_document(text: str) -> Document:
    source = as_source(text)
    cleaned = clean(source)
    bare = Document.of_text(cleaned.text, find_sections(cleaned), cleaned.pages)
    return dataclasses.replace(bare, source=text, stretches=cleaned.stretches)


@steady
@given(NOTES)
def test_the_span_map_accounts_for_every_character(text: str) -> None:
    document = as_document(text)
    position, length = 0, 0
    for stretch in document.stretches:
        assert (stretch.source_start, stretch.start) == (position, length)
        assert stretch.source_end > stretch.source_start
        if stretch.change is None:
            assert (
                document.source[stretch.source_start : stretch.source_end] == document.text[stretch.start : stretch.end]
            )
        position, length = stretch.source_end, stretch.end
    assert (position, length) == (len(document.source), len(document.text))


@steady
@given(NOTES)
def test_no_word_is_lost_unless_a_whole_line_was_dropped(text: str) -> None:
    document = as_document(text)
    for stretch in document.stretches:
        if stretch.change is not None and stretch.change.value not in (
            "running header",
            "page number",
            "markup",
            "ligature",
        ):
            dropped = document.source[stretch.source_start : stretch.source_end]
            assert not any(character.isalnum() for character in dropped), (stretch.change, dropped)


@steady
@given(NOTES)
def test_the_text_has_no_white_space_to_stumble_over(text: str) -> None:
    cleaned = clean(as_source(text)).text
    assert cleaned == cleaned.strip()
    assert not re.search(r"  |\n\n\n|[^\S \n]| \n|\n ", cleaned)


@steady
@given(NOTES)
def test_sections_and_pages_tile_the_text(text: str) -> None:
    document = as_document(text)
    for spans in (document.sections, document.pages):
        ends = [0, *(span.end for span in spans)]
        assert [span.start for span in spans] == ends[:-1]
        assert not spans or ends[-1] == len(document.text)
    assert all(section.start <= section.heading_end <= section.end for section in document.sections)


@steady
@given(NOTES, st.sampled_from([300, 650, 1000]))
def test_passages_cover_their_section_in_order(text: str, target: int) -> None:
    document = as_document(text)
    passages = split("version", document, target=target)
    for section in document.sections:
        inside = [passage for passage in passages if section.start <= passage.start < section.end]
        position = section.start
        for passage in inside:
            assert passage.start >= position
            assert not document.text[position : passage.start].strip()
            assert passage.section == section.path
            assert passage.kind is section.kind
            position = passage.end
        assert position <= section.end
        assert not document.text[position : section.end].strip()


@steady
@given(NOTES)
def test_a_passage_is_an_exact_trimmed_span_that_cuts_no_word(text: str) -> None:
    document = as_document(text)
    longest_word = max(map(len, document.text.split()), default=0)
    for passage in split("version", document):
        assert passage.quote == document.text[passage.start : passage.end]
        assert passage.quote == passage.quote.strip() != ""
        assert len(passage.quote) <= MAX_PASSAGE_CHARACTERS
        if longest_word <= MAX_PASSAGE_CHARACTERS:
            around = document.text[: passage.start][-1:] + document.text[passage.end : passage.end + 1]
            assert not around.strip()


@steady
@given(NOTES)
def test_splitting_twice_gives_the_same_passages(text: str) -> None:
    document = as_document(text)
    once, twice = split("version", document), split("version", as_document(text))
    assert once == twice
    assert len({passage.id for passage in once}) == len(once)
    assert not {passage.id for passage in once} & {passage.id for passage in split("other", document)}


CLEAN_PARAGRAPHS = st.builds(
    lambda sentences: " ".join("We " + " ".join(sentence) + " samen." for sentence in sentences),
    st.lists(words(2, 20), min_size=1, max_size=8),
)
CLEAN_ITEMS = st.builds(
    lambda mark, items: "\n".join(f"{mark} meer {' '.join(item)} samen;" for item in items),
    st.sampled_from(["•", "-"]),
    st.lists(words(1, 25), min_size=1, max_size=6),
)
CLEAN_HEADINGS = st.sampled_from(
    ["Doelen", "1.2 Onze aanpak", "Hoofdstuk 3. Visie", "Wat doen we al?", "1b. Scheidingen"]
)


CLEAN_LISTS = st.builds(lambda lead_in, items: f"{lead_in}\n\n{items}", CLEAN_PARAGRAPHS, CLEAN_ITEMS)


@steady
@given(st.lists(st.one_of(CLEAN_PARAGRAPHS, CLEAN_LISTS, CLEAN_HEADINGS), min_size=1, max_size=12))
def test_a_text_that_is_clean_is_left_as_it_is(blocks: list[str]) -> None:
    text = "\n\n".join(blocks)
    assert clean(as_source(text)).text == text
