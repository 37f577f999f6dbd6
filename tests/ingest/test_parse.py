"""What a file is, decided by its content; and every kind that cannot be read refused with its remedy."""

import gzip
import io
import time
import warnings
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.errors import DocumentError
from ingest.parse import parse, parse_data
from ingest.parser_versions import DOCX_PARSER, HTML_PARSER, ODT_PARSER
from ingest.pdf import PDF_PARSER
from ingest.plain import PLAIN_PARSER
from ingest.structured import Structured
from tests.ingest.office.odf_files import MIMETYPE, odf_file, odf_parts
from tests.ingest.office.word_files import p, packed, word_file, word_parts
from tests.ingest.outlined import assert_whole

DOCUMENTS = Path(__file__).parents[2].parent / "shared" / "documents"
needs_documents = pytest.mark.skipif(not DOCUMENTS.exists(), reason="the shared documents are not here")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 61>>stream
BT /F 12 Tf 72 720 Td (Wij helpen elk kind in de wijk.) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF"""
PAGE = "<!DOCTYPE html><title>Nota</title><p>Wij helpen.</p>"


@pytest.mark.parametrize(
    ("data", "parser"),
    [
        (PDF, PDF_PARSER),
        (b"\xef\xbb\xbf\n" + PDF, PDF_PARSER),
        (word_file(p("Tekst.")), DOCX_PARSER),
        (packed({**word_parts(p("Tekst.")), "word/vbaProject.bin": b"macro"}), DOCX_PARSER),
        (odf_file("<text:p>Tekst.</text:p>"), ODT_PARSER),
        (odf_file("<text:p>Tekst.</text:p>", mimetype=MIMETYPE + "-template"), ODT_PARSER),
        (PAGE.encode(), HTML_PARSER),
        (("\ufeff" + PAGE).encode("utf-16-le"), HTML_PARSER),
        (("\ufeff" + PAGE).encode(), HTML_PARSER),
        (b"<?xml version='1.0'?>\n<!-- van ons -->\n<html xmlns='x'><body><p>Tekst.</p></body></html>", HTML_PARSER),
        (b"  <body><p>Tekst.</p>", HTML_PARSER),
        (b"<h1>Nota</h1>\n<p>Tekst.</p>\n", HTML_PARSER),
        (b"<div>" + b"Tekst. " * 20_000 + b"</div>", HTML_PARSER),
        (b"# Nota\n\n<p align=center>Tekst.</p>", PLAIN_PARSER),
        (b"<p align=center>Logo</p>\n\n# Nota\n\nTekst.", PLAIN_PARSER),
        (b"<http://voorbeeld.nl> is een adres.", PLAIN_PARSER),
        (b"Een nota. %PDF is een formaat, en PK ook.", PLAIN_PARSER),
        (b"From: de gemeente\n\nBeste inwoner, content-type: multipart/mixed", PLAIN_PARSER),
        ("\ufeffNota over <html>".encode("utf-16-le"), PLAIN_PARSER),
    ],
)
def test_the_content_decides_whatever_the_name_says(tmp_path: Path, data: bytes, parser: str) -> None:
    for name in ("nota.pdf", "nota.docx", "nota.txt", "nota"):
        path = tmp_path / name
        path.write_bytes(data)
        assert parse(path).parser == parser


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "x.docx is locked with a password; save a copy without one"),
        (OLE + "WordDocument".encode("utf-16-le"), "an older Word file (.doc), which cannot be read; save it as .docx"),
        (OLE + "Workbook".encode("utf-16-le"), "an older Excel file (.xls)"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "an older PowerPoint file (.ppt)"),
        (OLE, "an older or locked Office file"),
        (packed({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "an Excel workbook"),
        (packed({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "a PowerPoint presentation"),
        (odf_file("", mimetype="application/vnd.oasis.opendocument.spreadsheet"), "an OpenDocument spreadsheet"),
        (odf_file("", mimetype="application/vnd.oasis.opendocument.presentation"), "an OpenDocument presentation"),
        (odf_file("", mimetype="application/vnd.oasis.opendocument.graphics"), "an OpenDocument file that is no text"),
        (packed({"mimetype": "application/epub+zip"}), "an e-book (EPUB)"),
        (packed({"nota.txt": "x"}), "a zip archive; unpack it and give the documents in it"),
        (packed({}), "an empty zip archive"),
        (rb"{\rtf1 Tekst.}", "an RTF file, which cannot be read; save it as .docx or as PDF"),
        (b"\x89PNG\r\n\x1a\n", "an image, perhaps a scan; make a PDF of it"),
        (b"\xff\xd8\xff\xe0", "an image"),
        (b"GIF89a", "an image"),
        (b"II*\0", "an image"),
        (b"MM\0*", "an image"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "an image"),
        (b"BM\x16\0\0\0" + bytes(16), "an image"),
        (b"\0\0\0\x18ftypheic", "an image"),
        (gzip.compress(b"x"), "packed (gzip); unpack it"),
        (b"Rar!\x1a\x07\0", "a RAR archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
        (b"MZ\x90\0\x03", "a program, not a document"),
        (b"\x7fELF\x02", "a program"),
        (b"%!PS-Adobe-3.0", "a PostScript file"),
        (b"<?xml version='1.0'?><wet><artikel>1</artikel></wet>", "an XML file"),
        (b"From: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n", "an e-mail or a web archive"),
    ],
)
def test_what_cannot_be_read_is_named_with_a_remedy(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(data)
    with pytest.raises(DocumentError) as refused:
        parse(path)
    assert words in str(refused.value)
    assert str(path) in str(refused.value)
    remedy = str(refused.value).rpartition("; ")[2]
    assert remedy.split()[0] in ("save", "unpack", "make", "give", "remove")


def test_a_text_that_begins_like_a_picture_is_text() -> None:
    assert parse_data("n.txt", b"BM is de afkorting van bestuursmodel.").text.startswith("BM is")
    assert parse_data("n.txt", b"MZ is ook een afkorting.").text.startswith("MZ is")


def written_by_word() -> bytes:
    document = docx.Document()
    document.add_heading("Nota", 1)
    document.add_table(rows=2, cols=2).cell(0, 0).text = "Jeugd"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_page_that_begins_with_thousands_of_comments_is_told_at_once() -> None:
    start = time.perf_counter()
    assert parse_data("n.txt", b"<!-- -->" * 8_000 + b"tekst").parser == PLAIN_PARSER
    assert time.perf_counter() - start < 5


WHOLE = (
    written_by_word(),
    word_file(p("Tekst.") * 20, styles="", numbering="", footnotes=""),
    odf_file("<text:h>Kop</text:h><text:list><text:list-item><text:p>een</text:p></text:list-item></text:list>" * 9),
    (PAGE + "<table><tr><td rowspan=2>a<td>b<tr><td>c</table><ul><li>een<li>twee</ul>" * 5).encode(),
)


def outcome(data: bytes) -> Structured | None:
    """What comes of these bytes: nothing but a result that is whole, or a DocumentError."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            result = parse_data("n", data)
        except DocumentError as error:
            return None if str(error).startswith("n ") else pytest.fail(f"{error} does not name the file")
    if isinstance(result, Structured):
        assert_whole(result)
        return result
    return None


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.text(alphabet="<>/abdhilprtu =\"'&;!-\n1\x00é", max_size=200).map(str.encode))
)
@example(b"PK\x03\x04")
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
@example(b"<html>\xff\xfe\x00")
def test_any_bytes_give_a_result_or_a_document_error(data: bytes) -> None:
    outcome(data)
    outcome(b"<html><body>" + data)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(WHOLE), st.data())
def test_a_damaged_copy_gives_a_result_or_a_document_error(whole: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    outcome(whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:])


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([odf_parts("<text:p>Tekst.</text:p>"), word_parts(p("Tekst."), styles="", numbering="")]), st.data()
)
def test_a_damaged_part_gives_a_result_or_a_document_error(parts: dict[str, str | bytes], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(parts)))
    part = str(parts[name]).encode()
    start = data.draw(st.integers(0, len(part)))
    end = data.draw(st.integers(start, min(len(part), start + 20)))
    changed = (
        part[:start]
        + data.draw(st.sampled_from([b"", b"<w:p>", b"x", b'"', b"\0", b"<!DOCTYPE a>", b"&a;"]))
        + part[end:]
    )
    outcome(packed({**parts, name: changed}))


@needs_documents
def test_the_real_files_are_what_their_content_says() -> None:
    kinds = {".docx": DOCX_PARSER, ".odt": ODT_PARSER, ".html": HTML_PARSER, ".md": PLAIN_PARSER, ".txt": PLAIN_PARSER}
    files = sorted([*(DOCUMENTS / "office").iterdir(), *(DOCUMENTS / "text").iterdir()])
    assert [parse(file).parser for file in files] == [kinds[file.suffix] for file in files]
    assert len(files) == 9
    with pytest.raises(DocumentError, match=r"docx_password\.docx is locked with a password"):
        parse(DOCUMENTS / "hostile" / "docx_password.docx")


@needs_documents
def test_a_real_file_with_every_part_lost_in_turn() -> None:
    whole = zipfile.ZipFile(DOCUMENTS / "office" / "Basis_aanvraag_jeugdhulp.docx")
    parts = {name: whole.read(name) for name in whole.namelist() if name.endswith((".xml", ".rels"))}
    read = {name: outcome(packed({other: parts[other] for other in parts if other != name})) for name in parts}
    lost = [name for name, result in read.items() if result is None or "Stap 3: wat is er nodig?" not in result.text]
    assert lost == ["word/document.xml"]
