"""A comparison as a file that is made when it is asked for and not kept."""

from datetime import date

from app.api.knowledge import Knowledge
from app.report.order import LONGEST_TITLE, PER_MUNICIPALITY, ReportOrder, Topic
from app.report.runs import passing_file
from app.scoped import with_documents
from app.web.comparison_asked import Asked
from app.web.report_form import FORMAT_WORDS
from app.wording import enumerated, shortened
from corpus.stored import Snapshot

OFFERED = {name: FORMAT_WORDS[name] for name in ("docx", "xlsx", "csv", "pdf")}
MOST_CELLS = 250  # topics by municipalities: a Word file of so many takes four seconds, a PDF seven


def size_fault(asked: Asked, snapshot: Snapshot) -> str:
    """Why a comparison is too much to wait for, "" where it is not: then a report is to be made of it."""
    municipalities = len(asked.municipalities or with_documents(snapshot))
    if len(asked.topics) * municipalities <= MOST_CELLS:
        return ""
    return (
        f"telt {len(asked.topics)} onderwerpen, en dat over {municipalities} gemeenten; een bestand dat u meteen "
        f"krijgt gaat over hoogstens {MOST_CELLS} combinaties: kies minder, of maak een rapport"
    )


def comparison_file(asked: Asked, format_name: str, knowledge: Knowledge) -> tuple[str, bytes]:
    """The title and content of the file; errors are those of `passing_file`."""
    order = ReportOrder(
        title=shortened(f"Vergelijking over {enumerated(asked.topics)}", LONGEST_TITLE),
        topics=tuple(Topic(topic) for topic in asked.topics),
        municipalities=asked.municipalities,
        format=format_name,
        day=asked.day or date.today(),
        valid_on=asked.day,
        per_municipality=PER_MUNICIPALITY,
    )
    return order.title, passing_file(knowledge, order)
