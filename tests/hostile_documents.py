"""Documents that try to be more than text on a page, by markup, scripts, templates, direction and size."""

from pathlib import Path

from tests.ingest.office.word_files import p, word_file

RUN = "window.geraakt = 1"
SCRIPT = f"<script>{RUN}</script>"
IMAGE = f'<img src=x onerror="{RUN}">'
BREAKER = f"\"'><svg/onload='{RUN}'>"
LINK = f'[klik](javascript:{RUN}) <a href="javascript:{RUN}">klik</a>'
CLOSERS = "</textarea></title></style></blockquote></main> ]]> --> {# #}"
ENTITIES = "&lt;b&gt;vet&lt;/b&gt; &amp;amp; &#60;i&#62; &quot;"
TEMPLATE = "{{ 1913*1913 }} {% for x in y %} ${1913*1913} #{1913*1913}"
PRODUCT = str(1913 * 1913)  # what a template would make of it
TURNED = "\u202eSCHEEF\u2066\u2067\u200f\u202b\u2069\u202e"  # closes the isolation that it stands in, then turns again
UNSEEN = "on\u200bzicht\u200dbaar\ufeff \x07\x1b[2J\x85"
PILE = "Z" + "\u0301\u0489\u0334" * 40 + "algo"
LONG = "x" * 10_000
WORD = "jeugdhulp"
ALL = (SCRIPT, IMAGE, BREAKER, LINK, CLOSERS, ENTITIES, TEMPLATE, TURNED, UNSEEN, PILE)
TEXT, WORD_FILE, PAGE, DEEP, ARABIC, REFUSED = "tekst", "word", "pagina", "diep", "arabisch", "nul"
FILE_NAME = f"a{SCRIPT.replace('/', '')}\"'&amp;{TURNED}.txt"  # a name cannot hold a slash
REFUSED_NAME = f"nul {FILE_NAME}"
_TITLES = {
    TEXT: f"{BREAKER}{SCRIPT}{TEMPLATE}{TURNED}",
    WORD_FILE: f"{CLOSERS}{IMAGE}",
    DEEP: PILE,
    REFUSED: f"{IMAGE}{TURNED}",
    ARABIC: "سياسة الشباب (2024)",
}


def write_hostile_documents(folder: Path, headings: int = 1000) -> Path:
    """The files with a catalogue, which is returned; one tells nothing of itself, one has so many headings."""
    folder.mkdir(exist_ok=True)
    (folder / FILE_NAME).write_text(_text(), encoding="utf-8")
    (folder / REFUSED_NAME).write_bytes(f"De {WORD}\0 {SCRIPT}".encode())
    (folder / "nota.docx").write_bytes(_word())
    (folder / "nota.html").write_text(_page(), encoding="utf-8")
    (folder / "diep.html").write_text(_deep(headings), encoding="utf-8")
    (folder / "arabisch.txt").write_text(f"1. Jeugd\n\nسياسة {WORD} في المدينة: 2024.\n", encoding="utf-8")
    files = {TEXT: FILE_NAME, WORD_FILE: "nota.docx", PAGE: "nota.html", DEEP: "diep.html", ARABIC: "arabisch.txt"}
    files[REFUSED] = REFUSED_NAME
    tables = [
        f'[[document]]\nid = "{name}"\nfile = {_quoted(file)}\n'
        + ("" if name == PAGE else f'municipalities = ["Utrecht"]\ntitle = {_quoted(_TITLES[name])}\n')
        + (f'adopted_by = {_quoted(SCRIPT)}\nsource = "javascript:{RUN}"\n' if name == TEXT else "")
        for name, file in files.items()
    ]
    catalogue = folder / "catalogue.toml"
    catalogue.write_text("\n".join(tables), encoding="utf-8")
    return catalogue


def _quoted(text: str) -> str:
    """A string of TOML, every odd sign of it escaped."""
    return '"' + "".join(sign if sign.isalnum() and sign.isascii() else f"\\U{ord(sign):08x}" for sign in text) + '"'


def _text() -> str:
    paragraphs = [f"{number}. {each}\n\nDe {WORD} {each} gaat door.\n" for number, each in enumerate(ALL, start=1)]
    return "\n".join([*paragraphs, f"99. {LONG[:200]}", "", f"Over {WORD} {LONG} staat hier iets.", ""])


def _word() -> bytes:
    def escaped(text: str) -> str:
        shown = "".join(sign for sign in text if sign in "\t\n" or sign >= " ")
        return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    body = [p(escaped(each), '<w:pStyle w:val="Kop1"/>') + p(f"De {WORD}: {escaped(each)} gaat door.") for each in ALL]
    level = '<w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
    return word_file("".join(body), styles=f'<w:style w:type="paragraph" w:styleId="Kop1">{level}</w:style>')


def _page() -> str:
    """HTML whose own markup runs what it can, and whose text shows markup."""
    shown = SCRIPT.replace("<", "&lt;").replace(">", "&gt;")
    return (
        f"<!doctype html><html><head><title>{shown}{shown}</title>{SCRIPT}</head><body onload='{RUN}'>"
        f"<h1>{shown} {TEMPLATE}</h1>{IMAGE}<p>De {WORD} {shown} {ENTITIES} en {TEMPLATE}</p>{LINK}"
        f"<form action='https://elders.example/'><textarea>{shown}</textarea></form>"
        f"<h2>&quot;&gt;{shown}</h2><p>Nog eens {WORD}: {shown}</p></body></html>"
    )


def _deep(headings: int) -> str:
    """Headings, each below the one before as far as HTML goes, and each one with text."""
    return "".join(
        f"<div><h{min(number, 6)}>Kop {number} {LONG[:90]}</h{min(number, 6)}><p>Over {WORD} nummer {number}.</p>"
        for number in range(1, headings + 1)
    )
