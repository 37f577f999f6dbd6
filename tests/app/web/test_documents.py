"""The list of documents: what it shows, how it is narrowed and ordered, and for whom it has forms."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from corpus.proposal import Proposal
from tests.app.api_client import Service
from tests.app.fake_documents import AMSTELVEEN, refusal
from tests.app.web.html_page import HTML, HtmlPage

OTHERS = "192.0.2.7"


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


def shown(service: Service, peer: str = "127.0.0.1", **params: Any) -> HtmlPage:
    got = service.ask("GET", "/documenten", peer=peer, params=params, headers=HTML)
    assert got.status_code == 200, got.text
    page = HtmlPage.of(got.text)
    assert page.faults() == []
    return page


def titles(page: HtmlPage) -> list[str]:
    ids = [each.removeprefix("/documenten/") for each in page.links() if each.startswith("/documenten/")]
    return list(dict.fromkeys(each.split("/")[0] for each in ids))


def test_every_document_is_listed_with_what_is_known_of_it(service: Service) -> None:
    page = shown(service)
    assert titles(page) == ["amstelveen-jeugd", "utrecht-samenvatting"]
    for words in (
        "2 documenten",
        "Jeugd- en onderwijsagenda",
        "titel onbekend",
        "1 van 1 pagina gelezen",
        "bestand zonder pagina's",
        "geldig tot en met 31 december 2027",
        "geldigheid onbekend",
        "vastgesteld door gemeenteraad",
        "geen kop gevonden",
    ):
        assert words in page.text


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"gemeente": "Utrecht"}, ["utrecht-samenvatting"]),
        ({"gemeente": ["GM0200", "GM0344"]}, ["amstelveen-jeugd", "utrecht-samenvatting"]),
        ({"soort": "agenda"}, ["amstelveen-jeugd"]),
        ({"soort": "nota"}, []),
        ({"status": "vastgesteld"}, ["amstelveen-jeugd"]),
        ({"geldigheid": "onbekend"}, ["utrecht-samenvatting"]),
        ({"alleen": "problemen"}, ["utrecht-samenvatting"]),
        ({"alleen": "voorstellen"}, []),
        ({"naam": "AGENDA jeugd"}, ["amstelveen-jeugd"]),
        ({"naam": "", "soort": ""}, ["amstelveen-jeugd", "utrecht-samenvatting"]),
        ({"volgorde": "-gemeente"}, ["utrecht-samenvatting", "amstelveen-jeugd"]),
        ({"volgorde": "-titel"}, ["utrecht-samenvatting", "amstelveen-jeugd"]),
        ({"volgorde": "-geldigTot"}, ["utrecht-samenvatting", "amstelveen-jeugd"]),
        ({"volgorde": "geldigTot"}, ["amstelveen-jeugd", "utrecht-samenvatting"]),
    ],
)
def test_the_address_narrows_and_orders(service: Service, params: dict[str, Any], found: list[str]) -> None:
    assert titles(shown(service, **params)) == found


def test_an_order_keeps_the_filters_and_turns_round(service: Service) -> None:
    page = shown(service, soort="agenda", volgorde="titel")
    assert "/documenten?soort=agenda&volgorde=-titel" in page.links()
    assert "/documenten?soort=agenda" in page.links()  # by municipality, as it is without an order
    assert [each["aria-sort"] for each in page.all("th") if "aria-sort" in each] == ["ascending"]


@pytest.mark.parametrize("params", [{"volgorde": "x"}, {"geldigheid": "x"}, {"blad": "0"}, {"onbekend": "1"}])
def test_what_cannot_be_right_is_told_above_the_whole_list(service: Service, params: dict[str, str]) -> None:
    got = service.get("/documenten", params, headers=HTML)
    page = HtmlPage.of(got.text)
    assert got.status_code == 400
    assert "Er klopt iets niet aan deze lijst" in page.text
    assert titles(page) == ["amstelveen-jeugd", "utrecht-samenvatting"]


def test_a_file_that_was_not_read_is_told_without_its_folder(service: Service) -> None:
    service.knowledge.refusals = (refusal("/geheim/kapot.pdf", "kapot", AMSTELVEEN, title="Kapotte nota"),)
    page = shown(service)
    assert "1 bestand is niet gelezen" in page.text
    assert "kapot.pdf (Kapotte nota), Amstelveen" in page.text.replace("( ", "(").replace(" )", ")").replace(" ,", ",")
    assert "geheim" not in page.text
    assert "/documenten/kapot/verwijderen" in page.links()
    assert "kapot.pdf" not in shown(service, gemeente="Utrecht").text


def test_only_who_may_change_sees_forms(service: Service) -> None:
    page = shown(service)
    assert {each["method"] for each in page.all("form")} == {"get", "post"}
    others = shown(service, OTHERS)
    assert {each["method"] for each in others.all("form")} == {"get"}
    assert not [each for each in others.links() if each.endswith(("bijwerken", "verwijderen", "/inlezen"))]
    assert "kan alleen op de machine waarop de dienst draait" in others.text


def test_proposals_are_called_so(service: Service) -> None:
    stored = service.knowledge._documents["utrecht-samenvatting"]
    proposals = (Proposal("title", "Samenvatting", "de titelpagina"), Proposal("municipalities", "Utrecht", "x"))
    service.knowledge._documents["utrecht-samenvatting"] = dataclasses.replace(stored, proposals=proposals)
    page = shown(service, alleen="voorstellen")
    assert titles(page) == ["utrecht-samenvatting"]
    assert "1 voorstel te bevestigen" in page.text  # of the municipality it is known already
    assert "1 onbevestigd voorstel" in shown(service, OTHERS).text


def test_hostile_text_is_only_text(service: Service) -> None:
    stored = service.knowledge._documents["amstelveen-jeugd"]
    title = '<script>alert(1)</script>"><img src=x onerror=alert(1)>' + "a" * 10_000
    metadata = dataclasses.replace(stored.metadata, title=title)
    hostile = dataclasses.replace(stored, metadata=metadata, problems=("<b onclick=x>",))
    service.knowledge._documents["amstelveen-jeugd"] = hostile
    page = shown(service)
    assert not page.all("img")
    assert not page.all("b")
    assert "<script>alert(1)</script>" in page.text


def test_a_long_list_has_pages(service: Service) -> None:
    stored = service.knowledge._documents["amstelveen-jeugd"]
    for number in range(120):
        metadata = dataclasses.replace(stored.metadata, document_id=f"nota-{number:03}", title=f"Nota {number:03}")
        service.knowledge._documents[f"nota-{number:03}"] = dataclasses.replace(stored, metadata=metadata)
    first, last = shown(service, naam="nota"), shown(service, naam="nota", blad="99")
    assert len(titles(first)) == 50
    assert "/documenten?naam=nota&blad=2" in first.links()
    assert titles(last)[-1] == "nota-119"
    assert "Blad 3 van 3" in last.text
