"""The zip file that a Word document is, the same for the same content."""

import io
import zipfile

_BEGINNING = (1980, 1, 1, 0, 0, 0)  # of the calendar of zip files


def without_times(content: bytes) -> bytes:
    """The same parts in the same order, none with the time at which it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _BEGINNING)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0
            target.writestr(part, source.read(name))
    return out.getvalue()
