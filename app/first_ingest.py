"""What is said to who asks before anything was ingested."""

from app.settings import Settings
from corpus.errors import UsageError


def nothing_ingested(settings: Settings) -> UsageError:
    """The error that says what to do."""
    return UsageError(f"nothing has been ingested in {settings.data_dir} yet; run: beleidswijzer ingest")


def refuse_before_first_ingest(settings: Settings) -> None:
    """Say so before model and index are loaded, or a folder is made, where there cannot be a document."""
    if settings.database_url is None and not settings.data_dir.exists():
        raise nothing_ingested(settings)
