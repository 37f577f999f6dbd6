"""Every error that Beleidswijzer raises on purpose; each message names the value at fault and the remedy.

BeleidswijzerError
├── UsageError              wrong use: a value that cannot be right             (exit 2, HTTP 400)
│   ├── SettingsError       a setting from the environment
│   ├── CatalogueError      a catalogue or sidecar; lists every fault
│   ├── ModelError          a model that does not exist, cannot load or does not fit
│   └── DataDirectoryError  a data directory of another version or model, or read-only
├── NotFoundError           an id that is not there                             (exit 2, HTTP 404)
├── CancelledError          a task that was broken off on request, for what was doing it
├── DocumentError           one document that cannot be read                    (exit 1)
├── HeldError               the index is held by another process                (exit 3)
├── UnreachableError        a service or server does not answer                 (exit 4, HTTP 503)
└── MachineError            no room, or another fault of the machine            (exit 5, HTTP 507)
"""

from collections.abc import Sequence

from corpus.reason import Reason


class BeleidswijzerError(Exception):
    """The root of the tree; `str(error)` is the message for the user."""


class UsageError(BeleidswijzerError):
    """A value that cannot be right."""


class SettingsError(UsageError):
    """A setting from the environment that is unknown or has a bad value."""


class CatalogueError(UsageError):
    """A catalogue that cannot be used, with all its faults at once; `reasons` are those of one document."""

    def __init__(self, source: str, faults: Sequence[str], reasons: Sequence[Reason] = ()) -> None:
        self.source = source
        self.faults = tuple(faults)
        self.reasons = tuple(reasons)
        super().__init__(f"{source} cannot be used:\n" + "\n".join(f"- {fault}" for fault in self.faults))


class ModelError(UsageError):
    """An embedding model that does not exist, cannot be loaded or does not fit the index."""


class DataDirectoryError(UsageError):
    """A data directory that is read-only, or was made by another version or model."""


class NotFoundError(BeleidswijzerError):
    """A document, passage or municipality id that is not there."""


class DocumentError(BeleidswijzerError):
    """One document that cannot be read; the others go on. `name` is that of its file, as messages call it."""

    def __init__(self, name: str, reason: Reason) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"{name} {reason.english}")


class CancelledError(BeleidswijzerError):
    """A task that was broken off on request: nothing may come of it any more."""


class HeldError(BeleidswijzerError):
    """The embedded index is held by another process that cannot be reached."""


class UnreachableError(BeleidswijzerError):
    """A service or server that does not answer, or answers with a fault of its own."""


class MachineError(BeleidswijzerError):
    """No room on disk, or another fault of the machine."""
