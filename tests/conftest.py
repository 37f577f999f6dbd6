"""Options of the tests."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """How often the kill test kills an ingest; more finds rarer moments."""
    parser.addoption("--kills", type=int, default=30, metavar="N", help="SIGKILLs of a running ingest (default 30)")
