"""Style sheets, fonts and scripts have addresses that change with them and are kept for a year."""

import gzip
from pathlib import Path

import pytest

from app import web
from app.web.assets import address, assets
from tests.app.api_client import Service


@pytest.mark.parametrize("path", sorted(assets()))
def test_every_asset_is_served_as_it_is(tmp_path: Path, path: str) -> None:
    got = Service(tmp_path).get(address(path), headers={"Accept-Encoding": "identity"})
    assert (got.status_code, got.content) == (200, assets()[path].content)
    assert got.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert got.headers["x-content-type-options"] == "nosniff"


def test_a_style_sheet_comes_packed_where_the_browser_takes_that(tmp_path: Path) -> None:
    got = Service(tmp_path).get(address("utrecht/index.css"), headers={"Accept-Encoding": "gzip"})
    assert got.headers["content-encoding"] == "gzip"
    packed = assets()["utrecht/index.css"].packed
    assert packed is not None
    assert gzip.decompress(packed) == got.content
    assert len(packed) < 50_000


@pytest.mark.parametrize("path", ["/static/0/icoon.svg", "/static/../pyproject.toml", "/static/x/../../assets.py"])
def test_nothing_else_is_served(tmp_path: Path, path: str) -> None:
    assert Service(tmp_path).get(path).status_code == 404


def test_an_address_of_nothing_is_an_error_of_the_template() -> None:
    with pytest.raises(KeyError):
        address("weg.css")


def test_the_style_sheet_is_one_of_all_its_parts() -> None:
    parts = {path.name: path.read_bytes() for path in (Path(web.__file__).parent / "static" / "css").iterdir()}
    sheet = assets()["beleidswijzer.css"].content
    assert [name for name, part in parts.items() if sheet.count(part) != 1] == []
    assert not any(name.startswith("css/") for name in assets())
