from dataclasses import replace
from io import StringIO

from django.conf import settings
from django.core.management import call_command

from frameworks.definition import Basis
from frameworks.describing import counts, markdown, section
from frameworks.library import read
from tests.factories import worked_example

SECTION = """\
### Worked example

`worked-example 1.0: levels 2, pillars 2, covered cells 4, statements 5, examples 2`

| Level | Pillar A | Pillar B | All |
| --- | --- | --- | --- |
| 1 Started | 2 stated | 1 stated | 3 |
| 2 Practised | 1 stated | 1 stated | 2 |"""


def test_counts_are_one_line() -> None:
    assert counts(worked_example()) == (
        "worked-example 1.0: levels 2, pillars 2, covered cells 4, statements 5, examples 2"
    )


def test_section_has_a_row_for_each_level_and_a_column_for_each_pillar() -> None:
    assert section(worked_example()) == SECTION


def test_cell_that_is_not_covered_is_a_dash() -> None:
    example = worked_example()
    without = section(replace(example, cells=example.cells[1:]))
    assert without.splitlines()[6:] == ["| 1 Started | – | 1 stated | 1 |", "| 2 Practised | 1 stated | 1 stated | 2 |"]


def test_cell_tells_how_well_the_source_supports_it() -> None:
    example = worked_example()
    first, *others = example.cells
    floor, every = replace(first, basis=Basis.FLOOR, statements=()), replace(first, basis=Basis.CROSS_CUTTING)
    assert section(replace(example, cells=(floor, *others))).splitlines()[6] == "| 1 Started | 0 floor | 1 stated | 1 |"
    assert section(replace(example, cells=(every, *others))).splitlines()[6] == (
        "| 1 Started | 2 cross-cutting | 1 stated | 3 |"
    )


def test_sections_stand_apart() -> None:
    assert markdown([worked_example(), worked_example()]) == f"{SECTION}\n\n{SECTION}"


def test_command_describes_the_bundled_files_without_a_database() -> None:
    out = StringIO()
    call_command("describe_frameworks", stdout=out)
    assert out.getvalue() == f"{markdown(read().frameworks.values())}\n"


def test_page_on_frameworks_shows_the_tables_of_the_bundled_files() -> None:
    page = (settings.BASE_DIR / "docs/frameworks.md").read_text()
    shown = page.split("<!-- begin: describe_frameworks -->\n")[1].split("\n<!-- end: describe_frameworks -->")[0]
    assert shown == markdown(read().frameworks.values())
