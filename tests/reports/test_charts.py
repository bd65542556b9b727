"""A chart says the same in its picture, its Plotly figure, its table and its description."""

import json
import re
from itertools import combinations
from math import hypot
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest
from django.template import Context, Template
from django.utils import translation

from reports.charts import Axis, Band, Chart, Distance, Dumbbell, Heat, Ladder, Radar, Role, Series, Tile, figure, svg
from reports.charts.lettering import width, wrap
from reports.charts.marks import path
from reports.charts.palette import SURFACE, TOKENS, shade
from reports.charts.polygon import Label, Polygon, polygon
from reports.charts.table import number
from tests.figures import figure_on, said

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Responsible, secure and well-governed use of data and models"
EVIL = """<a href="https://evil.example">A</a> & 'b' %{r}"""

RADAR = Radar(
    "Position per pillar",
    (Axis("Prompts", 4), Axis("Evaluation", 4), Axis("Monitoring", 3), Axis("Trust", 4)),
    4,
    (
        Series(Role.CURRENT, (2.4, 1.0, None, 2.97)),
        Series(Role.TARGET, (3.0, 3.0, 3.0, None)),
        Series(Role.PREVIOUS, (1.5, 1.0, 0.0, 2.0)),
    ),
)
LADDER = Ladder("Level reached", ("Initial", "Defined", "Managed", "Optimized"), current=2, target=3, previous=1)
DUMBBELL = Dumbbell(
    "Gap per pillar", 4, (Distance("Monitoring", 1, 3), Distance("Trust", 4, 3), Distance("Prompts", 2, None))
)
TEAMS = Radar(
    "Position per pillar",
    (Axis("Prompts", 4), Axis("Evaluation", 4), Axis("Trust", 4)),
    4,
    (Series(Role.CURRENT, (2.4, 1.0, 2.0)), Series(Role.TARGET, (3.0, 3.0, None))),
    Band(lower=(1.3, 1.0, 0.0), upper=(3.0, 1.0, 4.0)),
)
HEAT = Heat(
    "In place", ("Initial", "Defined"), (("Prompts", (Tile("F", "100 %", "fully"), Tile("uncovered", "", "no"))),)
)
CHARTS: list[Chart] = [RADAR, TEAMS, LADDER, DUMBBELL, HEAT]


def picture(chart: Chart, id: str = "chart") -> ElementTree.Element:
    return ElementTree.fromstring(svg(chart, id))


def tips(chart: Chart) -> list[str]:
    """What a pointer brings up on the marks of the picture."""
    return [title.text or "" for title in picture(chart).iterfind(f".//{SVG}path/{SVG}title")]


def hovers(chart: Chart) -> list[str]:
    """The same of the Plotly figure, without its escapes and without the point that closes a line."""
    traces = [trace for trace in plot(chart)["data"] if trace.get("hoverinfo") == "text"]
    points = [
        text
        for trace in traces
        for text in (trace["hovertext"][:-1] if trace["type"] == "scatterpolar" else trace["hovertext"])
    ]
    return [said(text) for text in points if text]


def plot(chart: Chart) -> dict:
    made = figure(chart)
    assert made is not None
    return made


def radar_of(names: list[str], levels: int = 5) -> Radar:
    values = tuple(float(levels) for _name in names)
    return Radar("Position", tuple(Axis(name, levels) for name in names), levels, (Series(Role.CURRENT, values),))


# Words and numbers


def test_radar_table() -> None:
    table = RADAR.table()
    assert table.header == ("Pillar", "Now", "Target", "Previous", "Covered to level")
    assert table.rows == (
        ("Prompts", "2.4", "3", "1.5", "4"),
        ("Evaluation", "1", "3", "1", "4"),
        ("Monitoring", "not rated", "3", "0", "3"),
        ("Trust", "2.9", "no target", "2", "4"),
    )


def test_radar_table_leaves_out_coverage_when_all_is_covered() -> None:
    assert radar_of(["A", "B", "C"]).table().header == ("Pillar", "Now")


def test_radar_description_spells_out_the_numbers() -> None:
    three = Radar(
        "Position",
        (Axis("Prompts", 4), Axis("Data", 4), Axis("Trust", 4)),
        4,
        (Series(Role.CURRENT, (2.4, 1, None)), Series(Role.TARGET, (3, 3, 3))),
    )
    assert three.description == (
        "Levels 0 to 4. Prompts: Now 2.4, Target 3. Data: Now 1, Target 3. Trust: Now not rated, Target 3."
    )


def test_radar_of_teams_tells_their_range() -> None:
    assert TEAMS.table().header == ("Pillar", "Now", "Target", "Range of teams")
    assert TEAMS.table().rows == (
        ("Prompts", "2.4", "3", "1.3 to 3"),
        ("Evaluation", "1", "3", "1 to 1"),
        ("Trust", "2", "no target", "0 to 4"),
    )
    assert TEAMS.description.startswith("Levels 0 to 4. Prompts: Now 2.4, Target 3, Range of teams 1.3 to 3.")
    assert tips(TEAMS)[-3:] == [
        "Prompts: Now 2.4, Range of teams 1.3 to 3",
        "Evaluation: Now 1, Range of teams 1 to 1",
        "Trust: Now 2, Range of teams 0 to 4",
    ]
    assert hovers(TEAMS) == tips(TEAMS)


def test_ladder_table_and_description() -> None:
    assert LADDER.table().header == ("Level", "State")
    assert LADDER.table().rows == (
        ("Level 4, Optimized", "not yet reached"),
        ("Level 3, Managed", "not yet reached, Target"),
        ("Level 2, Defined", "reached, Now"),
        ("Level 1, Initial", "reached, Previous"),
    )
    assert LADDER.description == "Now: Level 2, Defined. Target: Level 3, Managed. Previous: Level 1, Initial."


def test_ladder_below_the_first_level_stands_on_the_ground() -> None:
    ladder = Ladder("Level", ("Initial", "Defined"), current=0, target=1)
    assert ladder.table().rows == (
        ("Level 2, Defined", "not yet reached"),
        ("Level 1, Initial", "not yet reached, Target"),
        ("Not yet at level 1", "Now"),
    )


def test_dumbbell_table_keeps_its_order_and_prints_the_gap() -> None:
    assert DUMBBELL.table().header == ("Pillar", "Now", "Target", "Gap")
    assert DUMBBELL.table().rows == (
        ("Monitoring", "1", "3", "+2"),
        ("Trust", "4", "3", "at target"),
        ("Prompts", "2", "no target", "–"),
    )


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (2.0, "2"), (2.3, "2.3"), (2.97, "2.9"), (2.04, "2.0")])
def test_number_is_cut_so_that_its_whole_part_is_the_level(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize("count", [2, 9])
def test_radar_with_too_few_or_many_axes_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match=f"a radar has 3 to 8 axes, not {count}"):
        radar_of(["Pillar"] * count)


@pytest.mark.parametrize(
    ("series", "message"),
    [
        ((Series(Role.TARGET, (1, 1, 1)), Series(Role.TARGET, (2, 2, 2))), "a radar shows each role once"),
        ((Series(Role.TARGET, (1, 1)),), "target: 2 values for 3 axes"),
        ((Series(Role.TARGET, (1, 1, 4.1)),), "target: values go from 0 to 4"),
    ],
)
def test_radar_with_impossible_series_is_refused(series: tuple[Series, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Radar("Position", (Axis("A", 4), Axis("B", 4), Axis("C", 4)), 4, series)


@pytest.mark.parametrize(
    ("band", "message"),
    [
        (Band((1, 1), (2, 2, 2)), "band: 2 values for 3 axes"),
        (Band((1, 1, 1), (2, 2)), "band: 2 values for 3 axes"),
        (Band((-1, 1, 1), (2, 2, 2)), "band: values go from 0 to 4"),
        (Band((1, 1, 1), (2, 2, 5)), "band: values go from 0 to 4"),
        (Band((1, 3, 1), (2, 2, 2)), "band: nothing is lower than the lowest"),
    ],
)
def test_radar_with_impossible_band_is_refused(band: Band, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Radar("Position", (Axis("A", 4), Axis("B", 4), Axis("C", 4)), 4, (), band)


def test_level_off_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="target: levels go from 0 to 2"):
        Ladder("Level", ("Initial", "Defined"), current=1, target=3)
    with pytest.raises(ValueError, match="Trust: levels go from 0 to 2"):
        Dumbbell("Gaps", 2, (Distance("Trust", 1, 3),))


# One spec, three renderings


def test_radar_picture_and_figure_carry_the_table_numbers() -> None:
    table = RADAR.table()
    expected = {
        f"{row[0]}: {head} {cell}"
        for row in table.rows
        for head, cell in zip(table.header[1:4], row[1:4], strict=True)
        if cell not in ("not rated", "no target")
    }
    assert len(expected) == 10
    assert set(tips(RADAR)) == expected
    assert hovers(RADAR) == tips(RADAR)


def test_radar_marks_lie_where_their_values_are() -> None:
    plane = polygon(tuple(axis.label for axis in RADAR.axes), RADAR.levels)
    places = {series.role: series.values for series in RADAR.series}
    for trace in plot(RADAR)["data"][-3:]:
        role = {role.label: role for role in Role}[trace["name"]]
        assert trace["r"] == [*places[role], places[role][0]]
        assert trace["theta"] == [0, 90, 180, 270, 0]
    for axis, value in enumerate(places[Role.PREVIOUS]):
        assert value is not None
        x, y = plane.point(axis, value)
        assert hypot(x - 230, y - plane.middle) == pytest.approx(plane.radius * value / 4)
        assert plane.polar((x, y))[0] == value


def test_band_is_a_ring_from_the_lowest_to_the_highest_team() -> None:
    plane = polygon(tuple(axis.label for axis in TEAMS.axes), TEAMS.levels)
    corners = [(0, 3), (1, 1), (2, 4), (0, 3), (0, 1.3), (2, 0), (1, 1), (0, 1.3)]
    drawn, sample = [shape for shape in picture(TEAMS).iter(f"{SVG}path") if shape.get("class") == "chart-band"]
    assert drawn.get("d") == path([plane.point(*corner) for corner in corners])
    assert sample.get("d", "").count("L") == 3
    [band] = [trace for trace in plot(TEAMS)["data"] if trace.get("name") == "Range of teams"]
    assert (band["r"], band["theta"]) == ([level for _axis, level in corners], [120 * axis for axis, _level in corners])


def test_band_takes_the_place_of_the_filled_area() -> None:
    assert [element for element in picture(TEAMS).iter() if element.get("class") == "chart-area"] == []
    assert [trace["name"] for trace in plot(TEAMS)["data"] if trace.get("fill")] == ["Range of teams"]
    assert texts(TEAMS)[-3:] == ["Now", "Target", "Range of teams"]


def test_dumbbell_picture_and_figure_carry_the_table_numbers() -> None:
    monitoring, trust, prompts = (
        "Monitoring: Now 1, Target 3 (+2)",
        "Trust: Now 4, Target 3 (at target)",
        "Prompts: Now 2",
    )
    assert tips(DUMBBELL) == [monitoring, monitoring, trust, trust, prompts]
    connectors, targets, now = plot(DUMBBELL)["data"]
    assert (connectors["x"], connectors["y"]) == ([1, 3, None], [0, 0, None])
    assert (targets["x"], now["x"]) == ([3, 3, None], [1, 4, 2])
    assert [said(text) for text in now["hovertext"]] == [monitoring, trust, prompts]


def test_dumbbell_starts_at_level_1_unless_something_is_below() -> None:
    assert [tick for tick in texts(DUMBBELL) if tick.isdigit()] == ["1", "2", "3", "4"]
    below = Dumbbell("Gaps", 2, (Distance("Trust", 0, 1),))
    assert [tick for tick in texts(below) if tick.isdigit()] == ["0", "1", "2"]


def texts(chart: Chart) -> list[str]:
    return [element.text or "" for element in picture(chart).iter(f"{SVG}text")]


@pytest.mark.parametrize("chart", [RADAR, TEAMS, DUMBBELL])
def test_plotly_accepts_the_figure(chart: Chart) -> None:
    made = plot(chart)
    assert go.Figure(data=made["data"], layout=made["layout"]).to_dict()["data"][-1]["name"] == "Now"
    assert json.loads(json.dumps(made)) == made


def test_label_is_no_wider_than_a_side_of_the_figure() -> None:
    long = Dumbbell("Gaps", 4, (Distance(LONG, 1, 3),))
    label = plot(long)["data"][-1]["hovertext"][0]
    assert said(label) == f"{LONG}: Now 1, Target 3 (+2)"
    assert max(width(line, 15) for line in label.split("<br>")) < 460 / 2


def test_plotly_sends_nothing_away() -> None:
    assert plot(RADAR)["config"] == {
        "displayModeBar": False,
        "displaylogo": False,
        "showSendToCloud": False,
        "plotlyServerURL": "",
    }


def test_ladder_has_no_figure() -> None:
    assert figure(LADDER) is None


# Pictures


@pytest.mark.parametrize("chart", CHARTS)
def test_picture_has_presentation_attributes_only(chart: Chart) -> None:
    names = {(element.tag, name) for element in picture(chart).iter() for name in element.attrib}
    assert [name for _tag, name in names if name == "style" or name.startswith("on")] == []
    assert list(picture(chart).iter(f"{SVG}style")) == []


@pytest.mark.parametrize("chart", CHARTS)
def test_picture_is_named_and_described_by_its_own_ids(chart: Chart) -> None:
    root = picture(chart, "profile")
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "profile-title profile-desc")
    described = {element.get("id"): element.text for element in root if element.get("id")}
    assert described == {"profile-title": chart.title, "profile-desc": chart.description}


@pytest.mark.parametrize("chart", CHARTS)
def test_picture_is_the_same_in_every_language_of_numbers(chart: Chart) -> None:
    coordinates = r'[ "](-?\d+[.,]\d+)'
    english = re.findall(coordinates, svg(chart, "chart"))
    with translation.override("de"):
        assert re.findall(coordinates, svg(chart, "chart")) == english


@pytest.mark.parametrize("chart", CHARTS)
def test_picture_has_the_same_bytes_twice(chart: Chart) -> None:
    assert svg(chart, "chart") == svg(chart, "chart")


def test_series_differ_by_dash_and_shape() -> None:
    lines = [element for element in picture(RADAR).iter(f"{SVG}path") if "chart-line" in element.get("class", "")]
    assert {(line.get("class"), line.get("stroke-dasharray")) for line in lines} == {
        ("chart-line chart-current", None),
        ("chart-line chart-target", "6 3"),
        ("chart-line chart-previous", "1.5 3.5"),
    }
    fills = {(trace["name"], trace["marker"]["symbol"], trace["marker"]["color"]) for trace in plot(RADAR)["data"][-3:]}
    assert fills == {("Now", "circle", "#0B5CAD"), ("Target", "diamond", SURFACE), ("Previous", "square", SURFACE)}


def test_now_is_drawn_last_and_listed_first() -> None:
    assert [trace["name"] for trace in plot(RADAR)["data"][-3:]] == ["Previous", "Target", "Now"]
    assert texts(RADAR)[-4:] == ["Now", "Target", "Previous", "Not covered by this model"]


def test_line_of_a_series_leaves_out_what_is_not_rated() -> None:
    paths = list(picture(RADAR).iter(f"{SVG}path"))[::-1]  # the legend's samples come last
    drawn = {element.get("class"): element.get("d", "") for element in paths}
    line, area = drawn["chart-line chart-current"], drawn["chart-area"]
    assert (line.count("M"), line.count("L"), line.count("Z")) == (1, 2, 0)
    assert (area.count("M"), area.count("L"), area.count("Z")) == (1, 3, 1)


def test_radar_without_missing_coverage_has_no_hatching() -> None:
    classes = {element.get("class") for element in picture(radar_of(["A", "B", "C"])).iter(f"{SVG}path")}
    assert "chart-hatching" not in classes


def test_ladder_fills_what_is_reached() -> None:
    fills = [rect.get("fill") for rect in picture(LADDER).iter(f"{SVG}rect")]
    assert fills == ["#FFFFFF", "#FFFFFF", "#047595", "#029F98"]
    assert texts(LADDER) == [
        "4",
        "Optimized",
        "3",
        "Managed",
        "Target",
        "2",
        "Defined",
        "Now",
        "1",
        "Initial",
        "Previous",
    ]


@pytest.mark.parametrize(("levels", "scale"), [(3, 5), (4, 4), (5, 5), (6, 5)])
def test_ladder_names_its_scale_of_colors(levels: int, scale: int) -> None:
    ladder = Ladder("Level", tuple(f"Level {number}" for number in range(levels)), current=levels)
    assert picture(ladder).get("class") == f"chart-svg levels-{scale}"
    assert shade(1, levels).number == 1
    assert shade(levels, levels).number == min(levels, scale)


# Letters


@pytest.mark.parametrize("count", [3, 4, 5, 6, 7, 8])
@pytest.mark.parametrize(
    "name", ["Trust", "Prompts and app development", LONG, "Unternehmensdatenschutzfolgenabschätzung"]
)
def test_radar_names_stay_in_the_picture_and_off_the_plot(count: int, name: str) -> None:
    plane = polygon((name,) * count, 5)
    boxes = [box(label) for label in plane.labels]
    assert all(min(left, top) >= 0 and right <= 460 for left, top, right, _bottom in boxes)
    assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []
    assert [
        label.lines for label in plane.labels if any(inside(plane, *corner) for corner in corners(box(label)))
    ] == []
    assert [label.lines for label in plane.labels if any(in_box(box(label), *point) for point in plane.ring(5))] == []


@pytest.mark.parametrize("count", [3, 4, 5, 6, 7, 8])
def test_radar_writes_names_of_60_characters_in_full(count: int) -> None:
    assert len(LONG) == 60
    plane = polygon((LONG,) * count, 5)
    assert [" ".join(label.lines) for label in plane.labels] == [LONG] * count
    assert max(len(label.lines) for label in plane.labels) <= 3


Box = tuple[float, float, float, float]


def box(label: Label) -> Box:
    wide = max(width(line, label.size) for line in label.lines)
    left = {"start": label.x, "middle": label.x - wide / 2, "end": label.x - wide}[label.anchor]
    return left, label.y - label.height / 2, left + wide, label.y + label.height / 2


def corners(box: Box) -> list[tuple[float, float]]:
    left, top, right, bottom = box
    return [(left, top), (right, top), (left, bottom), (right, bottom)]


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def in_box(box: Box, x: float, y: float) -> bool:
    return box[0] < x < box[2] and box[1] < y < box[3]


def test_inside_knows_the_plot() -> None:
    plane = polygon(("A", "B", "C"), 5)
    assert inside(plane, 230, plane.middle)
    assert not inside(plane, 20, plane.middle)


def inside(plane: Polygon, x: float, y: float) -> bool:
    """Whether a point is right of every side of the outer ring, going round clockwise."""
    ring = plane.ring(plane.levels)
    sides = zip(ring, [*ring[1:], ring[0]], strict=True)
    return all((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) > 0 for (x1, y1), (x2, y2) in sides)


@pytest.mark.parametrize("chart", CHARTS)
def test_letters_are_large_enough_for_a_phone(chart: Chart) -> None:
    """A picture of 460 units is 337 pixels wide at the least: 11 pixels are 15 units."""
    sizes = {float(element.get("font-size", 15)) for element in picture(chart).iter()}
    assert min(sizes) == 15
    assert picture(chart).get("font-size") == "15"


def test_radar_with_smaller_letters_says_so() -> None:
    assert picture(radar_of(["Prompts and app development"] * 6)).get("class") == "chart-svg"
    assert picture(radar_of([LONG] * 8)).get("class") == "chart-svg chart-dense"


def test_wrap_breaks_between_words_and_cuts_what_is_left() -> None:
    assert wrap("Prompts and app development", 10, 100) == ("Prompts and app", "development")
    assert wrap("one two three four", 10, 30, lines=2) == ("one", "two…")
    assert wrap("mmmmmm", 10, 35) == ("mmm", "mmm")
    assert wrap("level 4: 67\xa0%", 10, 60) == ("level 4:", "67\xa0%")
    assert wrap("level 4: 67 %", 10, 68) == ("level 4: 67", "%")


# On a page


def page(chart: Chart, caption: str = "") -> str:
    return Template('{% load charts %}{% chart spec "profile" caption=caption %}').render(
        Context({"spec": chart, "caption": caption})
    )


def test_chart_tag_shows_picture_caption_and_table() -> None:
    html = page(LADDER, "The team works at level 2 & up.")
    assert "<figcaption>The team works at level 2 &amp; up.</figcaption>" in html
    assert svg(LADDER, "profile") in html
    assert re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', html) == list(LADDER.table().rows)
    assert re.findall(r'<th scope="col">(.*?)</th>', html) == ["Level", "State"]


def test_chart_tag_gives_the_figure_and_its_tokens_to_the_script() -> None:
    assert figure_on(page(RADAR), "profile") == {**plot(RADAR), "tokens": TOKENS}


def test_chart_tag_offers_to_hide_what_lies_beside_now() -> None:
    shown = Template('{% load charts %}{% chart spec "profile" overlays=True %}').render(Context({"spec": RADAR}))
    assert re.findall(r'data-overlay="(\w+)" checked><label for="(.*?)">(.*?)</label>', shown) == [
        ("target", "profile-target", "Target"),
        ("previous", "profile-previous", "Previous"),
    ]
    assert "data-overlay" not in page(RADAR)
    roles = [trace["meta"] for trace in plot(RADAR)["data"] if "meta" in trace]
    assert roles == ["previous", "target", "current"]


def test_chart_tag_gives_no_figure_for_a_ladder() -> None:
    html = page(LADDER)
    assert '<figure class="chart">' in html


def test_hostile_names_stay_text() -> None:
    radar = Radar(EVIL, (Axis(EVIL, 4), Axis("B", 4), Axis("C", 4)), 4, (Series(Role.CURRENT, (1, 1, 1)),))
    assert tips(radar)[0] == f"{EVIL}: Now 1"
    assert plot(radar)["data"][-1]["hovertext"][0].replace("<br>", "").replace(" ", "") == (
        "&lt;ahref=\"https://evil.example\"&gt;A&lt;/a&gt;&amp;'b'%{r}:Now1"
    )
    assert [note["text"] for note in plot(radar)["layout"]["annotations"] if "<a" in note["text"]] == []
    assert "<a" not in page(radar)


def test_every_color_of_a_figure_has_a_token() -> None:
    for chart in (RADAR, TEAMS, DUMBBELL):
        colors = set(re.findall(r"#[0-9A-Fa-f]{6}", json.dumps(plot(chart))))
        assert colors - set(TOKENS) == set()
