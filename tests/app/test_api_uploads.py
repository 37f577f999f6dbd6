"""Documents sent over REST: kept and queued at once, by this machine only."""

import hashlib
from pathlib import Path

import pytest

from tests.app.api_client import Service
from tests.app.upload_forms import CONTENT, PATH, originals, sent


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


def test_a_file_is_kept_and_its_task_told(service: Service, tmp_path: Path) -> None:
    service.knowledge.may_take.clear()
    got = sent(service, "Jeugdnota 2025.txt", titel="Jeugdnota", gemeente=["Utrecht", "GM0307"], geldigVan="2025-01-01")
    task = got.json()
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    assert (got.status_code, got.headers["location"]) == (202, f"/v1/taken/{task['id']}")
    assert {name: task[name] for name in ("soort", "staat", "voortgang", "fout", "resultaat", "document")} == {
        "soort": "document",
        "staat": "wacht",
        "voortgang": 0.0,
        "fout": None,
        "resultaat": None,
        "document": f"jeugdnota-2025-{sha256[:8]}",
    }
    assert service.knowledge.files.path(sha256).read_bytes() == CONTENT
    assert service.get(got.headers["location"]).json()["id"] == task["id"]
    (upload,) = {each.file_sha256: each.metadata for each in service.knowledge.taken}.values()
    assert [each.name for each in upload.municipalities] == ["Utrecht", "Amersfoort"]
    assert (upload.title, upload.source_file, str(upload.valid_from)) == (
        "Jeugdnota",
        "Jeugdnota 2025.txt",
        "2025-01-01",
    )
    assert (upload.kind, upload.status, upload.valid_until, upload.adopted_by) == (None, None, None, None)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"\x89PNG\r\n\x1a\n" + bytes(3 << 20),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        b"{\\rtf1 Nota}",
        b"PK\x05\x06" + bytes(18),
        b"PK\x03\x04" + bytes(300),
        b"\x7fELF" + bytes(100),
    ],
)
def test_what_can_never_be_read_is_refused_at_once(service: Service, tmp_path: Path, content: bytes) -> None:
    got = sent(service, "nota.pdf", content)
    assert (got.status_code, got.json()["title"]) == (415, "Bestandssoort niet ondersteund")
    assert got.json()["detail"].startswith("Dit bestand kan niet worden ingelezen. ")
    assert originals(service, tmp_path) == set()
    assert service.knowledge.tasks.next() is None


def test_a_long_archive_is_looked_at_later(service: Service) -> None:
    assert sent(service, "nota.docx", b"PK\x03\x04" + bytes(2 << 20)).status_code == 202


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("192.0.2.7", {}),
        ("127.0.0.1", {"Host": "evil.example"}),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}),
        ("127.0.0.1", {"Origin": "http://evil.example"}),
        ("127.0.0.1", {"Origin": "null"}),
        ("127.0.0.1", {"Origin": "http://127.0.0.1:3000"}),
        ("127.0.0.1", {"Origin": "https://127.0.0.1:8000"}),
        ("127.0.0.1", {"Sec-Fetch-Site": "cross-site"}),
        ("127.0.0.1", {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:8000"}),
    ],
)
def test_nobody_else_sends_a_document(service: Service, tmp_path: Path, peer: str, headers: dict[str, str]) -> None:
    for method, path in (("POST", PATH), ("DELETE", f"{PATH}/utrecht-samenvatting"), ("GET", "/v1/taken/x")):
        files = {"bestand": ("a.txt", CONTENT)} if method == "POST" else None
        assert service.ask(method, path, peer=peer, headers=headers, files=files).status_code == 403
    assert originals(service, tmp_path) == set()
    assert service.knowledge.tasks.next() is None


def test_a_page_of_the_service_itself_may_send(service: Service) -> None:
    own = {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}
    assert service.ask("POST", PATH, headers=own, files={"bestand": ("a.txt", CONTENT)}).status_code == 202


def test_a_parameter_is_refused(service: Service) -> None:
    assert service.ask("POST", PATH, params={"titel": "x"}, files={"bestand": ("a", CONTENT)}).status_code == 400


def test_what_is_described_is_what_is_taken(service: Service) -> None:
    api = service.get("/v1/openapi.json").json()
    schema = api["paths"][PATH]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    fields = {name: "x" for name in schema["properties"] if name != "bestand"}
    got = service.ask("POST", PATH, files={"bestand": ("a.txt", CONTENT)}, data=fields)
    assert [fault for fault in got.json()["invalidParams"] if "onbekend;" in fault["reason"]] == []
    unknown = service.ask("POST", PATH, files={"bestand": ("a.txt", CONTENT)}, data={"zzz": "x"}).json()
    known = unknown["invalidParams"][0]["reason"].removeprefix("is hier onbekend; mogelijk zijn ")
    assert {*known.split(", "), "bestand"} == set(schema["properties"])
