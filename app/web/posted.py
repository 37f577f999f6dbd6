"""The fields of a form without files, as a browser posts it."""

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends
from starlette.requests import ClientDisconnect, Request

from app.api.problems import FormError, TooLargeError, UnsupportedTypeError

MOST_BYTES = 2_000_000
_MOST_FIELDS = 1000
_TYPE = "application/x-www-form-urlencoded"


async def _posted(request: Request) -> tuple[tuple[str, str], ...]:
    """Names and values in their order, lines ended by \\n; FormError, TooLargeError, UnsupportedTypeError."""
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != _TYPE:
        raise UnsupportedTypeError(f"Stuur het formulier als {_TYPE}, zoals een browser doet.")
    content = bytearray()
    try:
        async for chunk in request.stream():
            content += chunk
            if len(content) > MOST_BYTES:
                raise TooLargeError(f"Het formulier is groter dan {MOST_BYTES // 1_000_000} MB.")
        fields = parse_qsl(
            content.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ClientDisconnect as error:
        raise FormError("De verbinding is verbroken voor het formulier er was.") from error
    except ValueError as error:
        raise FormError("Het formulier is niet leesbaar; open de pagina opnieuw en vul het nog eens in.") from error
    return tuple((name, value.replace("\r\n", "\n")) for name, value in fields)


Posted = Annotated[tuple[tuple[str, str], ...], Depends(_posted)]
"""The fields of the form that came in."""
