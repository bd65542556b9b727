"""Reports that are kept."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.models import Assessment, Round
from reports import storing
from reports.report import Report
from reports.round_report import RoundReport


class Snapshot(models.Model):
    """A report as it was at one time, with the file made from it. Every format of a closed report comes from here.
    Without an assessment it is the report of the whole round, and no file is made from it."""

    class Kind(models.TextChoices):
        CLOSE = "close", _("On closing the round")
        REOPENED = "reopened", _("On closing the round, which was reopened")
        UPGRADE = "upgrade", _("Before a new framework version")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="snapshots")
    assessment = models.ForeignKey(Assessment, models.CASCADE, null=True, related_name="snapshots")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    report = models.JSONField(_("report"))
    content_hash = models.CharField(_("content hash"), max_length=64)
    waymark_version = models.CharField(_("Waymark version"), max_length=20)
    pdf = models.BinaryField(null=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

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
        return f"{self.assessment or self.round}, {self.get_kind_display()}"

    def as_report(self) -> Report:
        return storing.from_json(self.report)

    def as_round_report(self) -> RoundReport:
        return storing.round_from_json(self.report)
