"""Short ways to write a framework in a test, and strategies that draw any framework with any answers to it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from frameworks.definition import (
    Basis,
    Cell,
    Confidence,
    Framework,
    Level,
    Overall,
    Pillar,
    PillarsAre,
    Rating,
    Source,
    Statement,
)

ANY_OVERALL = st.sampled_from(Overall)


def s(key: str, *, essential: bool = False, weight: int = 1, effort: int = 2, practice: str | None = None) -> Statement:
    return Statement(key, f"We do {key}.", essential=essential, weight=weight, effort=effort, practice=practice)


def cell(level: int, pillar: str, *statements: Statement, basis: Basis = Basis.STATED) -> Cell:
    return Cell(level, pillar, basis, f"What the source says on {pillar} at {level}.", ("paper",), statements)


def framework(*cells: Cell, entry_level: int = 0, overall: Overall = Overall.LEVELS) -> Framework:
    """Levels run from 1 to the cells' highest; pillars are named in the order the cells bring them up."""
    return Framework(
        slug="sample",
        version="1.0",
        name="Sample",
        publisher="Nobody",
        summary="A model for a test.",
        licence_note="Ours.",
        pillars_are=PillarsAre.OFFICIAL,
        entry_level=entry_level,
        sources=(Source("paper", "Paper", "Nobody", "2024", Confidence.ORIGINAL),),
        levels=tuple(Level(n, f"Level {n}", "") for n in range(1, max(each.level for each in cells) + 1)),
        pillars=tuple(Pillar(slug, slug.title(), "") for slug in dict.fromkeys(each.pillar for each in cells)),
        cells=cells,
        overall=overall,
    )


def ratings(text: str) -> dict[str, Rating]:
    """Reads `a1 F, a2 DK`."""
    return {key: Rating(code) for key, code in (entry.split() for entry in text.split(",") if entry.strip())}


@st.composite
def frameworks(
    draw: st.DrawFn,
    overall: st.SearchStrategy[Overall] = ANY_OVERALL,
    pillars: Sequence[str] = ("a", "b", "c"),
    most_levels: int = 4,
    most_statements: int = 3,
) -> Framework:
    """Any framework: cells the source does not cover, floors without a statement, weights, efforts, essentials."""
    cells: list[Cell] = []
    for level in range(1, draw(st.integers(1, most_levels)) + 1):
        covered = draw(st.lists(st.sampled_from(pillars), min_size=1, unique=True))
        sizes = [draw(st.integers(0, most_statements)) for _ in covered]
        sizes[0] = max(1, sizes[0])
        cells += [draw(_cells(level, pillar, size)) for pillar, size in zip(covered, sizes, strict=True)]
    return framework(*cells, entry_level=draw(st.integers(0, 1)), overall=draw(overall))


@st.composite
def _cells(draw: st.DrawFn, level: int, pillar: str, size: int) -> Cell:
    basis = draw(st.sampled_from([Basis.STATED, Basis.INFERRED, Basis.WEAK])) if size else Basis.FLOOR
    statements = tuple(
        s(
            f"{pillar}{level}{letter}",
            essential=basis.may_gate and draw(st.integers(0, 3)) == 0,
            weight=draw(st.integers(1, 3)),
            effort=draw(st.integers(1, 3)),
        )
        for letter in "xyz"[:size]
    )
    return cell(level, pillar, *statements, basis=basis)


@st.composite
def ratings_of(draw: st.DrawFn, definition: Framework) -> dict[str, Rating]:
    """Any answers, some left out. High ratings are drawn more often, so that the upper levels are met too."""
    codes = st.sampled_from([*Rating, Rating.F, Rating.F, Rating.F, Rating.L, None])
    drawn = {key: draw(codes) for key in definition.statements}
    return {key: rating for key, rating in drawn.items() if rating is not None}


@st.composite
def assessments(draw: st.DrawFn, of: st.SearchStrategy[Framework] | None = None) -> tuple[Framework, dict[str, Rating]]:
    definition = draw(of if of is not None else frameworks())
    return definition, draw(ratings_of(definition))


@st.composite
def _next_versions(draw: st.DrawFn, old: Framework) -> Framework:
    """Some statements of the old version in other places, words and weights, beside new ones."""
    new = draw(frameworks())
    spare = {key: asked for key, asked in old.statements.items() if key not in new.statements}
    cells = []
    for each in new.cells:
        taken = [spare.pop(key) for key in list(spare) if draw(st.integers(0, 3)) == 0]
        cells.append(replace(each, statements=tuple(map(draw, map(_varied, (*each.statements, *taken))))))
    return replace(new, cells=tuple(cells), version="2.0")


def _varied(asked: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from([asked, asked, replace(asked, help="Every time."), replace(asked, weight=3)])


@st.composite
def two_versions(draw: st.DrawFn) -> tuple[Framework, Framework]:
    old = draw(frameworks())
    return old, draw(_next_versions(old) | st.just(old))
