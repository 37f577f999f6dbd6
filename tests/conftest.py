"""Options of the tests, and how Hypothesis searches."""

import os

import pytest
from hypothesis import settings

# No deadline: these machines are shared. In CI the same examples every time, elsewhere new ones.
settings.register_profile("shared-machine", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("shared-machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    """How often the kill test kills an ingest; more finds rarer moments."""
    parser.addoption("--kills", type=int, default=30, metavar="N", help="SIGKILLs of a running ingest (default 30)")
