"""A report as one web page: no script, nothing from elsewhere, to be read on any screen and printed."""

import base64
from functools import cache
from typing import TYPE_CHECKING

from app.api.report_bodies import RunBody
from app.report.contents_of import contents_of
from app.report.heat_map import heat_map_svg
from app.report.matrix import Matrix

if TYPE_CHECKING:
    from jinja2 import Template

_PRINTED = 6
_PICTURED = 10
# What HTML cannot hold even as a reference: controls but tab and line ends, surrogates and the two last of each plane.
_UNHOLDABLE = dict.fromkeys([*range(9), 11, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000)], "\ufffd")


def web_page(run: RunBody) -> bytes:
    """The report as HTML (UTF-8); the same run gives the same bytes.

    A quote is the whole text of an element of class "quote", white space included; a character that HTML cannot hold,
    which no canonical text has, is shown as a replacement character.
    """
    contents = contents_of(run)
    page = _template().render(
        contents=contents,
        printed=contents.matrix.blocks(_PRINTED),
        pictures=[_picture(block) for block in contents.matrix.blocks(_PICTURED)],
    )
    return page.encode()


def _picture(matrix: Matrix) -> dict[str, str]:
    drawn = base64.b64encode(heat_map_svg(matrix)).decode()
    return {"source": f"data:image/svg+xml;base64,{drawn}", "words": matrix.summary()}


def held(text: str) -> str:
    """The text as HTML can hold it; a parser gives back the same, also a carriage return."""
    from markupsafe import Markup, escape

    return Markup(str(escape(text.translate(_UNHOLDABLE))).replace("\r", "&#13;"))


@cache
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("app.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalized,
    )
    return environment.get_template("web_page.html")


def _finalized(value: object) -> object:
    return held(value) if type(value) is str else value
