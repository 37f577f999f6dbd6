"""Write docs/openapi.json anew: python -m app.api.write_description docs/openapi.json."""

import sys
from pathlib import Path

from app.api.application import ROUTERS
from app.api.description import as_text


def written() -> str:
    """The description as it stands in the repository."""
    return as_text([route for router in ROUTERS for route in router.routes])


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(written(), encoding="utf-8", newline="\n")
