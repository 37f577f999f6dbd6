"""A service that the browser visits, with the addresses of what stands in it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

import httpx

from tests.browser.papers import SILENT, TOPIC

_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Site:
    """A service that answers; `url` is without a slash at its end."""

    url: str

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, trust_env=False, timeout=30)

    def wait_until_ready(self) -> None:
        """Until its model is loaded."""
        deadline = time.monotonic() + _PATIENCE
        with self.client() as client:
            while client.get("/readyz").status_code != 200:
                assert time.monotonic() < deadline
                time.sleep(0.1)

    def asked_report(self, *topics: str, since: str | None = None) -> str:
        """The id of a report that was asked for."""
        order: dict[str, Any] = {"onderwerpen": list(topics), "formaat": "md", "titel": f"Over {topics[0]}"}
        with self.client() as client:
            got = client.post("/v1/rapporten", json=order | ({"sinds": since} if since else {}))
        assert got.status_code == 202, got.text
        return str(got.json()["id"])

    def made_report(self, *topics: str, since: str | None = None) -> str:
        """The id of a report that was asked for and made."""
        report = self.asked_report(*topics, since=since)
        deadline = time.monotonic() + _PATIENCE
        with self.client() as client:
            while client.get(f"/v1/rapporten/{report}").json()["staat"] != "klaar":
                assert time.monotonic() < deadline
                time.sleep(0.05)
        return report


@cache
def passage(site: Site, document: str, question: str = TOPIC) -> str:
    """The id of the first passage of a document that answers a question."""
    with site.client() as client:
        found = client.get("/v1/passages", params={"vraag": question, "document": document}).json()
    return str(found["passages"][0]["id"])


@cache
def report(site: Site) -> str:
    """The id of a report over two topics."""
    return site.made_report(TOPIC, SILENT)


@cache
def report_since(site: Site) -> str:
    """The id of a report that tells what changed since another."""
    return site.made_report(TOPIC, "speelplek", since=report(site))


@cache
def report_in_the_making(site: Site) -> str:
    """The id of a report of a service that never makes it."""
    return site.asked_report(TOPIC)


def address(path: str, **parameters: str | Sequence[str]) -> str:
    """A path with parameters."""
    return f"{path}?{urlencode(parameters, doseq=True, quote_via=quote)}"


def to_read(site: Site, document: str, **parameters: str) -> str:
    """The address of a document with a passage of it, and of the question that it answers."""
    found = passage(site, document, parameters.get("vraag", TOPIC))
    return address(f"/documenten/{document}", passage=found, **parameters)
