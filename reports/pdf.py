"""A report as a PDF: the same report gives the same bytes."""

import atexit
import re
import unicodedata

from django.conf import settings
from django.template.loader import render_to_string

from frameworks.publishing import content_hash
from reports import method, pictures, sections, wording
from reports.first_page import first_page, who
from reports.renderer import Renderer
from reports.report import Report

RENDERER = Renderer()
atexit.register(RENDERER.close)


def html(report: Report) -> str:
    context = {
        "report": report,
        "who": who(report),
        "first": first_page(report),
        "ladder": pictures.ladder(report),
        "radar": pictures.radar(report),
        "dumbbell": pictures.dumbbell(report),
        "sections": sections_of(report),
        "method": method_of(report),
        "content_hash": content_hash(report.framework),
        "application_version": settings.VERSION,
    }
    return render_to_string("reports/report_pdf.html", context)


def sections_of(report: Report) -> dict[str, object]:
    return {
        "profile": sections.profile(report),
        "ratings": sections.ratings(),
        "matrix": sections.matrix(report),
        "official": wording.official(report),
        "way": sections.way(report),
        "sources": sections.sources(report),
        "profile_caption": sections.profile_caption(report),
        "gap_caption": sections.gap_caption(report),
        "in_the_way": sections.in_the_way(report),
        "further": sections.further(report),
        "actions": sections.actions(report),
        "answers": sections.answers(report),
        "bases": sections.bases(report),
    }


def method_of(report: Report) -> dict[str, object]:
    return {
        "rules": method.rules(report),
        "rungs": method.rungs(report),
        "conclusion": method.conclusion(report),
        "worked": method.worked(report),
        "coverage": method.coverage(report),
    }


def draw(html: str) -> bytes:
    """The PDF of a report's HTML. Raises RenderingFailed."""
    return RENDERER.draw(html)


def render(report: Report) -> bytes:
    """Raises RenderingFailed."""
    return draw(html(report))


def filename(report: Report) -> str:
    """ "genai-maturity_northwind_claims_2026-11-20_1a2b3c4d.pdf", of ASCII letters, digits, "-" and "_" alone."""
    said = report.context
    day = said.as_of.date().isoformat() if said.as_of else ""
    parts = ("genai-maturity", _plain(said.organization), _plain(said.team), day, _plain(said.reference)[:8])
    return "_".join(part for part in parts if part) + ".pdf"


def _plain(text: str) -> str:
    """At most 30 characters; what has no ASCII letter to stand for it is left out."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:30].strip("-")
