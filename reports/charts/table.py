"""The numbers of a chart as text: what "Show as table" shows and screen readers say."""

from dataclasses import dataclass
from math import floor


@dataclass(frozen=True)
class Table:
    """One row per pillar or level; the first cell names it."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def spoken(self) -> str:
        """One sentence a row: "Prompts: Now 2.4, Target 3."."""
        return " ".join(f"{name}: {self._cells(cells)}." for name, *cells in self.rows)

    def _cells(self, cells: list[str]) -> str:
        return ", ".join(f"{head} {cell}" for head, cell in zip(self.header[1:], cells, strict=True))


def number(value: float) -> str:
    """A position with one decimal, a whole level without: 2.4, 3. Cut and not rounded, because 2.97 is level 2."""
    return str(int(value)) if value == int(value) else f"{floor(value * 10 + 1e-6) / 10:.1f}"
