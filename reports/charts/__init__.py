"""Charts: a frozen spec with the numbers, drawn as SVG here and by Plotly in the browser.

svg(Radar(...), "profile")   the picture, for pages, print and PDF
figure(Radar(...))           the same as Plotly's JSON; None for what stays SVG
Radar(...).table()           the same as text
"""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reports.charts.dumbbell import Distance, Dumbbell
from reports.charts.dumbbell_drawing import draw_dumbbell
from reports.charts.dumbbell_figure import plot_dumbbell
from reports.charts.heat import Heat, Tile
from reports.charts.heat_drawing import draw_heat
from reports.charts.heat_figure import plot_heat
from reports.charts.ladder import Ladder
from reports.charts.ladder_drawing import draw_ladder
from reports.charts.marks import LETTERS, Role
from reports.charts.plotting import Json
from reports.charts.radar import Axis, Band, Radar, Series
from reports.charts.radar_drawing import draw_radar
from reports.charts.radar_figure import plot_radar
from reports.charts.steps import Line, Steps, Stop
from reports.charts.steps_drawing import draw_steps
from reports.charts.steps_figure import plot_steps
from reports.charts.table import Table
from reports.charts.tally import Tally, Tier
from reports.charts.tally_drawing import draw_tally
from reports.charts.timeline import Span, Timeline
from reports.charts.timeline_drawing import draw_timeline
from reports.charts.timeline_figure import plot_timeline

__all__ = [
    "Axis",
    "Band",
    "Chart",
    "Distance",
    "Dumbbell",
    "Heat",
    "Ladder",
    "Line",
    "Radar",
    "Role",
    "Series",
    "Span",
    "Steps",
    "Stop",
    "Table",
    "Tally",
    "Tier",
    "Tile",
    "Timeline",
    "figure",
    "svg",
]

type Chart = Radar | Ladder | Dumbbell | Heat | Steps | Tally | Timeline


def svg(chart: Chart, id: str, *, spoken: bool = False) -> SafeString:
    """The picture as an `<svg>` element; `id` is unique on its page. `spoken` puts the numbers into its title too,
    which is all that a PDF keeps of a picture's texts."""
    match chart:
        case Radar():
            return _render("radar", chart, draw_radar(chart), id, spoken)
        case Ladder():
            return _render("ladder", chart, draw_ladder(chart), id, spoken)
        case Dumbbell():
            return _render("dumbbell", chart, draw_dumbbell(chart), id, spoken)
        case Tally():
            return _render("tally", chart, draw_tally(chart), id, spoken)
        case Heat():
            return _render("heat", chart, draw_heat(chart), id, spoken)
        case Steps():
            return _render("steps", chart, draw_steps(chart), id, spoken)
        case Timeline():
            return _render("timeline", chart, draw_timeline(chart), id, spoken)


def figure(chart: Chart) -> Json | None:
    """The Plotly figure with `data`, `layout` and `config`; None for what Plotly cannot better."""
    match chart:
        case Radar():
            return plot_radar(chart)
        case Dumbbell():
            return plot_dumbbell(chart)
        case Heat():
            return plot_heat(chart)
        case Steps():
            return plot_steps(chart)
        case Timeline():
            return plot_timeline(chart)
        case Ladder() | Tally():
            return None


def _render(template: str, chart: Chart, drawing: object, id: str, spoken: bool) -> SafeString:
    context = {"chart": chart, "drawing": drawing, "id": id, "spoken": spoken, "letters": LETTERS}
    return render_to_string(f"reports/charts/{template}.svg", context)
