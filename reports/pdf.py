"""A report as a PDF: the same report gives the same bytes."""

import atexit

from reports.document import html
from reports.edition import Edition
from reports.renderer import Renderer
from reports.report import Report
from reports.round_report import RoundReport

RENDERER = Renderer()
atexit.register(RENDERER.close)


def draw(html: str) -> bytes:
    """The PDF of a report's HTML. Raises RenderingFailed."""
    return RENDERER.draw(html)


def render(report: Report | RoundReport, edition: Edition | None = None) -> bytes:
    """Raises RenderingFailed."""
    return draw(html(report, edition))
