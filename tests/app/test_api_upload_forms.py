"""The form in which a document is sent: any pieces, every fault told, and never a path."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.app.api_client import Service
from tests.app.upload_forms import CONTENT, FORM, PATH, form, originals, part, sent


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


@pytest.mark.parametrize(
    ("given", "shown", "begin"),
    [
        ("../../etc/passwd", "passwd", "passwd-"),
        ("C:\\map\\nota.pdf", "nota.pdf", "nota-"),
        ("/absoluut/nota.txt", "nota.txt", "nota-"),
        ("..", "document", "document-"),
        ("a\x01b.txt", "a_b.txt", "a-b-"),
        ("é" * 300 + ".txt", "é" * 146 + ".txt", "e" * 60 + "-"),
        ("Ünïcode 😀.md", "Ünïcode 😀.md", "unicode-"),
    ],
)
def test_a_file_name_is_only_a_name(service: Service, tmp_path: Path, given: str, shown: str, begin: str) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    got = service.ask("POST", PATH, content=form(part("bestand", CONTENT, given)), headers=FORM)
    assert got.status_code == 202
    (task,) = [service.knowledge.tasks.get(got.json()["id"])]
    metadata: Any = task.order["metadata"]
    assert metadata["source_file"] == shown
    assert got.json()["document"].startswith(begin)
    new = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    assert {path for path in new if "register" not in path.name} == {service.knowledge.files.path(sha256)}


def test_a_name_as_rfc_5987_writes_it(service: Service) -> None:
    head = b"--grens\r\nContent-Disposition: form-data; name=\"bestand\"; filename*=utf-8''caf%C3%A9.txt\r\n\r\n"
    got = service.ask("POST", PATH, content=head + CONTENT + b"\r\n--grens--\r\n", headers=FORM)
    assert got.json()["document"].startswith("cafe-")


def test_every_fault_is_told_at_once(service: Service, tmp_path: Path) -> None:
    body = form(
        part("bestand", CONTENT, "a.txt"),
        part("bestand", CONTENT, "b.txt"),
        part("titel", b""),
        part("gemeente", b"Atlantis"),
        part("soort", b"liedboek"),
        part("status", b"af"),
        part("geldigVan", b"2025-02-30"),
        part("gepubliceerd", b"24-13"),
        part("bron", b"javascript:alert(1)"),
        part("vastgesteldDoor", b"\xff"),
        part("id", b"../x"),
        part("title", b"x"),
        part("bijlage", CONTENT, "c.txt"),
    )
    got = service.ask("POST", PATH, content=body, headers=FORM)
    assert (got.status_code, got.headers["content-type"]) == (400, "application/problem+json")
    faults = {fault["name"]: fault["reason"] for fault in got.json()["invalidParams"]}
    names = "bestand titel gemeente soort status geldigVan gepubliceerd bron vastgesteldDoor id title bijlage"
    assert faults.keys() == set(names.split())
    assert len(got.json()["invalidParams"]) == len(faults)
    assert faults["title"] == "is hier onbekend; bedoelde u titel?"
    assert originals(service, tmp_path) == set()


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ([], "ontbreekt, maar is verplicht"),
        ([part("titel", b"Nota")], "ontbreekt, maar is verplicht"),
        ([part("bestand", CONTENT)], "is tekst; stuur een bestand, met een bestandsnaam"),
        ([part("bestand", CONTENT, "")], "ontbreekt, maar is verplicht"),
        ([part("bestand", b"", "nota.txt")], "is leeg"),
    ],
)
def test_a_file_has_to_be_there(service: Service, tmp_path: Path, parts: list[bytes], reason: str) -> None:
    got = service.ask("POST", PATH, content=form(*parts), headers=FORM)
    assert [tuple(fault.values()) for fault in got.json()["invalidParams"]] == [("bestand", reason)]
    assert originals(service, tmp_path) == set()


def test_a_period_that_ends_before_it_begins(service: Service) -> None:
    got = sent(service, geldigVan="2025-01-01", geldigTot="2024-12-31")
    assert [fault["name"] for fault in got.json()["invalidParams"]] == ["geldigTot"]


@pytest.mark.parametrize(
    ("headers", "content", "status"),
    [
        ({"Content-Type": "application/json"}, b"{}", 415),
        ({"Content-Type": "application/pdf"}, CONTENT, 415),
        ({"Content-Type": "multipart/form-data"}, form(part("bestand", CONTENT, "a")), 400),
        ({"Content-Type": "multipart/form-data; boundary=" + "x" * 300}, b"", 400),
        ({}, b"", 400),
        (FORM, b"", 400),
        (FORM, b"geen formulier", 400),
        (FORM, part("bestand", CONTENT, "nota.txt"), 400),
        (FORM, form(b"--grens\r\nContent-Disposition: form-data\r\n\r\nx\r\n"), 400),
        (FORM, form(*(part("gemeente", b"Utrecht") for _ in range(601))), 413),
        (FORM, form(part("titel", b"x" * (1 << 21))), 413),
    ],
)
def test_a_body_that_is_no_such_form(
    service: Service, tmp_path: Path, headers: dict[str, str], content: bytes, status: int
) -> None:
    got = service.ask("POST", PATH, content=content, headers=headers)
    assert (got.status_code, got.headers["content-type"]) == (status, "application/problem+json")
    assert originals(service, tmp_path) == set()
    assert service.knowledge.tasks.next() is None


def test_a_file_name_that_is_far_too_long_is_told(service: Service, tmp_path: Path) -> None:
    got = service.ask("POST", PATH, content=form(part("bestand", CONTENT, "a" * 5000 + ".txt")), headers=FORM)
    assert got.status_code == 400
    assert "bestandsnaam in het formulier is te lang" in got.json()["detail"]
    assert originals(service, tmp_path) == set()


def test_the_headers_of_a_part_are_limited(service: Service) -> None:
    head = b"--grens\r\n" + b"A: b\r\n" * 1000 + b"\r\n--grens--\r\n"
    got = service.ask("POST", PATH, content=head, headers=FORM)
    assert (got.status_code, got.json()["detail"]) == (400, "De body is geen goede multipart/form-data.")


def test_a_body_may_come_in_any_pieces(service: Service) -> None:
    content = bytes(range(256)) * 30 + b"--grens\r\n--gren\r\n\r\n--\r"
    body = form(part("titel", "Één".encode()), part("bestand", content, "a.txt"), part("status", b"concept"))

    async def pieces(size: int) -> AsyncIterator[bytes]:
        for start in range(0, len(body), size):
            yield body[start : start + size]

    ids = [service.ask("POST", PATH, content=pieces(size), headers=FORM).json()["document"] for size in (1, 7, 4096)]
    assert ids == [f"a-{hashlib.sha256(content).hexdigest()[:8]}"] * 3
