"""The timeline says the same in its picture, its Plotly figure, its table and its description."""

import json
from datetime import date
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from reports.charts import Span, Timeline, figure, svg
from tests.figures import said

SVG = "{http://www.w3.org/2000/svg}"
TODAY = date(2026, 11, 25)
LATE = Span("Write tests", date(2026, 9, 1), date(2026, 11, 13), "doing", "In progress", "overdue")
SOON = Span("Name an owner", date(2026, 11, 25), date(2027, 2, 24), "planned", "Planned")
TIMELINE = Timeline("Plan", TODAY, (LATE, SOON))


def picture_bars() -> list[ElementTree.Element]:
    return list(picture(TIMELINE).iter(f"{SVG}rect"))


def plot(chart: Timeline) -> dict:
    made = figure(chart)
    assert made is not None
    return made


def picture(chart: Timeline) -> ElementTree.Element:
    return ElementTree.fromstring(svg(chart, "plan"))


def test_table_says_when_and_how_far() -> None:
    assert TIMELINE.table().header == ("Action", "Starts", "Due", "State")
    assert TIMELINE.table().rows == (
        ("Write tests", "1 Sep 2026", "13 Nov 2026", "In progress, overdue"),
        ("Name an owner", "25 Nov 2026", "24 Feb 2027", "Planned"),
    )
    assert TIMELINE.description.startswith("Today is 25 Nov 2026. Write tests: Starts 1 Sep 2026, Due 13 Nov 2026, ")


def test_picture_carries_the_table_s_dates() -> None:
    tips = [title.text for title in picture(TIMELINE).iterfind(f".//{SVG}rect/{SVG}title")]
    assert tips == [
        "Write tests: 1 Sep 2026 – 13 Nov 2026, In progress, overdue",
        "Name an owner: 25 Nov 2026 – 24 Feb 2027, Planned",
    ]
    [bars] = plot(TIMELINE)["data"]
    assert [said(text) for text in bars["hovertext"]] == tips


def test_figure_has_the_bars_of_the_picture() -> None:
    drawn = [{name: float(bar.get(name, 0)) for name in ("x", "y", "width", "height")} for bar in picture_bars()]
    [bars] = plot(TIMELINE)["data"]
    assert bars["base"] == [bar["x"] for bar in drawn]
    assert bars["x"] == [bar["width"] for bar in drawn]
    assert bars["y"] == [bar["y"] + bar["height"] / 2 for bar in drawn]
    outlines = [shape["line"]["dash"] for shape in plot(TIMELINE)["layout"]["shapes"] if shape["type"] == "rect"]
    assert outlines == ["solid", "4px,2px"]
    assert [note["text"] for note in plot(TIMELINE)["layout"]["annotations"]][:2] == ["Write tests", "Name an owner"]


def test_plotly_accepts_the_figure() -> None:
    made = plot(TIMELINE)
    assert go.Figure(data=made["data"], layout=made["layout"]).to_dict()["data"][0]["type"] == "bar"
    assert json.loads(json.dumps(made)) == made


def test_bars_lie_between_their_days_on_one_scale() -> None:
    late, soon = picture_bars()
    days = (date(2027, 3, 1) - date(2026, 9, 1)).days
    room = 460 - 186 - 2
    assert float(late.get("x", 0)) == 186
    assert float(late.get("width", 0)) == pytest.approx(room * 73 / days, abs=0.1)
    assert float(soon.get("x", 0)) == pytest.approx(186 + room * 85 / days, abs=0.1)


def test_months_are_named_and_years_where_they_begin() -> None:
    texts = [text.text for text in picture(TIMELINE).iter(f"{SVG}text")]
    assert texts[:8] == ["Sep", "2026", "Oct", "Nov", "Dec", "Jan", "2027", "Feb"]
    assert texts[-1] == "Today"


def test_years_of_plans_name_some_months_only() -> None:
    long = Timeline("Plan", TODAY, (Span("Long", date(2026, 1, 1), date(2031, 12, 31), "planned", "Planned"),))
    months = [text.text for text in picture(long).iter(f"{SVG}text") if len(text.text or "") == 3]
    assert 4 <= len(months) <= 7


def test_action_of_one_day_is_seen() -> None:
    short = Timeline("Plan", TODAY, (Span("Short", TODAY, TODAY, "done", "Done"),))
    [bar] = picture(short).iter(f"{SVG}rect")
    assert bar.get("width") == "4.0"


@pytest.mark.parametrize("rows", [(), (Span("Back", TODAY, date(2026, 1, 1), "planned", "Planned"),)])
def test_impossible_timeline_is_refused(rows: tuple[Span, ...]) -> None:
    with pytest.raises(ValueError, match=r"at least one row|Back: ends before it begins"):
        Timeline("Plan", TODAY, rows)
