"""The documentation names what there is, and what it shows works."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from frameworks.definition import Rating
from frameworks.fields import Field, List, Record, ShortOr
from frameworks.loading import load, load_answers
from frameworks.schema import ACTIONS, ANSWERS_FILE, FRAMEWORK, PRACTICES, PROFILE
from frameworks.scoring import decimal, score
from tests.factories import worked_example

ROOT: Path = settings.BASE_DIR
DOCS = sorted((ROOT / "docs").glob("*.md"))
APPS = {"config", "reports", "assessment", "frameworks", "people"}


def doc(name: str) -> str:
    return (ROOT / "docs" / name).read_text()


def blocks(name: str) -> list[str]:
    """The YAML shown on a page."""
    return re.findall(r"```yaml\n(.*?)```", doc(name), re.DOTALL)


def variables() -> set[str]:
    return {
        name for path in (ROOT / "config").glob("*.py") for name in re.findall(r'"(WAYMARK_\w+)"', path.read_text())
    }


def test_every_variable_is_in_the_table_and_no_other() -> None:
    assert set(re.findall(r"^\| `(WAYMARK_\w+)`", doc("deploying.md"), re.MULTILINE)) == variables()


def test_no_page_names_a_variable_that_is_not_read() -> None:
    found = {name for path in DOCS for name in re.findall(r"WAYMARK_\w+", path.read_text())}
    assert found == variables()


@pytest.mark.parametrize("command", sorted(name for name, app in get_commands().items() if app in APPS))
def test_command_is_described(command: str) -> None:
    assert re.search(rf"^\|.*`{command}\b", doc("deploying.md"), re.MULTILINE)


def keys(field: Field) -> Iterator[str]:
    """Every key that may stand in a file of this form."""
    match field:
        case Record():
            for name, key in field.keys.items():
                yield name
                yield from keys(key.field)
        case List():
            yield from keys(field.item)
        case ShortOr():
            yield from keys(field.full)


@pytest.mark.parametrize("form", [FRAMEWORK, PRACTICES, ACTIONS, PROFILE, ANSWERS_FILE])
def test_every_key_of_a_file_is_described(form: Record) -> None:
    assert {key for key in keys(form) if f"`{key}`" not in doc("authoring.md")} == set()


def test_whole_file_shown_loads() -> None:
    assert load(blocks("authoring.md")[1], practices={"prompt-library"}).slug == "sample"


def test_whole_file_shown_has_every_key() -> None:
    written = set(re.findall(r"[\s{-]([a-z_]+):", blocks("authoring.md")[1]))
    assert {key for key in keys(FRAMEWORK) if key not in written} == set()


def test_answers_file_shown_loads() -> None:
    framework = load(blocks("authoring.md")[1], practices={"prompt-library"})
    answers = load_answers(blocks("authoring.md")[0], lambda slug, version: framework if slug == "sample" else None)
    assert answers.targets == {"prompts": 2, "data": 2}


def figures(b2: Rating) -> list[str]:
    answers = {"a1": Rating.F, "a2": Rating.L, "b1": Rating.F, "a3": Rating.P, "b2": b2}
    result = score(worked_example(), answers)
    shares = [*(level.achievement for level in result.levels), result.achievement, result.position]
    shares += [share for pillar in result.pillars for share in (pillar.position, pillar.achievement)]
    return [decimal(share).removesuffix(".0000") for share in shares if share is not None]


def test_worked_example_comes_out_as_told() -> None:
    told = doc("scoring.md").split("## A worked example")[1]
    assert figures(Rating.L) == ["0.8889", "0.5556", "0.7222", "2", "1.3333", "0.5833", "2", "0.8333"]
    assert [figure for figure in figures(Rating.L) if not re.search(rf"\b{re.escape(figure)}\b", told)] == []
    assert figures(Rating.P)[3] == "1.3333"


def test_links_between_pages_lead_somewhere() -> None:
    links = [(path, link) for path in DOCS for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text())]
    assert [link for path, link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_files_a_page_names_exist(path: Path) -> None:
    named = re.findall(r"`((?:frameworks|fixtures|tests|script|config)/[\w./-]+)`", path.read_text())
    assert [name for name in named if not (ROOT / name).exists()] == []
