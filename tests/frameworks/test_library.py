from pathlib import Path

import pytest
from django.conf import settings
from django.core import checks

from frameworks import library
from tests.factories import WORKED_EXAMPLE, worked_example

EXAMPLE = WORKED_EXAMPLE.read_text()


def written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_read_gives_the_bundled_files() -> None:
    found = library.read()
    assert [framework.slug for framework in found.frameworks.values()] == [
        "aim-genai",
        "datastax-genai",
        "genai-blind-spots",
        "genai-cmm",
        "ibm-genai-adoption",
        "microsoft-genaiops",
    ]
    assert (len(found.practices), len(found.actions), found.problems) == (60, 128, [])


def test_read_of_paths_gives_those_frameworks_beside_the_bundled_practices() -> None:
    found = library.read([WORKED_EXAMPLE])
    assert found.frameworks == {WORKED_EXAMPLE: worked_example()}
    assert found.practices == library.read().practices


def test_read_of_the_same_path_twice_reads_it_once() -> None:
    assert library.read([WORKED_EXAMPLE, WORKED_EXAMPLE]).problems == []


def test_read_gathers_the_mistakes_of_all_files(tmp_path: Path) -> None:
    heavy = written(tmp_path / "heavy.yaml", EXAMPLE.replace("weight: 2", "weight: heavy"))
    renamed = written(tmp_path / "renamed.yaml", EXAMPLE.replace("entry_level: 0", "entry_lvl: 0"))
    assert library.read([heavy, renamed]).problems == [
        f'{heavy}:51:85: cells[3].statements[0].weight: expected an integer from 1 to 3, got "heavy"',
        f"{renamed}:9:1: entry_lvl: unknown key, did you mean entry_level?",
    ]


def test_read_of_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert library.read([tmp_path / "no.yaml"]).problems == [f"{tmp_path}/no.yaml:1:1: No such file or directory"]


def test_read_of_a_folder_is_a_problem(tmp_path: Path) -> None:
    assert library.read([tmp_path]).problems == [f"{tmp_path}:1:1: Is a directory"]


def test_read_of_one_version_in_two_files_is_a_problem(tmp_path: Path) -> None:
    copy = written(tmp_path / "copy.yaml", EXAMPLE)
    assert library.read([WORKED_EXAMPLE, copy]).problems == [
        f"{copy}:1:1: tests/golden/worked-example.yaml has worked-example 1.0 too"
    ]


def test_read_of_two_versions_of_one_framework_is_none(tmp_path: Path) -> None:
    newer = written(tmp_path / "newer.yaml", EXAMPLE.replace('version: "1.0"', 'version: "1.1"'))
    assert library.read([WORKED_EXAMPLE, newer]).problems == []


def test_read_takes_practices_known_from_elsewhere(tmp_path: Path) -> None:
    file = written(tmp_path / "own.yaml", EXAMPLE.replace("weight: 2}", "weight: 2, practice: our-own}"))
    assert library.read([file]).problems == [
        f'{file}:51:96: cells[3].statements[0].practice: there is no practice "our-own"'
    ]
    assert library.read([file], practices={"our-own"}).problems == []


def test_read_names_only_the_mistakes_of_the_practices_while_they_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "FIXTURES", tmp_path)
    written(tmp_path / "practices.yaml", "practices: none\n")
    found = library.read([WORKED_EXAMPLE])
    assert found.problems == [f'{tmp_path}/practices.yaml:1:1: practices: expected a list, got "none"']
    assert found.frameworks == {}


def test_shown_is_relative_inside_the_project(tmp_path: Path) -> None:
    assert library.shown(settings.BASE_DIR / "fixtures" / "practices.yaml") == "fixtures/practices.yaml"
    assert library.shown(tmp_path) == str(tmp_path)


def test_check_finds_nothing_in_the_bundled_files() -> None:
    assert checks.run_checks(tags=["frameworks"], include_deployment_checks=True) == []


def test_check_reports_what_is_wrong_with_bundled_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "FIXTURES", tmp_path)
    assert checks.run_checks(tags=["frameworks"], include_deployment_checks=True) == [
        checks.Error(f"{tmp_path}/practices.yaml:1:1: No such file or directory", id="frameworks.E001")
    ]
