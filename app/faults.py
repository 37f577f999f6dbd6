"""A fault as a log may hold it: its type and where it was raised, never its message.

A message or a local value may hold what a user asked; no log does. The formatter keeps that promise for every record,
those of libraries included.
"""

import logging
import traceback
from types import TracebackType


def trace_of(error: BaseException) -> str:
    """Types and frames of an error and what caused it, the cause first."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = f"{trace_of(cause)}\nwhich led to\n" if cause is not None else ""
    frames = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    return f"{before}{type(error).__module__}.{type(error).__qualname__}\n{frames}".rstrip()


class FaultFormatter(logging.Formatter):
    """Formats a record as logging does, but an exception without its message."""

    def formatException(  # noqa: N802 - the name that logging calls
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return trace_of(ei[1]) if ei[1] is not None else ""
