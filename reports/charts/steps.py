"""Levels over several rounds as step lines, one below the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from reports.charts.table import Table, number

type Change = Literal["", "minor", "major"]


@dataclass(frozen=True)
class Stop:
    """A round. `change` says what lies between it and the one before: nothing is joined across a major version."""

    label: str
    version: str
    change: Change = ""


@dataclass(frozen=True)
class Line:
    """A pillar, or the whole: a level and a position for each round; None where it was not rated."""

    label: str
    levels: tuple[int | None, ...]
    positions: tuple[float | None, ...]


@dataclass(frozen=True)
class Steps:
    """No line, fewer than two rounds, or a line that is not as long is a ValueError."""

    title: str
    levels: int
    stops: tuple[Stop, ...]
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        if not self.lines or len(self.stops) < 2:
            raise ValueError("a trend has at least one line and two rounds")
        for line in self.lines:
            if not len(line.levels) == len(line.positions) == len(self.stops):
                raise ValueError(f"{line.label}: {len(line.levels)} levels for {len(self.stops)} rounds")
            if any(level is not None and not 0 <= level <= self.levels for level in line.levels):
                raise ValueError(f"{line.label}: levels go from 0 to {self.levels}")

    @property
    def description(self) -> str:
        return self.table().spoken()

    def table(self) -> Table:
        header = (_("Pillar"), *(self.stop_name(place) for place in range(len(self.stops))))
        rows = ((line.label, *(self.shown(line, place) for place in range(len(self.stops)))) for line in self.lines)
        return Table(header, tuple(rows))

    def stop_name(self, place: int) -> str:
        """ "H2 2026", and where something changed "H2 2026 (version 1.1)"."""
        stop = self.stops[place]
        if not stop.change:
            return stop.label
        return _("%(round)s (version %(version)s)") % {"round": stop.label, "version": stop.version}

    def shown(self, line: Line, place: int) -> str:
        """ "level 2 (2.4)"."""
        level, position = line.levels[place], line.positions[place]
        if level is None or position is None:
            return _("not rated")
        return _("level %(level)d (%(position)s)") % {"level": level, "position": number(position)}

    def tip(self, line: Line, place: int) -> str:
        return f"{line.label}, {self.stop_name(place)}: {self.shown(line, place)}"

    def runs(self, line: Line) -> Iterator[list[int]]:
        """The places joined to each other: rated, and within one major version."""
        run: list[int] = []
        for place, stop in enumerate(self.stops):
            if run and (stop.change == "major" or line.levels[place] is None):
                yield run
                run = []
            if line.levels[place] is not None:
                run.append(place)
        if run:
            yield run
