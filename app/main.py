"""The command `beleidswijzer`."""

import os
import sys


def main() -> int:
    """Run the command of this process and return its exit code."""
    try:
        from app.cli import run  # takes a while, in which Ctrl-C is to end it as it does later

        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        return run(sys.argv[1:], os.environ, sys.stdout, sys.stderr)
    except KeyboardInterrupt:
        print("beleidswijzer: stopped", file=sys.stderr, flush=True)
        return 130


if __name__ == "__main__":
    sys.exit(main())
