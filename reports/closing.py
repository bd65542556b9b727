"""Closing a round: from then on its reports are what they were; and reopening it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment import upgrading
from assessment.models import Assessment, Reopening, Round
from assessment.opening import ROUND
from frameworks.models import Version
from people import audit
from people.models import Team, User
from reports import pdf, round_report, storing
from reports.models import Snapshot, SnapshotQuerySet
from reports.naming import filename
from reports.report import Report, compose_for
from reports.round_report import RoundReport

CLOSED = ROUND.deed("closed", gettext_lazy("%(who)s closed the round %(what)s."))
REOPENED = ROUND.deed("reopened", gettext_lazy("%(who)s reopened the round %(what)s."))


@transaction.atomic
def close(round: Round, at: datetime | None = None, by: User | None = None) -> None:
    """Stores a report for every assessment and for the round, and closes it, or does nothing.
    `at` is when, if not now.

    Files are made from what is stored when they are asked for: drawing takes about a second each, and a round may have
    many teams."""
    round.refresh_from_db(from_queryset=Round.objects.select_for_update(no_key=True))
    if round.is_closed:
        return
    _close(round, at or timezone.now())
    audit.record(CLOSED, by, round.organization, round.code, round.name)


@transaction.atomic
def upgrade(round: Round, version: Version, by: User | None = None) -> None:
    """Stores a report of every assessment as it is, then pins the version and carries every answer; or does nothing
    where the round asks that version already. Raises Closed."""
    round.refresh_from_db(from_queryset=Round.objects.select_for_update(no_key=True))
    round.require_open()
    if round.version_id == version.pk:
        return
    name = _("Before version %(number)s") % {"number": version.number}
    for assessment in _assessments(round):
        store(assessment, compose_for(assessment), Snapshot.Kind.UPGRADE, name)
    upgrading.upgrade_round(round, version, by)


@transaction.atomic
def reopen(round: Round, reason: str, by: Any, teams: Iterable[Team] = ()) -> None:
    """Lets the round take answers again, or does nothing where it is open. These teams have to submit anew; the others
    stay submitted. What was stored on closing stays, as an earlier report."""
    round.refresh_from_db(from_queryset=Round.objects.select_for_update(no_key=True))
    if not round.is_closed:
        return
    round.state, round.closed_at = Round.State.OPEN, None
    round.save(update_fields=["state", "closed_at"])
    round.snapshots.filter(kind=Snapshot.Kind.CLOSE).update(kind=Snapshot.Kind.REOPENED)
    Reopening.objects.create(round=round, reason=reason, reopened_by=by)
    for assessment in Assessment.objects.filter(round=round, team__in=list(teams)):
        assessment.take_back(by)
    audit.record(REOPENED, by, round.organization, round.code, round.name, after={"reason": reason})


def _close(round: Round, at: datetime) -> None:
    round.state = Round.State.CLOSED
    round.closed_at = at
    round.save(update_fields=["state", "closed_at"])
    for assessment in _assessments(round):
        store(assessment, compose_for(assessment), Snapshot.Kind.CLOSE)
    store_round(round, Snapshot.Kind.CLOSE)


def store(assessment: Assessment, report: Report, kind: Snapshot.Kind, name: str = "") -> Snapshot:
    return _store(report, kind, round=assessment.round, assessment=assessment, name=name)


def store_round(round: Round, kind: Snapshot.Kind) -> Snapshot:
    """Keeps what the round's teams came to together."""
    return _store(round_report.compose_for(round), kind, round=round, assessment=None)


def _store(
    report: Report | RoundReport, kind: Snapshot.Kind, round: Round, assessment: Assessment | None, name: str = ""
) -> Snapshot:
    stored = storing.to_json(report)
    return Snapshot.objects.create(
        round=round,
        assessment=assessment,
        kind=kind,
        name=name,
        report=stored,
        content_hash=storing.content_hash(stored),
        waymark_version=settings.VERSION,
    )


def kept(subject: Assessment | Round) -> Snapshot | None:
    """What was stored of it when its round was closed; None where nothing was. File and report are read when needed."""
    round, assessment = (subject, None) if isinstance(subject, Round) else (subject.round, subject)
    stored = round.snapshots.filter(kind=Snapshot.Kind.CLOSE, assessment=assessment)
    return stored.named().first() if round.is_closed else None


def earlier(assessment: Assessment) -> SnapshotQuerySet:
    """What was stored of it before it changed again, oldest first."""
    return assessment.snapshots.exclude(kind=Snapshot.Kind.CLOSE).named()


def document(snapshot: Snapshot) -> bytes:
    """The stored file; made from the stored report if it is not there yet, and never again. Raises RenderingFailed."""
    if snapshot.pdf is None:
        drawn = pdf.render(snapshot.as_any_report(), snapshot.edition)
        name = filename(snapshot.as_any_report().context, "pdf")
        Snapshot.objects.filter(pk=snapshot.pk, pdf=None).update(pdf=drawn, file_name=name)
        snapshot.refresh_from_db(fields=["pdf"])
    assert snapshot.pdf is not None
    return bytes(snapshot.pdf)


def draw_missing() -> int:
    """Makes the files nobody has asked for yet; how many. Raises RenderingFailed."""
    missing = list(Snapshot.objects.filter(pdf=None).values_list("pk", flat=True))
    for pk in missing:
        document(Snapshot.objects.get(pk=pk))
    return len(missing)


def _assessments(round: Round) -> list[Assessment]:
    """Those never submitted, too: their report says so, and stays what it was."""
    return list(Assessment.objects.filter(round=round).with_everything().order_by("pk"))
