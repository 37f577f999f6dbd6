"""What is known of a document as the fields of a form, with what its file proposes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.api.document_bodies import DocumentBody, ProposalBody
from app.api.form_data import Form
from app.api.query import InvalidParameter
from app.web.faulty import Faulty
from corpus.kinds import KINDS, STATUSES

LABELS = {
    "bestand": "Bestand",
    "gemeente": "Gemeente of gemeenten",
    "titel": "Titel",
    "soort": "Soort document",
    "status": "Status",
    "geldigVan": "Geldig vanaf",
    "geldigTot": "Geldig tot en met",
    "gepubliceerd": "Gepubliceerd",
    "vastgesteldDoor": "Vastgesteld door",
    "bron": "Webadres van de bron",
    "vervangt": "Vervangt",
}
_SEVERAL = {"gemeente": re.compile(r"[;\r\n]+"), "vervangt": re.compile(r"[;,\s]+")}
_PROPOSED = {"gemeenten": "gemeente"}  # where a proposal is called otherwise than the field of the form
_ACCEPTED = "voorstel-"


@dataclass(frozen=True, slots=True)
class MetadataForm(Faulty):
    """Values and proposals by the names of the wire, "" for what is unknown, and what is wrong with them."""

    values: Mapping[str, str] = field(default_factory=dict)
    proposals: Mapping[str, tuple[ProposalBody, ...]] = field(default_factory=dict)
    faults: tuple[InvalidParameter, ...] = ()
    kinds: tuple[str, ...] = KINDS
    statuses: tuple[str, ...] = STATUSES
    labels: Mapping[str, str] = field(default_factory=lambda: LABELS)

    def value(self, name: str) -> str:
        """What stands in a field."""
        return self.values.get(name, "")

    def proposed(self, name: str) -> tuple[ProposalBody, ...]:
        """What the file proposes for a field."""
        return self.proposals.get(name, ())

    @classmethod
    def of_document(cls, document: DocumentBody) -> "MetadataForm":
        """What is known of a document, and the proposals that nobody answered."""
        values = {
            "gemeente": "; ".join(each.name for each in document.municipalities),
            "titel": document.title,
            "soort": document.kind,
            "status": document.status,
            "geldigVan": document.valid_from and document.valid_from.isoformat(),
            "geldigTot": document.valid_until and document.valid_until.isoformat(),
            "gepubliceerd": document.published,
            "vastgesteldDoor": document.adopted_by,
            "bron": document.source,
            "vervangt": "; ".join(document.replaces),
        }
        proposals: dict[str, tuple[ProposalBody, ...]] = {}
        for each in document.proposals:
            name = _PROPOSED.get(each.field, each.field)
            if name in values:
                proposals[name] = (*proposals.get(name, ()), each)
        return cls({name: value or "" for name, value in values.items()}, proposals)

    def sent_again(self, form: Form, faults: Iterable[InvalidParameter]) -> "MetadataForm":
        """This form as it came back, to be mended."""
        typed = {name: value for name, value in form.texts if name in LABELS}
        return MetadataForm({**self.values, **typed}, self.proposals, tuple(faults))


EMPTY = MetadataForm()


def as_wire(form: Form, file_name: str | None) -> Form:
    """A form of a page as one of REST, about the file of this name.

    A field that was left empty was not given; several municipalities or ids in one field are each one of their own; a
    proposal that was accepted is the value of its field.
    """
    texts: list[tuple[str, str]] = []
    for sent_name, value in form.texts:
        name = sent_name.removeprefix(_ACCEPTED)
        parts = _SEVERAL[name].split(value) if name in _SEVERAL else [value]
        texts += [(name, part.strip()) for part in parts if part.strip() and (name, part.strip()) not in texts]
    return Form(tuple(texts), file_name, form.faults)
