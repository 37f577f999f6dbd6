"""The page on which municipalities are compared: its table, who says what, and its ways on."""

from datetime import date
from pathlib import Path

import pytest

from app.period import Period
from tests.app.api_client import Service
from tests.app.fake_knowledge_base import FakeKnowledgeBase
from tests.app.web.html_page import HTML, HtmlPage

TOPICS = "conflictscheidingen\nwoningen"


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


def page(service: Service, *parameters: tuple[str, str], status: int = 200, peer: str = "127.0.0.1") -> HtmlPage:
    got = service.get("/vergelijken", params=list(parameters), headers=HTML, peer=peer)
    assert got.status_code == status, got.text
    found = HtmlPage.of(got.text)
    assert found.faults() == []
    anchors = {held["id"] for _, held in found.tags if "id" in held}
    assert [link for link in found.links() if link.startswith("#") and link[1:] not in anchors] == []
    return found


def rows(found: HtmlPage) -> list[str]:
    """The codes of the municipalities in the overview, in order."""
    return [held["id"].removeprefix("rij-") for held in found.all("tr") if held.get("id", "").startswith("rij-")]


def heads(found: HtmlPage) -> list[str]:
    """How the columns of the overview are sorted."""
    return [held.get("aria-sort", "") for held in found.all("th") if held.get("scope") == "col"]


def test_rows_are_sorted_by_name_until_a_head_is_chosen(service: Service) -> None:
    found = page(service, ("onderwerp", TOPICS))
    assert rows(found) == ["GM0362", "GM0200", "GM0344"]
    assert heads(found) == ["ascending", "none", "none"]
    assert found.text.count("sorteer op") == 3
    asked = "onderwerp=conflictscheidingen%0Awoningen"
    assert [link for link in found.links() if "volgorde" in link] == [
        f"/vergelijken?{asked}&volgorde={order}#overzicht" for order in ("-gemeente", "-oordeel1", "-oordeel2")
    ]


@pytest.mark.parametrize(
    ("order", "expected", "sorted_heads", "turned"),
    [
        ("-gemeente", ["GM0344", "GM0200", "GM0362"], ["descending", "none", "none"], ""),
        ("-oordeel2", ["GM0344", "GM0362", "GM0200"], ["none", "none", "descending"], "&volgorde=oordeel2"),
        ("oordeel2", ["GM0362", "GM0200", "GM0344"], ["none", "none", "ascending"], "&volgorde=-oordeel2"),
        ("oordeel1", ["GM0344", "GM0362", "GM0200"], ["none", "ascending", "none"], "&volgorde=-oordeel1"),
    ],
)
def test_the_order_stands_in_the_address(
    service: Service, order: str, expected: list[str], sorted_heads: list[str], turned: str
) -> None:
    found = page(service, ("onderwerp", TOPICS), ("volgorde", order))
    assert (rows(found), heads(found)) == (expected, sorted_heads)
    assert f"/vergelijken?onderwerp=conflictscheidingen%0Awoningen{turned}#overzicht" in found.links()


def test_municipalities_of_which_nothing_was_found_can_be_left_out(service: Service) -> None:
    every = page(service, ("onderwerp", "conflictscheidingen"))
    narrower = "/vergelijken?onderwerp=conflictscheidingen&alleen=gevonden#overzicht"
    assert narrower in every.links()
    assert "(2 van 3)" in every.text
    found = page(service, ("onderwerp", "conflictscheidingen"), ("alleen", "gevonden"))
    assert rows(found) == ["GM0362", "GM0200"]
    assert "1 andere gemeente niet getoond" in found.text
    assert "/vergelijken?onderwerp=conflictscheidingen#overzicht" in found.links()
    none = page(service, ("onderwerp", "zzz"), ("alleen", "gevonden"))
    assert rows(none) == []
    assert "Bij geen enkele gemeente is hier iets over gevonden" in none.text


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("volgorde", "oordeel3", "gaat over onderwerp 3, en er zijn er 2"),
        ("volgorde", "grootte", "mogelijk zijn gemeente"),
        ("uitwerking", "3", "is onderwerp 3, en er zijn er 2"),
        ("uitwerking", "0", "van 1 tot en met 6"),
        ("alleen", "alles", "mogelijk zijn gevonden"),
        ("kleur", "rood", "is hier onbekend"),
    ],
)
def test_what_cannot_be_right_is_told(service: Service, name: str, value: str, told: str) -> None:
    found = page(service, ("onderwerp", TOPICS), (name, value), status=400)
    assert told in found.text
    assert TOPICS in "".join(found.words)
    assert rows(found) == []


def test_a_verdict_leads_to_its_municipality_and_back(service: Service) -> None:
    found = page(service, ("onderwerp", TOPICS))
    articles = [held["id"] for held in found.all("article")]
    assert articles == [f"{code}-{number}" for number in (1, 2) for code in ("GM0362", "GM0200", "GM0344")]
    assert [link for link in found.links() if link.startswith("#GM")] == [
        f"#{code}-{number}" for code in ("GM0362", "GM0200", "GM0344") for number in (1, 2)
    ]
    assert [link for link in found.links() if link.startswith("#rij-")].count("#rij-GM0344") == 2


def test_the_table_keeps_its_roles_where_it_is_laid_out_as_cards(service: Service) -> None:
    found = page(service, ("onderwerp", TOPICS))
    roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    for tag, role in roles.items():
        assert {held.get("role") for held in found.all(tag)} == {role}
    assert {(held["scope"], held.get("role")) for held in found.all("th")} == {
        ("col", "columnheader"),
        ("row", "rowheader"),
    }
    assert {held.get("data-label") for held in found.all("td")} == {"conflictscheidingen", "woningen"}


def test_a_municipality_that_was_named_stays_chosen_also_without_documents(service: Service) -> None:
    found = page(service, ("onderwerp", "jeugd"), ("gemeente", "Groningen"), ("gemeente", "apeldoorn"))
    checked = [each["value"] for each in found.all("input") if "checked" in each]
    assert checked == ["GM0200", "GM0014"]
    assert "Gemeenten en looptijd ( 2 gekozen )" in found.text
    assert "niet doorzocht" in found.text
    assert rows(found) == ["GM0200", "GM0014"]
    assert any("gemeente=GM0014&gemeente=GM0200" in link and "formaat=docx" in link for link in found.links())


def test_without_documents_there_is_a_way_to_add_them(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeKnowledgeBase, "_verdicts", lambda *_: ())
    for document in ("amstelveen-jeugd", "utrecht-samenvatting"):
        service.knowledge.remove(document)
    found = page(service, ("onderwerp", "jeugd"))
    assert "er valt niets te vergelijken" in found.text
    assert not found.all("table")


def test_each_passage_can_be_copied_with_its_source(service: Service) -> None:
    found = page(service, ("onderwerp", "kind"))
    copies = [held["id"] for held in found.all("textarea") if held["id"].startswith("kopie-")]
    assert copies == [f"kopie-{code}-1-{number}" for code in ("GM0362", "GM0200") for number in (1, 2)]
    assert "“2. Onderwijs\nSchool is er voor elk kind.”\n\nBron: Amstelveen en Apeldoorn" in "".join(found.words)


def test_paper_tells_the_day_and_the_address(service: Service) -> None:
    found = page(service, ("onderwerp", "jeugd"), ("geldigOp", "2026-01-01"))
    assert "Afgedrukt op" in found.text
    assert "van http://127.0.0.1:8000/vergelijken?onderwerp=jeugd&geldigOp=2026-01-01" in found.text


def test_a_report_of_the_same_is_one_link_away_where_reports_can_be_made(service: Service) -> None:
    asked = [("onderwerp", TOPICS), ("gemeente", "GM0362"), ("geldigOp", "2026-01-01")]
    found = page(service, *asked)
    (link,) = [each for each in found.links() if each.startswith("/rapporten?")]
    form = HtmlPage.of(service.get(link, headers=HTML).text)
    assert form.faults() == []
    assert TOPICS in "".join(form.words)
    assert [each["value"] for each in form.all("input") if "checked" in each] == ["GM0362"]
    assert form.value("geldigOp") == "2026-01-01"
    elsewhere = page(service, *asked, peer="192.0.2.7")
    assert not [each for each in elsewhere.links() if each.startswith("/rapporten?")]


def test_a_period_narrows_and_stays_in_the_form_and_in_every_link(service: Service) -> None:
    found = page(service, ("onderwerp", TOPICS), ("periodeVan", "2022"), ("periodeTot", "2024-06"))
    _, scope, _ = service.knowledge.asked[-1]  # type: ignore[misc]
    assert scope.period == Period(date(2022, 1, 1), date(2024, 6, 30))
    assert (found.value("periodeVan"), found.value("periodeTot")) == ("2022", "2024-06")
    orders = [link for link in found.links() if "volgorde" in link]
    assert orders
    assert [link for link in orders if "periodeVan=2022-01-01&periodeTot=2024-06-30" not in link] == []


def test_with_a_period_no_file_or_report_is_offered_since_none_tells_of_it(service: Service) -> None:
    words = "met een periode is geen bestand of rapport te maken"
    found = page(service, ("onderwerp", TOPICS), ("periodeTot", "2024"))
    assert words in found.text
    assert not [link for link in found.links() if "/bestand" in link or link.startswith("/rapporten?")]
    assert words not in page(service, ("onderwerp", TOPICS)).text


@pytest.mark.parametrize(
    ("name", "value", "opens"),
    [
        ("onderwerp", "x" * 1001, False),
        ("gemeente", "Atlantis", True),
        ("geldigOp", "morgen", True),
        ("periodeVan", "ooit", True),
        ("periodeTot", "2025-13", True),
    ],
)
def test_a_fault_is_told_at_its_field_which_is_in_sight(service: Service, name: str, value: str, opens: bool) -> None:
    given = {"onderwerp": "jeugd", name: value}
    found = page(service, *given.items(), status=400)
    (field,) = [held for _, held in found.tags if held.get("id") == f"veld-{name}"]
    assert field["aria-invalid"] == "true"
    assert f"fout-{name}" in field["aria-describedby"].split()
    assert [held["id"] for held in found.all("p") if held.get("class") == "bw-fault"] == [f"fout-{name}"]
    assert [held for _, held in found.tags if "aria-invalid" in held] == [field]
    form = next(held for held in found.all("details"))
    assert ("open" in form) is opens


def test_a_period_that_ends_before_it_begins_is_told_at_both_its_ends(service: Service) -> None:
    found = page(service, ("onderwerp", "jeugd"), ("periodeVan", "2025"), ("periodeTot", "2024"), status=400)
    assert "na het einde van de periode" in found.text
    told = [held["id"] for held in found.all("p") if held.get("class") == "bw-fault"]
    assert told == ["fout-periodeVan", "fout-periodeTot"]


@pytest.mark.parametrize(("peer", "told"), [("127.0.0.1", True), ("192.0.2.7", False)])
def test_a_report_is_advised_only_to_who_may_make_one(service: Service, peer: str, told: bool) -> None:
    found = page(service, ("onderwerp", "a\nb\nc\nd\ne\nf\ng"), status=400, peer=peer)
    assert "geef er hoogstens 6" in found.text
    assert ("maak een rapport" in found.text) is told


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ([("gemeenten", "Atlantis")], "Atlantis"),
        ([("onderwerpen", "x" * 20_001)], "telt 20001 tekens"),
        ([("onderwerpen", "a"), ("opnieuw", "00000000-0000-4000-8000-000000000000")], "gaat niet samen"),
    ],
)
def test_a_report_that_cannot_be_filled_in_is_refused(
    service: Service, parameters: list[tuple[str, str]], told: str
) -> None:
    got = service.get("/rapporten", params=parameters, headers=HTML)
    assert (got.status_code, told in HtmlPage.of(got.text).text) == (400, True)
