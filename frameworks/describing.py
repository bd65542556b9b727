"""What a framework holds, counted: a line for those who load a file, a table for those who keep it."""

from collections.abc import Iterable

from frameworks.definition import Cell, Framework, Level

NOT_COVERED = "–"


def counts(framework: Framework) -> str:
    """One line, `sample 1.0: levels 2, pillars 2, covered cells 4, statements 3, examples 2`."""
    parts = {
        "levels": len(framework.levels),
        "pillars": len(framework.pillars),
        "covered cells": len(framework.cells),
        "statements": len(framework.statements),
        "examples": len(framework.examples),
    }
    return f"{framework.slug} {framework.version}: " + ", ".join(f"{name} {count}" for name, count in parts.items())


def markdown(frameworks: Iterable[Framework]) -> str:
    """A section for each framework, apart by an empty line."""
    return "\n\n".join(section(framework) for framework in frameworks)


def section(framework: Framework) -> str:
    """Heading, counts, and a table: a row for each level, a column for each pillar."""
    head = ["Level", *(pillar.name for pillar in framework.pillars), "All"]
    rows = [head, ["---"] * len(head), *(_row(framework, level) for level in framework.levels)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"### {framework.name}\n\n`{counts(framework)}`\n\n{table}"


def _row(framework: Framework, level: Level) -> list[str]:
    cells = [_cell(framework.cell(level.number, pillar.slug)) for pillar in framework.pillars]
    return [f"{level.number} {level.name}", *cells, str(len(list(framework.at_level(level.number))))]


def _cell(cell: Cell | None) -> str:
    """`3 stated`: how many statements, and how well the source supports them."""
    return f"{len(cell.statements)} {cell.basis.replace('_', '-')}" if cell else NOT_COVERED
