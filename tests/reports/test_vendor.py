"""The files of others are the ones static/vendor/README.md names."""

from hashlib import sha256
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "static"
README = STATIC / "vendor" / "README.md"


def table() -> list[list[str]]:
    """The cells of the table's rows: file, name, version, licence, sha256."""
    lines = [line for line in README.read_text().splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.parametrize(("file", "checksum"), [(row[0], row[4]) for row in table()])
def test_vendored_file_has_its_checksum(file: str, checksum: str) -> None:
    assert sha256((STATIC / file).read_bytes()).hexdigest() == checksum


def test_every_vendored_file_is_listed() -> None:
    found = {str(path.relative_to(STATIC)) for path in (STATIC / "vendor").rglob("*") if path.is_file()}
    own = {"vendor/README.md", "vendor/plotly/README.md", "vendor/plotly/build.mjs", "vendor/plotly/entry.js"}
    fonts = {str(path.relative_to(STATIC)) for path in (STATIC / "fonts").iterdir()}
    assert sorted(row[0] for row in table()) == sorted(found - own | fonts)


def test_every_row_names_version_and_licence() -> None:
    assert [row for row in table() if len(row) != 5 or not all(row)] == []
