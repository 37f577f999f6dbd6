"""Documents, their text and file, and the municipalities."""

import dataclasses
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request

from app.api.document_wire import document_body
from app.api.ingest_lines import STATUS_PATH, TOKEN_HEADER
from app.api.origin import from_this_machine
from app.api.original_file import content_disposition, media_type
from app.api.problems import ForbiddenError
from app.holdings import NearIdentical
from app.validity import Standing, Validity
from corpus.document import Municipality
from corpus.files import FileStore
from corpus.kinds import KINDS
from corpus.proposal import Proposal
from tests.app.api_client import TOKEN, Service
from tests.app.fake_documents import TEXTS, UTRECHT, refusal, version_of

UNKNOWN = Standing(Validity.UNKNOWN, ())

FOREIGN_HOSTS = (
    "evil.example",
    "",
    "[]:x",
    "[]",
    "[127.0.0.1]",
    "[::1",
    "::1",
    "localhost:x",
    "localhost:",
    "localhost@evil.example",
    "evil.example#@localhost",
    "localhost/evil.example",
    "127.0.0.1:80:80",
    "127.0.0.1.evil.example",
)


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


def test_documents_come_with_what_was_read_of_them(service: Service) -> None:
    got = service.get("/v1/documenten").json()
    assert got["soorten"] == list(KINDS)
    amstelveen, utrecht = got["documenten"]
    assert amstelveen == {
        "id": "amstelveen-jeugd",
        "titel": "Jeugd- en onderwijsagenda",
        "gemeenten": [{"code": "GM0362", "naam": "Amstelveen"}, {"code": "GM0200", "naam": "Apeldoorn"}],
        "soort": "agenda",
        "status": "vastgesteld",
        "geldigVan": "2024-01-01",
        "geldigTot": "2027-12-31",
        "gepubliceerd": "2024-02",
        "vastgesteldDoor": "gemeenteraad",
        "bron": "https://amstelveen.example/agenda",
        "versie": version_of(TEXTS["amstelveen-jeugd"]),
        "geldigheid": "geldig",
        "vervangenDoor": [],
        "vervangt": [],
        "dekking": {"paginas": 1, "gelezen": 1, "gescand": 0, "ocr": 0, "beschadigd": 0},
        "tabellen": 0,
        "passages": 2,
        "problemen": [],
        "voorstellen": [],
        "bijnaGelijkAan": [],
        "bronbestand": "Agenda «jeugd» 2024.pdf",
        "sha256": version_of("file of amstelveen-jeugd"),
        "parser": "plain 1",
        "ingelezenOp": "2026-01-02T03:04:05Z",
        "seconden": 0.5,
        "links": {
            "self": "/v1/documenten/amstelveen-jeugd",
            "tekst": "/v1/documenten/amstelveen-jeugd/tekst",
            "bestand": "/v1/documenten/amstelveen-jeugd/bestand",
            "lezen": "/documenten/amstelveen-jeugd",
        },
    }
    assert utrecht["dekking"] == dict.fromkeys(["paginas", "gelezen", "gescand", "ocr", "beschadigd"])
    assert utrecht["problemen"] == ["geen kop gevonden"]
    assert service.get("/v1/documenten/amstelveen-jeugd").json() == amstelveen


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("/map/nota.pdf", "geef een .toml-bestand ernaast"),
        ("C:\\map\\nota.pdf", "geef een .toml-bestand ernaast"),
        ("nota.pdf", "stuur het opnieuw met gemeente="),
    ],
)
def test_a_document_of_no_known_municipality_says_so_among_its_problems(
    service: Service, path: str, remedy: str
) -> None:
    stored = service.knowledge.document("utrecht-samenvatting")
    metadata = dataclasses.replace(stored.metadata, municipalities=())
    assert document_body(dataclasses.replace(stored, metadata=metadata, path=path), UNKNOWN, ()).problems == [
        "geen kop gevonden",
        f"Geen gemeente bekend: doet niet mee in vergelijkingen; {remedy}",
    ]


def test_what_a_file_says_is_a_proposal_only_where_nobody_said_it(service: Service) -> None:
    stored = service.knowledge.document("utrecht-samenvatting")
    proposals = (
        Proposal("title", "Samenvatting", "de eerste regel"),
        Proposal("municipalities", "Zeist", "de bestandsnaam"),
        Proposal("published", "2024-02", "de eigenschappen van het bestand"),
    )
    body = document_body(dataclasses.replace(stored, proposals=proposals), UNKNOWN, ())
    assert body.title is None
    assert [dict(each) for each in body.model_dump()["voorstellen"]] == [
        {"veld": "titel", "waarde": "Samenvatting", "herkomst": "de eerste regel"},
        {"veld": "gepubliceerd", "waarde": "2024-02", "herkomst": "de eigenschappen van het bestand"},
    ]


def test_documents_tell_which_others_are_nearly_the_same(service: Service) -> None:
    first, second = service.knowledge.snapshot().documents
    service.knowledge.alike = {first.version: (NearIdentical(second, 0.93),)}
    alike = [{"id": "utrecht-samenvatting", "titel": None, "gelijkenis": 0.93}]
    listed = service.get("/v1/documenten").json()["documenten"]
    assert [each["bijnaGelijkAan"] for each in listed] == [alike, []]
    assert service.get("/v1/documenten/amstelveen-jeugd").json()["bijnaGelijkAan"] == alike


def test_files_that_were_refused_are_told_without_their_folder(service: Service) -> None:
    place = "/home/jan/nota's/kapot.pdf"
    first = replace(refusal(place, "kapot", UTRECHT, title="Nota"), file_sha256="a" * 64, reason=f"{place}.toml is bad")
    service.knowledge.refusals = (first, refusal("C:\\map\\weg.pdf", "weg"))
    got = service.get("/v1/documenten").json()["geweigerd"]
    assert got[0] == {
        "id": "kapot",
        "titel": "Nota",
        "gemeenten": [{"code": "GM0344", "naam": "Utrecht"}],
        "bestand": "kapot.pdf",
        "sha256": "a" * 64,
        "reden": "kapot.pdf.toml is bad",
        "op": "2026-01-02T03:04:05Z",
    }
    assert (got[1]["bestand"], got[1]["sha256"]) == ("weg.pdf", None)
    status = service.get(STATUS_PATH, headers={TOKEN_HEADER: TOKEN}).json()["geweigerd"]
    assert status == [
        got[0] | {"bestand": place, "reden": f"{place}.toml is bad"},
        got[1] | {"bestand": "C:\\map\\weg.pdf"},
    ]


def test_a_document_that_was_refused_can_be_taken_out(service: Service) -> None:
    service.knowledge.refusals = (refusal("a.pdf", "kapot"), refusal("a.pdf", "ook-kapot"))
    assert service.ask("DELETE", "/v1/documenten/kapot").status_code == 204
    assert [each["id"] for each in service.get("/v1/documenten").json()["geweigerd"]] == ["ook-kapot"]
    assert service.ask("DELETE", "/v1/documenten/kapot").status_code == 404


def test_verdicts_name_the_documents_that_were_refused(service: Service) -> None:
    service.knowledge.refusals = (
        refusal("/map/kapot.pdf", "kapot", Municipality("GM0599", "Rotterdam")),
        refusal("/map/ook.pdf", "ook", UTRECHT, title="Nota"),
    )
    for path, name in (("/v1/vergelijkingen", "onderwerp"), ("/v1/passages", "vraag")):
        told = {each["naam"]: each for each in service.get(path, params={name: "jeugd"}).json()["gemeenten"]}
        assert told["Amstelveen"]["geweigerdeDocumenten"] == []
        assert told["Utrecht"]["geweigerdeDocumenten"] == [{"id": "ook", "titel": "Nota", "reden": "is damaged"}]
        assert told["Rotterdam"]["oordeel"] == "niet_doorzocht"
        assert told["Rotterdam"]["geweigerdeDocumenten"] == [{"id": "kapot", "titel": None, "reden": "is damaged"}]


def test_the_text_comes_with_its_pages(service: Service) -> None:
    text = TEXTS["amstelveen-jeugd"]
    assert service.get("/v1/documenten/amstelveen-jeugd/tekst").json() == {
        "tekst": text,
        "versie": version_of(text),
        "paginas": [{"nummer": 1, "van": 0, "tot": len(text)}],
    }
    assert service.get("/v1/documenten/utrecht-samenvatting/tekst").json()["paginas"][0]["nummer"] is None


def test_the_original_file_is_a_download(service: Service) -> None:
    got = service.get("/v1/documenten/amstelveen-jeugd/bestand")
    assert got.content == b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    assert got.headers["content-type"] == "application/pdf"
    assert got.headers["content-disposition"] == (
        "attachment; filename=\"Agenda _jeugd_ 2024.pdf\"; filename*=UTF-8''Agenda%20%C2%ABjeugd%C2%BB%202024.pdf"
    )
    assert got.headers["x-content-type-options"] == "nosniff"
    text = service.get("/v1/documenten/utrecht-samenvatting/bestand")
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert text.headers["content-disposition"] == 'attachment; filename="samenvatting.txt"'


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
FILE = "/v1/documenten/amstelveen-jeugd/bestand"


@pytest.mark.parametrize(
    ("asked", "content"),
    [("bytes=0-3", PDF[:4]), ("bytes=9-", PDF[9:]), ("bytes=-3", PDF[-3:]), ("Bytes = 0-0", PDF[:1])],
)
def test_a_part_of_a_file_is_given(service: Service, asked: str, content: bytes) -> None:
    got = service.ask("GET", FILE, headers={"Range": asked})
    assert (got.status_code, got.content) == (206, content)


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "x",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-2",
        "bytes=0-1,",
        "regels=0-1",
        "bytes=0-1,99-",
        "bytes=" + "9" * 5000 + "-",
    ],
)
def test_a_range_that_makes_no_sense_gives_the_whole_file(service: Service, asked: str) -> None:
    got = service.ask("GET", FILE, headers={"Range": asked})
    assert (got.status_code, got.content) == (200, PDF)


@pytest.mark.parametrize("asked", ["bytes=999-", "bytes=-0", "bytes=15-20,30-"])
def test_a_part_that_a_file_does_not_have_is_a_problem(service: Service, asked: str) -> None:
    got = service.ask("GET", FILE, headers={"Range": asked})
    assert (got.status_code, got.headers["content-type"]) == (416, "application/problem+json")
    assert got.headers["content-range"] == f"bytes */{len(PDF)}"
    assert got.json()["title"] == "Deel bestaat niet"
    conditional = service.ask("GET", FILE, headers={"Range": asked, "If-Range": '"ander"'})
    assert (conditional.status_code, conditional.content) == (200, PDF)


class LeavingFiles(FileStore):
    """Files that something happens to once their place was asked for."""

    def __init__(self, folder: Path, happens: Callable[[], None]) -> None:
        super().__init__(folder)
        self._happens = happens

    def path(self, sha256: str) -> Path:
        happens, self._happens = self._happens, lambda: None
        happens()
        return super().path(sha256)


def test_a_file_of_a_document_that_is_removed_meanwhile_is_not_found(service: Service, tmp_path: Path) -> None:
    knowledge = service.knowledge
    knowledge.files = LeavingFiles(tmp_path / "files", lambda: knowledge.remove("amstelveen-jeugd"))
    got = service.get("/v1/documenten/amstelveen-jeugd/bestand")
    assert (got.status_code, got.headers["content-type"]) == (404, "application/problem+json")


def test_a_file_that_is_replaced_meanwhile_can_be_asked_for_again(service: Service, tmp_path: Path) -> None:
    knowledge = service.knowledge
    knowledge.files = LeavingFiles(tmp_path / "files", lambda: knowledge.replace_file("amstelveen-jeugd", b"nieuw"))
    got = service.get("/v1/documenten/amstelveen-jeugd/bestand")
    assert (got.status_code, got.headers["content-type"]) == (404, "application/problem+json")
    assert got.json()["detail"] == "Document 'amstelveen-jeugd' is net vervangen; vraag het bestand opnieuw"
    assert service.get("/v1/documenten/amstelveen-jeugd/bestand").content == b"nieuw"


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("../../etc/passwd", 'attachment; filename="passwd"'),
        ("C:\\notes\\a.txt", 'attachment; filename="a.txt"'),
        ('a"; filename="b.exe', 'attachment; filename="a_; filename=_b.exe"'),
        ("a\r\nSet-Cookie: x.txt", 'attachment; filename="a__Set-Cookie_ x.txt"'),
        ("nota\u202efdp.exe", 'attachment; filename="nota_fdp.exe"'),
        ("..", 'attachment; filename="document"'),
        ("", 'attachment; filename="document"'),
        ("agenda é.pdf", "attachment; filename=\"agenda _.pdf\"; filename*=UTF-8''agenda%20%C3%A9.pdf"),
    ],
)
def test_a_file_name_is_made_safe(name: str, header: str) -> None:
    assert content_disposition(name) == header


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.4\n\xff", "application/pdf"),
        (b"\n\n%PDF-1.4\n\xff", "application/pdf"),
        (b"<html><script>alert(1)</script>", "text/plain; charset=utf-8"),
        ("één €".encode(), "text/plain; charset=utf-8"),
        (b"", "text/plain; charset=utf-8"),
        (b"x" * 65535 + "é".encode(), "text/plain; charset=utf-8"),
        (b"\xff\xfe\x00", "application/octet-stream"),
        (b"PK\x03\x04\x00\x00", "application/octet-stream"),
    ],
)
def test_a_type_comes_from_the_content(tmp_path: Path, content: bytes, expected: str) -> None:
    (tmp_path / "file.html").write_bytes(content)
    assert media_type(tmp_path / "file.html") == expected


@pytest.mark.parametrize("place", ["", "/tekst", "/bestand"])
@pytest.mark.parametrize("document_id", ["x", "%00", "%2e%2e%2f", "amstelveen-jeugd%20", "😀"])
def test_an_unknown_document_is_not_found(service: Service, document_id: str, place: str) -> None:
    got = service.get(f"/v1/documenten/{document_id}{place}")
    assert got.status_code == 404
    assert got.headers["content-type"] == "application/problem+json"


def test_a_document_is_removed_from_this_machine(service: Service) -> None:
    async def removed(client: httpx.AsyncClient) -> list[int]:
        path = "/v1/documenten/amstelveen-jeugd"
        return [(await client.request(method, path)).status_code for method in ("GET", "DELETE", "GET", "DELETE")]

    assert service.run(removed) == [200, 204, 404, 404]


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("192.0.2.7", {}),
        ("::ffff:192.0.2.7", {}),
        ("testclient", {}),
        *(("127.0.0.1", {"Host": host}) for host in FOREIGN_HOSTS),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}),
    ],
)
def test_nobody_else_removes_a_document(service: Service, peer: str, headers: dict[str, str]) -> None:
    got = service.ask("DELETE", "/v1/documenten/amstelveen-jeugd", peer=peer, headers=headers)
    assert got.status_code == 403
    assert got.headers["content-type"] == "application/problem+json"
    assert service.get("/v1/documenten/amstelveen-jeugd").status_code == 200


@pytest.mark.parametrize("hosts", [(), ("localhost", "localhost"), ("localhost", "evil.example")])
def test_a_removal_names_its_host_once(service: Service, hosts: tuple[str, ...]) -> None:
    scope = {
        "type": "http",
        "client": ("127.0.0.1", 5000),
        "server": ("127.0.0.1", 8000),
        "headers": [(b"host", host.encode()) for host in hosts],
    }
    with pytest.raises(ForbiddenError):
        from_this_machine(Request(scope))
    from_this_machine(Request({**scope, "headers": [(b"host", b"localhost")]}))


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_this_machine_has_several_addresses(service: Service, peer: str, host: str) -> None:
    got = service.ask("DELETE", "/v1/documenten/utrecht-samenvatting", peer=peer, headers={"Host": host})
    assert got.status_code == 204


def test_municipalities_come_with_their_number_of_documents(service: Service) -> None:
    got = service.get("/v1/gemeenten").json()["gemeenten"]
    counts = {each["naam"]: each["documenten"] for each in got}
    assert len(got) == len(service.knowledge.municipalities)
    assert {name: count for name, count in counts.items() if count} == {"Amstelveen": 1, "Apeldoorn": 1, "Utrecht": 1}
    assert all(re.fullmatch(r"GM\d{4}", each["code"]) for each in got)
