"""A report as a file to take along: what it is called, what tells it from others, and how to come by it."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache

from assessment.models import Assessment, Round
from reports import closing, pdf, round_report
from reports import report as team_report
from reports.document import html
from reports.models import Snapshot
from reports.report import Context, Report
from reports.round_report import RoundContext, RoundReport

KEPT_FOR = 7 * 24 * 3600


@dataclass(frozen=True)
class Download:
    """`tag` is another one where the content is. `content` may raise RenderingFailed."""

    name: str
    tag: str
    content: Callable[[], bytes]


def pdf_of(subject: Assessment | Round) -> Download:
    """Stored on closing; else drawn once and then kept for a while."""
    snapshot = closing.kept(subject)
    return stored_pdf(snapshot) if snapshot else _drawn(compose(subject))


def stored_pdf(snapshot: Snapshot) -> Download:
    return Download(filename(snapshot.context, "pdf"), snapshot.content_hash, lambda: closing.document(snapshot))


def compose(subject: Assessment | Round) -> Report | RoundReport:
    """As it stands."""
    if isinstance(subject, Round):
        return round_report.compose_for(subject)
    return team_report.compose_for(subject)


def _drawn(report: Report | RoundReport) -> Download:
    text = html(report)
    tag = sha256(text.encode()).hexdigest()

    def content() -> bytes:
        drawn: bytes | None = cache.get_or_set(f"report.pdf:{tag}", lambda: pdf.draw(text), KEPT_FOR)
        return drawn or pdf.draw(text)

    return Download(filename(report.context, "pdf"), tag, content)


def filename(said: Context | RoundContext, suffix: str) -> str:
    """ "genai-maturity_northwind_claims_2026-11-20_1a2b3c4d.pdf", of ASCII letters, digits, "-" and "_" alone."""
    whose = said.round if isinstance(said, RoundContext) else said.team
    day = said.as_of.date().isoformat() if said.as_of else ""
    parts = ("genai-maturity", _plain(said.organization), _plain(whose), day, _plain(said.reference)[:8])
    return "_".join(part for part in parts if part) + f".{suffix}"


def _plain(text: str) -> str:
    """At most 30 characters; what has no ASCII letter to stand for it is left out."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:30].strip("-")
