"""Any page: no crash, whole tables, and an end in time."""

import time
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ingest.pages.find_tables import find_page_tables
from ingest.pages.page import Rule, Word
from tests.ingest.pages.drawn import lattice, page, word

POINTS = st.integers(0, 40).map(lambda number: number * 15.0)
TEXTS = st.sampled_from(
    ["Jeugd", "Lasten", "1.200", "-", "€", "2023", "(5)", "n.v.t.", "en", "1.", "•", "31-12-2022", "12%"]
)
WORDS = st.lists(st.builds(word, TEXTS, POINTS, POINTS, st.booleans()), max_size=60)
RULES = st.lists(
    st.one_of(
        st.builds(lambda x, y, size: Rule(x, y, x + size, y), POINTS, POINTS, POINTS),
        st.builds(lambda x, y, size: Rule(x, y, x, y + size), POINTS, POINTS, POINTS),
    ),
    max_size=40,
)


LATTICES = st.lists(
    st.builds(
        lambda x, y, width, height, columns, rows: lattice(
            [x + width * number for number in range(columns + 1)], [y + height * number for number in range(rows + 1)]
        ),
        *(POINTS, POINTS, st.sampled_from([30.0, 60.0, 90.0]), st.sampled_from([10.0, 15.0, 30.0])),
        *(st.integers(1, 6), st.integers(1, 8)),
    ),
    max_size=3,
).map(lambda lattices: [rule for each in lattices for rule in each])
FULL = st.lists(
    st.builds(
        lambda left, top, columns, rows, said: [
            word(said[(number * columns + column) % len(said)], left + 60 * column, top + 15 * number)
            for number in range(rows)
            for column in range(columns)
        ],
        *(POINTS, POINTS, st.integers(1, 6), st.integers(1, 12), st.lists(TEXTS, min_size=1, max_size=12)),
    ),
    max_size=4,
).map(lambda blocks: [each for block in blocks for each in block])


@given(st.one_of(WORDS, FULL, st.builds(list.__add__, WORDS, FULL)), st.one_of(RULES, LATTICES))
def test_any_page_gives_whole_tables(words: list[Word], rules: list[Rule]) -> None:
    tables = find_page_tables(page(words, rules))
    seen = [
        id(each) for table in tables for cells in table.rows for cell in cells for line in cell.lines for each in line
    ]
    assert len(seen) == len(set(seen))
    assert set(seen) <= set(map(id, words))
    for table in tables:
        assert len({len(cells) for cells in table.rows}) == 1
        assert 0 <= table.headers < len(table.rows)
        assert all(any(cell.lines for cell in cells) for cells in table.rows)
    for one, other in combinations(tables, 2):
        apart = one.bottom <= other.top or other.bottom <= one.top or one.right <= other.left or other.right <= one.left
        assert apart


def test_a_page_with_too_much_on_it_is_given_up_soon() -> None:
    many = [word("1.200", 15.0 * (number % 40), 10.0 + 0.05 * number) for number in range(20_000)]
    lines = [Rule(number % 500, number / 30, number % 500 + 40, number / 30) for number in range(10_000)]
    lines += [Rule(number / 20, number % 700, number / 20, number % 700 + 50) for number in range(10_000)]
    start = time.perf_counter()
    assert find_page_tables(page(many)) == []
    assert find_page_tables(page(many[:100], lines)) == []
    assert time.perf_counter() - start < 2


def test_the_most_that_is_looked_at_takes_seconds_at_most() -> None:
    words = [word("1.200", 15.0 * (number % 40), 10.0 + 8 * (number // 40)) for number in range(5_900)]
    lines = [Rule(0, 0.2 * number, 600, 0.2 * number) for number in range(3_900)]
    lines += [Rule(0.15 * number, 0, 0.15 * number, 800) for number in range(3_900)]
    start = time.perf_counter()
    find_page_tables(page(words, lines))
    assert time.perf_counter() - start < 10
