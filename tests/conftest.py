"""Options of the tests, and how Hypothesis searches."""

import os

import pytest
from hypothesis import settings

# No deadline: these machines are shared. In CI the same examples every time, elsewhere new ones.
settings.register_profile("shared-machine", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("shared-machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    """How often the kill test kills an ingest, and how many copies the fuzz test reads; more finds rarer faults."""
    parser.addoption("--kills", type=int, default=30, metavar="N", help="SIGKILLs of a running ingest (default 30)")
    parser.addoption("--copies", type=int, default=2000, metavar="N", help="damaged files to read (default 2000)")
