"""What the document information of a PDF proposes."""

from corpus.municipalities import Municipalities
from corpus.proposal import Proposal
from ingest.proposals.from_properties import property_proposals
from ingest.proposals.properties import FileProperties


def pdf_proposals(
    title: str, author: str, subject: str, created: str, municipalities: Municipalities | None = None
) -> tuple[Proposal, ...]:
    """The proposals in these entries, each empty where the file has none; `created` begins with an ISO 8601 date.

    Of an author only a municipality is taken ("Gemeente Zwolle"), never a person.
    """
    return property_proposals(
        FileProperties(
            title=title or None,
            subject=subject or None,
            kind=None,
            organisation=author if "gemeente" in author.casefold() else None,
            published=None,
            created=created or None,
            modified=None,
            language=None,
        ),
        municipalities,
    )
