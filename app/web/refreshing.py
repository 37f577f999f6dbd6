"""Whether a page that follows work loads itself anew where there are no scripts; who reads slowly can turn that off.

Success criterion 2.2.1 of WCAG asks for that. With scripts only what changes is replaced.
"""

from starlette.requests import Request

from app.api.parameters import choice
from app.api.query import FormQuery, Single

_OFF: Single[str | None] = Single("verversen", "uit", {"type": "string"}, False, None, choice(("uit",)))


def refreshes(request: Request) -> bool:
    """What the address asks for; InvalidParametersError for anything else in it."""
    query = FormQuery(request)
    off = query.one(_OFF)
    query.finish()
    return off is None
