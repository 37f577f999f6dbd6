"""What decides, beside the bytes of a file, whether it can be read."""

import functools
import hashlib
import json
from dataclasses import asdict
from importlib.metadata import version

from ingest.limits import Limits
from ingest.read import PARSERS

_RULES = "refuse 1"  # to be raised where other files are refused than before, by parsers of the same versions
_LIBRARIES = ("lxml", "pypdf", "pypdfium2")


@functools.cache
def fingerprint(limits: Limits, recognises: bool) -> str:
    """The sha256, in hex, of parsers, their libraries, limits and whether pages go through text recognition."""
    libraries = [(name, version(name)) for name in _LIBRARIES]
    parts = (_RULES, sorted(PARSERS), libraries, asdict(limits), recognises)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
