"""The pages to search and compare: what is found, what is silent, and what was wrong with the question."""

from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from app.answer import Mode, Question, Scope
from tests.app.api_client import Service
from tests.app.web.html_page import HTML, HtmlPage


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


def page(service: Service, path: str, *parameters: tuple[str, str], status: int = 200) -> HtmlPage:
    got = service.get(path, params=list(parameters), headers=HTML)
    assert got.status_code == status
    assert got.headers["content-type"].startswith("text/html")
    assert "script-src 'self'" in got.headers["content-security-policy"]
    found = HtmlPage.of(got.text)
    assert found.faults() == []
    assert all(link.startswith(("/", "#")) for link in found.links())
    return found


@pytest.mark.parametrize("path", ["/", "/vergelijken"])
def test_a_page_opens_without_a_question(service: Service, path: str) -> None:
    found = page(service, path)
    assert "Beleidswijzer" in found.text
    assert any(link == path for link in found.links())


def test_a_search_shows_quotes_verdicts_and_ways_on(service: Service) -> None:
    found = page(service, "/", ("vraag", "conflictscheidingen"))
    answer = service.get("/v1/passages", {"vraag": "conflictscheidingen"}).json()
    assert [each["naam"] for each in answer["gemeenten"] if each["naam"] not in found.text] == []
    for passage in answer["passages"]:
        assert passage["citaat"] in "".join(found.words)
        assert any(link.startswith(f"{passage['links']['lezen']}&vraag=conflictscheidingen") for link in found.links())
    assert "/vergelijken?onderwerp=conflictscheidingen" in found.links()
    assert "niets gevonden" in found.text
    assert found.all("mark")


def test_filters_stay_in_the_form_and_empty_ones_are_none(service: Service) -> None:
    filters = [("gemeente", "GM0362"), ("soort", ""), ("status", ""), ("geldigOp", "2025-01-31")]
    found = page(service, "/", ("vraag", "jeugd"), *filters)
    checked = [each["value"] for each in found.all("input") if "checked" in each]
    assert checked == ["GM0362"]
    assert found.value("geldigOp") == "2025-01-31"
    assert "Utrecht: " not in found.text


@pytest.mark.parametrize(
    ("filters", "kept", "without"),
    [
        ([], {}, ""),
        ([("gemeente", "Amstelveen")], {}, ""),
        ([("gemeente", "GM0362"), ("gemeente", "amstelveen")], {}, ""),
        ([("gemeente", "GM0362"), ("gemeente", "Apeldoorn")], {"gemeente": ["GM0362", "GM0200"]}, ""),
        (
            [("geldigOp", "2025-01-31"), ("periodeVan", "2020"), ("periodeTot", "2030-02"), ("status", "")],
            {"geldigOp": ["2025-01-31"], "periodeVan": ["2020"], "periodeTot": ["2030-02"]},
            "",
        ),
        ([("soort", "agenda")], {}, "(zonder filter op soort)"),
        ([("status", "vastgesteld")], {}, "(zonder filter op status)"),
        ([("status", "vastgesteld"), ("soort", "agenda")], {}, "(zonder filter op soort en status)"),
    ],
)
def test_the_way_to_a_comparison_keeps_what_it_can_and_tells_what_it_cannot(
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
    filters: list[tuple[str, str]],
    kept: dict[str, list[str]],
    without: str,
) -> None:
    answer = service.knowledge.search(Question("kind", Scope(), 10, Mode.HYBRID))
    monkeypatch.setattr(service.knowledge, "search", lambda _: answer)
    found = page(service, "/", ("vraag", "kind"), *filters)
    (link,) = {each for each in found.links() if each.startswith("/vergelijken?")}
    assert parse_qs(urlsplit(link).query) == {"onderwerp": ["kind"], **kept}
    assert ("zonder filter op" in found.text) is bool(without)
    assert f"Vergelijk gemeenten {without}".strip() in found.text
    page(service, link)


@pytest.mark.parametrize(
    ("path", "parameters", "told"),
    [
        ("/", [("vraag", "x" * 1001)], "telt 1001 tekens"),
        ("/", [("vraag", "jeugd"), ("gemeente", "Nergenshuizen")], "Nergenshuizen"),
        ("/", [("vraag", "jeugd"), ("geldigOp", "morgen"), ("wat", "1")], "bestaande datum"),
        ("/vergelijken", [("onderwerp", "a\nb\nc\nd\ne\nf\ng")], "zijn er 7; geef er hoogstens 6"),
        ("/vergelijken", [("onderwerp", " \n ")], "is leeg"),
        ("/vergelijken", [("onderwerp", "jeugd"), ("geldigOp", "2025-02-31")], "bestaande datum"),
    ],
)
def test_what_is_wrong_is_told_above_the_form_which_keeps_what_was_typed(
    service: Service, path: str, parameters: list[tuple[str, str]], told: str
) -> None:
    found = page(service, path, *parameters, status=400)
    assert told in found.text
    assert any(attributes.get("role") == "alert" for _, attributes in found.tags)


def test_topics_stand_side_by_side(service: Service) -> None:
    found = page(service, "/vergelijken", ("onderwerp", "conflictscheidingen\r\nwoningen\r\nconflictscheidingen"))
    heads = [each for each in found.all("th") if each.get("scope") == "col"]
    rows = [each for each in found.all("th") if each.get("scope") == "row"]
    assert (len(heads), len(rows)) == (3, 3)
    comparison = service.get("/v1/vergelijkingen", {"onderwerp": "conflictscheidingen"}).json()
    for municipality in comparison["gemeenten"]:
        for passage in municipality["passages"]:
            assert passage["citaat"] in "".join(found.words)


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\u202e{{ 7*7 }}"])
def test_a_hostile_question_does_nothing(service: Service, hostile: str) -> None:
    for path, name in (("/", "vraag"), ("/vergelijken", "onderwerp")):
        found = page(service, path, (name, hostile))
        assert not [each for each in found.all("img") if each.get("src") == "x"]
        assert "49" not in found.text


@pytest.mark.parametrize(
    ("path", "words"), [("/", "Terug naar de zoekresultaten"), ("/vergelijken", "Terug naar de vergelijking")]
)
def test_a_reader_finds_the_way_back_to_what_was_asked(service: Service, path: str, words: str) -> None:
    name = "vraag" if path == "/" else "onderwerp"
    asked = [(name, "jeugd"), ("gemeente", "GM0362"), ("geldigOp", "2025-01-31")]
    found = page(service, path, *asked)
    lead = next(link for link in found.links() if link.startswith("/documenten/") and "bij=" in link)
    assert lead.endswith("#passage")
    read = HtmlPage.of(service.get(lead.partition("#")[0], headers=HTML).text)
    back = next(link for link in read.links() if link.startswith(f"{path}?"))
    assert sorted(parse_qsl(urlsplit(back).query)) == sorted(asked)
    assert words in read.text
    assert all("bij=" in link for link in read.links() if "deel=" in link or "passage=" in link)


def test_a_way_back_to_another_site_is_refused(service: Service) -> None:
    for bij in ("//evil.example/", "https://evil.example/?vraag=x", "/documenten", "/?vraag=x&wat=1"):
        answer = service.get("/documenten/amstelveen-jeugd", {"vraag": "jeugd", "bij": bij}, headers=HTML)
        assert answer.status_code == 400
        assert "evil" not in answer.text
