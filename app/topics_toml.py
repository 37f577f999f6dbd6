"""Topics as TOML: topics with questions of their own, in groups, and what else a report can be asked.

    titel = "Jeugd en onderwijs"
    gemeenten = ["Utrecht", "GM0362"]
    geldig_op = 2026-01-01
    per_gemeente = 2
    onderwerpen = ["conflictscheidingen", {onderwerp = "Wachttijd", vraag = "wachttijden jeugdhulp"}]

    [[groep]]
    naam = "Onderwijs"
    onderwerpen = ["schoolverzuim"]

Every key may be left out, but not every topic.
"""

import difflib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.report.order import Topic
from app.topics_file import Faults, TopicsFile
from corpus.document import Municipality
from corpus.errors import UsageError
from corpus.municipalities import load_municipalities

_TOPICS, _GROUPS = "onderwerpen", "groep"
_KEYS = (_TOPICS, _GROUPS, "titel", "gemeenten", "geldig_op", "per_gemeente")
_GROUP_KEYS = ("naam", _TOPICS)
_TOPIC_KEYS = ("onderwerp", "vraag", "groep")
_LIST = f'write {_TOPICS} = ["...", "..."]'


def topics_of_toml(path: Path, text: str, faults: Faults) -> TopicsFile:
    """What a file asks for; UsageError where it is not TOML."""
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"topics file {path}: not TOML: {error}; {_LIST}") from error
    _refuse_unknown(content, _KEYS, "", faults)
    if _TOPICS not in content and _GROUPS not in content:
        faults.add("the file", f"has no list of texts {_TOPICS!r}; {_LIST}")
    return TopicsFile(
        topics=(*_topics(content.get(_TOPICS, []), "", None, faults), *_groups(content.get(_GROUPS, []), faults)),
        title=_line(content, "titel", "", faults),
        municipalities=_municipalities(content.get("gemeenten", []), faults),
        valid_on=_valid_on(content.get("geldig_op"), faults),
        per_municipality=_per_municipality(content.get("per_gemeente"), faults),
    )


def _groups(given: object, faults: Faults) -> Iterator[Topic]:
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        faults.add(_GROUPS, f'is no table; write [[{_GROUPS}]] with naam = "..." and {_TOPICS} = ["..."] under it')
        return
    for number, group in enumerate(given, start=1):
        place = f"{_GROUPS} {number}"
        _refuse_unknown(group, _GROUP_KEYS, f"{place}, ", faults)
        name = _line(group, "naam", f"{place}, ", faults)
        if "naam" not in group:
            faults.add(place, "has no naam")
        yield from _topics(group.get(_TOPICS, []), f"{place}, ", name, faults)


def _topics(given: object, prefix: str, group: str | None, faults: Faults) -> Iterator[Topic]:
    if not isinstance(given, list):
        faults.add(f"{prefix}{_TOPICS}", f"is no list; {_LIST}")
        return
    for number, value in enumerate(given, start=1):
        place = f"{prefix}topic {number}"
        if isinstance(value, str):
            name = faults.question(place, value)
            if name is not None:
                yield Topic(name, None, group)
        elif isinstance(value, dict):
            topic = _topic(value, place, group, faults)
            if topic is not None:
                yield topic
        else:
            faults.add(place, f'is no text of {_TOPICS}; write "..." or {{onderwerp = "...", vraag = "..."}}')


def _topic(given: Mapping[str, Any], place: str, group: str | None, faults: Faults) -> Topic | None:
    _refuse_unknown(given, _TOPIC_KEYS, f"{place}, ", faults)
    values = {key: given.get(key, "") for key in _TOPIC_KEYS}
    for key, value in values.items():
        if not isinstance(value, str):
            faults.add(f"{place}, {key}", "is no text")
            return None
    name = faults.question(place, values["onderwerp"])
    question = faults.question(f"{place}, vraag", values["vraag"])
    own_group = faults.line(f"{place}, groep", values["groep"])
    if not values["onderwerp"].strip():
        faults.add(place, "has no onderwerp")
    return None if name is None else Topic(name, question, own_group or group)


def _line(given: Mapping[str, Any], key: str, prefix: str, faults: Faults) -> str | None:
    value = given.get(key, "")
    if not isinstance(value, str):
        faults.add(f"{prefix}{key}", "is no text")
        return None
    if key in given and not value.strip():
        faults.add(f"{prefix}{key}", "is empty")
    return faults.line(f"{prefix}{key}", value)


def _municipalities(given: object, faults: Faults) -> tuple[Municipality, ...]:
    if not isinstance(given, list):
        faults.add("gemeenten", 'is no list; write gemeenten = ["Utrecht", "GM0362"]')
        return ()
    found: dict[Municipality, None] = {}
    for number, value in enumerate(given, start=1):
        try:
            if not isinstance(value, str):
                raise UsageError("is no text")
            found[load_municipalities().find(value)] = None
        except UsageError as error:
            faults.add(f"gemeenten, number {number}:", str(error))
    return tuple(found)


def _valid_on(value: object, faults: Faults) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            pass
    if value is not None:
        faults.add("geldig_op", "is no date; write geldig_op = 2026-03-01")
    return None


def _per_municipality(value: object, faults: Faults) -> int | None:
    if value is None or (type(value) is int and 1 <= value <= 10):
        return value
    faults.add("per_gemeente", "is no whole number from 1 to 10")
    return None


def _refuse_unknown(given: Mapping[str, object], known: Sequence[str], prefix: str, faults: Faults) -> None:
    for key in given:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"is it {near[0]!r}?" if near else f"known are {', '.join(known)}"
            faults.add(f"{prefix}unknown key {key[:100]!r}:", hint)
