"""Charts on a page: {% load charts %}{% chart report.radar "profile" caption=sentence %}."""

from django import template
from django.utils.safestring import SafeString

from reports import charts
from reports.charts.palette import TOKENS
from reports.charts.plotting import Json

register = template.Library()


@register.inclusion_tag("reports/charts/figure.html")
def chart(spec: charts.Chart, id: str, caption: str = "", still: bool = False) -> dict[str, object]:
    """A picture with its caption and its table; interactive where Plotly and js/charts.js are on the page, unless it is
    `still`, as one that htmx renews has to be."""
    plot = None if still else _plot(spec)
    return {"spec": spec, "id": id, "caption": caption, "table": spec.table(), "plot": plot}


@register.simple_tag
def chart_svg(spec: charts.Chart, id: str, spoken: bool = False) -> SafeString:
    """The picture alone, for reports on paper."""
    return charts.svg(spec, id, spoken=spoken)


def _plot(spec: charts.Chart) -> Json | None:
    """What js/charts.js reads: the figure, and the token of each of its colors."""
    figure = charts.figure(spec)
    return None if figure is None else {**figure, "tokens": TOKENS}
