"""Passages that repeat a better one of the same document."""

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from app.near_duplicates import repeats_last
from app.retrieval import Candidate

LONG = "Ieder kind groeit veilig op en doet mee aan het gewone leven van de stad"
PART = "Ieder kind groeit veilig op en doet mee"
OTHER = "De raad stelt dit jaar geld beschikbaar voor nieuwe speelplaatsen"
WORDS = st.sampled_from("de gemeente wil dat elk kind veilig kan spelen".split())


def candidate(id_: str, score: float, version: str = "v") -> Candidate:
    return Candidate(id_, version, score, 0.5, None, None)


def ordered(candidates: Sequence[Candidate], quotes: Mapping[str, str]) -> list[tuple[str, float]]:
    return [(each.id, each.score) for each in repeats_last(candidates, lambda each: quotes[each.id])]


def test_a_repeat_goes_last_with_the_score_of_the_last_that_is_none() -> None:
    found = [candidate("a", 0.9), candidate("b", 0.8), candidate("c", 0.7)]
    assert ordered(found, {"a": LONG, "b": LONG, "c": OTHER}) == [("a", 0.9), ("c", 0.7), ("b", 0.7)]


def test_repeats_keep_their_order_and_never_rise() -> None:
    found = [candidate("a", 0.9), candidate("b", 0.8), candidate("c", 0.5), candidate("d", 0.3)]
    assert ordered(found, {"a": LONG, "b": LONG, "c": OTHER, "d": LONG}) == [
        ("a", 0.9),
        ("c", 0.5),
        ("b", 0.5),
        ("d", 0.3),
    ]


def test_what_holds_half_of_the_shorter_is_a_repeat_whichever_is_longer() -> None:
    found = [candidate("a", 0.9), candidate("b", 0.8), candidate("c", 0.7)]
    for first, second in ((LONG, PART), (PART, LONG)):
        assert [id_ for id_, _ in ordered(found, {"a": first, "b": second, "c": OTHER})] == ["a", "c", "b"]


def test_half_of_the_runs_of_three_words_make_a_repeat() -> None:
    """ "een twee drie vier vijf zes" has four such runs; the others share two and one of them."""
    found = [candidate("a", 0.9), candidate("b", 0.8), candidate("c", 0.7)]
    quotes = {"a": "een twee drie vier vijf zes", "c": OTHER}
    assert [id_ for id_, _ in ordered(found, quotes | {"b": "een twee drie vier zeven acht"})] == ["a", "c", "b"]
    assert [id_ for id_, _ in ordered(found, quotes | {"b": "een twee drie acht zeven zes"})] == ["a", "b", "c"]


def test_case_and_punctuation_make_no_difference() -> None:
    found = [candidate("a", 0.9), candidate("b", 0.8), candidate("c", 0.7)]
    quotes = {"a": LONG, "b": "- " + LONG.upper().replace(" en ", ", EN\n"), "c": OTHER}
    assert [id_ for id_, _ in ordered(found, quotes)] == ["a", "c", "b"]


def test_the_same_words_in_another_document_are_no_repeat() -> None:
    found = [candidate("a", 0.9, "v"), candidate("b", 0.8, "w"), candidate("c", 0.7, "v")]
    assert [id_ for id_, _ in ordered(found, {"a": LONG, "b": LONG, "c": OTHER})] == ["a", "b", "c"]


def test_passages_of_two_words_repeat_nothing() -> None:
    found = [candidate("a", 0.9), candidate("b", 0.8), candidate("c", 0.7)]
    assert [id_ for id_, _ in ordered(found, {"a": "ieder kind", "b": "ieder kind", "c": "ieder kind"})] == [
        "a",
        "b",
        "c",
    ]


def test_nothing_gives_nothing() -> None:
    assert repeats_last([], lambda each: each.id) == []


@given(st.lists(st.tuples(st.lists(WORDS, max_size=8), st.sampled_from("vw"), st.floats(0, 1)), max_size=12))
def test_none_is_lost_and_scores_never_rise(rows: list[tuple[list[str], str, float]]) -> None:
    scores = sorted((score for _, _, score in rows), reverse=True)
    found = [candidate(str(row), scores[row], version) for row, (_, version, _) in enumerate(rows)]
    quotes = {str(row): " ".join(words) for row, (words, _, _) in enumerate(rows)}
    result = ordered(found, quotes)
    assert sorted(id_ for id_, _ in result) == sorted(quotes)
    assert [score for _, score in result] == sorted((score for _, score in result), reverse=True)
    assert all(score <= scores[int(id_)] for id_, score in result)
