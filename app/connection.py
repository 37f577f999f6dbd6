"""Where a command finds the knowledge base: in the service that holds it, else in this process."""

from collections.abc import Callable

from app.holder import PATIENCE, find_service
from app.remote_service import RemoteService, answers
from app.service import Service
from app.settings import Settings


def connect(settings: Settings, notify: Callable[[str], None], patience: float = PATIENCE) -> Service:
    """The service that holds the data directory where there is one, else the knowledge base opened here.

    Only the second loads the libraries of model and index. Raises HeldError where another process holds the directory
    and cannot be reached within `patience` seconds.
    """
    address = find_service(settings.data_dir, patience, answers)
    if address is not None:
        return RemoteService(address)
    from app.local_service import LocalService

    return LocalService.open(settings, notify)
