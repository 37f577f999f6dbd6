"""The command `beleidswijzer`."""

import os
import sys

from app.cli import run


def main() -> int:
    """Run the command of this process and return its exit code."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    return run(sys.argv[1:], os.environ, sys.stdout, sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
