"""Whatever a text holds, what is shown of it stands there."""

import re

from hypothesis import given
from hypothesis import strategies as st

from app.api.measure_wire import measure_body
from app.figures.measure import measures
from app.figures.stems import packaged_stems
from tests.app.figures.stated import OFFSET, findings_of, said

PIECES = (
    "11%", "11,8 procent", "een kwart", "één op de 5", "10 tot 15%", "2.200 jeugdigen", "36 conflictscheidingen",
    "van de", "jeugd", "Amersfoortse jeugd", "in Zwolle", "in 2022", "is dit", "maakt gebruik van", "jeugdhulp",
    "jeugdzorg", ",", "en", "landelijk", "tegenover", "tot 18 jaar", "met een maatregel", "die thuis wonen,",
    "(52%)", "| 2022: 11%", "|", "aantal", "Aantal jeugdigen", "€ 30.000", "😀", "\u00ad", "ﬁ", "İstanbul", "\n",
    ":", "'s-Hertogenbosch", "daarvan",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map(" ".join)


@given(st.lists(TEXTS, min_size=2, max_size=5))
def test_every_quote_is_the_text_at_its_position(texts: list[str]) -> None:
    names = ("Zwolle", "Amersfoort", "'s-Hertogenbosch", "Oss", "Breda")
    by_passage = {f"passage-{place}": text for place, text in enumerate(texts)}
    findings = findings_of(said(name, text) for name, text in zip(names, texts, strict=False))
    for measure in measures(findings, packaged_stems()):
        body = measure_body(measure)
        assert body.comparable == (not body.note)
        assert body.name
        assert body.unit
        assert len({each.municipality.code for each in body.figures}) > 1
        for each in body.figures:
            text = by_passage[each.passage]
            first = OFFSET * (int(each.passage.removeprefix("passage-")) + 1)
            for span in (each, each.value, *([each.of] if each.of else [])):
                assert span.quote == text[span.position.start - first : span.position.end - first] != ""
            assert re.search(r"\d|kwart|één", each.value.quote)


def test_what_goes_over_the_wire() -> None:
    (measure,) = measures(
        findings_of(
            [
                said("Zwolle", "In 2022 kreeg 8% van de jeugd in Zwolle jeugdhulp."),
                said("Breda", "In 2023 kreeg 9% van de jeugd in Breda jeugdhulp."),
            ]
        ),
        packaged_stems(),
    )
    body = measure_body(measure).model_dump(by_alias=True, mode="json")
    assert {name: body[name] for name in ("maat", "eenheid", "vergelijkbaar", "toelichting")} == {
        "maat": "jeugdhulp (jeugd)",
        "eenheid": "%",
        "vergelijkbaar": False,
        "toelichting": "Niet zonder meer te vergelijken: niet hetzelfde jaar (Zwolle: 2022; Breda: 2023).",
    }
    first = body["waarden"][0]
    assert first["gemeente"]["naam"] == "Zwolle"
    assert first["citaat"] == "In 2022 kreeg 8% van de jeugd in Zwolle jeugdhulp."
    assert first["waarde"]["citaat"] == "8%"
    assert list(first["waarde"]["positie"].values()) == [OFFSET + 14, OFFSET + 16]
    assert first["waarvan"]["citaat"] == "jeugd in Zwolle"
    assert first["document"] == "nota-0"
