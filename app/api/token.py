"""The token by which the other commands of this machine's user are known."""

import hmac

from starlette.requests import Request

from app.api.ingest_lines import TOKEN_HEADER


def has_token(request: Request) -> bool:
    """Whether a request shows the token of this service."""
    given = request.headers.get(TOKEN_HEADER, "")
    token: str = request.app.state.token
    return hmac.compare_digest(given.encode(), token.encode())
