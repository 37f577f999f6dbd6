"""What verbs tell."""

import pytest

from app.aspects.cues import words_of
from app.aspects.statement import StatementKind
from app.aspects.verbs import VerbPhrase, find_verbs


@pytest.mark.parametrize(
    ("text", "there", "absent"),
    [
        ("We starten in 2025 met een loket.", VerbPhrase.WE_ACT, VerbPhrase.WE_HAVE_DONE),
        ("In 2025 gaan we dat onderzoeken.", VerbPhrase.WE_GO, VerbPhrase.WE_ACT),
        ("In 2023 hebben we een loket geopend.", VerbPhrase.WE_HAVE_DONE, VerbPhrase.WE_ACT),
        ("We willen dat kinderen meedoen.", VerbPhrase.WE_WANT_THAT, VerbPhrase.WE_WANT),
        ("We willen afspraken maken.", VerbPhrase.WE_WANT, VerbPhrase.WE_WANT_THAT),
        ("We blijven jongeren helpen.", VerbPhrase.WE_GO_ON, VerbPhrase.WE_ACT),
        ("We zien dat schulden toenemen.", VerbPhrase.WE_SEE, VerbPhrase.WE_ACT),
        ("In dit plan beschrijven we de gevolgen.", VerbPhrase.WE_SAY, VerbPhrase.WE_ACT),
        ("Hieronder laten we zien wat dat kost.", VerbPhrase.WE_SAY, VerbPhrase.WE_ACT),
        ("We laten scholen kiezen.", VerbPhrase.WE_ACT, VerbPhrase.WE_SAY),
        ("We werken toe naar 25 procent minder schooluitval.", VerbPhrase.WE_AIM, VerbPhrase.WE_ACT),
        ("We werken aan een loket.", VerbPhrase.WE_ACT, VerbPhrase.WE_AIM),
        ("De regeling is in 2022 aangepast.", VerbPhrase.HAS_BEEN_DONE, VerbPhrase.IS_DONE),
        ("De regeling wordt in 2026 aangepast.", VerbPhrase.IS_DONE, VerbPhrase.HAS_BEEN_DONE),
        ("Er komt een loket.", VerbPhrase.COMES, VerbPhrase.IS_THERE),
        ("Er zijn drie loketten.", VerbPhrase.IS_THERE, VerbPhrase.COMES),
        ("Het loket zal worden verplaatst.", VerbPhrase.WILL, VerbPhrase.GOES),
        ("Opstellen van een plan.", VerbPhrase.NOUN_OF_ACTION_FIRST, VerbPhrase.IS_DONE),
        ("De nota vast te stellen", VerbPhrase.TO_DO_LAST, VerbPhrase.INFINITIVE_LAST),
    ],
)
def test_verbs(text: str, there: VerbPhrase, absent: VerbPhrase) -> None:
    found = find_verbs(words_of(text), StatementKind.ITEM)
    assert there in found
    assert absent not in found


def test_rows_and_empty_texts_have_none() -> None:
    assert find_verbs(words_of("We gaan | dat: doen"), StatementKind.ROW) == []
    assert find_verbs([], StatementKind.SENTENCE) == []
