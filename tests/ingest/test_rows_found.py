"""A question about an amount finds its row in real accounts, with the headings beside the numbers."""

from collections import Counter
from pathlib import Path

import pytest

from corpus.passage import Passage, embedded_text
from corpus.stored import TermFrequencies
from embeddings.lexical import Lexicon
from ingest.read import read_document
from ingest.split import split

ACCOUNTS = Path(__file__).parents[2].parent / "shared" / "documents" / "pdf" / "wassenaar_jaarstukken_2023.pdf"
pytestmark = pytest.mark.skipif(not ACCOUNTS.exists(), reason="the shared documents are not here")


@pytest.fixture(scope="module")
def passages() -> list[Passage]:
    return split("v", read_document(ACCOUNTS))


def first_by_words(passages: list[Passage], question: str, limit: int) -> list[Passage]:
    """The passages that the lexical leg puts first (BM25)."""
    lexicon = Lexicon()
    vectors = [lexicon.passage_vector(embedded_text("Jaarstukken 2023", each.section, each.quote)) for each in passages]
    counts = Counter(term for vector in vectors for term in vector.indices)
    asked = lexicon.query_vector(question, TermFrequencies(len(passages), counts))
    weights = dict(zip(asked.indices, asked.values, strict=True))
    scores = [
        sum(weights.get(term, 0.0) * value for term, value in zip(vector.indices, vector.values, strict=True))
        for vector in vectors
    ]
    return [passages[row] for row in sorted(range(len(passages)), key=lambda row: -scores[row])[:limit]]


@pytest.mark.parametrize(
    ("question", "row", "value"),
    [
        ("lasten taakveld jeugdhulp 2023", "6.72b Jeugdhulp behandeling", "Realisatie 2023 Lasten: -467.456"),
        ("bijdrage GGD en Veilig Thuis Haaglanden 2023", "GGD en Veilig Thuis Haaglanden", "Bijdrage 2023: 576.929"),
        ("percentage jongeren met jeugdhulp", "% jongeren tot 18 jaar met jeugdhulp", "Resultaat 2023: 9,2%"),
    ],
)
def test_a_row_is_found_with_its_headings(passages: list[Passage], question: str, row: str, value: str) -> None:
    found = first_by_words(passages, question, 10)
    lines = [line for passage in found if passage.in_table for line in passage.quote.split("\n")]
    assert any(row in line and value in line for line in lines), [passage.quote[:200] for passage in found]
