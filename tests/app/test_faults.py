"""A fault in a log: where and of what type, never what it says."""

import io
import logging

from app.faults import FaultFormatter, trace_of

SECRET = "zeergeheimevraag"


def fail(text: str) -> None:
    try:
        raise KeyError(text)
    except KeyError as error:
        raise RuntimeError(f"about {text}") from error


def test_a_trace_has_types_and_frames_but_no_message() -> None:
    try:
        fail(SECRET)
    except RuntimeError as error:
        trace = trace_of(error)
    assert SECRET not in trace
    first, _, second = trace.partition("\nwhich led to\n")
    assert first.startswith("builtins.KeyError\n")
    assert second.startswith("builtins.RuntimeError\n")
    assert "in fail\n" in first
    assert "in test_a_trace_has_types_and_frames_but_no_message\n" in second


def test_a_cause_that_was_hidden_stays_hidden() -> None:
    hidden, shown = RuntimeError(), RuntimeError()
    hidden.__context__ = shown.__context__ = KeyError()
    hidden.__suppress_context__ = True
    assert (trace_of(hidden), trace_of(shown)) == (
        "builtins.RuntimeError",
        "builtins.KeyError\nwhich led to\nbuiltins.RuntimeError",
    )


def test_a_logged_exception_has_no_message() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(FaultFormatter("%(levelname)s %(message)s"))
    logger = logging.Logger("library")
    logger.addHandler(handler)
    try:
        fail(SECRET)
    except RuntimeError:
        logger.exception("it failed")
    assert SECRET not in stream.getvalue()
    assert stream.getvalue().startswith("ERROR it failed\nbuiltins.KeyError\n")
