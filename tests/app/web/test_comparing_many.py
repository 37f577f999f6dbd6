"""Who says what on each side of a topic, and a page that stays readable and light with many municipalities."""

import gzip
import random
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from app.answer import Ruling
from app.api.comparison_bodies import AmountBody, AspectBody, ComparisonBody, FindingBody, YearsBody
from app.api.document_bodies import MunicipalityBody
from app.api.places import PositionBody
from app.web import compare
from app.web.assets import assets
from corpus.municipalities import load_municipalities
from tests.app.api_client import Service
from tests.app.web.html_page import HTML, HtmlPage
from tests.app.wire_samples import UTRECHT, comparison, finding, passage

PLACES = [MunicipalityBody(code=each.code, name=each.name) for each in load_municipalities()]
MOST_BYTES = 150_000
SENT = (
    "icoon.svg",
    "beleidswijzer.css",
    "beleidswijzer.js",
    "comparing.js",
    "choosing.js",
    "utrecht/index.css",
    "voorbeeld/theme.css",
    "noto/noto-sans-latin-400-normal.woff2",
    "noto/noto-sans-latin-700-normal.woff2",
)


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


@pytest.fixture(autouse=True)
def bodies(monkeypatch: pytest.MonkeyPatch) -> dict[str, ComparisonBody]:
    """What is compared, by topic; a test fills it."""
    told: dict[str, ComparisonBody] = {}
    monkeypatch.setattr(compare, "comparison_body", lambda found: told[found.topic])
    return told


def page(service: Service, *parameters: tuple[str, str]) -> HtmlPage:
    got = service.get("/vergelijken", params=list(parameters), headers=HTML)
    assert got.status_code == 200, got.text
    found = HtmlPage.of(got.text)
    assert found.faults() == []
    anchors = {held["id"] for _, held in found.tags if "id" in held}
    assert [link for link in found.links() if link.startswith("#") and link[1:] not in anchors] == []
    return found


def statement(
    quote: str, passage_id: str = "p1", years: Sequence[YearsBody] = (), amounts: Sequence[AmountBody] = ()
) -> AspectBody:
    return AspectBody(
        quote=quote,
        position=PositionBody(start=0, end=len(quote)),
        passage=passage_id,
        document="document-0",
        probability=0.9,
        years=list(years),
        amounts=list(amounts),
    )


def saying(found: FindingBody, **aspects: list[AspectBody]) -> FindingBody:
    return found.model_copy(update={"aspects": found.aspects.model_copy(update=aspects)})


def articles(found: HtmlPage) -> list[str]:
    return [held["id"] for held in found.all("article")]


def test_a_side_tells_who_says_what_and_who_says_nothing(service: Service, bodies: dict[str, ComparisonBody]) -> None:
    amount = AmountBody(
        quote="€ 5",
        position=PositionBody(start=0, end=3),
        about=None,
        column=None,
        years=YearsBody(first=2026, last=2026),
        recurrence=None,
        yearly=True,
    )
    money = [statement("Het kost € 5.", amounts=[amount]), statement("Meer is er niet."), statement("Elders.", "p2")]
    bodies["geld"] = comparison(
        "geld",
        saying(finding(Ruling.FOUND, [passage("een")]), money=money),
        finding(Ruling.TOUCHED, [passage("twee", municipality=UTRECHT)], UTRECHT),
    )
    found = page(service, ("onderwerp", "geld"))
    assert "Geld 3 uitspraken, 1 gemeente" in found.text
    assert "“Het kost € 5.” bedrag: € 5; jaar: 2026; per jaar “Meer is er niet.” Bron: Jeugdagenda" in found.text
    assert "Hierover geen uitspraak gevonden bij: Utrecht." in found.text
    assert [link for link in found.links() if link.startswith("/documenten/document-0?")] == [
        "/documenten/document-0?passage=p1#passage",
        "/documenten/document-0?passage=p2#passage",
    ]
    assert "Doelen" not in found.text


def test_what_no_longer_holds_is_told_at_verdict_and_statement(
    service: Service, bodies: dict[str, ComparisonBody]
) -> None:
    old = statement("Zo was het.").model_copy(update={"document": "amstelveen-jeugd"})
    body = comparison("geld", saying(finding(Ruling.FOUND, [passage("een")], only_past=True), goals=[old]))
    bodies["geld"] = body.model_copy(update={"day": date(2030, 1, 1)})
    found = page(service, ("onderwerp", "geld"))
    assert "gevonden alleen verlopen" in found.text
    assert "alleen in documenten die niet meer gelden" in found.text
    assert "titel onbekend verlopen" in found.text


def test_of_many_the_silent_are_named_and_passages_are_behind_a_line(
    service: Service, bodies: dict[str, ComparisonBody]
) -> None:
    speaking = [finding(Ruling.FOUND, [passage(each.name, municipality=each)], each) for each in PLACES[:6]]
    silent = [finding(Ruling.NOTHING, (), each, certainty=0.8) for each in PLACES[6:9]]
    bodies["jeugd"] = comparison("jeugd", *speaking, *silent)
    found = page(service, ("onderwerp", "jeugd"))
    assert articles(found) == [f"{each.code}-1" for each in PLACES[:6]]
    assert len([held for held in found.all("details") if held.get("class") == "bw-passages"]) == 6
    assert "Niets te lezen van 3 gemeenten" in found.text
    assert f"{PLACES[6].name} : niets gevonden in 1 doorzocht document (zekerheid 80%)" in found.text
    bodies["jeugd"] = comparison("jeugd", *speaking, *silent[:2])
    few = page(service, ("onderwerp", "jeugd"))
    assert articles(few) == [f"{each.code}-1" for each in PLACES[:8]]
    assert not [held for held in few.all("details") if held.get("class") == "bw-passages"]


def test_many_topics_are_told_one_at_a_time(service: Service, bodies: dict[str, ComparisonBody]) -> None:
    for topic in ("een", "twee"):
        bodies[topic] = comparison(
            topic, *(finding(Ruling.FOUND, [passage(each.name, municipality=each)], each) for each in PLACES[:21])
        )
    found = page(service, ("onderwerp", "een\ntwee"))
    assert articles(found) == [f"{each.code}-1" for each in PLACES[:21]]
    other = "/vergelijken?onderwerp=een%0Atwee&uitwerking=2"
    assert f"{other}#onderwerp-2" in found.links()
    assert f"{other}#{PLACES[0].code}-2" in found.links()
    second = page(service, ("onderwerp", "een\ntwee"), ("uitwerking", "2"))
    assert articles(second) == [f"{each.code}-2" for each in PLACES[:21]]
    assert f"#{PLACES[0].code}-2" in second.links()


def test_of_very_many_the_rest_is_a_link_to_a_page_of_its_own(
    service: Service, bodies: dict[str, ComparisonBody]
) -> None:
    bodies["jeugd"] = comparison(
        "jeugd", *(finding(Ruling.FOUND, [passage(each.name, municipality=each)], each) for each in PLACES[:45])
    )
    found = page(service, ("onderwerp", "jeugd"))
    assert len(articles(found)) == 40
    own = [link for link in found.links() if link.startswith("/vergelijken?onderwerp=jeugd&gemeente=")]
    assert own == [f"/vergelijken?onderwerp=jeugd&gemeente={each.code}" for each in PLACES[40:45]]


def test_what_is_left_out_for_room_is_one_link_away(service: Service, bodies: dict[str, ComparisonBody]) -> None:
    bodies["jeugd"] = comparison("jeugd", *(_talkative(each, random.Random(1)) for each in PLACES[:40]))
    found = page(service, ("onderwerp", "jeugd"))
    own = f"/vergelijken?onderwerp=jeugd&gemeente={PLACES[0].code}"
    assert own in found.links()
    assert "Nog 2 passages" in found.text
    more = f"Nog 2 uitspraken van {PLACES[0].name}"
    assert more in found.text
    seen = re.sub(r'<span class="bw-hidden">[^<]*</span>', "", service.get("/vergelijken?onderwerp=jeugd").text)
    assert ">Nog 2 uitspraken</a>" in seen
    assert len([held for held in found.all("textarea") if held["id"].startswith("kopie-")]) == 40


@pytest.mark.parametrize(("topics", "municipalities"), [(6, 4), (1, 40), (6, 40)])
def test_the_page_weighs_little(
    service: Service, bodies: dict[str, ComparisonBody], topics: int, municipalities: int
) -> None:
    rng = random.Random(7)
    names = [f"onderwerp {number}" for number in range(topics)]
    for name in names:
        bodies[name] = comparison(name, *(_talkative(each, rng) for each in PLACES[:municipalities]))
    got = service.get("/vergelijken", params=[("onderwerp", "\n".join(names))], headers=HTML)
    assert got.status_code == 200
    files = sum(len(assets()[name].packed or assets()[name].content) for name in SENT)
    assert len(gzip.compress(got.content, 6)) + files < MOST_BYTES


def _talkative(municipality: MunicipalityBody, rng: random.Random) -> FindingBody:
    """A municipality with much to say on every side."""
    sides = ("goals", "target_group", "current_efforts", "new_actions", "partners", "money", "figures")
    found = finding(
        Ruling.FOUND,
        [passage(_text(900, rng), municipality=municipality) for _ in range(3)],
        municipality,
        certainty=0.9,
    )
    return saying(found, **{side: [statement(_text(180, rng), f"{rng.random()}") for _ in range(3)] for side in sides})


_WORDS = sorted({word for each in PLACES for word in each.name.lower().split()})
_COMMON = (
    "de het een van in op voor met en is zijn wij aan die dat ook meer jeugd kinderen ouders gemeente hulp".split()
)


def _text(size: int, rng: random.Random) -> str:
    """Words of which half are common, as in a text."""
    words = ""
    while len(words) < size:
        words += f"{rng.choice(_COMMON if rng.random() < 0.5 else _WORDS)} "
    return words[:size].strip()
