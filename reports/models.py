"""Reports that are kept."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.models import Assessment, Round
from reports import storing
from reports.earlier import Earlier
from reports.edition import Edition
from reports.memory import Recent
from reports.report import Context, Report
from reports.round_report import RoundContext, RoundReport

# Those read last, by the hash of their content: reading one takes longer than all the rest of its page.
REPORTS: Recent[Report] = Recent(64)
EARLIER: Recent[Earlier] = Recent(512)
ROUNDS: Recent[RoundReport] = Recent(8)


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def named(self) -> "SnapshotQuerySet":
        """With `said`, the report's context, and without file and report, which are large."""
        return self.defer("pdf", "report").annotate(said=models.F("report__report__context"))

    def with_file(self, user: Any, organization: str) -> "SnapshotQuerySet":
        """Of rounds that are closed, those with a file, if this person sees everything in the organization with this
        slug or leads the team: the rule of `access.get_assessment` and `access.get_round`, by one quick query."""
        member = "round__organization__membership"
        sees_everything = models.Q((f"{member}__is_owner", True), (f"{member}__is_executive", True), _connector="OR")
        leads = models.Q((f"{member}__teams", models.F("assessment__team")))
        asked = {f"{member}__user": user, "round__organization__slug": organization, "file_name__gt": ""}
        closed = {"kind": Snapshot.Kind.CLOSE, "round__state": Round.State.CLOSED}
        return self.filter(sees_everything | leads, **asked, **closed).order_by()


class Snapshot(models.Model):
    """A report as it was at one time, with the file made from it. Every format of a closed report comes from here.
    Without an assessment it is the report of the whole round. `file_name` is kept with the file."""

    class Kind(models.TextChoices):
        CLOSE = "close", _("On closing the round")
        REOPENED = "reopened", _("On closing the round, which was reopened")
        UPGRADE = "upgrade", _("Before a new framework version")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="snapshots")
    assessment = models.ForeignKey(Assessment, models.CASCADE, null=True, related_name="snapshots")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=60, blank=True)
    report = models.JSONField(_("report"))
    content_hash = models.CharField(_("content hash"), max_length=64)
    waymark_version = models.CharField(_("Waymark version"), max_length=20)
    pdf = models.BinaryField(null=True)
    file_name = models.CharField(max_length=120, default="", editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("stored report")
        verbose_name_plural = _("stored reports")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], name="one_closing_snapshot", condition=models.Q(kind="close")
            ),
            models.UniqueConstraint(
                fields=["round"],
                name="one_closing_snapshot_of_round",
                condition=models.Q(kind="close", assessment=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment or self.round}, {self.title}"

    @property
    def title(self) -> str:
        return self.name or str(self.get_kind_display())

    @property
    def edition(self) -> Edition:
        return Edition(self.content_hash, self.waymark_version)

    @property
    def context(self) -> Context | RoundContext:
        """Of `SnapshotQuerySet.named`."""
        said: Mapping[str, Any] = self.said  # type: ignore[attr-defined]
        return storing.context_from_json(said, RoundContext if self.assessment_id is None else Context)

    def as_any_report(self) -> Report | RoundReport:
        return self.as_round_report() if self.assessment_id is None else self.as_report()

    def as_report(self) -> Report:
        return REPORTS.get(self.content_hash, lambda: storing.from_json(self.report))

    def as_earlier(self) -> Earlier:
        """What a later report keeps of it."""
        return EARLIER.get(self.content_hash, lambda: storing.earlier_from_json(self.report))

    def as_round_report(self) -> RoundReport:
        return ROUNDS.get(self.content_hash, lambda: storing.round_from_json(self.report))
