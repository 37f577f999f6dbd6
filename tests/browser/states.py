"""Every page of the product in every state that it can be in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.browser.papers import AGENDA, LONG, NOTE, OLD, PLAN, REFUSED, SILENT, TOPIC
from tests.browser.site import Site, address, report, report_in_the_making, report_since, to_read
from tests.browser.visit import Visit

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

_NOWHERE = "00000000-0000-0000-0000-000000000000"
_FILE: FilePayload = {"name": "nota.txt", "mimeType": "text/plain", "buffer": b"De wijk krijgt een speelplek."}
_PICTURE: FilePayload = {"name": "foto.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(99)}


@dataclass(frozen=True, slots=True)
class State:
    """A page at a place of a service (`at` is the name of its fixture), after what is done there."""

    name: str
    place: str | Callable[[Site], str]
    status: int = 200
    act: Callable[[Visit], object] = lambda visit: None
    at: str = "site"

    def shown(self, visit: Visit, site: Site) -> Page:
        """The page in this state, its fonts loaded."""
        visit.open(self.place if isinstance(self.place, str) else self.place(site), self.status)
        self.act(visit)
        return visit.settled()


def _unfold(visit: Visit) -> None:
    visit.page.evaluate("() => document.querySelectorAll('main details').forEach(each => { each.open = true; })")


def _choose(*files: FilePayload) -> Callable[[Visit], None]:
    return lambda visit: visit.page.set_input_files("#veld-bestand", list(files))


def _send(file: FilePayload, status: int, told: str) -> Callable[[Visit], None]:
    def sent(visit: Visit) -> None:
        visit.expect(status)
        visit.page.set_input_files("#veld-bestand", [file])
        visit.page.get_by_role("button", name="Voeg toe").click()
        visit.page.get_by_text(told).first.wait_for()

    return sent


def _send_form(button: str, **fields: str) -> Callable[[Visit], None]:
    """Fills in a form and sends it in a way that its service refuses."""

    def sent(visit: Visit) -> None:
        visit.expect(400)
        _unfold(visit)
        for name, value in fields.items():
            visit.page.locator(f"#veld-{name}").fill(value)
        visit.page.get_by_role("button", name=button).click()
        visit.page.locator("#fouten").wait_for()

    return sent


def _suggest(visit: Visit) -> None:
    """The list of suggestions; a service makes them when they are first asked for."""
    for _ in range(20):
        visit.page.locator("#veld-vraag").fill("")
        visit.page.locator("#veld-vraag").press_sequentially("jeugd")
        visit.page.wait_for_timeout(500)
        if visit.page.get_by_role("listbox").is_visible():
            return
    raise AssertionError("there are no suggestions")


def _say(visit: Visit) -> None:
    """Says of the first verdict that it is not right."""
    visit.page.locator(".bw-feedback summary").first.click()
    visit.page.locator(".bw-feedback input[type=radio]").first.check()
    visit.page.locator(".bw-feedback textarea").first.fill("Het staat er alleen als voorbeeld.")
    visit.page.locator(".bw-feedback button").first.click()
    visit.page.get_by_role("heading", name="Uw opmerking is bewaard").wait_for()


def _say_nothing(visit: Visit) -> None:
    """Sends that form without an answer, which a browser lets nobody do."""
    visit.expect(400)
    visit.page.locator(".bw-feedback summary").first.click()
    visit.page.evaluate("() => document.querySelectorAll('[required]').forEach((each) => { each.required = false; })")
    visit.page.locator(".bw-feedback button").first.click()
    visit.page.locator("#fouten").wait_for()


def _take_back(visit: Visit) -> None:
    _say(visit)
    visit.page.get_by_role("button", name="Trek opmerking in").click()
    visit.page.get_by_role("heading", name="Uw opmerking is ingetrokken").wait_for()


def _list_what_was_said(visit: Visit) -> None:
    _say(visit)
    visit.page.get_by_role("link", name="Alle opmerkingen over oordelen").click()
    visit.page.get_by_role("heading", level=1).wait_for()


SEARCH = (
    State("search", "/"),
    State("suggestions", "/", act=_suggest),
    State("search of nothing", "/", at="empty_site"),
    State("search with filters open", "/", act=_unfold),
    State("results", address("/", vraag=TOPIC)),
    State("results unfolded", address("/", vraag=TOPIC), act=_unfold),
    State("results with filters", address("/", vraag=TOPIC, gemeente="GM0193", soort="nota", geldigOp="2017-05-01")),
    State("results without passages", address("/", vraag=SILENT, gemeente=["GM0362", "GM0193"])),
    State("results of a municipality that was not read", address("/", vraag=TOPIC, gemeente="GM0200"), act=_unfold),
    State("results of nothing", address("/", vraag=TOPIC), at="empty_site"),
    State("remark on a verdict", address("/", vraag=TOPIC), act=_say),
    State("remark with faults", address("/", vraag=TOPIC), act=_say_nothing),
    State("remark taken back", address("/", vraag=TOPIC), act=_take_back),
    State("remarks", address("/", vraag=TOPIC), act=_list_what_was_said),
    State("no remarks", "/oordelen", at="empty_site"),
    State("search with faults", address("/", vraag="x" * 1001, gemeente="Utrecgt", geldigOp="morgen"), 400),
)
READING = (
    State("text", f"/documenten/{AGENDA}"),
    State("text with a table", f"/documenten/{NOTE}", act=_unfold),
    State("text that expired", f"/documenten/{OLD}"),
    State("long text", f"/documenten/{LONG}"),
    State("long text, next part", f"/documenten/{LONG}?deel=2"),
    State("passage", lambda site: to_read(site, AGENDA, vraag=TOPIC), act=_unfold),
    State("passage in a table", lambda site: to_read(site, NOTE, vraag="Assendorp")),
    State("passage on a page", lambda site: to_read(site, PLAN, vraag=TOPIC), act=_unfold),
    State("pages", f"/documenten/{PLAN}?pagina=4"),
    State("reading with faults", f"/documenten/{AGENDA}?deel=nul&kleur=rood", 400),
    State("no such passage", address(f"/documenten/{AGENDA}", passage=_NOWHERE), 404),
    State("no such document", "/documenten/weg", 404),
)
COMPARE = (
    State("compare", "/vergelijken"),
    State("compare over nothing", "/vergelijken", at="empty_site"),
    State("comparison", address("/vergelijken", onderwerp=TOPIC)),
    State("comparison unfolded", address("/vergelijken", onderwerp=f"{TOPIC}\n{SILENT}"), act=_unfold),
    State("comparison of what was found", address("/vergelijken", onderwerp=TOPIC, alleen="gevonden")),
    State("comparison of nothing", address("/vergelijken", onderwerp=TOPIC), at="empty_site"),
    State("compare with faults", address("/vergelijken", onderwerp="x" * 1001, gemeente="Utrecgt"), 400, _unfold),
)
DOCUMENTS = (
    State("documents", "/documenten"),
    State("documents unfolded", "/documenten", act=_unfold),
    State("documents, filtered and sorted", "/documenten?gemeente=GM0193&volgorde=-geldigTot"),
    State("documents, none found", "/documenten?naam=zoekgeraakt"),
    State("no documents", "/documenten", at="empty_site"),
    State("documents with faults", "/documenten?volgorde=kleur&blad=x", 400),
    State("files chosen", "/documenten", act=_choose(_FILE, _PICTURE)),
    State("file refused", "/documenten", act=_send(_PICTURE, 415, "Niet gelukt")),
    State("file being read", "/documenten", act=_send(_FILE, 202, "inlezen, "), at="busy_site"),
    State("file read", "/documenten", act=_send(_FILE, 202, "Klaar: 1 van 1")),
    State("update", f"/documenten/{PLAN}/bijwerken"),
    State("update with proposals", f"/documenten/{NOTE}/bijwerken"),
    State(
        "update with faults",
        f"/documenten/{NOTE}/bijwerken",
        act=_send_form("Bewaar en lees opnieuw in", gemeente="Utrecgt", gepubliceerd="ooit"),
    ),
    State("removal", f"/documenten/{AGENDA}/verwijderen"),
    State("removal of a refused file", f"/documenten/{REFUSED}/verwijderen"),
    State("intake", "/inlezen"),
    State("intake of nothing", "/inlezen", at="empty_site"),
    State("intake, busy", "/inlezen", at="busy_site"),
)
REPORTS = (
    State("reports", lambda site: report(site) and "/rapporten", act=_unfold),
    State("no reports", "/rapporten", at="empty_site"),
    State("reports with faults", "/rapporten", act=_send_form("Maak rapport", onderwerpen="x" * 1001)),
    State("report again", lambda site: f"/rapporten?opnieuw={report(site)}"),
    State("report", lambda site: f"/rapporten/{report(site)}"),
    State("report with changes", lambda site: f"/rapporten/{report_since(site)}", act=_unfold),
    State("report, busy", lambda site: f"/rapporten/{report_in_the_making(site)}", at="busy_site"),
    State("removal of a report", lambda site: f"/rapporten/{report(site)}/verwijderen"),
)
OTHERS = (
    State("about", "/over"),
    State("accessibility", "/toegankelijkheid"),
    State("api", "/api"),
    State("no such page", "/nergens", 404),
    State("parameter that is not there", "/over?kleur=rood", 400),
    State("loading", address("/", vraag=TOPIC), 503, at="loading_site"),
    State("reading while loading", address("/documenten/amstelveen-jeugd", vraag=TOPIC), at="loading_site"),
    State("fault of the service", address("/", vraag=TOPIC), 500, at="failing_site"),
)
STATES = (*SEARCH, *READING, *COMPARE, *DOCUMENTS, *REPORTS, *OTHERS)
