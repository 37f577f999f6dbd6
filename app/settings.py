"""The settings, read from the environment once and checked before anything starts."""

import difflib
import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import urlsplit

from corpus.errors import SettingsError
from corpus.stored import Generation
from embeddings.cache_directory import default_cache_dir

PREFIX = "BELEIDSWIJZER_"
DEFAULT_DATA_DIR = "data"
DEFAULT_MODEL = "packaged"
NAMES = (
    "DATA_DIR",
    "CACHE_DIR",
    "EMBEDDING_MODEL",
    "LATE_INTERACTION",
    "OCR",
    "QDRANT_URL",
    "QDRANT_API_KEY",
    "DATABASE_URL",
    "API_KEYS_REQUIRED",
)
_BACKENDS = ("sqlite", "postgresql")
_DATABASE = re.compile(r"(?P<backend>[a-z][a-z0-9_]*)(\+[a-z0-9_]+)?://(?P<place>[^?]*)(\?.*)?")
_YES = frozenset({"1", "true", "yes", "on", "ja"})
_NO = frozenset({"0", "false", "no", "off", "nee"})

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its value; None is unset.

    `embedding_model` is "packaged" or a sentence-transformers name or path; with `late_interaction` the index keeps
    the vectors of its tokens too, for a second stage of the search. With `ocr` pages without usable text go through
    text recognition, where that is installed. Without `qdrant_url` the index is embedded in `data_dir`; without
    `database_url` the register is a SQLite file in `data_dir`.
    """

    data_dir: Path
    cache_dir: Path
    embedding_model: str
    late_interaction: bool
    ocr: bool
    qdrant_url: str | None
    qdrant_api_key: str | None = field(repr=False)
    database_url: str | None = field(repr=False)
    api_keys_required: bool

    def uses_tokens(self, generation: Generation) -> bool:
        """Whether an index is searched with its token vectors."""
        return self.late_interaction and generation.has_tokens

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """The settings of these variables; an empty one counts as unset.

        Raises SettingsError that lists every unknown variable and every bad value at once. Secrets are never shown.
        """
        reading = _Reading(environ)
        settings = cls(
            data_dir=reading.value("DATA_DIR", _folder) or Path(DEFAULT_DATA_DIR).absolute(),
            cache_dir=reading.value("CACHE_DIR", _folder) or default_cache_dir(environ),
            embedding_model=reading.value("EMBEDDING_MODEL", _model) or DEFAULT_MODEL,
            late_interaction=reading.value("LATE_INTERACTION", _yes_or_no) is not False,
            ocr=reading.value("OCR", _yes_or_no) is not False,
            qdrant_url=reading.value("QDRANT_URL", _web_address),
            qdrant_api_key=reading.value("QDRANT_API_KEY", _header_value),
            database_url=reading.value("DATABASE_URL", _database),
            api_keys_required=reading.value("API_KEYS_REQUIRED", _api_keys) or False,
        )
        if reading.is_set("QDRANT_API_KEY") and not reading.is_set("QDRANT_URL"):
            reading.faults.append(f"{PREFIX}QDRANT_API_KEY is set, but {PREFIX}QDRANT_URL is not: set both or neither")
        reading.finish()
        return settings


class _Reading:
    """One pass over the environment that collects faults."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        ours = {name: value for name, value in environ.items() if name.upper().startswith(PREFIX)}
        self._values = {name.removeprefix(PREFIX): value for name, value in ours.items() if value.strip()}
        self.faults = [_unknown(name) for name in sorted(ours) if name.removeprefix(PREFIX) not in NAMES]

    def is_set(self, name: str) -> bool:
        return name in self._values

    def value(self, name: str, convert: Callable[[str], _Value]) -> _Value | None:
        if name not in self._values:
            return None
        try:
            return convert(self._values[name])
        except SettingsError as error:
            self.faults.append(f"{PREFIX}{name} {error}")
            return None

    def finish(self) -> None:
        if len(self.faults) == 1:
            raise SettingsError(self.faults[0])
        if self.faults:
            raise SettingsError("the settings cannot be used:\n" + "\n".join(f"- {fault}" for fault in self.faults))


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name[len(PREFIX) :].upper(), NAMES, n=1, cutoff=0.75)
    hint = f"did you mean {PREFIX}{near[0]}?" if near else f"known are {', '.join(PREFIX + each for each in NAMES)}"
    return f"{name} is not a setting: {hint}"


def _folder(value: str) -> Path:
    try:
        path = Path(value).expanduser().absolute()
    except RuntimeError as error:
        raise SettingsError(f"is {value!r}, of which the home directory is not known: give a full path") from error
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return path
    except OSError as error:
        raise SettingsError(f"is {value!r}, which cannot be used ({error.strerror}): give another folder") from error
    if not stat.S_ISDIR(mode):
        raise SettingsError(f"is {value!r}, which is not a folder: give a folder, which is made where it is absent")
    return path


def _model(value: str) -> str:
    return value.strip()


def _web_address(value: str) -> str:
    remedy = "give an address such as http://localhost:6333"
    try:
        parts = urlsplit(value.strip())
        port = parts.port
    except ValueError:  # whose message may show a password
        raise SettingsError(f"is not an address: {remedy}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise SettingsError(f"is not an http or https address: {remedy}")
    if parts.username or parts.password:
        raise SettingsError(f"holds a user name or password: {remedy}, and put the key in {PREFIX}QDRANT_API_KEY")
    if parts.query or parts.fragment or any(sign.isspace() for sign in value.strip()):
        raise SettingsError(f"holds more than an address: {remedy}")
    return value.strip()


def _header_value(value: str) -> str:
    key = value.strip()
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise SettingsError("holds characters that cannot travel in a header: copy the key again")
    return key


def _database(value: str) -> str:
    """Only the shape: `corpus.database` parses it, and has the driver."""
    remedy = "give postgresql://user:password@host/name or sqlite:////folder/file.db"
    url = _DATABASE.fullmatch(value.strip())
    if url is None:
        raise SettingsError(f"is not a database URL: {remedy}")
    if url["backend"] not in _BACKENDS:
        raise SettingsError(f"names the database {url['backend']!r}, which is not supported: {remedy}")
    host, _, name = url["place"].rpartition("/")
    if "/" not in url["place"] or name in ("", ":memory:"):
        raise SettingsError(f"names no database that stays: {remedy}")
    if url["backend"] == "sqlite" and host and not host.startswith("/"):
        raise SettingsError(f"names a host, but SQLite has none: {remedy}")
    return value.strip()


def _api_keys(value: str) -> bool:
    if _yes_or_no(value):
        raise SettingsError(
            f"is {value!r}, but this version has no API keys yet: unset it and keep the port to yourself"
        )
    return False


def _yes_or_no(value: str) -> bool:
    answer = value.strip().lower()
    if answer not in _YES | _NO:
        raise SettingsError(f"is {value!r}, which is neither true nor false")
    return answer in _YES
