"""What a team, or an organization after a round, is going to do."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.models.assessments import Assessment
from assessment.models.rounds import Round
from frameworks.wording import EFFORTS
from people import audit

PLANNED_ACTION = audit.Kind(
    "planned_action",
    _("Planned action"),
    title=_("Title"),
    person=_("Person"),
    owner=_("Role"),
    starts_on=_("Starts"),
    due_on=_("Due"),
    output=_("Output"),
    kpi=_("KPI"),
    effort=_("Effort"),
    state=_("State"),
    statements=_("Statements"),
)
ADDED = PLANNED_ACTION.deed("added", _("%(who)s added the action %(what)s to a plan."))
CHANGED = PLANNED_ACTION.deed("changed", _("%(who)s changed the planned action %(what)s."))

NOW, NEXT = timedelta(days=92), timedelta(days=366)
"""Three months and a year, however long the months are."""


class PlannedActionQuerySet(models.QuerySet["PlannedAction"]):
    def of(self, round: Round, assessment: Assessment | None) -> "PlannedActionQuerySet":
        """A team's plan; without an assessment that of the round. The first due first."""
        return self.filter(round=round, assessment=assessment).select_related("person").order_by("due_on", "title")


class PlannedAction(models.Model):
    """Something to do, taken from the library or written freely. It outlives its round: actions take longer.

    Without an assessment it belongs to the plan of the whole round. `action` is its key in the library, or "";
    `statements` are the keys of what it should put in place."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        DOING = "doing", _("In progress")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="planned_actions")
    assessment = models.ForeignKey(Assessment, models.CASCADE, null=True, blank=True, related_name="planned_actions")
    action = models.CharField(max_length=60, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    owner = models.CharField(_("role"), max_length=100, blank=True)
    starts_on = models.DateField(_("starts"), default=timezone.localdate)
    due_on = models.DateField(_("due"))
    output = models.CharField(_("output"), max_length=300, blank=True)
    kpi = models.CharField(_("KPI"), max_length=300, blank=True)
    effort = models.PositiveSmallIntegerField(_("effort"), choices=EFFORTS, default=2)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    statements = models.JSONField(_("statements"), default=list, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = PlannedActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned action")
        verbose_name_plural = _("planned actions")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "action"], name="planned_once_by_team", condition=~models.Q(action="")
            ),
            models.UniqueConstraint(
                fields=["round", "action"],
                name="planned_once_by_round",
                condition=models.Q(assessment=None) & ~models.Q(action=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def responsible(self) -> str:
        """A person by name, else a role."""
        return str(self.person) if self.person else self.owner

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.PLANNED, self.State.DOING)

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.due_on < today

    def described(self) -> dict[str, Any]:
        """What the trail keeps of it."""
        names = ("title", "owner", "output", "kpi", "effort", "state")
        return {
            **{name: getattr(self, name) for name in names},
            "person": str(self.person) if self.person else "",
            "starts_on": self.starts_on.isoformat(),
            "due_on": self.due_on.isoformat(),
            "statements": list(self.statements),
        }


PLANNED_ACTION.choices["state"] = dict(PlannedAction.State.choices)
