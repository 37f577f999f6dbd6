"""What a topics file can ask for, and what can be wrong with it."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.answer import MAX_QUESTION_CHARACTERS
from app.report.order import LONGEST_TITLE, Topic
from corpus.document import Municipality
from corpus.errors import UsageError


@dataclass(frozen=True, slots=True)
class TopicsFile:
    """What a topics file asks for; None or empty where it leaves that open."""

    topics: tuple[Topic, ...]
    title: str | None = None
    municipalities: tuple[Municipality, ...] = ()
    valid_on: date | None = None
    per_municipality: int | None = None


class Faults:
    """What is wrong with a topics file, each with its place, until all of it is told."""

    def __init__(self) -> None:
        self._told: list[str] = []

    def add(self, place: str, fault: str) -> None:
        self._told.append(f"{place} {fault}")

    def question(self, place: str, text: str) -> str | None:
        """A question or topic without the white space around it; None where it is empty or faulty."""
        stripped = text.strip()
        if not stripped:
            return None
        fault = question_fault(stripped)
        if fault is not None:
            self.add(place, fault)
        return None if fault is not None else stripped

    def line(self, place: str, text: str) -> str | None:
        """One line of text, as `question` does."""
        stripped = text.strip()
        fault = line_fault(stripped) if stripped else None
        if fault is not None:
            self.add(place, fault)
        return None if fault is not None or not stripped else stripped

    def finish(self, path: Path) -> None:
        """Raise UsageError with every fault."""
        if self._told:
            raise UsageError(f"topics file {path} cannot be used:\n" + "\n".join(f"- {fault}" for fault in self._told))


def question_fault(question: str) -> str | None:
    """What is wrong with a question or topic, or None: it takes 1 to 1,000 characters that are not all space.

    The same is refused over REST.
    """
    if not question.strip():
        return "is empty"
    if len(question) > MAX_QUESTION_CHARACTERS:
        return f"has {len(question)} characters, at most {MAX_QUESTION_CHARACTERS} can be asked"
    if any("\ud800" <= sign <= "\udfff" or sign == "\ufffd" for sign in question):
        return "is not valid UTF-8"
    if any(unicodedata.category(sign) == "Cc" and sign not in "\t\n\r" for sign in question):
        return "holds control characters"
    return None


def line_fault(text: str) -> str | None:
    """What is wrong with a title or the name of a group, or None: one line of at most 200 characters."""
    if not text.strip():
        return "is empty"
    if len(text) > LONGEST_TITLE:
        return f"has {len(text)} characters, at most {LONGEST_TITLE} fit"
    if any("\ud800" <= sign <= "\udfff" or sign == "\ufffd" for sign in text):
        return "is not valid UTF-8"
    if any(unicodedata.category(sign) == "Cc" for sign in text):
        return "holds control characters or a line end"
    return None
