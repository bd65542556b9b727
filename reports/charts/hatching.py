"""Diagonal hatching as plain lines: patterns come out differently in browsers, printers and Plotly."""

from itertools import pairwise
from math import ceil

Point = tuple[float, float]

SPACING = 9.0


def hatch(corners: list[Point]) -> list[tuple[Point, Point]]:
    """The 45-degree lines inside a convex polygon. They lie on one grid, so that neighbors join without a seam."""
    sums = [x + y for x, y in corners]
    steps = range(ceil(min(sums) / SPACING), ceil(max(sums) / SPACING))
    cuts = [_cut(corners, step * SPACING) for step in steps]
    return [(cut[0], cut[1]) for cut in cuts if len(cut) == 2]


def _cut(corners: list[Point], total: float) -> list[Point]:
    """Where the line x + y = total crosses the polygon's edges."""
    crossings = []
    for (x1, y1), (x2, y2) in pairwise([*corners, corners[0]]):
        before, after = x1 + y1 - total, x2 + y2 - total
        if (before < 0) != (after < 0):
            share = before / (before - after)
            crossings.append((x1 + share * (x2 - x1), y1 + share * (y2 - y1)))
    return crossings
