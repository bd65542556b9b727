"""A report as a file to take along: what it is called, what tells it from others, and how to come by it."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache

from assessment.models import Assessment, Round
from reports import closing, pdf, round_report
from reports import report as team_report
from reports.document import html
from reports.edition import Edition, edition_of
from reports.formats import FORMATS, Format
from reports.models import Snapshot, SnapshotQuerySet
from reports.naming import filename
from reports.report import Report
from reports.round_report import RoundReport

KEPT_FOR = 7 * 24 * 3600


@dataclass(frozen=True)
class Download:
    """`tag` is another one where the content is. `content` may raise RenderingFailed."""

    name: str
    content_type: str
    tag: str
    content: Callable[[], bytes]


@dataclass(frozen=True)
class Shown:
    """A report to be read, and which text it is."""

    report: Report | RoundReport
    edition: Edition


def shown(subject: Assessment | Round) -> Shown:
    """As it was stored on closing; else as it stands."""
    snapshot = closing.kept(subject)
    if snapshot:
        return Shown(snapshot.as_any_report(), snapshot.edition)
    report = compose(subject)
    return Shown(report, edition_of(report))


def kept_file(kept: SnapshotQuerySet) -> Download | None:
    """The file of the one that is there: at first its name and hash, and its bytes where they are wanted."""
    found = next(iter(kept.values_list("pk", "file_name", "content_hash")), None)
    if found is None:
        return None
    pk, name, content_hash = found
    content = Snapshot.objects.filter(pk=pk).values_list("pdf", flat=True)
    return Download(name, FORMATS["pdf"].content_type, f"{content_hash}.pdf", lambda: bytes(content.get() or b""))


def download(subject: Assessment | Round, format: Format) -> Download:
    """Made from what was stored on closing; else from the report as it stands, and a PDF then kept for a while."""
    snapshot = closing.kept(subject)
    if snapshot:
        return stored(snapshot, format)
    report = compose(subject)
    return _drawn(report) if format.suffix == "pdf" else _written(report, format)


def stored(snapshot: Snapshot, format: Format) -> Download:
    """A PDF is drawn once and kept; other files are written anew from the stored report."""

    def content() -> bytes:
        if format.suffix == "pdf":
            return closing.document(snapshot)
        return format.write(snapshot.as_any_report(), snapshot.edition)

    tag = f"{snapshot.content_hash}.{format.suffix}" + (f".{settings.VERSION}" if format.suffix != "pdf" else "")
    return Download(filename(snapshot.context, format.suffix), format.content_type, tag, content)


def _written(report: Report | RoundReport, format: Format) -> Download:
    edition = edition_of(report)
    tag = f"{edition.content_hash}.{format.suffix}.{edition.application}"
    name = filename(report.context, format.suffix)
    return Download(name, format.content_type, tag, lambda: format.write(report, edition))


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

    return Download(filename(report.context, "pdf"), FORMATS["pdf"].content_type, tag, content)
