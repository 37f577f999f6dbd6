"""Dutch abbreviations: a full stop after one of them ends no sentence."""

import re

_ABBREVIATIONS = frozenset(
    "bijv b.v bv o.a a.d a.u.b d.d d.m.v d.w.z e.a e.d e.o enz etc evt excl i.c i.h.k.v i.p.v i.s.m i.v.m incl inz jl"
    " m.a.w m.b.t m.b.v m.i.v m.m.v m.n m.u.v max mbt min mln mld mrd n.a.v n.b n.v.t nl nr nrs o.b.v o.l.v o.m o.v.v ong"
    " p.m par pag blz ca circa resp s.v.p t.a.v t.b.v t.g.v t.h.v t.m t.o.v t.w t.z.t v.a v.d vgl vlg vs z.g z.s.m zgn zie"
    " art artt aant afb afd alg bijl dhr mevr mw mr drs dr ds prof ing ir sr jr st tab tel vh fig hfst lid sec"
    " i.o i.g.v w.o w.v o.g.v o.i.v dec jan feb febr apr aug sept okt nov et al".split()
)
_CLOSING = frozenset("etc enz e.d e.a e.o o.i.d d.d jl nl st max min mld mln".split())
_AT_END = re.compile(r"(?<![^\s(\[‘'“\"/-])(?P<word>[^\s(\[‘'“\"/-]{1,12})\.$")


def is_abbreviation(word: str) -> bool:
    """Whether a word (without its last full stop) is an abbreviation such as 'bijv' or 't.a.v', or an initial."""
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word.isupper())


def ends_with_abbreviation(text: str) -> bool:
    """Whether a line ends with an abbreviation that asks for more ('bijv.', 't.a.v.'; not 'etc.')."""
    match = _AT_END.search(text[-14:])
    return match is not None and match["word"].lower() not in _CLOSING and is_abbreviation(match["word"])
