"""The list of synonyms, and what a question brings along."""

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from pypdf import PdfReader

from embeddings.lexical import Lexicon
from embeddings.synonyms import SYNONYMS_FILE, SynonymGroup, Synonyms, load_groups
from embeddings.term_groups import Link, TermGroups
from tests.embeddings.test_term_groups import stem

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
GROUPS = load_groups()
PAGES = {
    "De_Groenen_A5_2col.pdf": [10],
    "TK_2021-03_GroenLinks.pdf": [23, 25, 41],
    "pbl_verhuismotieven_2023.pdf": [16],
    "wassenaar_jaarstukken_2023.pdf": [33, 96, 170],
}
SYNONYMS = Synonyms(stem)


def notes() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus" / "notes").glob("*.txt")))


def shared() -> str:
    texts = [path.read_text(encoding="utf-8") for path in sorted((SHARED / "documents" / "text").glob("*.[mt]*"))]
    lines = (SHARED / "evaluation" / "kamervragen-qa" / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    return "\n".join(chain(texts, (json.loads(line)["text"] for line in lines), pages()))


def pages() -> Iterator[str]:
    """Single pages of PDFs with a term that no text file has; whole PDFs would take a minute."""
    for name, numbers in PAGES.items():
        reader = PdfReader(SHARED / "documents" / "pdf" / name)
        yield from (reader.pages[number - 1].extract_text() for number in numbers)


def terms_in(text: str) -> Counter[str]:
    """The terms of the list that stand in a text; hyphens at line ends mended."""
    names = {term for group in GROUPS for term in (*group.terms, *group.narrower)}
    # one at a time, or the longest would hide the others
    words = re.sub(r"-\s*\n\s*(?=[a-z])", "", text)
    found: Counter[str] = Counter()
    for length in range(1, 6):
        links = [Link(name, ()) for name in names if len(re.findall(r"[^\W_]+", name)) == length]
        found.update(match.link.term for match in TermGroups(links, cache(stem)).matches(words))
    return found


def test_every_group_is_found_in_the_notes_or_in_other_real_documents() -> None:
    in_notes = terms_in(notes())
    unfound = [group for group in GROUPS if not any(in_notes[term] for term in (*group.terms, *group.narrower))]
    if not SHARED.is_dir():
        assert len(unfound) < len(GROUPS) / 8
        pytest.skip("no ../shared: the groups that the notes do not have cannot be looked up elsewhere")
    everywhere = in_notes + terms_in(shared())
    elsewhere = [sum(1 for term in (*group.terms, *group.narrower) if everywhere[term]) for group in unfound]
    assert [group.terms for group, count in zip(unfound, elsewhere, strict=True) if count < 2] == []


def test_the_list_is_long_enough_and_says_nothing_twice() -> None:
    assert len(GROUPS) >= 60
    for group in GROUPS:
        terms = (*group.terms, *group.narrower)
        assert len({term.lower() for term in terms}) == len(terms), terms
        assert len(terms) <= 8, terms
    assert [terms for terms, count in Counter(group.terms for group in GROUPS).items() if count > 1] == []


@pytest.mark.parametrize(
    ("question", "also"),
    [
        ("Hoeveel conflictscheidingen zijn er?", "vechtscheiding"),
        ("jeugdzorg", "jeugdhulp"),
        ("spijbelen", "ongeoorloofd verzuim"),
        ("scholen voor hoogbegaafden", "meerbegaafd"),
        ("asielzoekerskinderen in de klas", "nieuwkomer"),
        ("moeite met lezen en schrijven", "laaggeletterdheid"),
        ("vergunninghouders", "statushouder"),
        ("dak- en thuislozen", "dakloosheid"),
        ("het sociaal team", "wijkteam"),
        ("schuldhulp", "schuldsanering"),
    ],
)
def test_lay_and_policy_words_bring_each_other(question: str, also: str) -> None:
    assert also in SYNONYMS.expansions(question)


@pytest.mark.parametrize(
    "question",
    [
        "hondenbelasting",
        "parkeren in de binnenstad",
        "schuldhulpverleningsplan",  # a compound that holds a term
        "schuldbewust",
        "Wat doet Utrecht?",
        "",
    ],
)
def test_other_questions_bring_nothing(question: str) -> None:
    assert SYNONYMS.expansions(question) == ()


def test_a_narrower_term_is_brought_but_brings_nothing() -> None:
    synonyms = Synonyms(stem, [SynonymGroup(("schuldhulp", "schuldhulpverlening"), ("bewindvoering",))])
    assert synonyms.expansions("schuldhulp") == ("schuldhulpverlening", "bewindvoering")
    assert synonyms.expansions("bewindvoering") == ()


def test_in_order_of_appearance_and_once() -> None:
    synonyms = Synonyms(stem, [SynonymGroup(("a1", "b1"), ()), SynonymGroup(("c1", "b1"), ())])
    assert synonyms.expansions("c1 a1 c1") == ("b1",)
    assert synonyms.expansions("b1") == ("a1", "c1")


def test_reading_it_takes_milliseconds() -> None:
    plain = Lexicon().terms("jeugd")  # the word list is read for other purposes
    assert plain
    durations = []
    for _ in range(5):
        started = time.perf_counter()
        assert len(Synonyms(str.lower).expansions("jeugdhulp")) == 2
        durations.append(time.perf_counter() - started)
    assert min(durations) < 0.02


MALFORMED = [
    '[[group]]\nterms = ["alleen"]',
    '[[group]]\nterms = []\nnarrower = ["a", "b"]',
    '[[group]]\nterms = ["a", 2]',
    '[[group]]\nterms = ["a", " b"]',
    '[[group]]\nterms = ["a", ""]',
    '[[group]]\nterms = "a b"',
    '[[group]]\nterms = ["a", "b"]\nbroader = ["c"]',
    '[[groups]]\nterms = ["a", "b"]',
    'title = "x"\n[[group]]\nterms = ["a", "b"]',
]


@pytest.mark.parametrize("content", MALFORMED)
def test_a_malformed_list_is_refused_with_its_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "woorden.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"woorden\.toml"):
        load_groups(path)


def test_the_shipped_list_is_plain_to_read() -> None:
    lines = SYNONYMS_FILE.read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) <= 140
