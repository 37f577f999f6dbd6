"""Why a file cannot become a document: of a kind, with the values that its sentences name."""

import errno
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Self

from corpus.reading_words import READING_WORDS
from corpus.reason_words import WORDS
from corpus.sidecar_words import SIDECAR_WORDS
from corpus.why import Why

__all__ = ["Reason", "Why", "because", "of_system"]

_SENTENCES = {**WORDS, **READING_WORDS, **SIDECAR_WORDS}
_NO_TEXT = re.compile("[\0\ud800-\udfff]")  # what neither UTF-8 nor a database can hold
_LONGEST_VALUE = 200  # characters of a value that travels between processes
_PASSING = frozenset(
    {
        Why.GONE,
        Why.FORBIDDEN,
        Why.UNREADABLE,
        Why.NO_FILE,
        Why.ENDED_BY_SIGNAL,
        Why.ENDED_WITH_CODE,
        Why.READER_FAILED,
        Why.SIDECAR,
    }
)
_OF_SYSTEM = {
    errno.ENOENT: Why.GONE,
    errno.ENOTDIR: Why.GONE,
    errno.EACCES: Why.FORBIDDEN,
    errno.EPERM: Why.FORBIDDEN,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; make it with `because`. Both sentences hold the remedy, `english` follows the name of the file."""

    why: Why
    values: Mapping[str, str | int]

    @property
    def is_lasting(self) -> bool:
        """Whether it lies in the file, so that it holds as long as neither the file nor what reads it changes."""
        return self.why not in _PASSING

    @property
    def english(self) -> str:
        """For logs and messages of errors."""
        return _SENTENCES[self.why][0].format(**{name: _english(value) for name, value in self.values.items()})

    @property
    def dutch(self) -> str:
        """For whoever reads a page, a report or a console."""
        return _SENTENCES[self.why][1].format(**{name: _dutch(name, value) for name, value in self.values.items()})

    def as_json(self) -> bytes:
        """This as it travels between processes; long values are cut off."""
        cut = {name: value[:_LONGEST_VALUE] if isinstance(value, str) else value for name, value in self.values.items()}
        return json.dumps([self.why, cut]).encode()

    @classmethod
    def from_json(cls, content: bytes) -> Self:
        """The reason in JSON that may be of anybody's making; ValueError where it is not one."""
        try:
            kind, values = json.loads(content)
            why = Why(kind)
        except (TypeError, RecursionError) as error:
            raise ValueError("no kind with its values") from error
        if not isinstance(values, dict) or values.keys() != fields_of(why):
            raise ValueError(f"no values of {why}")
        if not all(type(value) in (str, int) for value in values.values()):
            raise ValueError(f"values of {why} that are neither texts nor numbers")
        return cls(why, {name: _clean(value) for name, value in values.items()})


def because(why: Why, **values: str | int) -> Reason:
    """A reason with the values that its sentences ask for; what is no text in them becomes replacement characters."""
    return Reason(why, {name: _clean(value) for name, value in values.items()})


def of_system(error: OSError) -> Reason:
    """Why a file could not be opened or read."""
    why = _OF_SYSTEM.get(error.errno or 0, Why.UNREADABLE)
    told = error.strerror or type(error).__name__
    return because(why, error=told, number=error.errno or 0) if why is Why.UNREADABLE else because(why, error=told)


def fields_of(why: Why) -> frozenset[str]:
    """The values that the sentences of a kind ask for."""
    return frozenset(
        name for words in _SENTENCES[why] for _, name, _, _ in Formatter().parse(words) if name is not None
    )


def _clean(value: str | int) -> str | int:
    return _NO_TEXT.sub("\ufffd", value) if isinstance(value, str) else value


def _english(value: str | int) -> str:
    return value if isinstance(value, str) else f"{value:,}"


def _dutch(name: str, value: str | int) -> str:
    """A number as it is written in Dutch; one of pages with its noun."""
    if isinstance(value, str):
        return value
    number = f"{value:,}".replace(",", ".")
    if name != "pages":
        return number
    return f"{number} pagina" if value == 1 else f"{number} pagina's"
