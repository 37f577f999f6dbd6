"""A report as CSV (RFC 4180): a row for each quote, for each municipality without any, and for all else it tells."""

import csv
import io
import re

from app.api.report_bodies import RunBody
from app.report.table_rows import rows_of

BYTE_ORDER_MARK = "\ufeff"
COLUMNS = (
    "onderwerp",
    "gemeentecode",
    "gemeente",
    "oordeel",
    "zekerheid",
    "doorzochte documenten",
    "citaat",
    "titel",
    "gemeenten van het document",
    "soort",
    "sectie",
    "pagina van",
    "pagina tot",
    "positie van",
    "positie tot",
    "score",
    "document",
    "versie",
    "passage",
    "fout",
    "toelichting",
    "dekking",
    "ocr",
    "rij",
    "groep",
    "vraag",
    "ook gezocht op",
    "geldigheid",
    "status",
    "geldig van",
    "geldig tot",
    "vervangen door",
    "alleen verlopen",
    "kant",
    "kans",
    "jaren",
    "bedrag",
    "waarvoor",
    "kolom",
    "terugkerend",
    "per jaar",
    "ander document",
    "maat",
    "eenheid",
    "waarde",
    "waarvan",
    "vergelijkbaar",
    "opmerking",
    "gewijzigd",
    "reden van wijziging",
    "toelichting op wijziging",
    "peildatum",
    "geldig op",
    "rapport",
    "gemaakt op",
    "model",
    "ijking",
    "index",
    "versie beleidswijzer",
)
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def table(run: RunBody) -> bytes:
    """The rows in the order of topics, municipalities and what each says, under Dutch column names.

    The column `rij` tells what a row is, see `Kind`. UTF-8 with a byte order mark, by which Excel knows it. A text that
    a spreadsheet would take for a formula gets an apostrophe in front, see `neutral`.
    """
    stream = io.StringIO()
    stream.write(BYTE_ORDER_MARK)
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows_of(run):
        unknown = row.keys() - set(COLUMNS)
        if unknown:
            raise KeyError(f"no such columns: {sorted(unknown)}")
        writer.writerow([neutral(row.get(column, "")) for column in COLUMNS])
    return stream.getvalue().encode()


def neutral(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would calculate it (= + - @, tab, line end).

    Texts that already look so, apostrophes before such a sign, get one more; so every text can be had back.
    """
    return f"'{text}" if _FORMULA.match(text) else text
