"""How much of each cell is in place: a row per pillar, a column per level."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from reports.charts.table import Table

type Fill = Literal["N", "P", "L", "F", "uncovered", "inapplicable"]
"""A band of what is in place, or why there is none."""

FILLS: tuple[Fill, ...] = ("N", "P", "L", "F", "inapplicable", "uncovered")


@dataclass(frozen=True)
class Tile:
    """A cell. `text` is what is printed in it, `words` what it means; at a gate an essential statement is missing."""

    fill: Fill
    text: str
    words: str
    gate: bool = False

    @property
    def printed(self) -> str:
        return f"{self.text}*" if self.gate else self.text

    @property
    def spoken(self) -> str:
        """ "40 %, partly in place"; without a share the words alone."""
        told = f"{self.text}, {self.words}" if self.text else self.words
        return f"{told}, {gate_label()}" if self.gate else told


@dataclass(frozen=True)
class Heat:
    """`columns` are the levels' names, the first one's number is 1. No column, no row, or a row that is not as wide is
    a ValueError."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Tile, ...]], ...]

    def __post_init__(self) -> None:
        if not self.columns or not self.rows:
            raise ValueError("a heat map has at least one row and one column")
        for name, tiles in self.rows:
            if len(tiles) != len(self.columns):
                raise ValueError(f"{name}: {len(tiles)} tiles for {len(self.columns)} columns")

    @property
    def description(self) -> str:
        return self.table().spoken()

    @property
    def gated(self) -> bool:
        return any(tile.gate for _name, tiles in self.rows for tile in tiles)

    @property
    def fills(self) -> list[Fill]:
        """Those that occur, and every band."""
        found = {tile.fill for _name, tiles in self.rows for tile in tiles}
        return [fill for fill in FILLS if fill in found or fill in "NPLF"]

    def table(self) -> Table:
        header = (_("Pillar"), *(self.column_name(number) for number in range(1, len(self.columns) + 1)))
        return Table(header, tuple((name, *(tile.spoken for tile in tiles)) for name, tiles in self.rows))

    def column_name(self, level: int) -> str:
        return _("Level %(number)s, %(name)s") % {"number": level, "name": self.columns[level - 1]}

    def tips(self) -> Iterator[str]:
        """What a pointer brings up at each tile, row by row: "Trust, level 2: 40 %, partly in place"."""
        for name, tiles in self.rows:
            for number, tile in enumerate(tiles, start=1):
                yield _("%(pillar)s, level %(level)d: %(cell)s") % {
                    "pillar": name,
                    "level": number,
                    "cell": tile.spoken,
                }


def fill_label(fill: Fill) -> str:
    return {
        "N": _("up to 15 %: not in place"),
        "P": _("up to 50 %: partly"),
        "L": _("up to 85 %: largely"),
        "F": _("above: fully"),
        "inapplicable": _("does not apply"),
        "uncovered": _("not covered, or nothing asked"),
    }[fill]


def gate_label() -> str:
    return _("an essential statement is missing")
