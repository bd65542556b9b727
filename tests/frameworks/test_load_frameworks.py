import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from frameworks import describing, library
from frameworks.models import Action, Framework, Practice, Version
from frameworks.stocking import update_practices
from tests.factories import WORKED_EXAMPLE, worked_example

pytestmark = pytest.mark.django_db

EXAMPLE = WORKED_EXAMPLE.read_text()
FIVE_MISTAKES = (
    EXAMPLE.replace("publisher: Waymark\nsummary", "publishr: Waymark\nsummary")
    .replace("entry_level: 0", "entry_level: 2")
    .replace(
        "sources: [rules]\n    statements:\n      - {key: b1", "sources: [rule]\n    statements:\n      - {key: b1"
    )
    .replace("weight: 2", "weight: heavy")
    .replace("{key: a2", "{key: a1")
)
LISTED = "worked-example 1.0: levels 2, pillars 2, covered cells 4, statements 5, examples 2"


def load(*paths: Path, **options: Any) -> str:
    out = StringIO()
    call_command("load_frameworks", *paths, stdout=out, **options)
    return out.getvalue()


def refuse(*paths: Path, **options: Any) -> list[str]:
    """The lines on standard error of a run that ends with 1."""
    errors = StringIO()
    with pytest.raises(SystemExit) as exit:
        call_command("load_frameworks", *paths, stderr=errors, **options)
    assert exit.value.code == 1
    return errors.getvalue().splitlines()


def counts() -> tuple[int, ...]:
    return tuple(model._default_manager.count() for model in (Practice, Action, Framework, Version))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "model.yaml"
    path.write_text(EXAMPLE)
    return path


def test_load_lists_and_publishes_the_bundled_files() -> None:
    bundled = library.read().frameworks.values()
    assert load().splitlines() == [
        *(describing.counts(framework) for framework in bundled),
        "practices: 60 written",
        "actions: 128 written",
        *(f"{framework.name} {framework.version}: published" for framework in bundled),
    ]
    assert counts() == (60, 128, 6, 6)


def test_load_a_second_time_says_no_changes() -> None:
    load()
    assert load().splitlines()[6:] == ["no changes"]


def test_load_of_a_path_publishes_that_file_beside_practices_and_actions(file: Path) -> None:
    assert load(file).splitlines() == [
        LISTED,
        "practices: 60 written",
        "actions: 128 written",
        "Worked example 1.0: published",
    ]
    assert [version.definition() for version in Version.objects.all()] == [worked_example()]


def test_load_of_a_newer_version_publishes_it_beside_the_old_one(file: Path) -> None:
    load(file)
    file.write_text(EXAMPLE.replace('version: "1.0"', 'version: "1.1"'))
    assert load(file).splitlines()[1:] == ["Worked example 1.1: published"]
    assert [(version.number, version.state) for version in Version.objects.all()] == [
        ("1.0", "published"),
        ("1.1", "published"),
    ]


def test_load_of_other_content_says_to_raise_the_version(file: Path) -> None:
    load(file)
    file.write_text(EXAMPLE.replace("They are routine.", "They are a habit."))
    assert refuse(file) == [
        f"{file}:1:1: version 1.0 of worked-example exists with other content: raise the version in the file, "
        "so that results measured against the old one stay as they are"
    ]
    assert [version.definition() for version in Version.objects.all()] == [worked_example()]


def test_check_of_other_content_says_to_raise_the_version(file: Path) -> None:
    load(file)
    file.write_text(EXAMPLE.replace("They are routine.", "They are a habit."))
    assert len(refuse(file, check=True)) == 1


def test_load_of_five_mistakes_names_each_and_writes_nothing(file: Path) -> None:
    file.write_text(FIVE_MISTAKES)
    assert refuse(file, WORKED_EXAMPLE) == [
        f"{file}:5:1: publishr: unknown key, did you mean publisher?",
        f'{file}:9:1: entry_level: expected an integer from 0 to 1, got "2"',
        f'{file}:30:10: cells[0].statements[1].key: key "a1" is given twice, first on line 29',
        f'{file}:35:15: cells[1].sources[0]: there is no source "rule", did you mean rules?',
        f'{file}:51:85: cells[3].statements[0].weight: expected an integer from 1 to 3, got "heavy"',
    ]
    assert counts() == (0, 0, 0, 0)


def test_load_of_an_example_that_does_not_come_out_is_refused(file: Path) -> None:
    file.write_text(EXAMPLE.replace('achievement: "0.7222"', 'achievement: "0.7223"'))
    assert refuse(file) == [f"{file}:55:42: examples[0].expect.achievement: expected 0.7223, got 0.7222"]


def test_check_of_good_files_lists_them_and_writes_nothing(file: Path) -> None:
    assert load(check=True).splitlines()[6:] == ["no mistakes"]
    assert load(file, check=True) == f"{LISTED}\nno mistakes\n"
    assert counts() == (0, 0, 0, 0)


def test_check_of_mistakes_names_them(file: Path) -> None:
    file.write_text(FIVE_MISTAKES)
    assert len(refuse(file, check=True)) == 5


def test_load_takes_practices_the_database_knows(file: Path) -> None:
    file.write_text(EXAMPLE.replace("weight: 2}", "weight: 2, practice: our-own}"))
    assert refuse(file) == [f'{file}:51:96: cells[3].statements[0].practice: there is no practice "our-own"']
    Practice.objects.create(slug="our-own", name="Our own")
    assert load(file).endswith("Worked example 1.0: published\n")


def test_load_of_a_path_adds_practices_that_came_with_a_newer_release(file: Path) -> None:
    """The database has practices of an older release; the file names one of the newer."""
    update_practices([])
    Practice.objects.create(slug="prompt-design", name="Prompt design")
    file.write_text(EXAMPLE.replace("weight: 2}", "weight: 2, practice: prompt-library}"))
    assert load(file).endswith("Worked example 1.0: published\n")


def manage(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs manage.py with a fresh data folder."""
    environment = {"PATH": os.environ["PATH"], "WAYMARK_DATA_DIR": str(folder)}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)


def test_check_needs_no_tables(tmp_path: Path) -> None:
    run = manage(tmp_path, "load_frameworks", "--check", "tests/golden/worked-example.yaml")
    assert (run.returncode, run.stdout, run.stderr) == (0, f"{LISTED}\nno mistakes\n", "")


@pytest.mark.parametrize(
    "command",
    [
        "load_frameworks",
        "export_framework worked-example",
        "score_answers tests/golden/worked-example-answers.yaml",
        "load_demo",
        "remove_demo",
    ],
)
def test_command_without_tables_says_what_to_run(command: str, tmp_path: Path) -> None:
    run = manage(tmp_path, *command.split())
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == "CommandError: the database has no tables yet: run manage.py migrate first\n"


def test_mistakes_go_to_standard_error_alone(tmp_path: Path) -> None:
    run = manage(tmp_path, "load_frameworks", "--check", "fixtures/practices.yaml")
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.splitlines()[0].startswith("fixtures/practices.yaml:1:1: ")
