"""Whole reports, as small as a test wants; the hostile one holds texts that mean something somewhere."""

from datetime import date

from app.answer import Ruling
from app.api.comparison_bodies import (
    DifferenceBody,
    MeasureBody,
)
from app.api.document_bodies import (
    MunicipalityBody,
)
from app.api.places import PositionBody
from app.api.report_bodies import (
    ChangeKind,
    RunBody,
)
from app.aspects.amount import Recurrence
from app.validity import Validity
from tests.app.report.run_parts import (
    DAY,
    MADE_AT,
    PARTLY,
    RUN_ID,
    amount,
    aspect,
    change,
    document,
    failed_topic,
    figure,
    refusal,
    run_of,
    since_of,
    span,
    topic_result,
    with_aspects,
    years,
)
from tests.app.wire_samples import AMSTELVEEN, DEN_BOSCH, UTRECHT, finding, passage

__all__ = [
    "DAY",
    "HOSTILE",
    "MADE_AT",
    "PARTLY",
    "RUN_ID",
    "amount",
    "aspect",
    "change",
    "document",
    "empty_run",
    "failed_topic",
    "figure",
    "hostile_run",
    "normal_run",
    "refusal",
    "run_of",
    "since_of",
    "since_run",
    "span",
    "topic_result",
    "wide_run",
    "with_aspects",
    "years",
]

HOSTILE = (
    "<script>alert(1)</script></textarea><img src=x onerror=alert(1)> &amp; &lt; {{ 7*7 }} {% for %}",
    '#let x = 1; #panic("typst") $x^2$ *ster* _lijn_ `code` ```raw``` @label <label> \\u{1f600} // comment /* */',
    "=SOM(A1:A9)",
    "@gemeente\n+31 20 540 4911\n-12",
    "| a | b |\n|---|---|\n# kop\n> citaat\n````\n~~~ [link](http://x) ![beeld](y)",
    "rechts \u202enaar links\u202c, \u2067isolatie\u2069, العربية, עברית, 漢字, \U0001f600",
    "gezin \U0001f468\u200d\U0001f469\u200d\U0001f467 \x0c pagina-einde \x1b[31m \x07 \x7f \x85 \ufeff \ufffd",
    "€30.000 – jeugd-GGZ 0-18 jarigen “krul” • ✓ → ½ µ² é e\u0301 ﬁ \u00ad zacht\u200bnul",
    "    ingesprongen  dubbele   spaties\n\n\n\ttab en witruimte aan het eind  \n",
    "w" * 10_000,
    'a"b\'c\\d ]]> --> <!-- \\" ${x} %s {0}',
)


def normal_run() -> RunBody:
    """Three topics in two groups, one of them failed, with something of everything a report can hold."""
    money = (
        "Voor de aanpak van conflictscheidingen is jaarlijks €30.000 beschikbaar uit het regulier budget "
        "conflictscheidingen."
    )
    first = passage(f"Kinderen groeien veilig op.\n\n• {money}\n• In 2025 starten wij met KIES.")
    ended = passage(
        "Relatietherapie wordt vergoed.", "Oude agenda", (), None, AMSTELVEEN, "oud", Validity.ENDED
    ).model_copy(update={"by_ocr": True})
    replaced = ended.document.model_copy(
        update={"valid_until": date(2023, 12, 31), "replaced_by": ["jeugdagenda"], "status": "concept"}
    )
    ended = ended.model_copy(update={"document": replaced})
    found = with_aspects(
        finding(Ruling.FOUND, [first, ended], certainty=0.97, coverage=PARTLY, searched=["Jeugdagenda", "Oude agenda"]),
        goals=[aspect("Kinderen groeien veilig op.", first)],
        new_actions=[aspect("In 2025 starten wij met KIES.", first, years(2025))],
        money=[
            aspect(
                money,
                first,
                amounts=[
                    amount(
                        "€30.000", "regulier budget conflictscheidingen", years(2025, 2027), Recurrence.STRUCTURAL, True
                    )
                ],
            )
        ],
        figures=[aspect("36 conflictscheidingen", first)],
    )
    found = found.model_copy(
        update={
            "differences": [
                DifferenceBody(
                    quote="In 2025 starten wij met KIES.",
                    position=PositionBody(start=120, end=149),
                    passage=first.id,
                    pages=first.pages,
                    document="jeugdagenda",
                    other="oud",
                )
            ]
        }
    )
    touched = finding(
        Ruling.TOUCHED, [passage("Ook scheidingen komen voor.", municipality=UTRECHT)], UTRECHT, only_past=True
    )
    silent = finding(Ruling.NOTHING, municipality=UTRECHT, certainty=0.91, refused=["Nota"])
    absent = finding(Ruling.NOT_SEARCHED, municipality=DEN_BOSCH, searched=())
    measure = MeasureBody(
        name="gebruik van jeugdhulp",
        unit="%",
        comparable=False,
        note="De teksten noemen niet hetzelfde jaar.",
        figures=[
            figure(AMSTELVEEN, "8 %", "In 2022 gebruikte 8 % van de jeugdigen jeugdhulp.", years(2022)),
            figure(UTRECHT, "11,8 %", "Het gebruik van jeugdhulp is 11,8 %."),
        ],
    )
    return run_of(
        topic_result(
            "conflictscheidingen",
            found,
            touched,
            absent,
            group="Jeugd",
            question="Wat doet de gemeente bij conflictscheidingen?",
            also_searched=["vechtscheiding", "relatietherapie"],
            measures=[measure],
        ),
        failed_topic("woningbouw", group="Wonen"),
        topic_result("laadpalen", finding(Ruling.NOTHING), silent, absent, group="Wonen"),
        municipalities=(AMSTELVEEN, UTRECHT, DEN_BOSCH),
        documents=[document(coverage=PARTLY), document("oud", "Oude agenda", validity=Validity.ENDED)],
        refused=[refusal(), refusal("nota.pdf", "Nota")],
    )


def since_run() -> RunBody:
    """The normal run, compared with an earlier one; one changed cell is in no column any more."""
    run = normal_run()
    asked = run.results[0]
    assert asked.comparison
    new = asked.comparison.municipalities[1].passages
    return run.model_copy(
        update={
            "since": since_of(
                change(
                    "conflictscheidingen",
                    UTRECHT,
                    question=asked.topic.question,
                    new_passages=[each.id for each in new],
                ),
                change("vuurwerk", MunicipalityBody(code="GM0200", name="Apeldoorn"), ChangeKind.GONE_CELL),
            )
        }
    )


def hostile_run() -> RunBody:
    """Every text that comes from documents, files or users holds something that a format could take for its own."""
    results = []
    for number, text in enumerate(HOSTILE):
        each = passage(text[:1200], title=text, section=[text, "1."], document_id=f"d-{number}")
        said = aspect(text, each, years(None, 2027), amounts=[amount(text, text)])
        found = with_aspects(
            finding(Ruling.FOUND, [each], searched=[text], refused=[text]), goals=[said], money=[said], figures=[said]
        )
        found = found.model_copy(
            update={"differences": [DifferenceBody(**dict(span(text)) | {"document": text, "other": text})]}
        )
        measure = MeasureBody(
            name=text, unit=text, comparable=False, note=text, figures=[figure(AMSTELVEEN, text, text)]
        )
        results.append(
            topic_result(text, found, group=text, question=text, also_searched=[text, text], measures=[measure])
        )
    return run_of(
        *results,
        failed_topic(f"mislukt {HOSTILE[0]}", HOSTILE[0]),
        title=HOSTILE[1],
        documents=[document(f"d-{number}", text) for number, text in enumerate(HOSTILE)],
        refused=[refusal(text, text) for text in HOSTILE],
        since=since_of(*(change(text, AMSTELVEEN) for text in HOSTILE)),
    )


def wide_run(municipalities: int = 40, topics: int = 20) -> RunBody:
    """Many municipalities with long names by many topics."""
    rulings = list(Ruling)
    places = [
        MunicipalityBody(code=f"GM{number:04}", name=f"{'Alphen aan den Rijn' if number % 3 else 'Ede'} {number}")
        for number in range(1, municipalities + 1)
    ]
    results = []
    for row in range(topics):
        findings = []
        for column, place in enumerate(places):
            ruling = rulings[(row + column) % len(rulings)]
            said = ruling in (Ruling.FOUND, Ruling.TOUCHED)
            text = f"Over onderwerp {row} zegt gemeente {column} dat het aandacht heeft."
            held = [passage(text, municipality=place, document_id=f"d-{column}")] if said else []
            searched = () if ruling is Ruling.NOT_SEARCHED else ("Jeugdagenda",)
            findings.append(finding(ruling, held, place, searched, 0.5 + column / 100 if searched else None))
        results.append(topic_result(f"onderwerp nummer {row}", *findings, group="Groep 1" if row < 9 else "Groep 2"))
    return run_of(*results, municipalities=places)


def empty_run() -> RunBody:
    """Topics that all failed, over no municipality at all."""
    return run_of(failed_topic("jeugd"), failed_topic("wonen"))
