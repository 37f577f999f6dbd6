"""Archives that are broken, locked or bombs, and XML that would unfold without end."""

import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from ingest.office.archive import Archive
from ingest.office.docx import parse_docx
from ingest.office.odt import parse_odt
from ingest.parse import parse_data
from tests.ingest.office.odf_files import odf_parts
from tests.ingest.office.word_files import p, packed, word_file, word_parts

BOMB = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;</w:t></w:r>
</w:p></w:body></w:document>"""


def declared(data: bytes, size: int) -> bytes:
    """The same archive, that says of its last part that it unpacks to this many bytes."""
    place = data.rindex(b"PK\x01\x02") + 24
    return data[:place] + struct.pack("<I", size) + data[place + 4 :]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_every_part(encoding: str) -> None:
    bomb = BOMB.replace("1.0", f'1.0" encoding="{encoding}', 1).encode(encoding)
    for part in ("word/document.xml", "_rels/.rels"):
        with pytest.raises(DocumentError, match=rf"n\.docx declares XML entities in its part '{part}'"):
            parse_docx("n.docx", packed({**word_parts(p("x")), part: bomb}))
    with pytest.raises(DocumentError, match=r"declares XML entities in its part 'content\.xml'"):
        parse_odt("n.odt", packed({**odf_parts("<text:p>x</text:p>"), "content.xml": bomb}))


def test_an_entity_that_names_a_file_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheim")
    document = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]><d>&x;</d>'
    with pytest.raises(DocumentError, match="declares XML entities"):
        parse_docx("n.docx", packed({**word_parts(p("x")), "word/document.xml": document}))


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    zeros = packed({**word_parts(p("x")), "word/media/image.bin": b"\0" * 15_000_000})
    with pytest.raises(DocumentError, match="more than 200 times its own size"):
        parse_data("bom.docx", zeros)
    with pytest.raises(DocumentError, match=r"unpacks to 2,\d{3},\d{3},\d{3} bytes, more than 209,715,200"):
        parse_data("bom.docx", declared(word_file(p("x")), 2_000_000_000))
    many = word_parts(p("x")) | {f"word/media/{number}": "" for number in range(2000)}
    with pytest.raises(DocumentError, match="holds 2,004 parts, more than 2,000"):
        parse_data("bom.docx", packed(many))


def test_an_archive_with_a_list_of_parts_without_end_is_not_opened() -> None:
    with pytest.raises(DocumentError, match="holds more than 2,000 parts"):
        Archive("n.docx", b"PK\x03\x04" + b"PK\x01\x02" * 30_000)


def test_a_type_that_is_a_bomb_is_not_read() -> None:
    parts: dict[str, str | bytes] = {"mimetype": b" " * 3_000_000, "nota.txt": "x"}
    with pytest.raises(DocumentError, match="is a zip archive; unpack it"):
        parse_data("n.odt", packed(parts))


def test_one_part_that_is_too_large_is_not_read() -> None:
    data = declared(packed({"a": b"x", "word/document.xml": b"y" * 2_000_000}, compress=False), 150_000_000)
    with pytest.raises(DocumentError, match="holds a part of 150,000,000 bytes"):
        Archive("n.docx", data).read("word/document.xml")


def test_a_part_that_is_larger_than_it_says_is_broken() -> None:
    data = declared(packed({"word/document.xml": b"y" * 2_000}), 10)
    with pytest.raises(DocumentError, match="broken zip archive"):
        Archive("n.docx", data).read("word/document.xml")


def test_an_archive_that_is_cut_short_or_locked() -> None:
    whole = word_file(p("Tekst."))
    for end in (4, 30, 200, len(whole) - 30):
        with pytest.raises(DocumentError, match="broken zip archive or Office file"):
            parse_data("kort.docx", whole[:end])
    locked = bytearray(whole)
    for mark, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = locked.find(mark)
        while place >= 0:
            locked[place + flags] |= 1
            place = locked.find(mark, place + 4)
    with pytest.raises(DocumentError, match="locked with a password"):
        parse_data("dicht.docx", bytes(locked))


def test_names_in_an_archive_are_never_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outside = {"../buiten.xml": "x", "/etc/los.xml": "y", "..\\venster.xml": "z"}
    assert parse_data("n.docx", packed({**word_parts(p("Tekst.")), **outside})).text == "Tekst.\n"
    targets = word_parts(p("Tekst."), styles="")
    rels = str(targets["word/_rels/document.xml.rels"]).replace("styles.xml", "../../../../etc/passwd")
    assert parse_data("n.docx", packed({**targets, "word/_rels/document.xml.rels": rels})).text == "Tekst.\n"
    assert list(tmp_path.iterdir()) == []


def test_broken_xml_is_named() -> None:
    for content in ("<w:document>", "", "geen xml", b"\x00\xff\xfe"):
        with pytest.raises(DocumentError, match=r"n\.docx is broken: its part 'word/document\.xml' is no XML"):
            parse_docx("n.docx", packed({**word_parts(p("x")), "word/document.xml": content}))


def document(text: bytes, declaration: bytes = b"") -> bytes:
    """The main part of a Word file with one paragraph of these bytes."""
    name = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return b"%s<w:document xmlns:w='%s'><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>" % (
        declaration,
        name,
        text,
    )


@pytest.mark.parametrize(
    ("text", "read", "count"),
    [
        (b"Voor&#x1F;na", "Voor\ufffdna", 1),
        (b"Voor&#0;na &#65; &#x000041; &#9;&#xd800;.", "Voor\ufffdna A A \t\ufffd.", 2),
        (b"Te hoog &#x110000; en &#99999999999999999999;", "Te hoog \ufffd en \ufffd", 2),
        (b"Rauw \x0b en \x00 teken", "Rauw \ufffd en \ufffd teken", 2),
        (b"Geen UTF-8: caf\xe9 \xef\xbf\xbd", "Geen UTF-8: caf\ufffd \ufffd", 1),
    ],
)
def test_a_character_that_cannot_be_is_told_and_nothing_else_is_lost(text: bytes, read: str, count: int) -> None:
    for declaration in (b"", b"<?xml version='1.0' encoding='UTF-8'?>"):
        content = document(text, declaration)
        found = parse_docx("n.docx", packed({**word_parts(p("x")), "word/document.xml": content}))
        assert found.text == f"{read}\n"
        signs = "1 teken is" if count == 1 else f"{count} tekens zijn"
        told = f"Het bestand is beschadigd: {signs} ongeldig; waar die in de tekst staan, staat nu \ufffd"
        assert found.problems == (told,)


def test_an_open_text_with_such_a_character_is_told_too() -> None:
    parts = {**odf_parts("<text:p>x</text:p>")}
    parts["content.xml"] = str(parts["content.xml"]).replace(">x<", ">Voor&#x1F;na<")
    found = parse_odt("n.odt", packed(parts))
    assert found.text == "Voor\ufffdna\n"
    assert [problem[:26] for problem in found.problems] == ["Het bestand is beschadigd:"]


def test_a_sound_file_with_a_replacement_character_has_no_problem() -> None:
    found = parse_docx("n.docx", word_file(p("Al vervangen: \ufffd")))
    assert (found.text, found.problems) == ("Al vervangen: \ufffd\n", ())


@pytest.mark.parametrize(
    "content",
    [
        document(b"Voor&#x1F;na").replace(b"</w:p>", b""),
        document(b"Voor&#x1F;na", b"<?xml version='1.0' encoding='ISO-8859-1'?>"),
        document(b"&onbekend; &#x1F;"),
        b"\xff\xfe" + document(b"Voor&#x1F;na").decode().encode("utf-16-le"),
    ],
)
def test_other_damage_is_refused_with_its_place(content: bytes) -> None:
    with pytest.raises(DocumentError, match="is no XML that can be read") as refused:
        parse_docx("n.docx", packed({**word_parts(p("x")), "word/document.xml": content}))
    assert "het onderdeel word/document.xml is bij regel 1 niet te lezen" in refused.value.reason.dutch


def test_a_document_type_cannot_hide_behind_such_a_character() -> None:
    hidden = BOMB.replace("<!DOCTYPE", "<!DOC\x01TYPE").encode()
    with pytest.raises(DocumentError):
        parse_docx("n.docx", packed({**word_parts(p("x")), "word/document.xml": hidden}))


def test_an_element_in_an_element_without_end_is_refused() -> None:
    deep = "<w:sdt>" * 5000 + "</w:sdt>" * 5000
    with pytest.raises(DocumentError, match="is no XML that can be read"):
        parse_docx("n.docx", word_file(deep))


def test_what_is_read_may_be_unpacked_in_part_only() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"abc")
        archive.writestr("leeg/", b"")
    found = Archive("n.zip", out.getvalue())
    assert (found.read("a"), found.read("leeg/"), found.read("weg")) == (b"abc", b"", None)
    assert ("a" in found, "b" in found, found.parts) == (True, False, ("a", "leeg/"))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_unpacks_a_whole_block_at_once_is_never_unpacked(method: int) -> None:
    """zipfile limits what it unpacks for the usual method only: of these 40 MB would stand in memory for 39 bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("mimetype", b"\0" * 40_000_000)
    bomb = declared(stream.getvalue(), 39)
    tracemalloc.start()
    try:
        with pytest.raises(DocumentError, match="packed in an unusual way"):
            parse_data("bom.docx", bomb)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
