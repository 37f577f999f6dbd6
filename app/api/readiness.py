"""Whether the service can answer: the model is loaded once, beside the event loop, while /healthz already answers."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from app.api.problems import NotLoadedError, NotReadyError
from app.faults import trace_of
from corpus.errors import BeleidswijzerError

LOGGER = logging.getLogger("beleidswijzer.api")


class Readiness:
    """The loading of the model: under way, done, or failed with `failure`."""

    def __init__(self, load: Callable[[], None], on_failure: Callable[[Exception], None]) -> None:
        self._load = load
        self._on_failure = on_failure
        self._loaded = False
        self.failure: Exception | None = None

    def require(self) -> None:
        """NotReadyError while the model is being loaded, NotLoadedError where it could not be."""
        if self.failure is not None:
            raise NotLoadedError(f"Het model kan niet geladen worden: {_reason(self.failure)}") from self.failure
        if not self._loaded:
            raise NotReadyError

    @asynccontextmanager
    async def loading(self) -> AsyncIterator[None]:
        """Load for as long as this lasts; at the end the loading thread is waited for."""
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            await task

    async def _run(self) -> None:
        try:
            await asyncio.to_thread(self._load)
        except Exception as error:  # noqa: BLE001 - whatever it is, readyz tells it and `on_failure` stops the service
            self.failure = error
            LOGGER.error("the model cannot be loaded: %s", _told(error))
            self._on_failure(error)
        else:
            self._loaded = True


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, BeleidswijzerError) else type(error).__name__


def _told(error: Exception) -> str:
    """What the log gets: an error of ours says enough itself, of another it is told where it was raised."""
    return str(error) if isinstance(error, BeleidswijzerError) else trace_of(error)
