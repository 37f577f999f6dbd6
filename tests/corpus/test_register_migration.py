"""A register that an older Beleidswijzer made is brought up to date when it is opened."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.entry import unknown_metadata
from corpus.errors import BeleidswijzerError, DataDirectoryError
from corpus.near_identical import Sketch
from corpus.register import Register
from corpus.register_schema import SCHEMA_VERSION, tables
from corpus.stored import SecondStage
from corpus.task import NewTask, TaskKind
from corpus.vocabulary import Abbreviation, Wording
from tests.corpus.register_samples import FEEDBACK, GENERATION, add, index

# What the first release made of it.
SCHEMA_1 = """
CREATE TABLE register (id INTEGER NOT NULL, schema_version INTEGER NOT NULL, changes BIGINT NOT NULL, PRIMARY KEY
    (id));
CREATE TABLE generation (id INTEGER NOT NULL, name VARCHAR(200) NOT NULL, model TEXT NOT NULL, fingerprint TEXT NOT
    NULL, dimension INTEGER NOT NULL, lexical_version TEXT NOT NULL, state VARCHAR(10) NOT NULL, PRIMARY KEY (id),
    UNIQUE (name));
CREATE UNIQUE INDEX one_current_generation ON generation (state) WHERE state = 'current';
CREATE TABLE version (id INTEGER NOT NULL, sha256 VARCHAR(64) NOT NULL, document_id VARCHAR(200) NOT NULL, state
    VARCHAR(10) NOT NULL, changed_at FLOAT NOT NULL, ingested_at FLOAT NOT NULL, metadata TEXT NOT NULL, file_sha256
    VARCHAR(64) NOT NULL, path TEXT NOT NULL, parser TEXT NOT NULL, splitter TEXT NOT NULL, coverage TEXT NOT NULL,
    problems TEXT NOT NULL, passages INTEGER NOT NULL, seconds FLOAT NOT NULL, text TEXT NOT NULL, pages TEXT NOT
    NULL, sections TEXT NOT NULL, PRIMARY KEY (id), UNIQUE (sha256));
CREATE INDEX version_state ON version (state);
CREATE INDEX version_document ON version (document_id);
CREATE UNIQUE INDEX one_active_version ON version (document_id) WHERE state = 'active';
CREATE TABLE passage (id VARCHAR(36) NOT NULL, version INTEGER NOT NULL, ordinal INTEGER NOT NULL, start INTEGER NOT
    NULL, "end" INTEGER NOT NULL, section TEXT NOT NULL, kind VARCHAR(20) NOT NULL, page_from INTEGER, page_to
    INTEGER, PRIMARY KEY (id), FOREIGN KEY(version) REFERENCES version (id) ON DELETE CASCADE);
CREATE UNIQUE INDEX passage_version ON passage (version, ordinal);
CREATE TABLE "indexed" (generation INTEGER NOT NULL, version INTEGER NOT NULL, problems TEXT NOT NULL, PRIMARY KEY
    (generation, version), FOREIGN KEY(generation) REFERENCES generation (id) ON DELETE CASCADE, FOREIGN
    KEY(version) REFERENCES version (id) ON DELETE CASCADE);
CREATE INDEX indexed_version ON "indexed" (version);
CREATE TABLE version_term (generation INTEGER NOT NULL, term BIGINT NOT NULL, version INTEGER NOT NULL, passages
    INTEGER NOT NULL, PRIMARY KEY (generation, term, version), FOREIGN KEY(generation, version) REFERENCES "indexed"
    (generation, version) ON DELETE CASCADE) WITHOUT ROWID;
CREATE INDEX version_term_version ON version_term (version, generation);
"""
DATA_1 = """
INSERT INTO register VALUES (1, 1, 7);
INSERT INTO generation VALUES (1, 'eerste', 'hand', 'hand-1', 26, 'woorden-1', 'current');
INSERT INTO version VALUES (
    1, 'aa', 'oud', 'active', 0, 0,
    '{"document_id":"oud","municipalities":[],"title":null,"kind":null,"status":null,"valid_from":null,
      "valid_until":null,"published":null,"adopted_by":null,"source":null,"source_file":"oud.txt"}',
    'ff', '/map/oud.txt', 'plain 1', 'split 1', '{"pages":null,"read":null,"scanned":null,"ocr":null,"damaged":null}',
    '[]', 1, 0.5, 'Hulp van een POH.', '[[null,0,17]]', '[[[],"body",0,0,17]]'
);
INSERT INTO passage VALUES ('5f0c7c62-6a3c-5f43-9d5c-3a1d4a0e6b11', 1, 0, 0, 17, '[]', 'body', NULL, NULL);
INSERT INTO "indexed" VALUES (1, 1, '[]');
INSERT INTO version_term VALUES (1, 42, 1, 1);
"""

# What the second release made of it, with one word and one abbreviation.
SCHEMA_2 = """
ALTER TABLE generation ADD COLUMN second_stage VARCHAR(10) DEFAULT 'off' NOT NULL;
ALTER TABLE passage ADD COLUMN problem TEXT;
ALTER TABLE "indexed" ADD COLUMN token_vectors INTEGER DEFAULT 0 NOT NULL;
CREATE TABLE version_word (initial VARCHAR(1) NOT NULL, word VARCHAR(64) NOT NULL, version INTEGER NOT NULL, passages
    INTEGER NOT NULL, PRIMARY KEY (initial, word, version), FOREIGN KEY(version) REFERENCES version (id) ON DELETE
    CASCADE) WITHOUT ROWID;
CREATE INDEX version_word_version ON version_word (version);
CREATE TABLE abbreviation (version INTEGER NOT NULL, ordinal INTEGER NOT NULL, short TEXT NOT NULL, long TEXT NOT NULL,
    PRIMARY KEY (version, ordinal), FOREIGN KEY(version) REFERENCES version (id) ON DELETE CASCADE);
UPDATE register SET schema_version = 2;
INSERT INTO version_word VALUES ('h', 'huisarts', 1, 1);
INSERT INTO abbreviation VALUES (1, 0, 'LEA', 'Lokale Educatieve Agenda');
"""

# What the third release made of it, with a task that was at work, one that waits, and a file that was refused.
SCHEMA_3 = """
ALTER TABLE version ADD COLUMN boxes TEXT DEFAULT '[]' NOT NULL;
ALTER TABLE version ADD COLUMN proposals TEXT DEFAULT '[]' NOT NULL;
ALTER TABLE version ADD COLUMN sketch TEXT DEFAULT '[]' NOT NULL;
ALTER TABLE version ADD COLUMN tables INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE passage ADD COLUMN in_table BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE passage ADD COLUMN by_ocr BOOLEAN DEFAULT FALSE NOT NULL;
CREATE TABLE task (number INTEGER NOT NULL, id VARCHAR(36) NOT NULL, kind VARCHAR(20) NOT NULL, "key" VARCHAR(64) NOT
    NULL, task_order TEXT NOT NULL, file_sha256 VARCHAR(64), state VARCHAR(10) NOT NULL, progress FLOAT NOT NULL, error
    TEXT, result TEXT, attempts INTEGER NOT NULL, created_at FLOAT NOT NULL, changed_at FLOAT NOT NULL, PRIMARY KEY
    (number), UNIQUE (id));
CREATE INDEX task_state ON task (state, number);
CREATE INDEX task_key ON task ("key");
CREATE TABLE refusal (document_id VARCHAR(200) NOT NULL, metadata TEXT NOT NULL, path TEXT NOT NULL, file_sha256
    VARCHAR(64), reason TEXT NOT NULL, at FLOAT NOT NULL, PRIMARY KEY (document_id));
UPDATE register SET schema_version = 3;
INSERT INTO task VALUES (1, 'eerste', 'document', 'k1', '{"naam":"a"}', 'ee', 'bezig', 0.5, NULL, NULL, 1, 0, 0);
INSERT INTO task VALUES (2, 'tweede', 'document', 'k2', '{"naam":"b"}', 'dd', 'wacht', 0, NULL, NULL, 0, 0, 0);
INSERT INTO refusal SELECT 'kapot', metadata, '/map/kapot.pdf', 'cc', 'beschadigd', 0 FROM version;
"""

# What the fourth release made of it, with a report and its file.
SCHEMA_4 = """
CREATE TABLE report (number INTEGER NOT NULL, id VARCHAR(36) NOT NULL, title TEXT NOT NULL, format VARCHAR(10) NOT NULL,
    made_at FLOAT NOT NULL, summary TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (number), UNIQUE (id));
CREATE TABLE report_file (report INTEGER NOT NULL, format VARCHAR(10) NOT NULL, content BLOB NOT NULL, PRIMARY KEY
    (report, format), FOREIGN KEY(report) REFERENCES report (number) ON DELETE CASCADE);
ALTER TABLE task ADD COLUMN cancelled BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE refusal ADD COLUMN reader TEXT DEFAULT '' NOT NULL;
UPDATE register SET schema_version = 4;
INSERT INTO report VALUES (1, 'verslag', 'Jeugd', 'md', 0, '{"onderwerpen":1}', x'789c030000000001');
INSERT INTO report_file VALUES (1, 'md', x'31');
"""
_STEPS = (SCHEMA_1 + DATA_1, SCHEMA_2, SCHEMA_3, SCHEMA_4)
MADE = {version: "".join(_STEPS[:version]) for version in range(1, SCHEMA_VERSION)}


def made(folder: Path, version: int) -> Path:
    """A register of that schema version with one document."""
    path = folder / "register.db"
    connection = sqlite3.connect(path)
    connection.executescript(MADE[version])
    connection.close()
    return path


@pytest.fixture(params=sorted(MADE))
def path(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    return made(tmp_path, request.param)


def opened(path: Path) -> Register:
    return Register.open(f"sqlite:///{path}")


def columns(path: Path) -> dict[str, set[str]]:
    connection = sqlite3.connect(path)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: {row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')} for name in names}
    connection.close()
    return found


def version_in(path: Path) -> int:
    connection = sqlite3.connect(path)
    (version,) = connection.execute("SELECT schema_version FROM register").fetchone()
    connection.close()
    return int(version)


def test_the_old_register_had_another_schema(path: Path) -> None:
    assert version_in(path) < SCHEMA_VERSION
    assert columns(path) != {table.name: set(table.columns.keys()) for table in tables.sorted_tables}


def test_it_has_every_table_and_column_of_a_new_one(path: Path) -> None:
    opened(path).close()
    assert columns(path) == {table.name: set(table.columns.keys()) for table in tables.sorted_tables}
    assert version_in(path) == SCHEMA_VERSION


def test_its_documents_are_still_there(path: Path) -> None:
    register = opened(path)
    (document,) = register.snapshot().documents
    (passage,) = register.passages_of("aa")
    assert (document.metadata.document_id, register.snapshot().generation) == (
        "oud",
        replace(GENERATION, second_stage=SecondStage.OFF),
    )
    assert (passage.quote, passage.problem, passage.in_table, passage.by_ocr) == (
        "Hulp van een POH.",
        None,
        False,
        False,
    )
    assert (document.tables, document.proposals, document.sketch, register.boxes("aa")) == (0, (), Sketch(0, ()), ())
    assert register.frequencies([42]).counts == {42: 1}
    assert register.passages_with(["een poh"], ["aa"]) == {passage.id}
    register.close()


def test_its_words_come_with_the_next_index(tmp_path: Path) -> None:
    register = opened(made(tmp_path, 1))
    assert "hulp" not in register.vocabulary()
    assert register.abbreviations() == ()
    pair = Abbreviation("POH", "praktijkondersteuner huisarts")
    register.add_indexed(GENERATION.id, "aa", index({42: 1}, Wording({"hulp": 1}, (pair,))))
    assert register.switch(GENERATION.id)
    assert "hulp" in register.vocabulary()
    assert register.abbreviations() == (pair,)
    register.close()


def test_the_words_of_the_second_release_stay(tmp_path: Path) -> None:
    register = opened(made(tmp_path, 2))
    assert "huisarts" in register.vocabulary()
    assert register.abbreviations() == (Abbreviation("LEA", "Lokale Educatieve Agenda"),)
    register.close()


def test_it_takes_new_documents_and_opens_again(path: Path) -> None:
    register = opened(path)
    register.activate(add(register, "nieuw", "jeugd zorg", wording=Wording({"jeugd": 1}, ())))
    register.close()
    again = opened(path)
    assert [document.metadata.document_id for document in again.snapshot().documents] == ["nieuw", "oud"]
    assert dict(again.vocabulary().beginning_with("j")) == {"jeugd": 1}
    assert len(again.boxes(again.document("nieuw").version)) == 2
    again.refuse(unknown_metadata(Path("/map/x.pdf")), "/map/x.pdf", None, "beschadigd")
    assert "/map/x.pdf" in [each.path for each in again.refusals()]
    task = again.tasks.add(NewTask(TaskKind.DOCUMENT, {}, None))
    assert again.tasks.cancel(task.id).cancelled
    assert again.feedback.add(FEEDBACK, most=1) == FEEDBACK
    again.close()
    last = opened(path)
    assert last.feedback.all() == (FEEDBACK,)
    last.close()


@pytest.mark.parametrize("release", [3, 4])
def test_what_waited_and_what_was_refused_is_still_there(tmp_path: Path, release: int) -> None:
    register = opened(made(tmp_path, release))
    register.tasks.recover(quiet_for=0)
    for name, attempts in (("eerste", 2), ("tweede", 1)):
        task = register.tasks.next()
        assert task is not None
        assert (task.id, task.attempts, task.cancelled) == (name, attempts, False)
    assert [(each.metadata.document_id, each.path, each.reason) for each in register.refusals()] == [
        ("oud", "/map/kapot.pdf", "beschadigd")
    ]
    assert register.files() == {"dd", "ee", "ff"}
    register.close()


def test_reports_are_still_there(tmp_path: Path) -> None:
    register = opened(made(tmp_path, 4))
    assert [(each.id, each.title, each.summary) for each in register.reports.all()] == [
        ("verslag", "Jeugd", {"onderwerpen": 1})
    ]
    assert (register.reports.content("verslag"), register.reports.file("verslag", "md")) == (b"", b"1")
    assert register.feedback.all() == ()
    register.close()


@pytest.mark.parametrize("release", [1, 2])
def test_nothing_is_half_done_where_it_fails(tmp_path: Path, release: int) -> None:
    path = made(tmp_path, release)
    connection = sqlite3.connect(path)
    connection.executescript("ALTER TABLE passage ADD COLUMN by_ocr BOOLEAN")  # so that adding it fails
    connection.close()
    before, version = columns(path), version_in(path)
    with pytest.raises(BeleidswijzerError, match="by_ocr"):
        opened(path)
    assert (columns(path), version_in(path)) == (before, version)


@pytest.mark.parametrize("version", [0, SCHEMA_VERSION + 1])
def test_a_schema_that_is_not_known_is_refused(path: Path, version: int) -> None:
    before = columns(path)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE register SET schema_version = ?", (version,))
    connection.commit()
    connection.close()
    with pytest.raises(DataDirectoryError, match=f"schema version {version}"):
        opened(path)
    assert columns(path) == before
