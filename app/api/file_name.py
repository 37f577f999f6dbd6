"""The name of a file as people gave it: something to show, never a path."""

import re
from pathlib import PurePosixPath

_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f"\\/:*?<>|\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_MOST = 150


def plain_name(name: str) -> str:
    """The last part of a name, without what a file system or a terminal would act on, its ending kept where it is cut.

    "document" where nothing is left.
    """
    safe = _UNSAFE.sub("_", PurePosixPath(name.replace("\\", "/")).name).strip(" .")
    if len(safe) > _MOST:
        ending = PurePosixPath(safe).suffix
        ending = ending if len(ending) <= 10 else ""
        safe = safe[: _MOST - len(ending)].rstrip(" .") + ending
    return safe or "document"
