"""The light theme's colors, for paper and for browsers without a script. On screen `static/css/charts.css` and
`static/js/charts.js` put the theme's own value of the same token in their place."""

from dataclasses import dataclass

INK = "#14181F"
QUIET = "#4A5361"
LINE = "#7A8494"
SURFACE = "#FFFFFF"
HAIRLINE = "#DDE1E7"
CURRENT = "#0B5CAD"
TARGET = "#B3400A"
PREVIOUS = "#5B6472"
PLANNED = "#17692F"

BAND_P, BAND_L, BAND_F = "#C4E6E8", "#0B7B91", "#003C66"

TOKENS = {
    INK: "--ink",
    QUIET: "--ink-2",
    LINE: "--line",
    SURFACE: "--surface",
    HAIRLINE: "--hairline",
    CURRENT: "--series-current",
    TARGET: "--series-target",
    PREVIOUS: "--series-previous",
    PLANNED: "--series-planned",
    BAND_P: "--band-P",
    BAND_L: "--band-L",
    BAND_F: "--band-F",
}

FONT = "Inter, DejaVu Sans, sans-serif"


@dataclass(frozen=True)
class Paint:
    """The color of a tile, of what is printed on it, and the width of its rim where it is as light as the page.

    What is printed on a dark tile has the color of the surface in both themes: dark tiles are light in the dark one."""

    fill: str
    ink: str
    rim: float = 0


BANDS = {
    "N": Paint(SURFACE, INK, 1),
    "P": Paint(BAND_P, INK),
    "L": Paint(BAND_L, SURFACE),
    "F": Paint(BAND_F, SURFACE),
    "inapplicable": Paint(SURFACE, QUIET),
    "uncovered": Paint(SURFACE, QUIET, 0.6),
}


@dataclass(frozen=True)
class Shade:
    """The color of a level. `number` is its place in the scale, as in the token `--level-3`."""

    number: int
    fill: str
    ink: str


_SCALES = {
    4: ("#029F98", "#047595", "#02478A", "#160C58"),
    5: ("#029F98", "#0B7B91", "#015C86", "#003C66", "#220060"),
}


def scale(levels: int) -> int:
    """How many shades serve a model with so many levels: 4 or 5."""
    return 4 if levels == 4 else 5


def shade(level: int, levels: int) -> Shade:
    """The shade of a level from 1 to `levels`; models with more levels than shades share neighbors."""
    fills = _SCALES[scale(levels)]
    number = 1 + (level - 1) * (len(fills) - 1) // max(levels - 1, len(fills) - 1)
    return Shade(number, fills[number - 1], INK if number == 1 else SURFACE)
