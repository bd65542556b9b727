"""Charts on a page: {% load charts %}{% chart report.radar "profile" caption=sentence %}."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from reports import charts
from reports.charts.palette import TOKENS
from reports.charts.plotting import Json

register = template.Library()


@register.simple_tag
def chart(spec: charts.Chart, id: str, caption: str = "", still: bool = False) -> SafeString:
    """A picture with its caption and its table; interactive where Plotly and js/charts.js are on the page, unless it is
    `still`, as one that htmx renews has to be."""
    return _figure(spec, id, caption, still, get_language())


@lru_cache(maxsize=256)
def _figure(spec: charts.Chart, id: str, caption: str, still: bool, language: str | None) -> SafeString:
    """Equal charts look alike, and drawing one takes longer than most pages. Its words are in the language."""
    plot = None if still else _plot(spec)
    context = {"spec": spec, "id": id, "caption": caption, "table": spec.table(), "plot": plot}
    return render_to_string("reports/charts/figure.html", context)


@register.simple_tag
def chart_svg(spec: charts.Chart, id: str, spoken: bool = False) -> SafeString:
    """The picture alone, for reports on paper."""
    return charts.svg(spec, id, spoken=spoken)


def _plot(spec: charts.Chart) -> Json | None:
    """What js/charts.js reads: the figure, and the token of each of its colors."""
    figure = charts.figure(spec)
    return None if figure is None else {**figure, "tokens": TOKENS}
