"""A comparison as a file that is made at once and not kept."""

import asyncio
import threading
from pathlib import Path

import httpx
import pytest

from app.report.formats import FORMATS
from app.report.order import ReportOrder
from app.web import compare_export, comparison_file
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
        ([("onderwerp", "jeugd"), ("formaat", "")], "formaat: ontbreekt; mogelijk zijn docx"),
        ([("onderwerp", ""), ("formaat", "csv")], "Onderwerp of onderwerpen : ontbreekt"),
        ([("onderwerp", "jeugd"), ("formaat", "csv"), ("periodeVan", "2022")], "Geldig vanaf : kan niet mee"),
        ([("onderwerp", "jeugd"), ("formaat", "csv"), ("periodeTot", "2022")], "Geldig tot en met : kan niet mee"),
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
    assert (
        "Onderwerp of onderwerpen : te veel voor een bestand dat u meteen krijgt (2 onderwerpen over 2 gemeenten, en "
        "hoogstens 3 combinaties passen erin): kies minder onderwerpen of gemeenten, of maak een rapport"
    ) in HtmlPage.of(got.text).text
    assert service.knowledge.asked == []
    found = HtmlPage.of(service.get("/vergelijken", params=ASKED, headers=HTML).text)
    assert not [link for link in found.links() if "/bestand" in link]
    assert "maak er een rapport van" in found.text
    assert [link for link in found.links() if link.startswith("/rapporten?")]


def test_who_may_make_no_report_is_told_to_choose_less(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison_file, "MOST_CELLS", 3)
    for address, more in (("/vergelijken/bestand", [("formaat", "docx")]), ("/vergelijken", [])):
        got = service.get(address, params=[*ASKED, *more], headers=HTML, peer="192.0.2.7")
        text = HtmlPage.of(got.text).text
        assert "kies minder onderwerpen of gemeenten" in text
        assert "maak een rapport" not in text
        assert "maak er een rapport" not in text


def test_an_error_is_shown_and_not_saved_as_the_file(service: Service) -> None:
    found = HtmlPage.of(service.get("/vergelijken", params=ASKED, headers=HTML).text)
    assert [each for each in found.all("a") if "download" in each] == []


def test_of_many_files_at_once_most_are_refused_and_then_all_goes_on(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, begun = threading.Event(), threading.Semaphore(0)

    def made(_: object, order: ReportOrder) -> bytes:
        begun.release()
        assert goes_on.wait(30)
        return order.format.encode()

    monkeypatch.setattr(compare_export, "passing_file", made)
    monkeypatch.setattr(compare_export, "PATIENCE", 0.05)

    async def asked(client: httpx.AsyncClient) -> tuple[httpx.Response, list[httpx.Response], httpx.Response]:
        address = "/vergelijken/bestand"
        parameters = httpx.QueryParams([*ASKED, ("formaat", "csv")])
        making = [
            asyncio.create_task(client.get(address, params=parameters)) for _ in range(compare_export.MOST_AT_ONCE)
        ]
        for _ in making:
            assert await asyncio.to_thread(begun.acquire, timeout=30)
        refused = await client.get(address, params=parameters, headers=HTML)
        goes_on.set()
        return refused, await asyncio.gather(*making), await client.get(address, params=parameters)

    refused, made_first, after = service.run(asked)
    assert refused.status_code == 503
    assert int(refused.headers["retry-after"]) > 0
    found = HtmlPage.of(refused.text)
    assert found.faults() == []
    assert "Er worden al andere bestanden gemaakt. Probeer het zo opnieuw." in found.text
    assert not [each for each in found.all("meta") if "http-equiv" in each]  # it would ask for the file again
    assert not [each for _, each in found.tags if "data-wacht" in each]
    assert [each.content for each in (*made_first, after)] == [b"csv"] * 3


def test_a_file_that_fails_gives_its_place_back(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare_export, "PATIENCE", 0.05)
    monkeypatch.setattr(compare_export, "passing_file", lambda *_: 1 // 0)
    for _ in range(compare_export.MOST_AT_ONCE + 1):
        assert service.get("/vergelijken/bestand", params=[*ASKED, ("formaat", "csv")]).status_code == 500


def test_the_head_of_a_file_is_told_without_making_it(service: Service) -> None:
    got = service.ask("HEAD", "/vergelijken/bestand", params=[*ASKED, ("formaat", "csv")])
    assert (got.status_code, got.headers["content-type"]) == (200, FORMATS["csv"].media_type)
    assert got.headers["content-disposition"].endswith('woningen.csv"')
    assert "content-length" not in got.headers
    assert service.knowledge.asked == []
    assert service.ask("HEAD", "/vergelijken/bestand?formaat=csv").status_code == 400


def test_a_topic_that_fails_leaves_the_others(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    use_plain_formats(monkeypatch)
    service.knowledge.failing_topics["woningen"] = OSError("broken")
    got = service.get("/vergelijken/bestand", params=[*ASKED, ("formaat", "md")])
    assert got.status_code == 200
    assert "conflictscheidingen: Amstelveen gevonden" in got.text
    assert "woningen: " in got.text
