"""What a page, or a fault in a library, can make of the process that draws it; each a `main` of it."""

import os
import sys
import time


def crash() -> None:
    os.abort()


def babble() -> None:
    os.write(1, b"\xff\x00 no page at all")


def lie() -> None:
    os.write(1, b'["many", 1, 1]\n')


def nest() -> None:
    os.write(1, b"[" * 100_000)


def silence() -> None:
    sys.exit(0)


def hang() -> None:
    time.sleep(600)


def tell_secret() -> None:
    os.write(1, b"[1, 1.0, 1.0]\n" + os.environ.get("BELEIDSWIJZER_QDRANT_API_KEY", "none").encode())
