"""Every way on from a result keeps the question to the character, whatever signs it holds."""

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from app.answer import MAX_QUESTION_CHARACTERS, Question
from tests.app.api_client import Service
from tests.app.fake_documents import passages_of
from tests.app.web.html_page import HTML, HtmlPage

ODD = (
    "a&b=c",
    "de \"jeugd\" en 'school'",
    "#1 + 2 = 3; 50% van €30.000?",
    "regel een\nregel twee",
    "😀 é ñ ﷽ 漢字",
    "../../etc/passwd?x=y#z",
    "%26 %2B %0A &amp; &lt;",
    " rand ",
    "x" * MAX_QUESTION_CHARACTERS,
    "é😀&" * (MAX_QUESTION_CHARACTERS // 3),
)


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    """A service that finds the same passages whatever it is asked."""
    found = Service(tmp_path)
    search = found.knowledge.search

    def searched(question: Question) -> object:
        answer = search(Question("kind", question.scope, question.limit, question.mode))
        found.knowledge.asked[-1] = question
        return answer

    monkeypatch.setattr(found.knowledge, "search", searched)
    return found


def page(service: Service, address: str, **parameters: str) -> HtmlPage:
    got = service.get(address, parameters or None, headers=HTML)
    assert got.status_code == 200, address
    found = HtmlPage.of(got.text)
    assert found.faults() == []
    return found


def of(address: str, name: str) -> str:
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))[name]


@pytest.mark.parametrize("question", ODD)
def test_the_question_stays_in_its_field_and_in_every_link(service: Service, question: str) -> None:
    found = page(service, "/", vraag=question, gemeente="GM0362", soort="agenda")
    assert found.value("vraag") == question
    links = found.links()
    reading = [each for each in links if "passage=" in each]
    assert len(reading) == len(passages_of("amstelveen-jeugd"))
    assert {of(each, "vraag") for each in reading} == {question}
    assert {urlsplit(each).fragment for each in reading} == {"passage"}
    without = [each for each in links if each.startswith("/?vraag=")]
    assert {of(each, "vraag") for each in without} == {question}
    (comparison,) = {each for each in links if each.startswith("/vergelijken?")}
    assert of(comparison, "onderwerp") == " ".join(question.split())


@pytest.mark.parametrize("question", ODD)
def test_every_link_leads_to_a_page_that_was_asked_the_same(service: Service, question: str) -> None:
    found = page(service, "/", vraag=question, soort="agenda")
    reading = next(each for each in found.links() if "passage=" in each)
    back = next(each for each in page(service, reading).links() if each.startswith("/?vraag="))
    page(service, back)
    asked = service.knowledge.asked[-1]
    assert isinstance(asked, Question)
    assert asked.text == question
    comparison = next(each for each in found.links() if each.startswith("/vergelijken?"))
    page(service, comparison)
    assert service.knowledge.asked[-1][0] == " ".join(question.split())  # type: ignore[index]
