"""The words by which documents call themselves, for each kind of the catalogue."""

import re

# From `corpus.kinds`; what stands higher wins where two begin at the same place. The words follow the TOOI list of
# document kinds, with what municipalities call them; "*" before a word takes in compounds, as in "woonvisie".
_WORDS: tuple[tuple[str, str], ...] = (
    ("raadsinformatiebrief", "raadsinformatiebrief raadsinformatiebrieven rib collegebrief"),
    ("raadsvoorstel", "raadsvoorstel initiatiefvoorstel"),
    ("raadsbesluit", "raadsbesluit"),
    ("collegebesluit", "collegebesluit b&w-besluit"),
    ("besluitenlijst", "besluitenlijst besluitenlijsten"),
    ("coalitieakkoord", "coalitieakkoord collegeakkoord bestuursakkoord raadsakkoord coalitieprogramma"),
    ("uitvoeringsprogramma", "uitvoeringsprogramma uitvoeringsplan uitvoeringsagenda"),
    ("actieplan", "actieplan actieprogramma plan_van_aanpak"),
    ("jaarrekening", "jaarrekening jaarstukken"),
    ("jaarverslag", "jaarverslag jaarrapportage"),
    ("perspectiefnota", "perspectiefnota"),
    ("kadernota", "kadernota kaderbrief"),
    ("begroting", "*begroting"),
    ("beleidsregel", "beleidsregel beleidsregels nadere_regels"),
    ("beleidskader", "beleidskader"),
    ("beleidsplan", "beleidsplan beleidsprogramma"),
    ("beleidsnota", "beleidsnota beleidsnotitie"),
    ("regioplan", "regioplan"),
    ("verordening", "*verordening"),
    ("convenant", "convenant samenwerkingsovereenkomst"),
    ("evaluatie", "*evaluatie evaluatierapport"),
    ("monitor", "*monitor"),
    ("samenvatting", "samenvatting publiekssamenvatting"),
    ("toelichting", "toelichting memorie_van_toelichting"),
    ("motie", "motie"),
    ("onderzoek", "*onderzoek onderzoeksrapport onderzoeksrapportage rapport verkenning"),
    ("verslag", "*verslag notulen"),
    ("visie", "*visie"),
    ("programma", "*programma"),
    ("agenda", "*agenda"),
    ("nota", "*nota"),
    ("brief", "*brief"),
)


def _pattern(words: str) -> str:
    return "|".join(
        (
            r"(?!(?:tele|super|re|di|pro)visie)[^\W\d_]*" + re.escape(word[1:]) if word[0] == "*" else re.escape(word)
        ).replace("_", r"\s+")
        for word in words.split()
    )


_KINDS = tuple(
    (kind, re.compile(rf"(?i)(?<![\w-])(?:[^\W\d_]+- en )?(?:{_pattern(words)})(?!\w)")) for kind, words in _WORDS
)


def kind_of(title: str) -> str | None:
    """The kind of document that a title names first: 'Samenvatting beleidsnota jeugd' is a samenvatting."""
    flat = title.replace("_", " ")
    found = [
        (match.start(), place, kind) for place, (kind, words) in enumerate(_KINDS) if (match := words.search(flat))
    ]
    return min(found)[2] if found else None


def kinds_known() -> tuple[str, ...]:
    """The kinds that can be proposed."""
    return tuple(kind for kind, _ in _KINDS)
