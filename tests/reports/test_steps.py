"""Step lines say the same in their picture, their Plotly figure, their table and their description."""

from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from reports.charts import Line, Steps, Stop, figure, svg
from reports.charts.lettering import width
from reports.charts.steps_drawing import draw_steps
from tests.figures import said

SVG = "{http://www.w3.org/2000/svg}"
STEPS = Steps(
    "Levels",
    4,
    (Stop("H1 2025", "1.0"), Stop("H2 2025", "1.1", "minor"), Stop("H1 2026", "2.0", "major"), Stop("H2 2026", "2.0")),
    (Line("Whole", (1, 2, 2, 3), (1.4, 2.0, 2.3, 3.1)), Line("Trust & <b>", (0, None, 1, 1), (0.5, None, 1.0, 1.2))),
)


def picture(chart: Steps) -> ElementTree.Element:
    return ElementTree.fromstring(svg(chart, "trend"))


def plot(chart: Steps) -> dict:
    made = figure(chart)
    assert made is not None
    return made


def test_table_says_level_and_position_of_every_round_and_where_the_version_changed() -> None:
    assert STEPS.table().header == ("Pillar", "H1 2025", "H2 2025 (version 1.1)", "H1 2026 (version 2.0)", "H2 2026")
    assert STEPS.table().rows == (
        ("Whole", "level 1 (1.4)", "level 2 (2)", "level 2 (2.3)", "level 3 (3.1)"),
        ("Trust & <b>", "level 0 (0.5)", "not rated", "level 1 (1)", "level 1 (1.2)"),
    )


def test_picture_and_figure_carry_the_table_s_numbers() -> None:
    heads = STEPS.table().header[1:]
    expected = [
        f"{row[0]}, {head}: {cell}"
        for row in STEPS.table().rows
        for head, cell in zip(heads, row[1:], strict=True)
        if cell != "not rated"
    ]
    assert [title.text for title in picture(STEPS).iterfind(f".//{SVG}path/{SVG}title")] == expected
    hovers = [text for trace in plot(STEPS)["data"] for text in trace["hovertext"] if text]
    assert [said(text) for text in hovers] == expected


def test_no_line_crosses_a_major_version_or_a_gap() -> None:
    assert [list(STEPS.runs(line)) for line in STEPS.lines] == [[[0, 1], [2, 3]], [[0], [2, 3]]]
    lines = [path.get("d", "") for path in picture(STEPS).iter(f"{SVG}path") if "chart-line" in path.get("class", "")]
    assert [line.count("M") for line in lines] == [2, 2]
    assert [line.count("H") for line in lines] == [2, 1]
    whole = plot(STEPS)["data"][0]
    assert [place is None for place in whole["x"]] == [False, False, True, False, False, True]
    assert whole["line"]["shape"] == "hv"


def test_minor_change_is_dotted_and_a_major_one_solid() -> None:
    marks = [path for path in picture(STEPS).iter(f"{SVG}path") if path.get("class") == "chart-connector"]
    assert [mark.get("stroke-dasharray") for mark in marks] == ["1.5 3", None]
    shapes = [shape["line"].get("dash") for shape in plot(STEPS)["layout"]["shapes"]]
    assert [dash for dash in shapes if dash] == ["dot", "solid"]


def test_plotly_accepts_the_figure() -> None:
    made = plot(STEPS)
    assert len(go.Figure(data=made["data"], layout=made["layout"]).to_dict()["data"]) == 2


@pytest.mark.parametrize(
    ("stops", "lines"),
    [
        ((Stop("H1", "1.0"),), (Line("Whole", (1,), (1.0,)),)),
        ((Stop("H1", "1.0"), Stop("H2", "1.0")), ()),
        ((Stop("H1", "1.0"), Stop("H2", "1.0")), (Line("Whole", (1,), (1.0,)),)),
        ((Stop("H1", "1.0"), Stop("H2", "1.0")), (Line("Whole", (1, 5), (1.0, 5.0)),)),
    ],
)
def test_impossible_trend_is_refused(stops: tuple[Stop, ...], lines: tuple[Line, ...]) -> None:
    with pytest.raises(ValueError, match=r"at least one line|1 levels for 2 rounds|levels go from 0 to 4"):
        Steps("Levels", 4, stops, lines)


def test_name_of_a_round_stays_in_the_picture() -> None:
    stops = (Stop("Spring", "1.0"), Stop("Second half of the year", "1.0"))
    chart = Steps("Levels", 4, stops, (Line("Whole", (1, 2), (1.0, 2.0)),))
    heads = draw_steps(chart).heads
    assert [head.x + max(width(text, 15) for text, _y in head.lines) / 2 <= 460 for head in heads] == [True, True]
    assert heads[0].x == 162
