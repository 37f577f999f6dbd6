"""A comparison as a file that is made when it is asked for and not kept: what it holds, and how much fits."""

from datetime import date

from app.report.order import LONGEST_TITLE, PER_MUNICIPALITY, ReportOrder, Topic
from app.scoped import with_documents
from app.web.comparison_asked import Asked
from app.web.report_form import FORMAT_WORDS
from app.wording import counted, enumerated, shortened
from corpus.stored import Snapshot

OFFERED = {name: FORMAT_WORDS[name] for name in ("docx", "xlsx", "csv", "pdf")}
MOST_CELLS = 250  # topics by municipalities: a Word file of so many takes four seconds, a PDF seven


def size_fault(asked: Asked, snapshot: Snapshot, may_report: bool) -> str:
    """Why a comparison is too much to wait for, "" where it is not; who may make a report of it is told so."""
    municipalities = len(asked.municipalities or with_documents(snapshot))
    if len(asked.topics) * municipalities <= MOST_CELLS:
        return ""
    topics = counted(len(asked.topics), "onderwerp", "onderwerpen")
    places = counted(municipalities, "gemeente", "gemeenten")
    return (
        f"te veel voor een bestand dat u meteen krijgt ({topics} over {places}, en hoogstens {MOST_CELLS} combinaties "
        f"passen erin): kies minder onderwerpen of gemeenten"
        f"{', of maak een rapport' if may_report else ''}"
    )


def file_order(asked: Asked, format_name: str) -> ReportOrder:
    """The report that the file is."""
    return ReportOrder(
        title=shortened(f"Vergelijking over {enumerated(asked.topics)}", LONGEST_TITLE),
        topics=tuple(Topic(topic) for topic in asked.topics),
        municipalities=asked.municipalities,
        format=format_name,
        day=asked.day or date.today(),
        valid_on=asked.day,
        per_municipality=PER_MUNICIPALITY,
    )
