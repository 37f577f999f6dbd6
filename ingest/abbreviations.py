"""Dutch abbreviations: a full stop after one of them ends no sentence."""

import re

_LIST = """
a.d a.u.b aant aanw afb afd al alg apr art artt aug b.v bijl bijv blz bv ca circa d.d d.m.v d.w.z dec dhr dr drs ds
e.a e.d e.o enz et etc evt excl febr feb fig hfst i.c i.g.v i.h.k.v i.o i.p.v i.s.m i.v.m incl ing inz ir jan jl jr lid
m.a.w m.b.t m.b.v m.i.v m.m.v m.n m.u.v max mbt mevr min mld mln mr mrd mw n.a.v n.b n.v.t nl nov nr nrs
o.a o.b.v o.g.v o.i.d o.i.v o.l.v o.m o.v.v okt ong p.m pag par prof resp s.v.p sec sept sr st
t.a.v t.b.v t.g.v t.h.v t.m t.o.v t.w t.z.t tab tel v.a v.d vgl vh vlg vs w.o w.v z.g z.s.m zgn zie
"""
_CLOSING_LIST = "etc enz e.d e.a e.o o.i.d d.d jl nl st max min mld mln"
_ABBREVIATIONS = frozenset(_LIST.split())
_CLOSING = frozenset(_CLOSING_LIST.split())
_AT_END = re.compile(r"(?<![^\s(\[‘'“\"/-])(?P<word>[^\s(\[‘'“\"/-]{1,12})\.$")


def is_abbreviation(word: str) -> bool:
    """Whether a word (without its last full stop) is an abbreviation such as 'bijv' or 't.a.v', or an initial."""
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word.isupper())


def ends_with_abbreviation(text: str) -> bool:
    """Whether a line ends with an abbreviation that asks for more ('bijv.', 't.a.v.'; not 'etc.')."""
    match = _AT_END.search(text[-14:])
    return match is not None and match["word"].lower() not in _CLOSING and is_abbreviation(match["word"])
