"""The form "dit oordeel klopt niet": what it keeps, who may send it, what can be wrong, how it is taken back."""

import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest

from app.web import feedback as feedback_page
from app.web.feedback_form import RULINGS
from app.wording import ruling_words
from corpus.municipalities import load_municipalities
from corpus.verdict_feedback import VerdictFeedback
from tests.app.api_client import Service
from tests.app.web.html_page import HTML, OWN, HtmlPage

FORM = OWN | {"Content-Type": "application/x-www-form-urlencoded"}
OLDER = {
    name: value for name, value in FORM.items() if name != "Sec-Fetch-Site"
}  # than browsers that say of which site
QUESTION = "Wat kost “jeugdhulp” & <b>?"
FIELDS = {
    "vraag": QUESTION,
    "gemeente": "GM0344",
    "gegeven": "niets_gevonden",
    "zekerheid": "0.98",
    "bij": "/?soort=nota&gemeente=GM0344",
    "oordeel": "gevonden",
    "opmerking": "  Zie hoofdstuk 3.\r\nEn 4.  ",
}
ELSEWHERE = "192.0.2.7"
NOT_SEARCHED = "GM0193"  # Zwolle
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


def said(
    service: Service, fields: Mapping[str, str] = FIELDS, peer: str = ELSEWHERE, headers: Mapping[str, str] = FORM
) -> httpx.Response:
    return service.ask("POST", "/oordelen", peer=peer, content=urlencode(fields), headers=headers)


def kept(service: Service) -> list[VerdictFeedback]:
    return list(service.knowledge.feedback.all())


def shown(service: Service, address: str, status: int = 200, peer: str = ELSEWHERE) -> HtmlPage:
    got = service.ask("GET", address, peer=peer, headers=HTML)
    assert (got.status_code, got.headers["content-type"]) == (status, "text/html; charset=utf-8")
    found = HtmlPage.of(got.text)
    assert found.faults() == []
    return found


def slipped_in(page: HtmlPage) -> list[str]:
    """The tags that a hostile text made."""
    return [tag for tag, held in page.tags if tag in ("b", "img") or (tag == "script" and "src" not in held)]


def test_what_an_advisor_on_another_machine_says_is_kept(service: Service) -> None:
    before = datetime.now(UTC)
    got = said(service)
    assert got.status_code == 303
    (only,) = kept(service)
    assert urlsplit(got.headers["location"]).path == f"/oordelen/{only.id}"
    assert (only.question, only.municipality, only.ruling, only.right_ruling, only.certainty) == (
        QUESTION,
        "GM0344",
        "niets_gevonden",
        "gevonden",
        0.98,
    )
    assert only.remark == "Zie hoofdstuk 3.\nEn 4."
    assert only.filters == {"soort": "nota"}
    assert only.index == "hand-26 1"
    assert before <= only.given_at <= datetime.now(UTC)
    page = shown(service, got.headers["location"])
    for told in (QUESTION, "Utrecht", "niets gevonden (zekerheid 98%)", "soort nota", "Zie hoofdstuk 3. En 4."):
        assert told in page.text
    assert slipped_in(page) == []
    assert "/oordelen" not in page.links()
    back = next(each for each in page.links() if each.startswith("/?"))
    assert parse_qsl(urlsplit(back).query) == [("vraag", QUESTION), ("gemeente", "GM0344"), ("soort", "nota")]


def test_the_way_back_to_a_comparison_names_all_its_topics_but_they_are_not_kept(service: Service) -> None:
    bij = "/vergelijken?" + urlencode(
        {"onderwerp": "a b\nwachtlijsten", "geldigOp": "2025-01-31", "volgorde": "-oordeel1"}
    )
    got = said(service, FIELDS | {"vraag": "wachtlijsten", "bij": bij})
    (only,) = kept(service)
    assert only.filters == {"geldigOp": "2025-01-31"}
    assert "a b" not in repr(only)
    page = shown(service, got.headers["location"])
    assert "Terug naar de vergelijking" in page.text
    back = next(each for each in page.links() if each.startswith("/vergelijken?"))
    assert dict(parse_qsl(urlsplit(back).query)) == {
        "onderwerp": "a b\nwachtlijsten",
        "geldigOp": "2025-01-31",
        "volgorde": "-oordeel1",
    }


def test_it_is_taken_back(service: Service) -> None:
    address = said(service).headers["location"]
    page = shown(service, address)
    (action,) = [each["action"] for each in page.all("form")]
    content = urlencode({"bij": page.value("bij")})
    got = service.ask("POST", action, peer=ELSEWHERE, content=content, headers=FORM)
    assert got.status_code == 200
    gone = HtmlPage.of(got.text)
    assert (gone.faults(), kept(service)) == ([], [])
    assert "Uw opmerking is ingetrokken" in gone.text
    assert any(each.startswith("/?vraag=") for each in gone.links())
    assert "misschien is ze al ingetrokken" in shown(service, address, 404).text
    assert service.ask("POST", action, peer=ELSEWHERE, content=content, headers=FORM).status_code == 404


def test_a_double_click_is_kept_once(service: Service) -> None:
    assert len({said(service).headers["location"] for _ in range(2)}) == 1
    said(service, FIELDS | {"oordeel": "zijdelings"})
    assert len(kept(service)) == 2


@pytest.mark.parametrize(
    ("changed", "name", "told"),
    [
        ({"oordeel": ""}, "oordeel", "is niet gekozen"),
        ({"oordeel": "niets_gevonden"}, "oordeel", "is het oordeel dat er al staat"),
        ({"oordeel": "niet_doorzocht"}, "oordeel", "dat niet bestaat"),
        ({"opmerking": "x" * 1001}, "opmerking", "telt 1001 tekens; hoogstens 1000 mag"),
        ({"opmerking": "é" * 10_000}, "opmerking", "telt 10000 tekens"),
        ({"opmerking": "a\0b"}, "opmerking", "bevat stuurtekens"),
        ({"opmerking": "a\x1b[31m"}, "opmerking", "bevat stuurtekens"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_filled_in_stays(
    service: Service, changed: dict[str, str], name: str, told: str
) -> None:
    got = said(service, FIELDS | changed)
    page = HtmlPage.of(got.text)
    assert (got.status_code, page.faults(), kept(service)) == (400, [], [])
    assert told in page.text
    assert f"#veld-{name}" in page.links()
    assert QUESTION in page.text
    assert (page.value("vraag"), page.value("bij"), page.value("zekerheid")) == (QUESTION, FIELDS["bij"], "0.98")
    if name == "opmerking":
        assert [each["value"] for each in page.all("input") if "checked" in each] == ["gevonden"]
        assert changed[name] in "".join(page.words)
    else:
        assert "Zie hoofdstuk 3." in page.text
    again = {each["name"]: each.get("value", "") for each in page.all("input") if each.get("type") == "hidden"}
    assert said(service, again | {"oordeel": "gevonden"}).status_code == 303


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (FIELDS | {"vraag": ""}, "vraag: ontbreekt"),
        (FIELDS | {"vraag": "x" * 1001}, "telt 1001 tekens"),
        (FIELDS | {"vraag": "a\0b"}, "bevat stuurtekens"),
        (FIELDS | {"gemeente": ""}, "gemeente: ontbreekt"),
        (FIELDS | {"gemeente": "GM9999"}, "staat niet op de lijst van het CBS"),
        (FIELDS | {"gegeven": ""}, "gegeven: ontbreekt"),
        (FIELDS | {"gegeven": "niet_doorzocht"}, "dat niet bestaat"),
        (FIELDS | {"zekerheid": "1.5"}, "zekerheid: is geen kans"),
        (FIELDS | {"zekerheid": "nan"}, "zekerheid: is geen kans"),
        (FIELDS | {"naam": "Jan"}, "naam: is hier onbekend"),
        (FIELDS | {"bij": "https://evil.example/?vraag=x"}, "bij: is geen zoekopdracht"),
        (FIELDS | {"bij": "//evil.example/vergelijken"}, "bij: is geen zoekopdracht"),
        (FIELDS | {"bij": "javascript:alert(1)"}, "bij: is geen zoekopdracht"),
        (FIELDS | {"bij": "/documenten"}, "bij: is geen zoekopdracht"),
        (FIELDS | {"bij": "/?soort=roman"}, "bij: is geen zoekopdracht"),
        (FIELDS | {"bij": "/?wat=x"}, "bij: is geen zoekopdracht"),
        (FIELDS | {"bij": "/?geldigOp=2025-02-31"}, "bij: is geen zoekopdracht"),
        (FIELDS | {"bij": "/?soort=%ff"}, "bij: is geen zoekopdracht"),
        (FIELDS | {"bij": "/?" + "gemeente=GM0344&" * 2000}, "bij: is geen zoekopdracht"),
        (FIELDS | {"bij": "/vergelijken?onderwerp=a&volgorde=%3Cscript%3E"}, "bij: is geen zoekopdracht"),
        ({}, "vraag: ontbreekt"),
    ],
)
def test_a_form_that_no_page_of_ours_sends_is_refused(service: Service, fields: Mapping[str, str], told: str) -> None:
    got = said(service, fields)
    page = HtmlPage.of(got.text)
    assert (got.status_code, page.faults(), kept(service)) == (400, [], [])
    assert told in page.text
    assert page.all("form") == []


def test_a_field_that_stands_twice_is_refused(service: Service) -> None:
    content = urlencode([*FIELDS.items(), ("oordeel", "zijdelings")])
    got = service.ask("POST", "/oordelen", content=content, headers=FORM)
    assert (got.status_code, kept(service)) == (400, [])
    assert "staat er 2 keer" in HtmlPage.of(got.text).text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8001"},
        {"Origin": "http://127.0.0.1.evil.example:8000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Host": ""},
        {"Origin": "http://evil.example", "Sec-Fetch-Site": "none"},
    ],
)
def test_no_page_of_another_site_says_or_takes_back_anything(service: Service, headers: dict[str, str]) -> None:
    address = urlsplit(said(service).headers["location"]).path
    for place in ("/oordelen", f"{address}/intrekken", f"{address}/verwijderen"):
        got = service.ask("POST", place, content=urlencode(FIELDS), headers=OLDER | headers)
        assert (got.status_code, got.headers["content-type"]) == (403, "text/html; charset=utf-8")
    assert len(kept(service)) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://127.0.0.1:8000"},  # a proxy that speaks HTTPS stands in front
        {"Host": "beleid.example", "Origin": "https://beleid.example", "X-Forwarded-For": "192.0.2.9"},
        {"Host": "127.0.0.1:8000", "Origin": "https://beleid.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_a_page_of_ours_behind_a_proxy_does(service: Service, headers: dict[str, str]) -> None:
    assert said(service, headers=FORM | headers).status_code == 303


def test_only_who_sits_at_the_machine_sees_and_removes_all(service: Service) -> None:
    address = urlsplit(said(service).headers["location"]).path
    assert "Dit kan alleen vanaf de machine" in shown(service, "/oordelen", 403).text
    refused = service.ask("POST", f"{address}/verwijderen", peer=ELSEWHERE, headers=OWN)
    assert (refused.status_code, len(kept(service))) == (403, 1)
    page = shown(service, "/oordelen", peer="127.0.0.1")
    for told in (QUESTION, "Utrecht", "1 opmerking", "beleidswijzer evaluate --export-feedback MAP"):
        assert told in page.text
    assert slipped_in(page) == []
    assert "hand-26 1" in page.text
    assert [each["action"] for each in page.all("form")] == [f"{address}/verwijderen"]
    got = service.ask("POST", f"{address}/verwijderen", headers=OWN)
    assert (got.status_code, got.headers["location"], kept(service)) == (303, "/oordelen", [])
    assert "Er is nog niets opgemerkt" in shown(service, "/oordelen", peer="127.0.0.1").text


@pytest.mark.parametrize("peer", ["127.0.0.1", ELSEWHERE])
def test_the_list_is_linked_only_where_it_can_be_reached(service: Service, peer: str) -> None:
    address = said(service).headers["location"]
    for place in ("/over", address):
        assert ("/oordelen" in shown(service, place, peer=peer).links()) is (peer == "127.0.0.1")


def test_a_long_list_has_sheets(service: Service) -> None:
    for number in range(51):
        assert said(service, FIELDS | {"vraag": f"vraag {number}"}).status_code == 303
    first, second = (shown(service, f"/oordelen?blad={number}", peer="127.0.0.1") for number in (1, 2))
    assert (len(first.all("form")), len(second.all("form"))) == (50, 1)
    assert "vraag 50" in first.text
    assert "/oordelen?blad=2" in first.links()
    assert "vraag 0" in second.text
    assert "/oordelen?blad=1" in second.links()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/oordelen?wat=x", 400),
        ("/oordelen?blad=0", 400),
        (f"/oordelen/{NOBODY}", 404),
        ("/oordelen/geen-uuid", 404),
        (f"/oordelen/{NOBODY}?bij=https://evil.example", 400),
        (f"/oordelen/{NOBODY}?vraag=x", 400),
        (f"/oordelen/{NOBODY}/intrekken", 405),
    ],
)
def test_an_address_that_is_not_there_is_told(service: Service, address: str, status: int) -> None:
    shown(service, address, status, peer="127.0.0.1")


def test_nothing_is_sent_with_parameters_in_the_address(service: Service) -> None:
    got = service.ask("POST", "/oordelen?vraag=x", content=urlencode(FIELDS), headers=FORM)
    assert (got.status_code, kept(service)) == (400, [])


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"vraag=%ff", "application/x-www-form-urlencoded", 400),
        (b"vraag=%ed%a0%80", "application/x-www-form-urlencoded", 400),
        (b"a=" + b"b" * 2_000_001, "application/x-www-form-urlencoded", 413),
    ],
)
def test_a_body_that_is_no_form_is_refused(service: Service, content: bytes, kind: str, status: int) -> None:
    got = service.ask("POST", "/oordelen", content=content, headers=FORM | {"Content-Type": kind})
    assert (got.status_code, kept(service)) == (status, [])


def test_what_does_not_fit_any_more_is_told(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback_page, "MOST_KEPT", 1)
    assert said(service).status_code == 303
    got = said(service, FIELDS | {"vraag": "anders"})
    page = HtmlPage.of(got.text)
    assert (got.status_code, page.faults(), len(kept(service))) == (507, [], 1)
    assert "Uw opmerking is niet bewaard" in page.text


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\u202eomgekeerd\u2066", "{{ 7*7 }}", "x" * 1000],
)
def test_hostile_words_are_shown_as_they_are(service: Service, hostile: str) -> None:
    got = said(service, FIELDS | {"opmerking": hostile, "vraag": hostile})
    assert kept(service)[0].remark == kept(service)[0].question == hostile
    for place, peer in ((got.headers["location"], ELSEWHERE), ("/oordelen", "127.0.0.1")):
        page = shown(service, place, peer=peer)
        assert slipped_in(page) == []
        assert "".join(page.words).count(hostile) >= 2
        isolated = [tag for tag, _ in page.tags].count("bdi")
        assert isolated == 2
    wrong = HtmlPage.of(said(service, FIELDS | {"opmerking": hostile, "vraag": hostile, "oordeel": ""}).text)
    assert (wrong.faults(), slipped_in(wrong), wrong.value("vraag")) == ([], [], hostile)


def test_no_question_or_remark_is_logged(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    secret = "zwaluwstaart"
    fields = FIELDS | {"vraag": secret, "opmerking": secret}
    with caplog.at_level(logging.DEBUG):
        address = said(service, fields).headers["location"]
        said(service, fields | {"oordeel": ""})
        said(service, fields | {"bij": f"/x{secret}"})
        said(service, fields, headers=FORM | {"Origin": "http://evil.example"})
        shown(service, address)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("beleidswijzer")]
    assert ours
    assert [line for line in ours if secret in line] == []


@pytest.mark.parametrize(("path", "name"), [("/", "vraag"), ("/vergelijken", "onderwerp")])
def test_very_many_municipalities_are_not_repeated_in_each_form(service: Service, path: str, name: str) -> None:
    codes = [each.code for each in load_municipalities()]
    for number, repeated in ((40, 40), (41, 0)):
        chosen = [("gemeente", code) for code in codes[:number]]
        got = service.get(path, params=[(name, "jeugd"), ("geldigOp", "2025-01-31"), *chosen], headers=HTML)
        found = HtmlPage.of(got.text)
        told = {each["value"] for each in found.all("input") if each.get("name") == "bij"}
        assert {(each.count("gemeente="), "geldigOp=2025-01-31" in each) for each in told} == {(repeated, True)}


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/", [("vraag", "conflictscheidingen"), ("soort", "agenda"), ("status", ""), ("periodeVan", "2020")]),
        ("/", [("vraag", "conflictscheidingen"), ("gemeente", "GM0344"), ("gemeente", NOT_SEARCHED)]),
        ("/vergelijken", [("onderwerp", "conflictscheidingen\r\nwoningen"), ("geldigOp", "2025-01-31")]),
        ("/vergelijken", [("onderwerp", "conflictscheidingen"), ("periodeVan", "2020")]),
    ],
)
def test_beside_each_verdict_stands_a_form_that_is_taken(
    service: Service, path: str, parameters: list[tuple[str, str]]
) -> None:
    got = service.get(path, params=parameters, headers=HTML)
    assert HtmlPage.of(got.text).faults() == []
    forms = re.findall(r'<details class="bw-feedback">.*?</details>', got.text, re.DOTALL)
    topics = dict(parameters).get("onderwerp", "conflictscheidingen").split()
    places = [value for name, value in parameters if name == "gemeente"] or ["GM0200", "GM0344", "GM0362"]
    told = sorted((topic, place) for topic in topics for place in places if place != NOT_SEARCHED)
    asked = []
    for each in forms:
        assert len(each.encode()) < 1250
        form = HtmlPage.of(each)
        offered = [radio["value"] for radio in form.all("input") if radio.get("type") == "radio"]
        assert offered == [ruling.value for ruling in RULINGS if ruling.value != form.value("gegeven")]
        assert all(ruling_words(ruling) in form.text for ruling in RULINGS if ruling.value in offered)
        fields = {name: form.value(name) for name in ("vraag", "gemeente", "gegeven", "zekerheid", "bij")}
        asked.append((fields["vraag"], fields["gemeente"]))
        location = said(service, fields | {"oordeel": offered[0], "opmerking": ""}).headers["location"]
        back = next(link for link in shown(service, location).links() if link.startswith(f"{path}?"))
        again = sorted((name, value.replace("\r\n", "\n")) for name, value in parameters if value)
        assert sorted(parse_qsl(urlsplit(back).query)) == again
    assert sorted(asked) == told
