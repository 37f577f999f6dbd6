"""What goes wrong with a Qdrant server, as errors of our own."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

from corpus.errors import (
    BeleidswijzerError,
    DataDirectoryError,
    MachineError,
    SettingsError,
    UnreachableError,
)

_GONE = re.compile(r"collection .* doesn't exist", re.IGNORECASE)
_NO_ROOM = re.compile(r"no space|disk.*full|out of memory|not enough (disk )?space", re.IGNORECASE)


@contextmanager
def server_faults(address: str, opening: bool = False) -> Iterator[None]:
    """Every exception of the client as one of ours; a refused key is a wrong setting only while `opening`."""
    try:
        yield
    except BeleidswijzerError:
        raise
    except Exception as error:
        raise _translation(error, address, opening) from error


def _translation(error: Exception, address: str, opening: bool) -> BeleidswijzerError:
    import httpx
    from qdrant_client.common.client_exceptions import ResourceExhaustedResponse
    from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

    cause = error.source if isinstance(error, ResponseHandlingException) else error
    if isinstance(cause, httpx.TimeoutException):
        return UnreachableError(f"Qdrant at {address} did not answer in time. See what keeps it, and try again.")
    if isinstance(cause, httpx.TransportError):
        return UnreachableError(
            f"Qdrant at {address} cannot be reached ({cause}). Start it, or correct BELEIDSWIJZER_QDRANT_URL."
        )
    if isinstance(error, ResponseHandlingException) or isinstance(cause, json.JSONDecodeError):
        return UnreachableError(
            f"What {address} answers is not understood. Let BELEIDSWIJZER_QDRANT_URL name a Qdrant server of version "
            "1.12 or later."
        )
    if isinstance(error, ResourceExhaustedResponse):
        return UnreachableError(f"Qdrant at {address} is too busy. Try again in {error.retry_after_s} seconds.")
    if isinstance(error, UnexpectedResponse):
        return _refusal(error.status_code or 0, error.content.decode(errors="replace")[:500], address, opening)
    return UnreachableError(f"Qdrant at {address} failed ({type(error).__name__}: {error}). Try again.")


def _refusal(status: int, content: str, address: str, opening: bool) -> BeleidswijzerError:
    if status in (401, 403):
        kind = SettingsError if opening else UnreachableError
        return kind(
            f"Qdrant at {address} refuses the key ({status}). Set BELEIDSWIJZER_QDRANT_API_KEY to one that may write."
        )
    if status == 404 and _GONE.search(content):
        return DataDirectoryError(
            f"The index on Qdrant at {address} is gone: another process has made it anew, or its collection was "
            "removed. Try again; where that does not help, start again what you run."
        )
    if status == 413:
        return MachineError(
            f"Qdrant at {address} takes no request of this size. Raise its service.max_request_size_mb to 32 or more."
        )
    if status == 507 or (status >= 500 and _NO_ROOM.search(content)):
        return MachineError(f"Qdrant at {address} has no room ({status}: {content}). Free some and try again.")
    if status == 429:
        return UnreachableError(f"Qdrant at {address} is too busy. Try again later.")
    return UnreachableError(f"Qdrant at {address} answers with a fault ({status}: {content}). See its log.")
