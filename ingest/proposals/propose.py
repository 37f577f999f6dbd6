"""The proposals for a document, from all that its file tells."""

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from corpus.municipalities import Municipalities
from corpus.proposal import Proposal
from ingest.proposals.dutch_dates import find_date_in_name
from ingest.proposals.from_properties import property_proposals
from ingest.proposals.from_text import on_one_line, text_proposals
from ingest.proposals.kind_words import kind_of
from ingest.proposals.origins import BEGINNING, FILE_NAME, FIRST_PAGE, MADE_ON, PROPERTIES
from ingest.proposals.places import places_of
from ingest.proposals.properties import FileProperties
from ingest.proposals.titles import title_from_name
from ingest.source_text import SourceText
from ingest.structured import ElementKind, Structured

_FIELDS = ("title", "kind", "municipalities", "published")
_MOST = 2
_BEGINNING = 3000


def propose(
    properties: FileProperties,
    beginning: str,
    headings: Sequence[str],
    source_file: str,
    municipalities: Municipalities,
) -> tuple[Proposal, ...]:
    """At most two proposals for each field, the best first: from properties, then the text, then the file's name.

    `beginning` is the first page or stretch of the text, `headings` its first headings, the highest first.
    """
    return _best(
        beginning,
        property_proposals(properties, municipalities),
        text_proposals(beginning, headings, municipalities, BEGINNING),
        name_proposals(source_file, municipalities),
    )


def proposals_of(
    source: Structured | SourceText, source_file: str, municipalities: Municipalities
) -> tuple[Proposal, ...]:
    """The same for a file as its parser read it, which has put in what the file's properties propose."""
    known = source.proposals if isinstance(source, Structured) else ()
    pages = source.pages if isinstance(source, Structured) else ()
    first = next((page for page in pages if source.text[page.start : page.end].strip()), None)
    beginning = source.text[first.start : first.end] if first else source.text
    return _best(
        beginning,
        known,
        text_proposals(beginning[:_BEGINNING], _headings(source), municipalities, FIRST_PAGE if first else BEGINNING),
        name_proposals(source_file, municipalities),
    )


def with_name(
    known: Sequence[Proposal], text: str, source_file: str, municipalities: Municipalities
) -> tuple[Proposal, ...]:
    """The proposals of a text with those of its file's name, which is not known where the file is read."""
    return _best(text[:_BEGINNING], known, name_proposals(source_file, municipalities))


def name_proposals(source_file: str, municipalities: Municipalities) -> tuple[Proposal, ...]:
    """What the name of a file tells; folders in it tell nothing."""
    name = PurePath(source_file.replace("\\", "/")).name
    found: list[Proposal] = []
    if title := title_from_name(name):
        found.append(Proposal("title", title, FILE_NAME))
    if kind := kind_of(name.rpartition(".")[0].replace("-", " ")):
        found.append(Proposal("kind", kind, FILE_NAME))
    found += [Proposal("municipalities", place, FILE_NAME) for place in places_of(municipalities).in_file_name(name)]
    if date := find_date_in_name(name):
        found.append(Proposal("published", date, FILE_NAME))
    return tuple(found)


def _headings(source: Structured | SourceText) -> list[str]:
    """The headings of the beginning, the highest first, each on one line."""
    if isinstance(source, SourceText):
        lines = [line for line in source.text[:_BEGINNING].splitlines() if line.startswith("#")]
        ranked = [(len(line) - len(line.lstrip("#")), line.lstrip("# ")) for line in lines]
    else:
        ranked = [
            (element.rank, on_one_line(source.text[element.start : element.end]))
            for element in source.elements
            if element.kind is ElementKind.HEADING and element.rank is not None and element.start < _BEGINNING
        ]
    return [text for _, text in sorted(ranked, key=lambda each: each[0])]


def _best(beginning: str, *groups: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """The first two values of each field, of which the weak ones come last.

    The first line of a text is a title only where nothing better is, and the day on which a file was made its date.
    A title in the properties that the text does not know stands after one that it does: it is often of another file.
    """
    ordered = [proposal for group in groups for proposal in group]
    ordered.sort(key=lambda proposal: _weakness(proposal, beginning))
    best: list[Proposal] = []
    for field in _FIELDS:
        values: dict[str, Proposal] = {}
        for proposal in ordered:
            if proposal.field == field and not (values and _is_last_resort(proposal)):
                values.setdefault(proposal.value.casefold(), proposal)
        best += list(values.values())[:_MOST]
    return tuple(best)


def _weakness(proposal: Proposal, beginning: str) -> int:
    if proposal.origin == MADE_ON:
        return 2
    return int(proposal.field == "title" and proposal.origin == PROPERTIES and not _is_known(proposal.value, beginning))


def _is_last_resort(proposal: Proposal) -> bool:
    return proposal.field == "title" and proposal.origin in (BEGINNING, FIRST_PAGE)


def _is_known(title: str, beginning: str) -> bool:
    """Whether at least half of the longer words of a title stand in the beginning of the text."""
    words = [word for word in re.findall(r"[^\W\d_]{4,}", title.casefold()) if word]
    text = beginning.casefold()
    return sum(1 for word in words if word in text) * 2 >= len(words)
