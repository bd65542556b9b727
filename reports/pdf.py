"""A report as a PDF: the same report gives the same bytes."""

import atexit
import re
import unicodedata

from reports.document import html
from reports.paper import Edition
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


def filename(report: Report | RoundReport, suffix: str = "pdf") -> str:
    """ "genai-maturity_northwind_claims_2026-11-20_1a2b3c4d.pdf", of ASCII letters, digits, "-" and "_" alone."""
    said = report.context
    whose = said.round if isinstance(report, RoundReport) else report.context.team
    day = said.as_of.date().isoformat() if said.as_of else ""
    parts = ("genai-maturity", _plain(said.organization), _plain(whose), day, _plain(said.reference)[:8])
    return "_".join(part for part in parts if part) + f".{suffix}"


def _plain(text: str) -> str:
    """At most 30 characters; what has no ASCII letter to stand for it is left out."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:30].strip("-")
