"""Which text a document was made from."""

from dataclasses import dataclass

from django.conf import settings

from reports import storing
from reports.report import Report
from reports.round_report import RoundReport


@dataclass(frozen=True)
class Edition:
    """The SHA-256 of the report as JSON, and the Waymark that composed it."""

    content_hash: str
    application: str


def edition_of(report: Report | RoundReport) -> Edition:
    """Of a report that is not stored."""
    return Edition(storing.content_hash(storing.to_json(report)), settings.VERSION)
