"""What the beginning of a text proposes."""

import re
from collections.abc import Iterator, Sequence

from corpus.municipalities import Municipalities
from corpus.proposal import Proposal
from ingest.proposals.dutch_dates import FoundDate, find_dates
from ingest.proposals.kind_words import kind_of
from ingest.proposals.origins import HEADING
from ingest.proposals.places import places_of
from ingest.proposals.titles import title_of_heading

_TOLD = re.compile(
    r"(?i)(?:vastgesteld|vaststelling|besloten|aldus|openbare\s+(?:raads)?vergadering|raadsvergadering|vergadering|"
    r"publicatiedatum|gepubliceerd|datum|d\.d\.|dd\.?)\b[^.;\n]{0,80}$"
)
_PAST = re.compile(
    r"(?i)(?:wet|besluit|regeling|geboren|ingang|vanaf|tot|sinds|per|na|uiterlijk|ingezonden)\s+(?:van\s+)?$"
)
_LINES_TRIED = 4
_LONGEST_LINE = 120
_BEFORE = 120
_NO_TITLE = re.compile(r"(?i)[<>@]|www\.|\bpostbus\b|\bretouradres\b|\b\d{4} ?[A-Z]{2}\b|\btel(?:efoon)?\b")
_BROKEN = re.compile(r"(?<=[^\W\d_])-\s*\n\s*(?=[^\W\d_])")
_TOP = 400


def text_proposals(
    beginning: str, headings: Sequence[str], municipalities: Municipalities, origin: str
) -> tuple[Proposal, ...]:
    """What the first page or first stretch of a text tells; `headings` are its first, the highest first.

    `origin` is how that page or stretch is called to a reader.
    """
    lines = [line for line in map(str.strip, beginning.splitlines()) if line][:_LINES_TRIED]
    short = [line.lstrip("# ") for line in lines if len(line) <= _LONGEST_LINE]
    titles = [title for heading in headings[:1] if (title := _title_above(heading, beginning))]
    found = [Proposal("title", title, HEADING) for title in titles]
    if not titles and short and lines[0].lstrip("# ") == short[0] and (title := _title_of_line(short[0])):
        found.append(Proposal("title", title, origin))
    kinds = [(kind, HEADING) for title in titles if (kind := kind_of(title))]
    kinds += [(kind, origin) for line in short if (kind := kind_of(line))]
    found += [Proposal("kind", kind, where) for kind, where in kinds[:1]]
    places = places_of(municipalities)
    named = [Proposal("municipalities", name, HEADING) for title in titles for name in places.named(title)]
    about = [Proposal("municipalities", name, origin) for name in places.about(beginning)]
    found += named or about
    found += [Proposal("published", date.value, origin) for date in _dates(beginning)]
    return tuple(found)


def on_one_line(text: str) -> str:
    """A text without its line breaks; a word that is broken at the end of a line is whole again."""
    return " ".join(_BROKEN.sub("", text).split())


def _title_above(heading: str, beginning: str) -> str | None:
    """The title that a heading is where it stands at the top of the text."""
    place = on_one_line(beginning).find(on_one_line(heading))
    return title_of_heading(heading) if 0 <= place <= _TOP else None


def _title_of_line(line: str) -> str | None:
    """The title that the first line of a text is: words without the end of a sentence."""
    title = None if line.endswith((".", ":", ";", ",")) or _NO_TITLE.search(line) else title_of_heading(line)
    return title if title and len(title.split()) >= 2 and not title[0].islower() else None


def _dates(text: str) -> Iterator[FoundDate]:
    """The date that the text says it was settled or published on, else the first that is not of something else."""
    dates = list(find_dates(text))
    told = [date for date in dates if _TOLD.search(text[max(0, date.start - _BEFORE) : date.start])]
    others = [date for date in dates if not _PAST.search(text[max(0, date.start - _BEFORE) : date.start])]
    yield from (told or others)[:1]
