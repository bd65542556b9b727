"""A framework written from nothing in the administration, used in a round, and taken elsewhere."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from assessment.models import Assessment
from frameworks.checkup import check
from frameworks.models import Cell, Statement, Version
from tests.conftest import Cast
from tests.factories import make_member, make_user
from tests.frameworks.admin_pages import change_page, page

NAMES = ["First", "Second", "Third"]
ABOUT = {"name": "Small model", "publisher": "Northwind", "summary": "A test.", "licence_note": "Ours.", "limits": ""}
SCORING = {"pillars_are": "official", "entry_level": "0", "overall": "levels"}
SOURCE = {"key": "book", "title": "A book", "publisher": "Northwind", "published": "2026", "confidence": "original"}


def add(client: Client, model: str, sent: dict[str, Any]) -> None:
    response = client.post(f"/admin/frameworks/{model}/add/", sent)
    assert (response.status_code, model) == (302, model)


def rows(prefix: str, filled: list[dict[str, Any]]) -> dict[str, Any]:
    """A table of the version's page with these rows."""
    counts = {f"{prefix}-TOTAL_FORMS": len(filled), f"{prefix}-INITIAL_FORMS": 0}
    return counts | {f"{prefix}-{n}-{name}": value for n, row in enumerate(filled) for name, value in row.items()}


def write_framework(operator: Client) -> Version:
    """Three levels, three pillars, a cell with a statement at every pair of them."""
    levels = [{"number": n + 1, "name": name, "summary": f"The {name.lower()}."} for n, name in enumerate(NAMES)]
    pillars = [{"slug": slug, "name": f"Pillar {slug}", "summary": "What it is about."} for slug in "abc"]
    tables = rows("levels", levels) | rows("pillars", pillars)
    add(operator, "version", {"slug": "small"} | ABOUT | SCORING | tables)
    made = Version.objects.get(framework__slug="small")
    add(operator, "source", {"version": made.pk} | SOURCE)
    for pillar in made.pillars.all():
        for level in made.levels.all():
            fact = f"The book says it of {pillar.slug} at {level.number}."
            cell = {"level": level.pk, "pillar": pillar.pk, "basis": "stated", "fact": fact, "sources": "book"}
            add(operator, "cell", cell)
            key = f"{pillar.slug}-{level.number}"
            asked = {"cell": Cell.objects.get(fact=fact).pk, "key": key, "text": f"{fact[:-1]}, and it is done."}
            add(operator, "statement", asked | {"weight": 1, "effort": 2, "required": "F"})
    return made


def use_in_a_round(cast: Cast) -> Assessment:
    """An owner opens the round; Alice says that all up to level 2 is in place and nothing of level 3."""
    owner = make_user("olivia@example.org")
    make_member(owner, cast.organization, is_owner=True)
    cast.client_of(owner).post(
        "/o/northwind/rounds/new/", {"framework": "small", "name": "Small round", "teams": ["claims"]}
    )
    assessment = Assessment.objects.get(round__name="Small round")
    alice = cast.client_of(cast.alice)
    for key in assessment.framework.statements:
        rating = "N" if key.endswith("3") else "F"
        alice.post(assessment.url("statement", key), {f"{key}-rating": rating})
    return assessment


def export(operator: Client, version: Version) -> str:
    return operator.get(page(version, "export")).content.decode()


def in_an_empty_database(file: str, folder: Path) -> str:
    """What is exported where only this file was loaded."""
    (folder / "small.yaml").write_text(file)
    commands = ["migrate --verbosity 0", "load_frameworks small.yaml", "export_framework small"]
    told = [manage(folder, *command.replace("small.yaml", str(folder / "small.yaml")).split()) for command in commands]
    return told[-1]


def manage(folder: Path, *arguments: str) -> str:
    environment = {"WAYMARK_DATA_DIR": str(folder)}
    command = [sys.executable, "manage.py", *arguments]
    run = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True)
    return run.stdout


def test_framework_written_in_the_administration_is_used_and_taken_elsewhere(cast: Cast, tmp_path: Path) -> None:
    operator = cast.client_of(make_user("root@example.org", is_staff=True, is_superuser=True))
    version = write_framework(operator)
    assert (check(version).mistakes, Statement.objects.filter(version=version).count()) == ((), 9)
    operator.post(page(version, "publish"), {"number": "1.0", "note": "The first version.", "accepted": "on"})
    file = export(operator, version)
    assert "so nothing in it can be changed" in operator.get(change_page(version)).content.decode()
    assessment = use_in_a_round(cast)
    result = cast.client_of(cast.bob).get(f"{assessment.get_absolute_url()}result/").content.decode()
    assert (assessment.round.version, "Level 2, Second" in result) == (version, True)
    assert in_an_empty_database(file, tmp_path) == file
