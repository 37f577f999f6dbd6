"""What the properties of a file propose."""

from corpus.municipalities import Municipalities, load_municipalities
from corpus.proposal import Proposal
from ingest.proposals.dutch_dates import day_of
from ingest.proposals.kind_words import kind_of
from ingest.proposals.origins import MADE_ON, PROPERTIES
from ingest.proposals.places import places_of
from ingest.proposals.properties import FileProperties
from ingest.proposals.titles import title_from


def property_proposals(
    properties: FileProperties, municipalities: Municipalities | None = None
) -> tuple[Proposal, ...]:
    """Title, kind, municipalities and date as the properties of a file tell them, the best first for each field.

    `municipalities` are those of the CBS list where none are given.
    """
    places = places_of(municipalities or load_municipalities())
    title = title_from(properties.title)
    found: list[Proposal] = []
    if title:
        found.append(Proposal("title", title, PROPERTIES))
    for text in (properties.kind, title, properties.subject):
        if text and (kind := kind_of(text)):
            found.append(Proposal("kind", kind, PROPERTIES))
            break
    for text in (properties.organisation, title, properties.subject):
        found += [Proposal("municipalities", name, PROPERTIES) for name in places.named(text or "")]
    if day := day_of(properties.published):
        found.append(Proposal("published", day, PROPERTIES))
    if day := day_of(properties.created) or day_of(properties.modified):
        found.append(Proposal("published", day, MADE_ON))
    return tuple(dict.fromkeys(found))
