"""A comparison as a file that is made at once and not kept."""

from pathlib import Path

import pytest

from app.report.formats import FORMATS
from app.web import comparison_file
from tests.app.api_client import Service
from tests.app.report.plain_formats import use_plain_formats
from tests.app.web.html_page import HTML, HtmlPage

ASKED = [("onderwerp", "conflictscheidingen\r\nwoningen"), ("gemeente", "Amstelveen"), ("gemeente", "GM0344")]


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


@pytest.mark.parametrize("format_name", list(FORMATS))
def test_a_comparison_is_one_link_away_in_every_format(
    service: Service, format_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_plain_formats(monkeypatch)
    got = service.get("/vergelijken/bestand", params=[*ASKED, ("formaat", format_name)], headers=HTML)
    assert got.status_code == 200
    assert got.headers["content-type"] == FORMATS[format_name].media_type
    name = f"Vergelijking over conflictscheidingen en woningen.{format_name}"
    assert got.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert "sandbox" in got.headers["content-security-policy"]
    title, *topics = got.text.splitlines()
    assert title.startswith("Vergelijking over conflictscheidingen en woningen ")
    assert topics == [
        "conflictscheidingen: Amstelveen gevonden, Utrecht niets_gevonden",
        "woningen: Amstelveen niets_gevonden, Utrecht gevonden",
    ]
    assert service.get("/v1/rapporten").json()["rapporten"] == []


def test_a_word_file_is_made_of_it(service: Service) -> None:
    got = service.get("/vergelijken/bestand", params=[*ASKED, ("formaat", "docx")])
    assert got.status_code == 200
    assert got.content.startswith(b"PK")


def test_the_links_of_the_page_lead_to_files_of_the_same(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    use_plain_formats(monkeypatch)
    asked = [*ASKED, ("geldigOp", "2026-01-01"), ("alleen", "gevonden"), ("volgorde", "-gemeente")]
    found = HtmlPage.of(service.get("/vergelijken", params=asked, headers=HTML).text)
    files = [link for link in found.links() if link.startswith("/vergelijken/bestand?")]
    assert [link.rpartition("=")[2] for link in files] == ["docx", "xlsx", "csv", "pdf"]
    for link in files:
        assert service.get(link).status_code == 200
    _, scope, per_municipality = service.knowledge.asked[-1]  # type: ignore[misc]
    assert ([each.name for each in scope.municipalities], str(scope.valid_on)) == (
        ["Amstelveen", "Utrecht"],
        "2026-01-01",
    )
    assert per_municipality == 3


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ([("formaat", "docx")], "Onderwerp of onderwerpen : ontbreekt"),
        ([("onderwerp", "jeugd")], "formaat: ontbreekt; mogelijk zijn docx"),
        ([("onderwerp", "jeugd"), ("formaat", "rtf")], "mogelijk zijn docx"),
        ([("onderwerp", "a\nb\nc\nd\ne\nf\ng"), ("formaat", "docx")], "geef er hoogstens 6"),
        ([("onderwerp", "jeugd"), ("formaat", "docx"), ("gemeente", "Atlantis")], "Atlantis"),
        ([("onderwerp", "jeugd"), ("formaat", "docx"), ("volgorde", "gemeente")], "is hier onbekend"),
    ],
)
def test_what_cannot_be_right_is_told_on_the_page(
    service: Service, parameters: list[tuple[str, str]], told: str
) -> None:
    got = service.get("/vergelijken/bestand", params=parameters, headers=HTML)
    found = HtmlPage.of(got.text)
    assert (got.status_code, found.faults()) == (400, [])
    assert told in found.text
    assert parameters[0][1] in "".join(found.words) or parameters[0][0] == "formaat"


def test_what_takes_too_long_is_sent_to_the_reports(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison_file, "MOST_CELLS", 3)
    got = service.get("/vergelijken/bestand", params=[*ASKED, ("formaat", "docx")], headers=HTML)
    assert got.status_code == 400
    assert "telt 2 onderwerpen, en dat over 2 gemeenten" in HtmlPage.of(got.text).text
    assert service.knowledge.asked == []
    found = HtmlPage.of(service.get("/vergelijken", params=ASKED, headers=HTML).text)
    assert not [link for link in found.links() if "/bestand" in link]
    assert "maak er een rapport van" in found.text
    assert [link for link in found.links() if link.startswith("/rapporten?")]


def test_a_topic_that_fails_leaves_the_others(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    use_plain_formats(monkeypatch)
    service.knowledge.failing_topics["woningen"] = OSError("broken")
    got = service.get("/vergelijken/bestand", params=[*ASKED, ("formaat", "md")])
    assert got.status_code == 200
    assert "conflictscheidingen: Amstelveen gevonden" in got.text
    assert "woningen: " in got.text
