"""Where a command finds the knowledge base: in the service that holds it, else in this process."""

from collections.abc import Callable

from app.holder import PATIENCE, Address, Serving, find_service
from app.remote_service import RemoteService, answers
from app.service import Service
from app.settings import DEFAULT_MODEL, PREFIX, Settings
from corpus.errors import SettingsError

_MODEL = f"{PREFIX}EMBEDDING_MODEL"
_DATABASE = f"{PREFIX}DATABASE_URL"


def connect(settings: Settings, notify: Callable[[str], None], patience: float = PATIENCE) -> Service:
    """The service that holds the data directory where there is one, else the knowledge base opened here.

    Only the second loads the libraries of model and index. With a Qdrant server nobody holds the directory, so it is
    opened here. Raises HeldError where another process holds the directory and cannot be reached within `patience`
    seconds, and SettingsError where it works with another model or database than these settings say.
    """
    address = find_service(settings.data_dir, patience, answers) if settings.qdrant_url is None else None
    if address is not None:
        _require_agreement(settings, address)
        return RemoteService(address, notify=notify)
    from app.local_service import LocalService

    return LocalService.open(settings, notify)


def _require_agreement(settings: Settings, address: Address) -> None:
    """A service answers with its own model and database: a command that asks for others is not to be misled."""
    theirs = address.serving
    if theirs is None:
        return
    ours = Serving.of(settings.embedding_model, settings.database_url)
    service = f"the service at {address.url} (process {address.pid})"
    if theirs.model != ours.model:
        same = f"unset {_MODEL}" if theirs.model == DEFAULT_MODEL else f"set {_MODEL}={theirs.model}"
        raise SettingsError(
            f"{service} works with model {theirs.model!r}, the settings of this command say {ours.model!r}: stop the "
            f"service, or {same}"
        )
    if theirs.database != ours.database:
        raise SettingsError(
            f"{service} works with {_place(theirs, 'its own')}, the settings of this command say "
            f"{_place(ours, 'another')}: stop the service, or "
            + (f"unset {_DATABASE}" if theirs.database is None else f"set {_DATABASE} to what the service has")
        )


def _place(serving: Serving, whose: str) -> str:
    """Which database that is, without its URL: that may hold a password."""
    return "the database in the data directory" if serving.database is None else f"{whose} {_DATABASE}"
