"""The page on which a document is read: its passage, other hits, pages of a PDF, faults and hostile text."""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

from app.answer import Hit, PassageInContext, Question
from app.api.problems import NotReadyError
from app.holdings import NearIdentical
from app.web import page_picture, reading
from corpus.document import Metadata, Section, SectionKind
from corpus.errors import MachineError
from corpus.passage import Passage, passage_id
from corpus.stored import CanonicalText
from ingest.page_pictures import PagePictures
from tests.app.api_client import Service
from tests.app.fake_documents import TEXTS, passages_of
from tests.ingest.small_pdf import small_pdf

DOCUMENT = "amstelveen-jeugd"
READ = f"/documenten/{DOCUMENT}"
FIRST, SECOND = passages_of(DOCUMENT)
PDF = small_pdf(["1. Jeugd", "Kinderen hebben last van conflictscheidingen."], ["Tweede bladzijde"])
VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})


@pytest.fixture
def service(tmp_path: Path) -> Service:
    page_picture.pictures.cache_clear()
    return Service(tmp_path)


class Page(HTMLParser):
    """What a browser would make of a page: tags with their attributes, ids, and the text of each element with an id."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open: list[tuple[str, str | None]] = []
        self.feed(answer.text)
        self.close()
        assert self._open == [], "an element was not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag not in VOID and not given.get("d"):
            self._open.append((tag, given.get("id")))
            if given.get("id"):
                self.texts.setdefault(given["id"] or "", "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag != "path":
            assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, anchor in self._open:
            if anchor:
                self.texts[anchor] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def links(self) -> list[str]:
        return [each["href"] or "" for each in self.all("a")]


def read(service: Service, status: int = 200, **query: object) -> Page:
    answer = service.get(READ, params={name: str(value) for name, value in query.items()})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("text/html")
    page = Page(answer)
    ids = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    assert not [attributes for _, attributes in page.tags if "style" in attributes]
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    return page


def with_text(service: Service, monkeypatch: pytest.MonkeyPatch, text: str, *headings: str) -> Passage:
    """Let the document hold another text, under `headings` that are lines of it; its beginning is a passage."""
    starts = [text.index(heading) for heading in headings] or [0]
    sections = tuple(
        Section(
            (text[start : text.index("\n", start)],) if headings else (),
            SectionKind.BODY,
            start,
            end_of(text, start, headings),
            end,
        )
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
    )
    stored = service.knowledge.document(DOCUMENT)
    end = min(len(text), 1000)
    id_ = passage_id(stored.version, 0, end)
    passage = Passage(id_, stored.version, 0, end, text[:end], (), SectionKind.BODY, None, None, False, False)
    before = service.knowledge.passage(FIRST.id)

    def found(asked: str) -> PassageInContext:
        return replace(before, passage=passage if asked == id_ else before.passage, boxes=())

    monkeypatch.setattr(service.knowledge, "passage", found)
    monkeypatch.setattr(service.knowledge, "text", lambda _: CanonicalText(stored.version, text, (), sections))
    return passage


def end_of(text: str, start: int, headings: tuple[str, ...]) -> int:
    return text.index("\n", start) if headings else start


def with_metadata(service: Service, monkeypatch: pytest.MonkeyPatch, change: Callable[[Metadata], Metadata]) -> None:
    stored = service.knowledge.document(DOCUMENT)
    changed = replace(stored, metadata=change(stored.metadata))
    monkeypatch.setattr(service.knowledge, "document", lambda _: changed)


def test_the_whole_text_is_there_with_its_title_and_headings(service: Service) -> None:
    page = read(service)
    for line in TEXTS[DOCUMENT].split("\n"):
        assert line in page.texts["tekst"]
    assert "#kop-0" in page.links
    assert f"/v1/documenten/{DOCUMENT}/bestand" in page.links
    assert "https://amstelveen.example/agenda" in page.links


def test_what_is_known_of_the_document_is_told(service: Service) -> None:
    other = service.knowledge.document("utrecht-samenvatting")
    service.knowledge.alike = {service.knowledge.document(DOCUMENT).version: (NearIdentical(other, 0.93),)}
    text = unescape(service.get(READ).text)
    for told in (
        "geldig tot en met 31 december 2027",
        "1 van 1 pagina gelezen",
        "vastgesteld door gemeenteraad",
        "93%",
    ):
        assert told in text
    assert "geen kop gevonden" in service.get("/documenten/utrecht-samenvatting").text


def test_a_passage_is_marked_to_the_character(service: Service) -> None:
    page = read(service, passage=SECOND.id)
    assert page.texts["passage"] == "2. Onderwijs"  # its first line; the rest is marked beside it
    marked = [each for each in page.all("mark") if "bw-marked--passage" in (each["class"] or "")]
    assert len(marked) == 2
    assert [each.get("id") for each in marked] == ["passage", None]
    assert "autofocus" in marked[0]
    assert "#passage" in page.links


def test_the_words_of_the_question_are_marked_as_on_the_search_page(service: Service) -> None:
    answer = service.get(READ, params={"passage": FIRST.id, "vraag": "conflictscheiding"})
    assert '<mark class="utrecht-mark">conflictscheidingen</mark>' in answer.text
    assert "utrecht-mark" not in service.get(READ, params={"passage": FIRST.id}).text


def test_other_hits_are_marked_and_can_be_walked_through(service: Service) -> None:
    page = read(service, passage=FIRST.id, vraag="kind")
    assert page.texts["treffer-2"] == "2. Onderwijs"
    (following,) = [each for each in page.all("a") if each.get("rel") == "next"]
    assert not [each for each in page.all("a") if each.get("rel") == "prev"]
    assert (following["href"] or "").endswith("#passage")
    onward = Page(service.get(urljoin(READ, following["href"])))
    assert onward.texts["passage"] == "2. Onderwijs"
    assert [each for each in onward.all("a") if each.get("rel") == "prev"]
    assert not [each for each in onward.all("a") if each.get("rel") == "next"]


def test_the_question_is_asked_of_this_document_alone(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    hits: list[Hit] = []
    search = service.knowledge.search

    def everywhere(question: Question) -> object:
        answer = search(replace(question, text="e"))
        hits.extend(answer.hits)
        return answer

    monkeypatch.setattr(service.knowledge, "search", everywhere)
    page = read(service, vraag="e")
    assert len({hit.document.metadata.document_id for hit in hits}) == 2
    assert not [link for link in page.links if "utrecht" in link]
    (asked,) = service.knowledge.asked
    assert isinstance(asked, Question)
    assert asked.scope.documents == (DOCUMENT,)


def test_a_question_that_nothing_answers_says_so(service: Service) -> None:
    assert "geen andere treffers" in read(service, vraag="parkeren").texts["inhoud"]


def test_the_text_is_there_before_the_model_is(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    class Loading:
        def require(self) -> None:
            raise NotReadyError

    monkeypatch.setattr(reading, "readiness", lambda _: Loading())
    page = read(service, passage=FIRST.id, vraag="kind")
    assert "het model wordt geladen" in page.texts["inhoud"]
    assert page.texts["passage"] == "1. Jeugd"


@pytest.mark.parametrize("path", ["/documenten/bestaat-niet", "/documenten/%00", "/documenten/" + "x" * 500])
def test_a_document_that_is_not_there_has_a_page_that_leads_on(service: Service, path: str) -> None:
    answer = service.get(path)
    assert answer.status_code == 404
    assert "Dit document is er niet" in answer.text
    assert {"/documenten", "/"} <= set(Page(answer).links)


@pytest.mark.parametrize(
    "query",
    [
        {"passage": "00000000-0000-0000-0000-000000000000"},
        {"passage": "<script>"},
        {"passage": passages_of("utrecht-samenvatting")[0].id},
        {"deel": "2"},
    ],
)
def test_a_place_that_is_not_there_has_a_page_that_leads_on(service: Service, query: dict[str, str]) -> None:
    page = read(service, 404, **query)
    assert READ in page.links
    assert not page.texts.keys() & {"passage", "tekst"}


@pytest.mark.parametrize(
    "query", [{"pagina": "nul"}, {"deel": "0"}, {"vraag": "x" * 1001}, {"onbekend": "1"}, {"vraag": "\x00"}]
)
def test_a_wrong_address_says_what_is_wrong_above_the_text(service: Service, query: dict[str, str]) -> None:
    page = read(service, 400, **query)
    assert page.texts["fouten"].strip()
    assert "conflictscheidingen" in page.texts["tekst"]


def test_the_page_of_a_pdf_stands_beside_its_text(service: Service) -> None:
    service.knowledge.replace_file(DOCUMENT, PDF)
    page = read(service, passage=FIRST.id)
    (image,) = page.all("img")
    assert (image["width"], image["height"]) == ("595", "842")
    assert "pagina 1" in (image["alt"] or "")
    assert "gemarkeerd" in (image["alt"] or "")
    picture = service.get(image["src"] or "")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
    assert picture.content != service.get(f"{READ}/paginas/1.png").content


def test_pages_of_a_pdf_are_turned_with_the_same_text_beside_them(service: Service) -> None:
    service.knowledge.replace_file(DOCUMENT, PDF)
    page = read(service, passage=FIRST.id)
    (link,) = [each for each in page.links if "pagina=2" in each and each.endswith("#pagina")]
    second = Page(service.get(link))
    assert second.texts["pagina-kop"] == "Pagina 2 van 2"
    assert second.texts["passage"] == "1. Jeugd"
    assert "gemarkeerd" not in (second.all("img")[0]["alt"] or "")
    assert not [each for each in second.links if "pagina=3" in each]


@pytest.mark.parametrize(
    ("content", "told"), [(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "kan niet getekend worden"), (b"gewone tekst", "")]
)
def test_a_file_that_cannot_be_drawn_leaves_the_text(service: Service, content: bytes, told: str) -> None:
    service.knowledge.replace_file(DOCUMENT, content)
    page = read(service, passage=FIRST.id)
    assert page.all("img") == []
    assert told in page.texts["inhoud"]
    assert page.texts["passage"] == "1. Jeugd"
    assert service.get(f"{READ}/paginas/1.png").status_code == 404


def test_a_file_that_is_gone_leaves_the_text(service: Service) -> None:
    service.knowledge.files.remove(service.knowledge.document(DOCUMENT).file_sha256)
    page = read(service)
    assert "bestand is er niet meer" in page.texts["inhoud"]
    assert not [link for link in page.links if link.endswith("/bestand")]
    assert service.get(f"{READ}/paginas/1.png").status_code == 404


def test_a_page_that_cannot_be_drawn_now_leaves_the_text(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise MachineError("too many")

    service.knowledge.replace_file(DOCUMENT, PDF)
    monkeypatch.setattr(PagePictures, "size", busy)
    assert "probeer het later opnieuw" in read(service).texts["inhoud"]


@pytest.mark.parametrize("number", ["0", "3", "-1", "x", "²", "9" * 30])
def test_a_page_that_a_pdf_has_not_is_not_found(service: Service, number: str) -> None:
    service.knowledge.replace_file(DOCUMENT, PDF)
    assert service.get(f"{READ}/paginas/{number}.png").status_code == 404


def test_a_picture_is_asked_for_with_a_passage_of_this_document(service: Service) -> None:
    service.knowledge.replace_file(DOCUMENT, PDF)
    foreign = passages_of("utrecht-samenvatting")[0].id
    assert service.get(f"{READ}/paginas/1.png", {"passage": foreign}).status_code == 404
    assert service.get(f"{READ}/paginas/1.png", {"onbekend": "1"}).status_code == 400


HOSTILE = (
    "<script>alert(1)</script>\n"
    '<img src=x onerror="alert(2)"> & &lt;b&gt; "quoted" \'too\' </mark></p></main>\n'
    "\u202egedraaid\u202c \u2066los\u2069 \u200f\n"
    "{{ 7 * 7 }} {% raw %} </textarea> <!-- -->\n"
    "A | <b onclick=alert(3)>: <i> | </table>\nB | <u>: </td>\n"
)


def test_hostile_text_is_shown_and_does_nothing(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = read(service)
    passage = with_text(service, monkeypatch, HOSTILE, "<script>", "{{ 7")
    page = read(service, passage=passage.id, vraag="<script>alert</script>")
    for line in HOSTILE.replace(" | ", "\n").split("\n"):
        assert line in page.texts["tekst"] or line.startswith(("<b", "<u"))
    assert len(page.all("script")) == len(plain.all("script"))
    assert not {"b", "i", "u", "textarea"} & {tag for tag, _ in page.tags}
    assert page.all("img") == []
    assert "49" not in page.texts["tekst"]


def test_hostile_metadata_does_nothing(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    with_metadata(service, monkeypatch, lambda it: replace(it, title="</h1><script>", source="javascript:alert(1)"))
    page = read(service)
    assert not [link for link in page.links if link.startswith("javascript")]
    assert "javascript:alert(1)" in page.texts["inhoud"]
    assert len(page.all("script")) == 1


@pytest.mark.parametrize("sign", ["x", "é", "(", "a(", "€1,", "kindzorg", "\u0301", "</p>"])
def test_a_word_of_ten_thousand_characters_is_shown_at_once(
    service: Service, monkeypatch: pytest.MonkeyPatch, sign: str
) -> None:
    word = (sign * 10_000)[:10_000]
    passage = with_text(service, monkeypatch, f"{word}\nen gewone tekst\n")
    began = time.perf_counter()
    page = read(service, passage=passage.id, vraag=word[:1000])
    assert time.perf_counter() - began < 5
    assert word in page.texts["tekst"]


def test_a_long_document_is_read_in_parts_that_stay_small(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(f"{n}. Kop\nAlinea {n} over jeugdhulp en onderwijs in de wijk.\n" for n in range(1, 8000))
    with_text(service, monkeypatch, text, *(f"{n}. Kop\n" for n in range(1000, 8000, 500)))
    assert len(text) > 350_000
    answers = [service.get(READ, {"deel": part}) for part in range(1, 12)]
    answers = [answer for answer in answers if answer.status_code == 200]
    assert len(answers) > 5
    assert max(len(answer.content) for answer in answers) < 250_000
    told = "".join(Page(answer).texts["tekst"] for answer in answers)
    assert re.findall(r"Alinea (\d+) over", told) == [str(n) for n in range(1000, 8000)]
    (link,) = {each for each in Page(answers[0]).links if each.endswith("#kop-13")}
    assert Page(service.get(link)).texts["kop-13"] == "7500. Kop"
