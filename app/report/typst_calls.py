"""Every call of typst, which sets text in type; it is given data, never markup made of texts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Literal

from corpus.errors import MachineError

_LACKS_SIGNS = "could not be displayed with font"


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture of `ppi` pixels an inch."""

    form: Literal["png", "svg"]
    ppi: float


@dataclass(frozen=True, slots=True)
class Pages:
    """A tagged PDF that says it was made at this moment."""

    made_at: datetime


@cache
def template(name: str) -> str:
    """A template of this package."""
    return files("app.report").joinpath("templates", name).read_text(encoding="utf-8")


def compiled(source: str, data: Mapping[str, object], kind: Drawing | Pages) -> bytes:
    """What typst makes of a source that reads `data` from sys.inputs.data (JSON), with its own fonts only.

    The same source and data give the same bytes. A PDF follows PDF/UA-1; where a text holds signs that the fonts lack,
    which that standard does not allow, it is tagged all the same but does not claim it, and keeps the signs as text.
    Raises MachineError where typst refuses.
    """
    import typst

    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    content = source.encode()

    def pages(made_at: datetime, standard: Literal["ua-1"] | None) -> bytes:
        return typst.compile(
            content,
            format="pdf",
            pdf_standards=standard,
            timestamp=made_at,
            ignore_system_fonts=True,
            sys_inputs=inputs,
        )

    try:
        if isinstance(kind, Drawing):
            return typst.compile(content, format=kind.form, ppi=kind.ppi, ignore_system_fonts=True, sys_inputs=inputs)
        try:
            return pages(kind.made_at, "ua-1")
        except typst.TypstError as error:
            if _LACKS_SIGNS not in str(error):
                raise
            return pages(kind.made_at, None)
    except typst.TypstError as error:
        raise MachineError(
            f"the report could not be set in type: {error}; choose another format, such as html, and report this"
        ) from error
