"""Files and folders to entries: which files count, and where their metadata come from."""

from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, unknown_metadata
from corpus.entries import entries_for
from corpus.entry import Entry
from corpus.errors import CatalogueError, UsageError
from corpus.municipalities import load_municipalities


def entries(*paths: Path, catalogue: Path | None = None) -> list[Entry]:
    return entries_for(paths, Catalogue.load(catalogue) if catalogue else None, load_municipalities())


def touch(path: Path, content: str = "tekst") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def catalogue(path: Path, **files: str) -> Path:
    return touch(path, "".join(f"[[document]]\nid = '{id_}'\nfile = '{file}'\n" for id_, file in files.items()))


def test_a_folder_is_read_in_order_without_hidden_files_and_sidecars(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.pdf", ".hidden", ".git/config", "b.txt.toml", "sub/los.toml"):
        touch(tmp_path / name, "")
    found = entries(tmp_path)
    assert [entry.path.relative_to(tmp_path).as_posix() for entry in found] == ["a.md", "b.txt", "sub/c.pdf"]
    assert found[0].metadata == unknown_metadata(tmp_path / "a.md")


def test_a_file_named_twice_counts_once(tmp_path: Path) -> None:
    file = touch(tmp_path / "a.txt")
    assert [entry.path for entry in entries(file, tmp_path, file)] == [file]


def test_a_link_that_loops_ends(tmp_path: Path) -> None:
    touch(tmp_path / "map" / "a.txt")
    (tmp_path / "map" / "lus").symlink_to(tmp_path / "map", target_is_directory=True)
    assert len(entries(tmp_path)) == 1


def test_a_link_to_itself_is_named_with_the_remedy(tmp_path: Path) -> None:
    touch(tmp_path / "a.txt")
    (tmp_path / "lus").symlink_to("lus")
    with pytest.raises(UsageError, match=r"lus' cannot be followed.*remove the link"):
        entries(tmp_path)


def test_a_broken_link_is_left_to_fail_by_itself(tmp_path: Path) -> None:
    touch(tmp_path / "a.txt")
    (tmp_path / "weg.txt").symlink_to(tmp_path / "bestaat-niet.txt")
    assert [entry.path.name for entry in entries(tmp_path)] == ["a.txt", "weg.txt"]


def test_a_link_to_elsewhere_is_followed(tmp_path: Path) -> None:
    elsewhere = touch(tmp_path / "elders" / "a.txt")
    (tmp_path / "map").mkdir()
    (tmp_path / "map" / "link.txt").symlink_to(elsewhere)
    assert [entry.path for entry in entries(tmp_path / "map")] == [tmp_path / "map" / "link.txt"]


def test_the_catalogue_given_wins_over_sidecar_and_folder(tmp_path: Path) -> None:
    file = touch(tmp_path / "map" / "a.txt")
    touch(tmp_path / "map" / "a.txt.toml", "id = 'van-sidecar'")
    catalogue(tmp_path / "map" / "catalogue.toml", **{"van-map": "a.txt"})
    given = catalogue(tmp_path / "lijst.toml", **{"van-lijst": "map/a.txt"})
    assert [entry.metadata.document_id for entry in entries(tmp_path / "map", catalogue=given)] == ["van-lijst"]
    assert [entry.metadata.document_id for entry in entries(tmp_path / "map")] == ["van-sidecar"]
    Path(f"{file}.toml").unlink()
    assert [entry.metadata.document_id for entry in entries(tmp_path / "map")] == ["van-map"]
    assert [entry.metadata.document_id for entry in entries(file)] == [unknown_metadata(file).document_id]


def test_by_name_only_where_one_file_can_be_meant(tmp_path: Path) -> None:
    touch(tmp_path / "bron" / "nota.txt")
    given = catalogue(tmp_path / "bron" / "lijst.toml", **{"de-nota": "nota.txt"})
    copy = touch(tmp_path / "kopie" / "nota.txt")
    assert entries(copy, catalogue=given)[0].metadata.document_id == "de-nota"
    assert entries(copy, catalogue=given)[0].path == copy
    both = entries(copy, tmp_path / "bron" / "nota.txt", catalogue=given)
    assert [entry.metadata.document_id for entry in both] == [unknown_metadata(copy).document_id, "de-nota"]
    third = touch(tmp_path / "derde" / "nota.txt")
    assert all(entry.metadata.document_id != "de-nota" for entry in entries(copy, third, catalogue=given))


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    touch(tmp_path / "lijst.toml")
    (tmp_path / "leeg").mkdir()
    for path, reason in (("geen.txt", "does not exist"), ("leeg", "holds no documents"), ("lijst.toml", "no document")):
        with pytest.raises(UsageError, match=reason) as raised:
            entries(tmp_path / path)
        assert str(tmp_path / path) in str(raised.value)


def test_a_bad_folder_catalogue_is_refused(tmp_path: Path) -> None:
    touch(tmp_path / "a.txt")
    catalogue(tmp_path / "catalogue.toml", **{"weg": "weg.txt"})
    with pytest.raises(CatalogueError, match=r"weg\.txt"):
        entries(tmp_path)


def test_a_bad_sidecar_is_the_fault_of_its_own_file(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        touch(tmp_path / name)
    touch(tmp_path / "a.txt.toml", "kind = 'gedicht'\nstatus = 'misschien'")
    touch(tmp_path / "b.txt.toml", "title = 'Goed'")
    touch(tmp_path / "c.txt.toml", "title = ")
    first, good, last = entries(tmp_path)
    assert (good.fault, good.metadata.title) == (None, "Goed")
    for entry, faults in ((first, ("gedicht", "misschien")), (last, ("it is not TOML",))):
        assert entry.metadata == unknown_metadata(entry.path)
        assert entry.fault is not None
        assert entry.fault.english.startswith(f"is left out, for {entry.path}.toml cannot be used: ")
        assert all(fault in entry.fault.english for fault in faults)
        assert entry.fault.dutch.startswith(
            f"Het bestand is niet gelezen, want de beschrijving ernaast ({entry.path.name}.toml)"
        )
    assert first.fault is not None
    assert "kind: 'gedicht' is onbekend; bekend zijn " in first.fault.dutch
    assert last.fault is not None
    assert "zij is geen goede TOML (aan het einde)" in last.fault.dutch


def test_a_sidecar_that_the_catalogue_overrules_is_not_read(tmp_path: Path) -> None:
    touch(tmp_path / "a.txt")
    touch(tmp_path / "a.txt.toml", "kind = 'gedicht'")
    given = catalogue(tmp_path / "lijst.toml", goed="a.txt")
    (entry,) = entries(tmp_path / "a.txt", catalogue=given)
    assert (entry.metadata.document_id, entry.fault) == ("goed", None)
