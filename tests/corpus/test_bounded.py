"""A cache within bounds."""

from corpus.bounded import Bounded


def test_forgets_what_was_used_longest_ago() -> None:
    cache: Bounded[str, str] = Bounded(limit=6, cost=len)
    cache.put("a", "xx")
    cache.put("b", "yy")
    cache.put("c", "zz")
    assert cache.get("a") == "xx"
    cache.put("d", "ww")
    assert (cache.get("a"), cache.get("b"), cache.get("c"), cache.get("d")) == ("xx", None, "zz", "ww")


def test_keeps_nothing_over_the_limit_and_replaces() -> None:
    cache: Bounded[str, str] = Bounded(limit=3, cost=len)
    cache.put("a", "xxxx")
    assert cache.get("a") is None
    cache.put("b", "xx")
    cache.put("b", "yyy")
    assert cache.get("b") == "yyy"
    cache.put("b", "y")
    cache.put("c", "zz")
    assert (cache.get("b"), cache.get("c")) == ("y", "zz")
