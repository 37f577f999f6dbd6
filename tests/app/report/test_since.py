"""What changed between two runs: which cells, and why."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.answer import Ruling
from app.api.comparison_bodies import FindingBody
from app.api.document_bodies import DocumentBody, DocumentLinksBody, MunicipalityBody
from app.api.report_bodies import (
    ChangedCellBody,
    ChangeKind,
    ChangeReason,
    ReportSettingsBody,
    RunBody,
    TopicBody,
    TopicResultBody,
)
from app.report.since import changes
from app.validity import Validity
from tests.app.wire_samples import AMSTELVEEN, NO_PAGES, UTRECHT, comparison, finding, passage

EARLIER, NOW = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
SETTINGS = ReportSettingsBody(
    indexing="eerst",
    day=date(2026, 3, 1),
    valid_on=None,
    per_municipality=3,
    municipalities=[],
    model="packaged",
    calibration="abc",
    index="eerste",
    product="1.0",
)
DOCUMENT = DocumentBody(
    id="document-0",
    title="Jeugdagenda",
    municipalities=[AMSTELVEEN],
    kind=None,
    status=None,
    valid_from=None,
    valid_until=None,
    published=None,
    adopted_by=None,
    source=None,
    version="1" * 64,
    validity=Validity.UNKNOWN,
    replaced_by=[],
    replaces=[],
    coverage=NO_PAGES,
    tables=0,
    passages=1,
    problems=[],
    proposals=[],
    near_identical=[],
    source_file="a.txt",
    file_sha256="a" * 64,
    parser="plain 1",
    ingested_at=EARLIER,
    seconds=0.1,
    links=DocumentLinksBody(self="", text="", file="", reading=""),
)
FOUND = finding(Ruling.FOUND, [passage("Kinderen eerst.")])


def run(
    *findings: FindingBody,
    topic: str = "jeugd",
    question: str | None = None,
    documents: Sequence[DocumentBody] = (DOCUMENT,),
    error: str | None = None,
    **settings: Any,
) -> RunBody:
    result = TopicResultBody(
        topic=TopicBody(topic=topic, question=question, group=None),
        comparison=None if error else comparison(topic, *findings),
        error=error,
    )
    return RunBody(
        id="nieuw" if settings else "oud",
        made_at=NOW if settings else EARLIER,
        title="t",
        settings=SETTINGS.model_copy(update=settings),
        results=[result],
        documents=list(documents),
        refused=[],
        since=None,
    )


def the_cell(now: RunBody, before: RunBody) -> ChangedCellBody:
    (cell,) = changes(now, before).cells
    return cell


def test_the_same_run_has_no_changed_cells() -> None:
    since = changes(run(FOUND, index="tweede"), run(FOUND))
    assert (since.run, since.made_at, since.cells) == ("oud", EARLIER, [])


def test_neither_score_nor_certainty_nor_another_place_in_the_text_is_a_change() -> None:
    moved = passage("Kinderen eerst.").model_copy(update={"id": "ander", "score": 0.1})
    assert changes(run(finding(Ruling.FOUND, [moved], certainty=0.7)), run(FOUND)).cells == []


def test_another_verdict_and_other_passages_are_told_with_what_came_and_went() -> None:
    now = finding(Ruling.TOUCHED, [passage("Nieuw citaat."), passage("Kinderen eerst.")])
    before = finding(Ruling.FOUND, [passage("Kinderen eerst."), passage("Weg."), passage("Ook weg.")])
    cell = the_cell(run(now, index="tweede"), run(before))
    assert (cell.topic, cell.municipality) == ("jeugd", AMSTELVEEN)
    assert cell.changed == [ChangeKind.VERDICT, ChangeKind.PASSAGES]
    assert cell.new_passages == [now.passages[0].id]
    assert cell.gone_quotes == ["Weg.", "Ook weg."]
    assert cell.explanation.startswith(
        "Oordeel was gevonden en is nu zijdelings genoemd; 1 passage nieuw; 2 passages niet meer. "
    )


def test_the_same_quote_of_another_document_is_another_passage() -> None:
    elsewhere = finding(Ruling.FOUND, [passage("Kinderen eerst.", document_id="ander")])
    cell = the_cell(run(elsewhere), run(FOUND))
    assert cell.changed == [ChangeKind.PASSAGES]
    assert (cell.new_passages, cell.gone_quotes) == ([], [])  # it stands in both
    assert cell.explanation.startswith("1 passage staat nu in een ander document. ")


def test_a_verdict_that_rests_on_what_is_no_longer_in_force_alone_is_another() -> None:
    ended = finding(Ruling.FOUND, FOUND.passages, only_past=True)
    cell = the_cell(run(ended), run(FOUND))
    assert cell.changed == [ChangeKind.VERDICT]
    assert cell.explanation.startswith("Oordeel was gevonden en is nu gevonden in documenten die niet meer gelden. ")


def other(**values: object) -> DocumentBody:
    return DOCUMENT.model_copy(update={"version": "2" * 64, **values})


CHANGED = finding(Ruling.NOTHING)


@pytest.mark.parametrize(
    ("now", "reasons", "told"),
    [
        (
            run(finding(Ruling.NOTHING, searched=("Jeugdagenda", "Woonvisie")), index="tweede"),
            [ChangeReason.NEW_DOCUMENT],
            "Nieuw document: Woonvisie.",
        ),
        (
            run(finding(Ruling.NOT_SEARCHED, searched=()), index="tweede"),
            [ChangeReason.DOCUMENT_GONE],
            "Document niet meer doorzocht: Jeugdagenda.",
        ),
        (
            run(CHANGED, documents=[other(file_sha256="b" * 64)], index="tweede"),
            [ChangeReason.NEW_VERSION],
            "Nieuwe versie van Jeugdagenda.",
        ),
        (run(CHANGED, documents=[other()], index="tweede"), [ChangeReason.NEW_VERSION], "Nieuwe versie"),
        (run(CHANGED, documents=[other(parser="plain 2")], index="x"), [ChangeReason.NEW_VERSION], "Nieuwe versie"),
        (
            run(CHANGED, documents=[other(status="concept")], index="tweede"),
            [ChangeReason.METADATA],
            "Andere gegevens over Jeugdagenda.",
        ),
        (
            run(CHANGED, documents=[DOCUMENT.model_copy(update={"replaced_by": ["x"]})], index="tweede"),
            [ChangeReason.METADATA],
            "Andere gegevens over Jeugdagenda.",
        ),
        (
            run(CHANGED, documents=[other(status="concept", file_sha256="b" * 64)], index="tweede"),
            [ChangeReason.NEW_VERSION, ChangeReason.METADATA],
            "Nieuwe versie van Jeugdagenda; andere gegevens over Jeugdagenda.",
        ),
        (
            run(CHANGED, index="tweede"),
            [ChangeReason.OTHER_DOCUMENTS],
            "De eigen documenten zijn dezelfde, maar elders in de kennisbank kwamen of gingen documenten, en daarmee "
            "weegt elk woord anders.",
        ),
        (
            run(CHANGED, model="ander", calibration=None, per_municipality=1, product="2"),
            [ChangeReason.SETTINGS],
            "Andere instellingen: aantal passages per gemeente, ijking, model en versie van Beleidswijzer.",
        ),
        (
            run(CHANGED, documents=[DOCUMENT.model_copy(update={"validity": Validity.ENDED})], day=date(2026, 4, 1)),
            [ChangeReason.SETTINGS],
            "Andere instellingen: peildatum.",
        ),
        (
            run(CHANGED, index="tweede", day=date(2026, 4, 1)),  # on which the document stands as it did
            [ChangeReason.OTHER_DOCUMENTS],
            "elders in de kennisbank",
        ),
        (run(CHANGED, index="x", indexing="anders"), [ChangeReason.SETTINGS], "Andere instellingen: indexering."),
        (
            run(CHANGED, documents=[other(file_sha256="b" * 64)], index="tweede", valid_on=date(2026, 1, 1)),
            [ChangeReason.NEW_VERSION, ChangeReason.SETTINGS],
            "Nieuwe versie van Jeugdagenda; andere instellingen: geldig op.",
        ),
        (run(CHANGED, index="eerste"), [], "Waardoor is niet na te gaan: documenten en instellingen zijn dezelfde."),
    ],
)
def test_why_a_cell_changed(now: RunBody, reasons: list[ChangeReason], told: str) -> None:
    cell = the_cell(now, run(FOUND))
    assert cell.reasons == reasons
    assert told in cell.explanation
    assert cell.explanation.endswith(".")


def test_many_documents_are_counted_after_the_first_five() -> None:
    titles = ["Jeugdagenda", *(f"Nota {number}" for number in range(7))]
    cell = the_cell(run(finding(Ruling.NOTHING, searched=titles), index="tweede"), run(FOUND))
    assert cell.explanation.endswith("Nieuw document: Nota 0, Nota 1, Nota 2, Nota 3, Nota 4 en 2 andere.")


def test_cells_that_only_one_of_the_runs_has() -> None:
    utrecht = finding(Ruling.FOUND, [passage("Stad.", municipality=UTRECHT)], UTRECHT)
    new = the_cell(run(FOUND, utrecht, index="tweede"), run(FOUND))
    assert (new.municipality, new.changed, new.reasons) == (UTRECHT, [ChangeKind.NEW_CELL], [])
    assert new.explanation == "Nieuw: in het eerdere rapport staat Utrecht niet."
    assert new.new_passages == [utrecht.passages[0].id]
    gone = the_cell(run(FOUND, index="tweede"), run(FOUND, utrecht))
    assert (gone.municipality, gone.changed, gone.gone_quotes) == (UTRECHT, [ChangeKind.GONE_CELL], ["Stad."])
    assert gone.explanation == "Vervallen: in het nieuwe rapport staat Utrecht niet."


def test_a_topic_is_another_where_its_name_or_its_question_is() -> None:
    cells = changes(run(FOUND, question="zorg", index="tweede"), run(FOUND)).cells
    assert [(cell.changed, cell.question) for cell in cells] == [
        ([ChangeKind.NEW_CELL], "zorg"),
        ([ChangeKind.GONE_CELL], None),
    ]
    assert cells[0].explanation == "Nieuw: in het eerdere rapport staat dit onderwerp niet."
    assert changes(run(FOUND, question="jeugd"), run(FOUND)).cells == []
    utrecht = finding(Ruling.FOUND, [passage("Stad.", municipality=UTRECHT)], UTRECHT)
    also = the_cell(run(FOUND, utrecht, question="jeugd"), run(FOUND))
    assert also.explanation == "Nieuw: in het eerdere rapport staat Utrecht niet."


def test_what_an_earlier_release_did_not_keep_is_no_other_setting() -> None:
    cell = the_cell(run(CHANGED, indexing="anders"), run(FOUND, indexing=None))
    assert cell.reasons == []


def test_a_topic_that_failed_has_no_cells() -> None:
    failed = run(error="kapot", index="tweede")
    assert the_cell(failed, run(FOUND)).explanation == "Vervallen: in het nieuwe rapport is dit onderwerp niet gelukt."
    assert the_cell(run(FOUND), failed).explanation == "Nieuw: in het eerdere rapport is dit onderwerp niet gelukt."


def test_municipalities_are_told_by_code_and_name() -> None:
    assert the_cell(run(CHANGED), run(FOUND)).municipality == MunicipalityBody(code="GM0362", name="Amstelveen")
