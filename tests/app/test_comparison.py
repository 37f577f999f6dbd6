"""Comparisons of municipalities with documents that end, replace each other and say nearly the same."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.answer import Finding, Mode, Question, Ruling, Scope
from app.knowledge_base import KnowledgeBase
from app.validity import Validity
from corpus.document import Municipality
from tests.app.notes import loader, settings
from tests.ingest.plain_reader import PlainReader

UTRECHT = Municipality("GM0344", "Utrecht")
DAY = date(2026, 3, 1)
MEDIATOR = "Conflictscheidingen schaden kinderen. Wij willen dat elk gezin een mediator krijgt."
THERAPY = "Bij conflictscheidingen krijgen ouders vanaf 2027 gratis relatietherapie. Dat kost € 20.000 per jaar."
OTHER = "De buurtteams zijn er voor elke bewoner van de stad. Zij helpen snel en goed."


@contextmanager
def holding(folder: Path, notes: Mapping[str, tuple[str, str]], today: date = DAY) -> Iterator[KnowledgeBase]:
    """A knowledge base with notes of Utrecht: by id, their keys in a catalogue and their text."""
    folder.mkdir(exist_ok=True)
    tables = []
    for name, (keys, text) in notes.items():
        (folder / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
        tables.append(f'[[document]]\nid = "{name}"\nfile = "{name}.txt"\nmunicipalities = ["Utrecht"]\n{keys}\n')
    catalogue = folder / "catalogue.toml"
    catalogue.write_text("\n".join(tables), encoding="utf-8")
    chosen = settings(folder)
    with KnowledgeBase.open(chosen, load=loader(), reader=PlainReader(), today=lambda: today) as opened:
        assert opened.ingest([], catalogue, force=False).failures == ()
        yield opened


def utrecht(
    notes: KnowledgeBase, limit: int = 3, day: date | None = None, topic: str = "conflictscheidingen"
) -> Finding:
    (finding,) = notes.compare(topic, Scope(), limit, day).findings
    return finding


def shown(finding: Finding) -> list[tuple[str, Validity]]:
    return [(hit.document.metadata.document_id, hit.standing.validity) for hit in finding.hits]


ENDED = "valid_until = 2025-12-31"
RUNNING = "valid_from = 2026-01-01"


def test_what_is_in_force_on_the_day_comes_first_however_well_the_other_answers(tmp_path: Path) -> None:
    long = f"{THERAPY}\n\n{OTHER}"
    with holding(tmp_path, {"oud": (ENDED, MEDIATOR), "nieuw": (RUNNING, long)}) as notes:
        finding = utrecht(notes)
        assert shown(finding) == [("nieuw", Validity.IN_FORCE), ("oud", Validity.ENDED)]
        assert not finding.only_past
        assert shown(utrecht(notes, limit=1)) == [("nieuw", Validity.IN_FORCE)]
        before = utrecht(notes, day=date(2025, 6, 1))
        assert shown(before) == [("oud", Validity.IN_FORCE), ("nieuw", Validity.NOT_YET)]


def test_the_clock_tells_the_day_where_none_is_given(tmp_path: Path) -> None:
    with holding(tmp_path, {"oud": (ENDED, MEDIATOR)}, today=date(2025, 12, 31)) as notes:
        assert notes.compare("conflictscheidingen", Scope(), 1).day == date(2025, 12, 31)
        assert shown(utrecht(notes)) == [("oud", Validity.IN_FORCE)]
        (hit,) = notes.search(Question("conflictscheidingen", Scope(), 1, Mode.HYBRID)).hits
        assert hit.standing.validity is Validity.IN_FORCE
        assert notes.passage(hit.passage.id).standing.validity is Validity.IN_FORCE
        document = notes.document("oud")
        assert notes.ledger().standings.of(document).validity is Validity.IN_FORCE
        later = notes.compare("conflictscheidingen", Scope(), 1, date(2026, 1, 1))
        assert later.day == date(2026, 1, 1)
        assert later.findings[0].only_past


def test_the_day_of_a_scope_counts_where_no_other_is_given(tmp_path: Path) -> None:
    with holding(tmp_path, {"oud": (ENDED, MEDIATOR), "nieuw": (RUNNING, THERAPY)}) as notes:
        scope = Scope(valid_on=date(2025, 1, 1))
        comparison = notes.compare("conflictscheidingen", scope, 3)
        assert comparison.day == date(2025, 1, 1)
        assert shown(comparison.findings[0]) == [("oud", Validity.IN_FORCE)]


@pytest.mark.parametrize(
    ("keys", "only_past"),
    [
        (ENDED, True),
        ('status = "ingetrokken"', True),
        ("valid_from = 2030-01-01", False),
        (RUNNING, False),
        ("", False),
    ],
)
def test_a_verdict_says_when_all_it_rests_on_is_out_of_force(tmp_path: Path, keys: str, only_past: bool) -> None:
    with holding(tmp_path, {"nota": (keys, MEDIATOR), "ander": ("", OTHER)}) as notes:
        finding = utrecht(notes)
        assert finding.verdict.ruling is Ruling.FOUND
        assert [hit.document.metadata.document_id for hit in finding.hits] == ["nota"], "the other says nothing of it"
        assert finding.only_past is only_past


def test_a_replaced_document_is_shown_as_such_and_last(tmp_path: Path) -> None:
    with holding(tmp_path, {"oud": ("", MEDIATOR), "nieuw": ('replaces = ["oud"]', THERAPY)}) as notes:
        finding = utrecht(notes)
        assert shown(finding) == [("nieuw", Validity.UNKNOWN), ("oud", Validity.REPLACED)]
        assert finding.hits[1].standing.replaced_by == ("nieuw",)
        notes.remove("nieuw")
        assert shown(utrecht(notes)) == [("oud", Validity.UNKNOWN)]


def test_nothing_is_added_to_make_up_the_number(tmp_path: Path) -> None:
    text = "\n\n".join(
        f"# Kop {name}\n\n{each}" for name, each in zip("abc", (MEDIATOR, OTHER, OTHER * 2), strict=True)
    )
    with holding(tmp_path, {"nota": ("", text)}) as notes:
        quotes = [hit.passage.quote for hit in utrecht(notes, limit=10).hits]
        assert len(quotes) == 1
        assert MEDIATOR in quotes[0]


def test_the_best_of_each_document_is_shown(tmp_path: Path) -> None:
    many = "\n\n".join(f"# Kop {number}\n\n{MEDIATOR} Nummer {number} helpt jong en oud." for number in range(4))
    with holding(tmp_path, {"veel": ("", many), "een": ("", THERAPY)}) as notes:
        assert {hit.document.metadata.document_id for hit in utrecht(notes, limit=2).hits} == {"veel", "een"}


def test_aspects_are_quotes_of_the_passages_with_their_document(tmp_path: Path) -> None:
    with holding(tmp_path, {"een": ("", MEDIATOR), "twee": ("", THERAPY)}) as notes:
        finding = utrecht(notes, limit=1)
        said = {aspect.value: [each.extract.text for each in found] for aspect, found in finding.aspects.items()}
        assert said["doelen"] == ["Wij willen dat elk gezin een mediator krijgt."]
        assert said["geld"] == ["Dat kost € 20.000 per jaar."]
        assert list(said) == ["doelen", "doelgroep", "huidigeInzet", "nieuweActies", "partners", "geld", "cijfers"]
        for found in finding.aspects.values():
            for each in found:
                text = notes.text(each.document.metadata.document_id).text
                assert text[each.extract.start : each.extract.end] == each.extract.text


def test_versions_show_what_they_share_once_and_in_what_they_differ(tmp_path: Path) -> None:
    shared = f"# Scheidingen\n\n{MEDIATOR}"
    notes_ = {
        "oud": ("valid_from = 2020-01-01", f"{shared}\n\n# Geld\n\nConflictscheidingen kosten ons € 10.000 per jaar."),
        "nieuw": (
            'valid_from = 2024-01-01\nreplaces = ["oud"]',
            f"{shared}\n\n# Geld\n\nConflictscheidingen kosten ons € 30.000 per jaar.",
        ),
    }
    with holding(tmp_path, notes_) as notes:
        finding = utrecht(notes, limit=10)
        quotes = [hit.passage.quote for hit in finding.hits]
        assert sum(MEDIATOR in quote for quote in quotes) == 1
        assert [(each.text, each.document.metadata.document_id) for each in finding.differences] == [
            ("Conflictscheidingen kosten ons € 30.000 per jaar.", "nieuw"),
            ("Conflictscheidingen kosten ons € 10.000 per jaar.", "oud"),
        ]
        for each in finding.differences:
            text = notes.text(each.document.metadata.document_id).text
            assert text[each.start : each.end] == each.text


def test_versions_differ_in_the_actions_under_a_heading_on_the_topic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.comparing.finder._NEAR", 0.0)  # the encoder of the tests knows no meaning

    def note(couples: int) -> str:
        action = f"Er komt gratis relatietherapie voor {couples} koppels met conflicten."
        return f"# Conflictscheidingen\n\n{MEDIATOR}\n\n# Actie 1: therapie\n\n{action}"

    notes_ = {
        "oud": ("valid_from = 2020-01-01", note(20)),
        "nieuw": ('valid_from = 2024-01-01\nreplaces = ["oud"]', note(40)),
    }
    with holding(tmp_path, notes_) as notes:
        assert [each.text for each in utrecht(notes, limit=1).differences] == [
            "Er komt gratis relatietherapie voor 40 koppels met conflicten.",
            "Er komt gratis relatietherapie voor 20 koppels met conflicten.",
        ]


def test_a_silent_municipality_has_nothing_beside_its_verdict(tmp_path: Path) -> None:
    with holding(tmp_path, {"nota": (ENDED, OTHER)}) as notes:
        finding = utrecht(notes)
        assert finding.verdict.ruling is Ruling.NOTHING
        assert (finding.hits, finding.only_past, finding.differences) == ((), False, ())
        assert [*finding.aspects.values()] == [()] * 7


def test_before_the_first_ingest_there_is_a_day_too(tmp_path: Path) -> None:
    with KnowledgeBase.open(settings(tmp_path), load=loader(), reader=PlainReader(), today=lambda: DAY) as notes:
        comparison = notes.compare("conflictscheidingen", Scope(municipalities=(UTRECHT,)), 3)
        assert (comparison.day, comparison.findings[0].verdict.ruling) == (DAY, Ruling.NOT_SEARCHED)
        assert comparison.findings[0] == Finding.silent(replace(comparison.findings[0].verdict))
