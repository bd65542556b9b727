"""Charts on a page: {% load charts %}{% chart report.radar "profile" caption=sentence %}."""

import json
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from reports import charts
from reports.charts.palette import TOKENS

register = template.Library()


@register.simple_tag
def chart(spec: charts.Chart, id: str, caption: str = "", overlays: bool = False) -> SafeString:
    """A picture with its caption and its table; interactive where reports/charts/scripts.html is on the page.
    `overlays` offers to hide what a radar shows beside now."""
    return _figure(spec, id, caption, overlays, get_language())


@lru_cache(maxsize=256)
def _figure(spec: charts.Chart, id: str, caption: str, overlays: bool, language: str | None) -> SafeString:
    """Equal charts look alike, and drawing one takes longer than most pages. Its words are in the language."""
    context = {"spec": spec, "id": id, "caption": caption, "overlays": overlays, "plot": _plot(spec)}
    return render_to_string("reports/charts/figure.html", context)


@register.simple_tag
def chart_svg(spec: charts.Chart, id: str, spoken: bool = False) -> SafeString:
    """The picture alone, for reports on paper."""
    return charts.svg(spec, id, spoken=spoken)


def _plot(spec: charts.Chart) -> str:
    """What js/charts.js reads: the figure, and the token of each of its colors. It is no script, because htmx takes
    none; empty for what stays SVG."""
    figure = charts.figure(spec)
    return "" if figure is None else json.dumps({**figure, "tokens": TOKENS}, separators=(",", ":"))
