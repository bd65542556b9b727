"""The colors of tokens.css can be told apart: WCAG 2.2 contrast, computed from the file itself."""

import re
from itertools import product
from pathlib import Path

import pytest

PAPER = ["report.css", "report-screen.css"]
CSS_DIR = Path(__file__).parent.parent / "static" / "css"
TOKENS_CSS = (CSS_DIR / "tokens.css").read_text(encoding="utf-8")

BLOCKS = {
    "light": ":root",
    "dark": '[data-bs-theme="dark"]',
    "dark by the system": ":root:not([data-bs-theme])",
}


def colors_of(selector: str) -> dict[str, str]:
    """The hex colors of the first block with exactly this selector, by token name without the dashes."""
    block = re.search(rf"^\s*{re.escape(selector)} \{{(.*?)\}}", TOKENS_CSS, re.MULTILINE | re.DOTALL)
    assert block, selector
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[1]))


def luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


THEMES = {theme: colors_of(selector) for theme, selector in BLOCKS.items()}

GROUNDS = ("page", "surface")
TEXTS = ("ink", "ink-2", "accent", "accent-strong", "ok", "warn", "error", "info", "neutral")
SHAPES = ("line", "focus", "series-current", "series-target", "series-previous", "series-planned")
LEVELS = (*(f"level-{n}" for n in range(1, 6)), *(f"of-four-{n}" for n in range(1, 5)))
TINTS = ("ok", "warn", "error", "info", "neutral")
BANDS = ("band-N", "band-P", "band-L", "band-F")

TEXT_PAIRS = [
    *product(TEXTS, GROUNDS),
    *((name, f"{name}-tint") for name in TINTS),
    *(("ink", f"{name}-tint") for name in TINTS),
    *(("ink-2", f"{name}-tint") for name in ("info", "neutral")),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-strong"),
    *((f"{band}-ink", band) for band in BANDS),
    *((f"level-{n}-ink", f"level-{n}") for n in range(1, 6)),
    *((f"level-{n}-ink", f"of-four-{n}") for n in range(1, 5)),
]
SHAPE_PAIRS = [*product((*SHAPES, *LEVELS), GROUNDS), ("focus", "info-tint"), ("accent", "info-tint")]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_has_a_contrast_of_4_5(theme: str, text: str, ground: str) -> None:
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_controls_focus_series_and_levels_have_a_contrast_of_3(theme: str, shape: str, ground: str) -> None:
    assert contrast(THEMES[theme][shape], THEMES[theme][ground]) >= 3.0


def test_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_dark_is_the_same_by_choice_and_by_the_system() -> None:
    assert THEMES["dark"] == THEMES["dark by the system"]


def test_light_and_dark_name_the_same_colors() -> None:
    assert THEMES["light"].keys() == THEMES["dark"].keys()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scale", [[f"level-{n}" for n in range(1, 6)], [f"of-four-{n}" for n in range(1, 5)]])
def test_a_higher_level_stands_out_more(theme: str, scale: list[str]) -> None:
    strengths = [contrast(THEMES[theme][level], THEMES[theme]["page"]) for level in scale]
    assert strengths == sorted(strengths)


def named_colors(sheet: str) -> set[str]:
    text = (CSS_DIR / sheet).read_text(encoding="utf-8")
    return set(re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", text))


def test_no_other_style_sheet_of_a_page_names_a_color() -> None:
    sheets = {path.name for path in CSS_DIR.glob("*.css")} - {"tokens.css", *PAPER}
    assert {sheet: named_colors(sheet) for sheet in sheets if named_colors(sheet)} == {}


@pytest.mark.parametrize("sheet", PAPER)
def test_a_report_as_on_paper_has_only_colors_of_the_light_theme(sheet: str) -> None:
    """It is drawn without tokens.css, so its sheets name them themselves."""
    assert named_colors(sheet) - set(THEMES["light"].values()) == set()
