import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from frameworks import library
from tests.factories import bundled_framework, make_version

GOLDEN = Path(__file__).parent.parent / "golden"
FRAMEWORK, ANSWERS = GOLDEN / "worked-example.yaml", GOLDEN / "worked-example-answers.yaml"
ROOT = Path(__file__).parent.parent.parent

WORKED_TEXT = """\
Worked example 1.0
Level 2, Practised. Level 2 is secured.
72 % of what this model asks is in place.
This is the highest level of the model.

Pillar A: 1.3: level 1, and 33 % of level 2 is in place
Pillar B: 2.0: the highest level this model covers here

The second thing of pillar A is in place (Pillar A, level 1): For later
The third thing of pillar A is in place (Pillar A, level 2): For later
The second thing of pillar B is in place (Pillar B, level 2): For later
"""


def figures(level: int, low: float, band: str) -> dict[str, Any]:
    return {"level": level, "achievement": low, "achievement_high": low, "band": band, "failed_gates": []}


def gap(statement: str, pillar: str, level: int, rating: str, missing: float) -> dict[str, Any]:
    return {
        "statement": statement,
        "pillar": pillar,
        "level": level,
        "rating": rating,
        "missing": missing,
        "reason": "later",
        "actions": [],
    }


WORKED_JSON = {
    "framework": "worked-example",
    "version": "1.0",
    "organization": "Northwind Retail",
    "team": "Claims",
    "level": 2,
    "level_name": "Practised",
    "level_high": 2,
    "secured_level": 2,
    "position": 2.0,
    "position_high": 2.0,
    "achievement": 0.7222,
    "achievement_high": 0.7222,
    "coverage": 1.0,
    "complete": True,
    "limited_scope": False,
    "levels": [figures(1, 0.8889, "F"), figures(2, 0.5556, "L")],
    "pillars": [
        {
            "slug": "a",
            "level": 1,
            "level_high": 1,
            "secured_level": 1,
            "position": 1.3333,
            "position_high": 1.3333,
            "achievement": 0.5833,
            "achievement_high": 0.5833,
            "covered_to": 2,
            "limited_scope": False,
            "cells": [figures(1, 0.8333, "L"), figures(2, 0.3333, "P")],
        },
        {
            "slug": "b",
            "level": 2,
            "level_high": 2,
            "secured_level": 2,
            "position": 2.0,
            "position_high": 2.0,
            "achievement": 0.8333,
            "achievement_high": 0.8333,
            "covered_to": 2,
            "limited_scope": False,
            "cells": [figures(1, 1.0, "F"), figures(2, 0.6667, "L")],
        },
    ],
    "gaps": [gap("a2", "a", 1, "L", 0.3333), gap("a3", "a", 2, "P", 0.6667), gap("b2", "b", 2, "L", 0.6667)],
    "next_level": None,
}


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("score_answers", *map(str, arguments), stdout=out)
    return out.getvalue()


def refused(*arguments: object) -> list[str]:
    """The lines on standard error."""
    err = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("score_answers", *map(str, arguments), stderr=err)
    assert ended.value.code == 1
    return err.getvalue().splitlines()


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return tmp_path / "answers.yaml"


def test_text_of_the_worked_example() -> None:
    assert run(ANSWERS, "--framework", FRAMEWORK) == WORKED_TEXT


def test_json_of_the_worked_example_key_by_key() -> None:
    shown = json.loads(run(ANSWERS, "--framework", FRAMEWORK, "--format", "json"))
    assert shown == WORKED_JSON
    assert list(shown) == list(WORKED_JSON)


def test_second_half_of_the_worked_example_has_a_way_to_the_next_level(answers: Path) -> None:
    answers.write_text(ANSWERS.read_text().replace("b2: L", "b2: P"))
    shown = json.loads(run(answers, "--framework", FRAMEWORK, "--format", "json"))
    assert (shown["level"], shown["level_name"], shown["position"]) == (1, "Started", 1.3333)
    assert [(item["statement"], item["reason"]) for item in shown["gaps"][:2]] == [("b2", "gate"), ("a3", "blocks")]
    assert shown["next_level"] == {"number": 2, "effort": 2, "raise": [{"statement": "b2", "from": "P", "to": "L"}]}


@pytest.mark.parametrize("rating", ["F", "N"])
@pytest.mark.parametrize("path", library.bundled(), ids=lambda path: path.stem)
def test_everything_in_place_is_the_top_and_nothing_the_entry_level(answers: Path, path: Path, rating: str) -> None:
    framework = bundled_framework(path.stem)
    said = dict.fromkeys(framework.statements, rating)
    answers.write_text(json.dumps({"framework": framework.slug, "organization": "Northwind", "answers": said}))
    shown = json.loads(run(answers, "--framework", path, "--format", "json"))
    level, achievement = (len(framework.levels), 1.0) if rating == "F" else (framework.entry_level, 0.0)
    assert (shown["level"], shown["secured_level"], shown["achievement"]) == (level, level, achievement)
    assert (shown["coverage"], shown["complete"], shown["limited_scope"]) == (1.0, True, False)
    assert (shown["next_level"] is None, shown["gaps"] == []) == (rating == "F", rating == "F")


@pytest.mark.django_db
def test_published_framework_is_found_by_its_name(answers: Path) -> None:
    make_version()
    assert run(ANSWERS) == WORKED_TEXT
    answers.write_text(ANSWERS.read_text().replace('version: "1.0"\n', ""))
    assert run(answers) == WORKED_TEXT


def test_without_a_database_a_framework_file_is_enough(tmp_path: Path) -> None:
    nowhere = {"WAYMARK_DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "WAYMARK_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "manage.py", "score_answers", str(ANSWERS), "--framework", str(FRAMEWORK)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WAYMARK_", "DJANGO_"))}
    ran = subprocess.run(command, cwd=ROOT, env=kept | nowhere, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, WORKED_TEXT, "")


def test_every_problem_of_an_answers_file_is_located(answers: Path) -> None:
    answers.write_text("framework: worked-example\norganization: Northwind\nanswers:\n  a1: X\n  zz: F\n  a2: NA\n")
    assert refused(answers, "--framework", FRAMEWORK) == [
        f'{answers}:4:3: answers.a1: expected one of N, P, L, F, DK, NA, or a mapping, got "X"',
        f'{answers}:5:3: answers.zz: there is no statement "zz"',
        f"{answers}:6:3: answers.a2: NA needs a reason: {{rating: NA, reason: …}}",
    ]


def test_unknown_framework_is_located(answers: Path) -> None:
    answers.write_text("framework: no-such\norganization: Northwind\nanswers: {a1: F}\n")
    assert refused(answers, "--framework", FRAMEWORK) == [f'{answers}:1:1: framework: there is no framework "no-such"']


@pytest.mark.django_db
def test_framework_that_is_not_published_is_located() -> None:
    [line] = refused(ANSWERS)
    assert line.startswith(f"{ANSWERS}:1:1: framework: there is no framework")


def test_problem_of_the_framework_file_is_located(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(FRAMEWORK.read_text().replace("weight: 2", "weight: heavy"))
    [line] = refused(ANSWERS, "--framework", broken)
    assert line.startswith(f"{broken}:")
    assert line.endswith('weight: expected an integer from 1 to 3, got "heavy"')


def test_missing_file_is_named(answers: Path) -> None:
    with pytest.raises(CommandError, match=r"answers\.yaml: No such file or directory"):
        run(answers, "--framework", FRAMEWORK)


def test_pdf_is_written_beside_the_result(tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    assert run(ANSWERS, "--framework", FRAMEWORK, "--pdf", out) == WORKED_TEXT
    first = " ".join(PdfReader(out).pages[0].extract_text().split())
    assert "Level 2 of 2, Practised" in first
    assert "Northwind Retail" in first


def test_pdf_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no-such-folder"):
        run(ANSWERS, "--framework", FRAMEWORK, "--pdf", tmp_path / "no-such-folder" / "report.pdf")
