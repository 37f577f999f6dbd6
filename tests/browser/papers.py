"""The documents of the service that the browser looks at: three municipalities, and all that a page can show."""

from pathlib import Path

from tests.embeddings.tiny_model import write_tiny_model
from tests.ingest.pages.pdf_writer import Sheet, Text, column, pdf
from tests.program import Program

TOPIC = "wachtlijsten in de jeugdhulp"
SILENT = "hondenbelasting"
AGENDA, PLAN, NOTE, OLD, LONG = "agenda", "plan", "nota", "oud", "lang"
REFUSED = "kapot"
_CATALOGUE = """
[[document]]
id = "agenda"
file = "agenda.txt"
municipalities = ["Amstelveen"]
title = "Jeugd- en onderwijsagenda"
kind = "agenda"
status = "vastgesteld"
valid_from = 2024-01-01
published = "2024-02"

[[document]]
id = "plan"
file = "plan.pdf"
municipalities = ["Utrecht"]
title = "Uitvoeringsplan jeugdhulp 2025-2028"
kind = "uitvoeringsprogramma"
valid_from = 2025-01-01
valid_until = 2028-12-31
source = "https://utrecht.example/plan"

[[document]]
id = "nota"
file = "nota.html"
municipalities = ["Zwolle"]

[[document]]
id = "oud"
file = "oud.txt"
municipalities = ["Zwolle"]
title = "Jeugdnota 2015-2018"
kind = "nota"
status = "vervallen"
valid_from = 2015-01-01
valid_until = 2018-12-31

[[document]]
id = "lang"
file = "lang.txt"
municipalities = ["Utrecht", "Zwolle"]
title = "Omgevingsvisie voor de lange termijn, met een titel die zelf ook lang is en over meer dan een regel loopt"
kind = "visie"

[[document]]
id = "kapot"
file = "kapot.pdf"
municipalities = ["Apeldoorn"]
title = "Begroting"
"""
_AGENDA = """\
Hoofdstuk 1. Jeugdhulp

1a. Wachtlijsten

De wachtlijsten in de jeugdhulp zijn te lang. Daarom stelt de gemeente in 2025 € 30.000 beschikbaar voor extra
behandelaars. In 2024 kregen 1.200 jongeren jeugdhulp. Wij willen dat geen kind langer dan zes weken wacht.

1b. Scheidingen

Kinderen hebben last van conflictscheidingen. Met huisartsen en scholen maken wij afspraken over begeleiding van
ouders die uit elkaar gaan.

Hoofdstuk 2. Onderwijs

2a. Schoolverzuim

Thuiszitters krijgen een vaste begeleider. De leerplichtambtenaar bezoekt elk gezin binnen een week.
"""
_OLD = """\
Jeugdnota

1. Wachtlijsten

In 2017 kregen 900 jongeren jeugdhulp in Zwolle. De wachtlijsten in de jeugdhulp waren toen al een zorg.
"""
_NOTE = """\
<!doctype html><html lang="nl"><head><title>Nota samen opgroeien 2024-2027</title></head><body>
<h1>Nota samen opgroeien 2024-2027</h1>
<h2>Jeugdhulp</h2><p>In 2024 kregen 800 jongeren jeugdhulp. Wij werken aan wachtlijsten in de jeugdhulp.</p>
<table><tr><th>Wijk</th><th>Jongeren</th><th>Wachttijd</th></tr>
<tr><td>Assendorp</td><td>120</td><td>8 weken</td></tr><tr><td>Stadshagen</td><td>340</td><td>12 weken</td></tr>
<tr><td>Holtenbroek</td><td>210</td><td>9 weken</td></tr></table>
<h2>Vrije tijd</h2><p>Elke wijk krijgt een speelplek. Sportverenigingen werken samen met de scholen.</p>
</body></html>
"""
_PAGES = (
    ("1. Jeugdhulp", "De gemeente wil dat wachtlijsten in de jeugdhulp", "korter worden dan acht weken."),
    ("2. Scholen", "Elke school heeft een vaste medewerker van het wijkteam,", "die met ouders en leraren praat."),
    (
        "3. Geld",
        "Voor jeugdhulp is in 2025 een bedrag van € 2 miljoen nodig.",
        "In 2024 kregen 2.400 jongeren jeugdhulp.",
    ),
)


def filled(folder: Path) -> Program:
    """The command over a data directory that holds the documents."""
    program = empty(folder)
    papers = folder / "papers"
    papers.mkdir()
    for name, content in _files().items():
        (papers / name).write_bytes(content)
    (papers / "catalogue.toml").write_text(_CATALOGUE, encoding="utf-8")
    (ran,) = program.run_together(["ingest", "--catalogue", str(papers / "catalogue.toml")])
    assert ran.code == 1, ran.messages  # one file cannot be read
    assert "kapot.pdf" in ran.messages
    return program


def empty(folder: Path) -> Program:
    """The command over a data directory that holds nothing."""
    (folder / "model").mkdir()
    write_tiny_model(folder / "model")
    return Program(folder, folder / "model")


def _files() -> dict[str, bytes]:
    return {
        "agenda.txt": _AGENDA.encode(),
        "plan.pdf": _plan(),
        "nota.html": _NOTE.encode(),
        "oud.txt": _OLD.encode(),
        "lang.txt": _long().encode(),
        "kapot.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 8,
    }


def _plan() -> bytes:
    """Pages with a heading and lines, and one that is only a picture."""
    written = [Sheet([Text(70, 90, heading, 16, "B"), *column(lines, top=130, size=11)]) for heading, *lines in _PAGES]
    return pdf(*written, Sheet((), picture=True))


def _long() -> str:
    """Several parts, with headings of three levels; one word is longer than a line."""
    chapters = []
    for number in range(1, 25):
        line = f"In wijk {number} komen woningen, scholen en een park. " * 45
        word = "leefomgevingskwaliteitsverbeteringsprogramma" * 4 if number == 2 else ""
        chapters.append(
            f"{number}. Wijk {number}\n\n{number}.1 Wonen\n\n{line}\n{word}\n\n{number}.2 Groen\n\n{line}\n"
        )
    return "\n".join(chapters)
