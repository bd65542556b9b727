"""The practices each cell asks for are those the sources name, but for what docs/frameworks.md lists with a reason."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from frameworks import library
from frameworks.definition import Basis, Cell, Framework, Rating, Statement

ROOT: Path = settings.BASE_DIR
NOT_ASKED = "–"

type Place = tuple[str, str, str]
"""Framework, cell and practice: ("microsoft-genaiops", "prompts-2", "prompt-design")."""


@dataclass(frozen=True)
class Link:
    """What the sources say of a practice in a cell."""

    place: Place
    required: Rating
    gates: bool


def links() -> Iterator[Link]:
    with (ROOT / "tests/frameworks/crosswalk.csv").open() as file:
        for row in csv.DictReader(file):
            place = (row["framework"], f"{row['pillar']}-{row['level']}", row["practice"])
            yield Link(place, Rating(row["required"]), row["gates"] == "yes")


LINKS = {link.place: link for link in links()}
PUBLISHED = [
    framework
    for framework in library.read().frameworks.values()
    if framework.slug in {framework for framework, _, _ in LINKS}
]
each = pytest.mark.parametrize("model", PUBLISHED, ids=lambda model: model.slug)


def place_of(model: Framework, cell: Cell, statement: Statement) -> Place:
    return model.slug, f"{cell.pillar}-{cell.level}", str(statement.practice)


def cells(model: Framework) -> set[tuple[str, str]]:
    """Those that ask for something, but for floors: there the source describes an absence."""
    return {(model.slug, f"{cell.pillar}-{cell.level}") for cell in model.cells if cell.basis is not Basis.FLOOR}


def asked(model: Framework) -> dict[Place, list[Rating]]:
    """The ratings required of a practice in a cell."""
    found: dict[Place, list[Rating]] = {}
    for key, statement in model.statements.items():
        cell = model.cell_of[key]
        if cell.basis is not Basis.FLOOR:
            found.setdefault(place_of(model, cell, statement), []).append(statement.required)
    return found


def differences(model: Framework) -> set[tuple[str, ...]]:
    """Place, rating by the sources and highest rating in the file, wherever the two differ."""
    by_sources = {place: str(link.required) for place, link in LINKS.items() if place[0] == model.slug}
    in_file = {
        place: str(max(ratings, key=lambda rating: rating.worth or 0)) for place, ratings in asked(model).items()
    }
    return {
        (*place, by_sources.get(place, NOT_ASKED), in_file.get(place, NOT_ASKED))
        for place in by_sources.keys() | in_file.keys()
        if by_sources.get(place) != in_file.get(place)
    }


def deliberate() -> list[list[str]]:
    """The table of differences: framework, cell, practice, rating by the sources and in the file, reason."""
    page = (ROOT / "docs/frameworks.md").read_text().split("### Links to practices")[1]
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| `")]
    return [[text.strip("`") for text in row] for row in rows]


def test_five_published_models_are_linked() -> None:
    assert [model.slug for model in PUBLISHED] == [
        "aim-genai",
        "datastax-genai",
        "genai-cmm",
        "ibm-genai-adoption",
        "microsoft-genaiops",
    ]


@each
def test_sources_link_every_cell_that_is_asked_about(model: Framework) -> None:
    assert {(framework, cell) for framework, cell, _ in LINKS if framework == model.slug} == cells(model)


@each
def test_differences_are_those_listed_as_deliberate(model: Framework) -> None:
    listed = {tuple(row[:5]) for row in deliberate() if row[0] == model.slug}
    assert sorted(differences(model) - listed) == []
    assert sorted(listed - differences(model)) == []


@each
def test_essential_statement_stands_for_a_link_that_may_gate(model: Framework) -> None:
    gates = {place for place, link in LINKS.items() if link.gates}
    assert [
        key
        for key, statement in model.statements.items()
        if statement.essential and place_of(model, model.cell_of[key], statement) not in gates
    ] == []


def test_deliberate_difference_is_listed_once_with_a_reason() -> None:
    places = [tuple(row[:3]) for row in deliberate()]
    assert len(set(places)) == len(places)
    assert [row for row in deliberate() if len(row) != 6 or len(row[5]) < 10] == []
