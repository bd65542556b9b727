"""The heat map says the same in its picture, its Plotly figure, its table and its description."""

from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from reports import pictures
from reports.charts import Heat, Tile, figure, svg
from reports.charts.heat import FILLS
from reports.charts.heat_figure import GAP
from reports.charts.palette import BANDS
from tests.factories import make_report
from tests.figures import said

SVG = "{http://www.w3.org/2000/svg}"
NOT = Tile("N", "0 %", "not in place", gate=True)
PARTLY = Tile("P", "40 %", "partly in place")
FULLY = Tile("F", "100 %", "fully in place")
UNCOVERED = Tile("uncovered", "", "not covered by this model")
HEAT = Heat("In place", ("Started", "Practised"), (("Prompts", (FULLY, PARTLY)), ("Trust <b>", (UNCOVERED, NOT))))


def picture(chart: Heat) -> ElementTree.Element:
    return ElementTree.fromstring(svg(chart, "heat"))


def plot(chart: Heat) -> dict:
    made = figure(chart)
    assert made is not None
    return made


def test_table_says_share_and_meaning_of_every_cell() -> None:
    assert HEAT.table().header == ("Pillar", "Level 1, Started", "Level 2, Practised")
    assert HEAT.table().rows == (
        ("Prompts", "100 %, fully in place", "40 %, partly in place"),
        ("Trust <b>", "not covered by this model", "0 %, not in place, an essential statement is missing"),
    )


def test_picture_and_figure_carry_the_table_s_cells() -> None:
    expected = [
        f"{row[0]}, level {level}: {cell}" for row in HEAT.table().rows for level, cell in enumerate(row[1:], start=1)
    ]
    [heat] = plot(HEAT)["data"]
    escaped = [text for row in heat["hovertext"] for text in row]
    assert [title.text for title in picture(HEAT).iterfind(f".//{SVG}rect/{SVG}title")] == expected
    assert [said(text) for text in escaped] == expected
    assert heat["text"] == [["100 %", "40 %"], ["", "0 %*"]]


def test_picture_prints_the_number_in_every_tile_that_has_one() -> None:
    printed = [text.text for text in picture(HEAT).iter(f"{SVG}text") if "chart-tile-text" in text.get("class", "")]
    assert printed == ["100 %", "40 %", "0 %*"]


def test_every_fill_has_its_color_in_picture_and_figure() -> None:
    tiles = [rect for rect in picture(HEAT).iter(f"{SVG}rect") if rect.find(f"{SVG}title") is not None]
    assert [rect.get("fill") for rect in tiles] == [BANDS[fill].fill for fill in ("F", "P", "uncovered", "N")]
    [heat] = plot(HEAT)["data"]
    assert heat["z"] == [[FILLS.index("F"), FILLS.index("P")], [FILLS.index("uncovered"), FILLS.index("N")]]
    steps = [color for _place, color in heat["colorscale"]]
    assert [steps[2 * number] for row in heat["z"] for number in row] == [rect.get("fill") for rect in tiles]


def test_uncovered_tile_is_hatched_and_the_legend_says_so() -> None:
    hatched = [path for path in picture(HEAT).iter(f"{SVG}path") if path.get("class") == "chart-hatching"]
    assert len(hatched) == 2
    texts = [text.text for text in picture(HEAT).iter(f"{SVG}text")]
    assert texts[-7:] == [
        "up to 15 %: not in place",
        "up to 50 %: partly",
        "up to 85 %: largely",
        "above: fully",
        "not covered, or nothing asked",
        "*",
        "an essential statement is missing",
    ]


def test_plotly_accepts_the_figure_and_draws_no_image() -> None:
    """Without gaps Plotly draws the tiles as an image with a style attribute, which the security policy refuses."""
    made = plot(HEAT)
    assert go.Figure(data=made["data"], layout=made["layout"]).to_dict()["data"][0]["type"] == "heatmap"
    assert (made["data"][0]["xgap"], made["data"][0]["ygap"], GAP > 0) == (GAP, GAP, True)


@pytest.mark.parametrize("rows", [(), (("Prompts", (FULLY,)),)])
def test_heat_map_of_impossible_shape_is_refused(rows: tuple) -> None:
    with pytest.raises(ValueError, match=r"at least one row|Prompts: 1 tiles for 2 columns"):
        Heat("In place", ("Started", "Practised"), rows)


def test_report_s_cells_come_to_their_tiles() -> None:
    chart = pictures.heat(make_report({"a1": "P", "a2": "NA", "b1": "F", "a3": "NA", "b2": "N"}))
    said = [[tile.spoken.replace("\N{NO-BREAK SPACE}", " ") for tile in tiles] for _name, tiles in chart.rows]
    assert said == [
        ["33 %, partly in place, an essential statement is missing", "n/a, does not apply"],
        ["100 %, fully in place", "0 %, not in place, an essential statement is missing"],
    ]
