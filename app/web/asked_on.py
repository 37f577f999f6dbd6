"""The page on which a verdict was read: a search or a comparison, with what it was asked apart from the question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request

from app.api import parameters as given
from app.api.query import MAX_REPEATS, Given, InvalidParametersError, Repeated, Single
from app.web.comparison_asked import PAGE, split
from corpus.errors import UsageError
from corpus.municipalities import load_municipalities

SEARCH = "/"
_FILTERS: tuple[Single[Any], ...] = (given.KIND, given.STATUS, given.VALID_ON, given.PERIOD_FROM, given.PERIOD_TO)
_TOPICS = Repeated(given.TOPIC.name, given.TOPIC.description)
_SHOWN = ("alleen", "volgorde", "uitwerking")  # of a comparison: how it is looked at
_LOOK = re.compile(r"[a-z0-9-]{1,20}")
_LONGEST = 10_000
_LONGEST_TOPICS = 500  # characters, since a page repeats them beside each of its verdicts
_MOST_MUNICIPALITIES = 40  # for the same reason
_NO_PAGE = "is geen zoekopdracht of vergelijking van deze dienst"


@dataclass(frozen=True, slots=True)
class AskedOn:
    """A page that was asked something.

    `filters` are by the names of the wire. `municipalities` are codes, or none where they would be too many to repeat:
    they tell who gets a verdict, and change none. `topics` are all those of a comparison, or none where they would be
    too long to repeat; `shown` tells how it was looked at.
    """

    path: str = SEARCH
    filters: Mapping[str, str] = field(default_factory=dict)
    municipalities: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    shown: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, request: Request) -> "AskedOn":
        """What the request for a page asks; that must have been found right."""
        asked = request.query_params
        topics = split("\n".join(asked.getlist(_TOPICS.name)))
        municipalities = tuple(filter(None, asked.getlist(given.MUNICIPALITY.name)))
        return cls(
            request.url.path,
            {each.name: asked[each.name] for each in _FILTERS if asked.get(each.name)},
            municipalities if len(municipalities) <= _MOST_MUNICIPALITIES else (),
            topics if sum(map(len, topics)) <= _LONGEST_TOPICS else (),
            {name: asked[name] for name in _SHOWN if topics and asked.get(name)},
        )

    @classmethod
    def read(cls, text: str) -> "AskedOn":
        """What `str` of another gave, whoever sends it now; UsageError where it cannot be."""
        try:
            parts = urlsplit(text)
            pairs = parse_qsl(parts.query, errors="strict", max_num_fields=2 * MAX_REPEATS)
        except ValueError as error:
            raise UsageError(_NO_PAGE) from error
        if len(text) > _LONGEST or parts.scheme or parts.netloc or parts.path not in (SEARCH, PAGE):
            raise UsageError(_NO_PAGE)
        others = [pair for pair in pairs if pair[0] != _TOPICS.name]
        topics = split("\n".join(value for name, value in pairs if name == _TOPICS.name))
        query = Given([*others, *((_TOPICS.name, topic) for topic in topics)])
        filters = {each.name: dict(pairs)[each.name] for each in _FILTERS if query.one(each) is not None}
        municipalities = query.each(given.MUNICIPALITY, given.municipality_of(load_municipalities()))
        query.each(_TOPICS, given.question_text)
        shown = {name: value for name in _SHOWN if (value := query.one(_look(name)))}
        try:
            query.finish()
        except InvalidParametersError as error:
            raise UsageError(_NO_PAGE) from error
        return cls(parts.path, filters, tuple(each.code for each in municipalities), topics, shown)

    def __str__(self) -> str:
        """Its address without the question of a search."""
        return self._address([(_TOPICS.name, "\n".join(self.topics))] if self.topics else [])

    def address(self, question: str) -> str:
        """Where that page is found again, with this question among what it is asked."""
        if self.path == SEARCH:
            return self._address([(given.QUESTION.name, question)])
        return self._address([(_TOPICS.name, "\n".join(self.topics) or question)])

    @property
    def back_words(self) -> str:
        """What the way back to it is called."""
        return "Terug naar de vergelijking" if self.path == PAGE else "Terug naar de zoekresultaten"

    def beside(self, address: str) -> str:
        """An address that tells this page as well."""
        return f"{address}?{urlencode([('bij', str(self))])}"

    def narrowed_by(self, filters: Mapping[str, str]) -> "AskedOn":
        """This page with other filters."""
        return replace(self, filters=filters)

    def _address(self, asked: list[tuple[str, str]]) -> str:
        asked += [(given.MUNICIPALITY.name, code) for code in self.municipalities]
        query = urlencode([*asked, *self.filters.items(), *self.shown.items()])
        return f"{self.path}?{query}" if query else self.path


def _look(name: str) -> Single[str]:
    def read(value: str) -> str:
        if not _LOOK.fullmatch(value):
            raise UsageError(_NO_PAGE)
        return value

    return Single(name, "", {"type": "string"}, False, "", read)


ASKED_ON: Single[AskedOn] = Single(
    "bij", "De bladzijde van herkomst.", {"type": "string"}, False, AskedOn(), AskedOn.read
)
"""The page that a form or an address comes from."""
