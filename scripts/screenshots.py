"""Pictures of every page, wide and narrow, of a service over the notes; run by scripts/screenshots."""

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import typst
from bench import PROGRAM, own_environment, served
from PIL import Image
from playwright.sync_api import Browser, Page

from app.settings import Settings
from corpus.catalogue import packaged_catalogue
from corpus.entry import Entry
from embeddings.models import load_encoder
from tests.browser.browser import NAMES, VARIABLE, chromium, launched

WHOLE = "--whole"
FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
WIDTHS = {1280: 960, 390: 844}  # and how high a window is
_COLOURS = 128
_UTRECHT = "utrecht-samenvatting-beleidsnota-jeugd-2025-2034"
_EXAMPLE_ID = "voorbeeldnota-jeugd"
_TOPIC = "conflictscheidingen"
_PATIENCE = 300.0
_QUIET_MILLISECONDS = 1500

# A page as a file of the kind that municipalities publish: numbered, with a column that a screen reader follows.
_PAGED = """
#set document(title: sys.inputs.title)
#set page(paper: "a4", margin: 2.4cm, numbering: "1")
#set text(lang: "nl", size: 10.5pt, font: "Libertinus Serif")
#set par(justify: true)
#for line in sys.inputs.text.split("\\n") {
  if line.starts-with("# ") { heading(level: 1, line.slice(2)) }
  else if line.starts-with("## ") { heading(level: 2, line.slice(3)) }
  else if line != "" { par(line.replace("**", "")) }
}
"""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: where, and what is done there before it is taken."""

    name: str
    path: str
    first: Callable[[Page], object] = Page.bring_to_front


def main() -> None:
    """Make all pictures, in place of those that are there."""
    program = chromium()
    if program is None:
        raise SystemExit(
            f"screenshots: no browser was found ({', '.join(NAMES)}): install one, or name it in {VARIABLE}"
        )
    words = [word for word in sys.argv[1:] if word != WHOLE]
    folder = Path(words[0]) if words else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="beleidswijzer-screenshots-") as data:
        environment = own_environment(data)
        settings = Settings.from_environment(environment)
        load_encoder(settings.embedding_model, settings.cache_dir, _say)
        subprocess.run([PROGRAM, "ingest"], env=environment, check=True, stdout=subprocess.DEVNULL)
        with served(environment, Path(data) / "serve.log") as service:
            shots = prepared(service.url)
            with launched(program) as browser:
                for shot in shots:
                    for width in WIDTHS:
                        content = picture(browser, service.url, shot, width, WHOLE in sys.argv)
                        (folder / f"{shot.name}-{width}.png").write_bytes(content)
                        _say(f"{shot.name}-{width}.png")


def prepared(url: str) -> list[Shot]:
    """Documents, a report and an answer to look at, and where they are to be seen."""
    note = next(each for each in packaged_catalogue().entries if each.metadata.document_id == _UTRECHT)
    with httpx.Client(base_url=url, timeout=60) as client:
        _done(client, _sent(client, "utrecht-jeugdnota.pdf", paged(note), _known(note)))
        _done(client, _sent(client, "voorbeeldnota.txt", _EXAMPLE.encode(), {"id": _EXAMPLE_ID, "gemeente": "Zeist"}))
        _sent(client, "bijlage.pdf", b"%PDF-1.7\nonleesbaar", {"gemeente": "Zeist"})
        report = _done(
            client, client.post("/v1/rapporten", json={"onderwerpen": [_TOPIC, "wachtlijsten"], "formaat": "docx"})
        )
        remark = client.post("/oordelen", data=_REMARK)
        if remark.status_code != 303:
            raise SystemExit(f"screenshots: the remark was refused: {remark.status_code}")
        sheet = _first(client, "pedagogische basis", "Utrecht")
        text = _first(client, _TOPIC, "Amstelveen")
    return [
        Shot("zoeken", "/"),
        Shot("suggesties", "/", lambda page: page.locator("#veld-vraag").press_sequentially("wacht", delay=30)),
        Shot("gevonden", f"/?vraag={_TOPIC}"),
        Shot("niets-gevonden", "/?vraag=warmtenetten"),
        Shot("oordeel", f"/?vraag={_TOPIC}", lambda page: page.locator(".bw-feedback summary").first.click()),
        Shot("opmerking", remark.headers["Location"]),
        Shot("opmerkingen", "/oordelen"),
        Shot("lezen", f"{text['links']['lezen']}&vraag={_TOPIC}#passage"),
        Shot("lezen-pdf", f"{sheet['links']['lezen']}&vraag=pedagogische+basis#passage"),
        Shot("vergelijken", f"/vergelijken?onderwerp={_TOPIC}%0Awachtlijsten%0Aarmoede"),
        Shot("documenten", "/documenten"),
        Shot("bijwerken", f"/documenten/{_EXAMPLE_ID}/bijwerken"),
        Shot("verwijderen", f"/documenten/{_EXAMPLE_ID}/verwijderen"),
        Shot("inlezen", "/inlezen"),
        Shot("rapporten", "/rapporten"),
        Shot("rapport", f"/rapporten/{report['id']}"),
        Shot("over", "/over"),
        Shot("toegankelijkheid", "/toegankelijkheid"),
        Shot("api", "/api"),
        Shot("fout", "/nergens"),
    ]


def picture(browser: Browser, url: str, shot: Shot, width: int, whole: bool) -> bytes:
    """A picture with few colours, so that it is small."""
    context = browser.new_context(viewport={"width": width, "height": WIDTHS[width]}, locale="nl-NL")
    page = context.new_page()
    page.goto(url + shot.path)
    shot.first(page)
    page.wait_for_timeout(_QUIET_MILLISECONDS)
    taken = page.screenshot(full_page=whole)
    context.close()
    few = Image.open(io.BytesIO(taken)).convert("RGB").quantize(_COLOURS)
    content = io.BytesIO()
    few.save(content, "PNG", optimize=True)
    return content.getvalue()


def paged(entry: Entry) -> bytes:
    """A note as a PDF."""
    inputs = {"title": entry.metadata.title or "", "text": entry.path.read_text(encoding="utf-8")}
    return typst.compile(_PAGED.encode(), format="pdf", sys_inputs=inputs)


def _known(entry: Entry) -> dict[str, str]:
    """What is known of a note, as the fields of an upload."""
    known = entry.metadata
    fields = {
        "id": known.document_id,
        "gemeente": known.municipalities[0].code,
        "titel": known.title,
        "soort": known.kind,
        "geldigVan": known.valid_from and known.valid_from.isoformat(),
        "geldigTot": known.valid_until and known.valid_until.isoformat(),
    }
    return {name: value for name, value in fields.items() if value}


def _sent(client: httpx.Client, name: str, content: bytes, fields: Mapping[str, str]) -> httpx.Response:
    return client.post("/v1/documenten", files={"bestand": (name, content)}, data=fields)


def _done(client: httpx.Client, answer: httpx.Response) -> Mapping[str, Any]:
    """A task or a report once it has ended."""
    answer.raise_for_status()
    place, deadline = answer.headers["Location"], time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        told = _get(client, place)
        if told["staat"] == "klaar":
            return told
        if told["staat"] not in ("wacht", "bezig"):
            break
        time.sleep(0.2)
    raise SystemExit(f"screenshots: this did not end well: {told}")


def _first(client: httpx.Client, question: str, municipality: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = _get(client, "/v1/passages", vraag=question, gemeente=municipality)["passages"][0]
    return found


def _get(client: httpx.Client, path: str, **parameters: str) -> Mapping[str, Any]:
    answer = client.get(path, params=parameters)
    answer.raise_for_status()
    told: Mapping[str, Any] = answer.json()
    return told


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


_EXAMPLE = """Voorbeeldnota jeugd (verzonnen)

1. Wachtlijsten
Hier wachten kinderen gemiddeld vier weken op hulp. In 2027 is dat hoogstens twee weken.

2. Scheiding
Het wijkteam helpt kinderen van gescheiden ouders. Daarvoor is 20.000 euro per jaar beschikbaar.
"""

_REMARK = {
    "vraag": _TOPIC,
    "gemeente": "GM0344",
    "gegeven": "niets_gevonden",
    "zekerheid": "0.94",
    "oordeel": "zijdelings",
    "opmerking": "Het staat in de bijlage.",
    "bij": "/",
}


if __name__ == "__main__":
    main()
