"""The Plotly figure of a chart, as a page carries it, and what its labels say."""

import json
import re
from html import unescape
from typing import Any


def figure_on(html: str, id: str) -> dict[str, Any]:
    [found] = re.findall(rf' id="{id}-figure" data-figure="(.*?)"', html)
    figure: dict[str, Any] = json.loads(unescape(found))
    return figure


def said(label: str) -> str:
    """What Plotly brings up, without its lines and escapes."""
    return unescape(label.replace("<br>", " "))
