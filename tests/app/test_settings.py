"""The settings: defaults, values, and every fault named at once."""

from pathlib import Path

import pytest

from app.settings import NAMES, PREFIX, Settings
from corpus.errors import SettingsError
from embeddings.cache_directory import default_cache_dir


def read(**values: str) -> Settings:
    return Settings.from_environment({PREFIX + name: value for name, value in values.items()})


def faults(**values: str) -> str:
    with pytest.raises(SettingsError) as caught:
        read(**values)
    return str(caught.value)


@pytest.mark.parametrize("value", [None, "", "  "])
def test_defaults_where_nothing_is_set_or_it_is_empty(value: str | None) -> None:
    environ = {"PATH": "/bin", "BELEIDSWIJZER": "x", "HOME": "/"}
    if value is not None:
        environ |= {PREFIX + name: value for name in NAMES}
    assert Settings.from_environment(environ) == Settings(
        data_dir=Path("data").absolute(),
        cache_dir=default_cache_dir(environ),
        embedding_model="packaged",
        late_interaction=True,
        ocr=True,
        qdrant_url=None,
        qdrant_api_key=None,
        database_url=None,
        api_keys_required=False,
    )


def test_every_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert read(
        DATA_DIR=str(tmp_path / "gegevens"),
        CACHE_DIR="~/cache",
        EMBEDDING_MODEL=" BAAI/bge-m3 ",
        LATE_INTERACTION=" Nee ",
        OCR="off",
        QDRANT_URL="https://qdrant.example:6333/sub",
        QDRANT_API_KEY="s3cret",
        DATABASE_URL="postgresql+psycopg://user:p#ss/w@host:5432/name",
        API_KEYS_REQUIRED="False",
    ) == Settings(
        data_dir=tmp_path / "gegevens",
        cache_dir=tmp_path / "cache",
        embedding_model="BAAI/bge-m3",
        late_interaction=False,
        ocr=False,
        qdrant_url="https://qdrant.example:6333/sub",
        qdrant_api_key="s3cret",
        database_url="postgresql+psycopg://user:p#ss/w@host:5432/name",
        api_keys_required=False,
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("BELEIDSWIJZER_DATADIR", "did you mean BELEIDSWIJZER_DATA_DIR?"),
        ("BELEIDSWIJZER_QDRANT_URI", "did you mean BELEIDSWIJZER_QDRANT_URL?"),
        ("beleidswijzer_data_dir", "did you mean BELEIDSWIJZER_DATA_DIR?"),
        ("BELEIDSWIJZER_ZZZ", "known are BELEIDSWIJZER_DATA_DIR, "),
        ("BELEIDSWIJZER_", "known are"),
    ],
)
@pytest.mark.parametrize("value", ["x", ""])
def test_an_unknown_variable_is_named(name: str, hint: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as caught:
        Settings.from_environment({name: value})
    assert f"{name} is not a setting: {hint}" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("DATA_DIR", "~no-such-user/x", "home directory is not known"),
        ("DATA_DIR", __file__, "which is not a folder"),
        ("CACHE_DIR", __file__, "which is not a folder"),
        ("DATA_DIR", f"{__file__}/data", f"is '{__file__}/data', which cannot be used"),
        ("CACHE_DIR", "/" + "x" * 300, f"is '/{'x' * 300}', which cannot be used"),
        ("QDRANT_URL", "localhost:6333", "is not an http or https address"),
        ("QDRANT_URL", "ftp://host", "is not an http or https address"),
        ("QDRANT_URL", "http://", "is not an http or https address"),
        ("QDRANT_URL", "http://host:x", "is not an address"),
        ("QDRANT_URL", "http://host:70000", "is not an address"),
        ("QDRANT_URL", "http://host:0", "is not an http or https address"),
        ("QDRANT_URL", "http://[::1", "is not an address"),
        ("QDRANT_URL", "http://user:pw@host", "put the key in BELEIDSWIJZER_QDRANT_API_KEY"),
        ("QDRANT_URL", "http://host?api_key=x", "holds more than an address"),
        ("QDRANT_URL", "http://ho st", "holds more than an address"),
        ("DATABASE_URL", "host/name", "is not a database URL"),
        ("DATABASE_URL", "postgres://host/name", "'postgres', which is not supported"),
        ("DATABASE_URL", "mysql://host/name", "'mysql', which is not supported"),
        ("DATABASE_URL", "postgresql://host", "names no database"),
        ("DATABASE_URL", "postgresql://host/", "names no database"),
        ("DATABASE_URL", "sqlite://", "names no database that stays"),
        ("DATABASE_URL", "sqlite:///:memory:", "names no database that stays"),
        ("DATABASE_URL", "sqlite://host/file.db", "names a host, but SQLite has none"),
        ("API_KEYS_REQUIRED", "true", "no API keys yet"),
        ("API_KEYS_REQUIRED", "JA", "no API keys yet"),
        ("API_KEYS_REQUIRED", "misschien", "is 'misschien', which is neither true nor false"),
        ("LATE_INTERACTION", "soms", "is 'soms', which is neither true nor false"),
        ("OCR", "soms", "is 'soms', which is neither true nor false"),
    ],
)
def test_a_bad_value_is_named(name: str, value: str, reason: str) -> None:
    message = faults(**{name: value})
    assert message.startswith(PREFIX + name)
    assert reason in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("value", "on"),
    [
        ("true", True),
        ("JA", True),
        ("1", True),
        (" on ", True),
        ("", True),
        ("0", False),
        ("nee", False),
        ("Off", False),
    ],
)
def test_late_interaction_is_on_unless_it_is_turned_off(value: str, on: bool) -> None:
    assert read(LATE_INTERACTION=value).late_interaction is on


@pytest.mark.parametrize("key", ["a b", "sleutel-é", "a\nb"])
def test_a_key_that_cannot_travel_is_refused_and_not_shown(key: str) -> None:
    message = faults(QDRANT_URL="http://host", QDRANT_API_KEY=key)
    assert message.startswith("BELEIDSWIJZER_QDRANT_API_KEY holds characters")
    assert key not in message


def test_a_key_without_a_server_is_refused() -> None:
    assert "set both or neither" in faults(QDRANT_API_KEY="key")


def test_all_faults_are_told_at_once() -> None:
    message = faults(DATADIR="x", QDRANT_URL="x", DATABASE_URL="x", API_KEYS_REQUIRED="x", QDRANT_API_KEY="é")
    lines = message.splitlines()
    assert lines[0] == "the settings cannot be used:"
    names = [line.split()[1].removeprefix(PREFIX) for line in lines[1:]]
    assert names == ["DATADIR", "QDRANT_URL", "QDRANT_API_KEY", "DATABASE_URL", "API_KEYS_REQUIRED"]


def test_no_secret_is_shown() -> None:
    settings = read(QDRANT_URL="http://h", QDRANT_API_KEY="s3cret", DATABASE_URL="postgresql://u:s3cret@h/n")
    assert "s3cret" not in repr(settings)
    for url in ("postgresql://u:s3cret", "mysql://u:s3cret@h/n", "u:s3cret@h", "sqlite://u:s3cret@h/n"):
        assert "s3cret" not in faults(DATABASE_URL=url)
    for url in ("http://u:s3cret@h", "http://u:s3cret", "http://h?k=s3cret"):
        assert "s3cret" not in faults(QDRANT_URL=url)
