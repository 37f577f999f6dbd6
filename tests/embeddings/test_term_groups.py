"""Terms found in a text by their stems."""

import pytest

from embeddings.lexical import Lexicon
from embeddings.term_groups import Link, TermGroups

LEXICON = Lexicon()


def stem(word: str) -> str:
    """As the index stems a word as it is written."""
    return next((term.form for term in LEXICON.terms(word) if term.weight == 1.0), word)


def found(text: str, *links: Link) -> list[str]:
    return [text[match.start : match.end] for match in TermGroups(links, stem).matches(text)]


def terms(*names: str) -> tuple[Link, ...]:
    return tuple(Link(name, ()) for name in names)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("thuiszitter", "Thuiszitters"),
        ("conflictscheiding", "CONFLICTSCHEIDINGEN"),
        ("gezin", "gezinnen"),
        ("huis", "huizen"),
        ("subsidie", "subsidies"),
        ("buurtsportcoach", "buurtsportcoaches"),
        ("gezondheidsverschil", "gezondheidsverschillen"),
        ("hoogbegaafd", "hoogbegaafde"),
        ("complexe scheiding", "complexe\nscheidingen"),
        ("dak- en thuisloze", "dak- en thuislozen"),
        ("jeugd-ggz", "jeugd ggz"),
        ("gecertificeerde instelling", "Gecertificeerde Instellingen"),
        ("IHV13w", "ihv13w"),
        ("crèche", "crèches"),
    ],
)
def test_inflected_forms_match(term: str, text: str) -> None:
    assert found(f"Wat doen we aan {text}?", Link(term, ())) == [text]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("schuld", "schuldhulpverlening"),
        ("zorg", "mantelzorg"),
        ("complexe scheiding", "complexe zaken en scheiding"),
        ("jeugdhulp", "jeugdhulpregio"),
        ("vve", "vv e"),
    ],
)
def test_parts_of_words_and_words_apart_do_not(term: str, text: str) -> None:
    assert found(text, Link(term, ())) == []


def test_the_longest_match_wins_and_words_are_used_once() -> None:
    links = terms("scheiding", "complexe scheiding", "scheiding van ouders", "complexe")
    assert found("complexe scheiding van ouders, scheiding", *links) == ["complexe scheiding", "scheiding"]


def test_every_link_of_the_same_term_matches() -> None:
    links = (Link("drugs", ("a",)), Link("drugs", ("b",)))
    assert [match.link.brings for match in TermGroups(links, stem).matches("drugs")] == [("a",), ("b",)]


def test_some_terms_match_only_as_they_are_written() -> None:
    assert found("KIES en kies en Kies", Link("KIES", (), as_written=True)) == ["KIES"]


def test_nothing_matches_in_nothing() -> None:
    assert found("", *terms("jeugd")) == []
    assert found("jeugd") == []
    assert found("?! -", *terms("-", "jeugd")) == []
