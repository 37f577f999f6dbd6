"""Where a request comes from: documents are changed from this machine itself only, and nothing by a foreign page."""

import re
from collections.abc import Collection
from ipaddress import IPv6Address, ip_address

from starlette.requests import Request

from app.api.problems import ForbiddenError

_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_ONLY_HERE = "Dit kan alleen vanaf de machine waarop de dienst draait."
_ONLY_OWN_PAGE = "Dit formulier komt van een andere site. Open de pagina van deze dienst en vul het daar in."
_SAME_SITE = "same-origin"
_OWN_SITE = (_SAME_SITE, "none")
_HOST = re.compile(r"(?:\[(?P<bracketed>[0-9A-Fa-f:.]+)\]|(?P<plain>[0-9A-Za-z.]+))(?::[0-9]{1,5})?")


def from_this_machine(request: Request) -> None:
    """ForbiddenError unless the request was made on this machine, to this machine, and by no proxy or foreign page.

    The peer must be loopback, or the very address that it connected to. The Host must be an address or "localhost":
    a page of another site whose name was pointed at this machine sends its own name. A browser that sends for a page
    says of which site: it must be this one.
    """
    if not (is_on_this_machine(request) and _own_page(request)):
        raise ForbiddenError(_ONLY_HERE)


def from_own_page(request: Request) -> None:
    """ForbiddenError where a page of another site sent this, whatever machine it was opened on.

    What browsers say of that page no page can change. Where they say that it is the same site, that is enough: a proxy
    in front of the service may speak HTTPS, or send another Host. Older ones only say from which origin.
    """
    hosts, sites = request.headers.getlist("host"), request.headers.getlist("sec-fetch-site")
    own = [f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts]
    if sites != [_SAME_SITE] and (len(hosts) != 1 or not _sent_by(request, own)):
        raise ForbiddenError(_ONLY_OWN_PAGE)


def on_this_machine(request: Request) -> None:
    """As `from_this_machine`, whatever page a link stands on: for pages to look at, which that page cannot read."""
    if not is_on_this_machine(request):
        raise ForbiddenError(_ONLY_HERE)


def is_on_this_machine(request: Request) -> bool:
    """Whether a request was made on this machine, to this machine, and by no proxy."""
    forwarded = any(name in request.headers for name in _FORWARDED)
    return not forwarded and _same_machine(request) and _own_name(request)


def _same_machine(request: Request) -> bool:
    if request.client is None:
        return False
    server = request.scope.get("server")
    return _is_loopback(request.client.host) or (server is not None and request.client.host == server[0])


def _own_name(request: Request) -> bool:
    """Whether the one Host header is an address or "localhost"; read here, since a URL library forgives too much."""
    hosts = request.headers.getlist("host")
    named = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
    if named is None:
        return False
    if named["bracketed"] is not None:
        return ":" in named["bracketed"] and _is_address(named["bracketed"])
    return named["plain"].lower() == "localhost" or _is_address(named["plain"])


def _own_page(request: Request) -> bool:
    """Whether no page sent this, or one of this very service."""
    return _sent_by(request, [f"{request.scope.get('scheme', 'http')}://{request.headers['host']}"])


def _sent_by(request: Request, own: Collection[str]) -> bool:
    """Whether no page sent this, or one of these origins (https://www.w3.org/TR/fetch-metadata/)."""
    sites, origins = request.headers.getlist("sec-fetch-site"), request.headers.getlist("origin")
    return all(site in _OWN_SITE for site in sites) and all(origin in own for origin in origins)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    if not _is_address(host):
        return False
    address = ip_address(host)
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback
