"""What was said to one statement."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from frameworks.wording import RATINGS
from people import audit

# What a trigger records: assessment/triggers.py.
ANSWER = audit.Kind(
    "answer",
    _("Answer"),
    rating=_("Rating"),
    note=_("Note"),
    reason=_("Reason"),
    evidence=_("Evidence"),
    state=_("State"),
)
ANSWER.choices["rating"] = {code.value: label.text for code, label in RATINGS.items()}
ANSWER.deed("answered", _("%(who)s answered %(what)s."))
ANSWER.deed("carried", _("The answer to %(what)s was carried over."))
ANSWER.deed("suggested", _("An answer to %(what)s was suggested."))
ANSWER.deed("review", _("The answer to %(what)s was put up for review."))
ANSWER.deed("archived", _("The answer to %(what)s was archived."))
ANSWER.deed("removed", _("The answer to %(what)s was removed."))


class Answer(models.Model):
    """What was said to one statement. It hangs on the statement's key, so that no version takes it away."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        CARRIED = "carried", _("Carried over")
        SUGGESTED = "suggested", _("Suggested")
        REVIEW = "review", _("For review")
        ARCHIVED = "archived", _("Archived")

    assessment = models.ForeignKey("assessment.Assessment", models.CASCADE, related_name="answers")
    statement_key = models.CharField(max_length=60)
    rating = models.CharField(
        _("rating"), max_length=2, blank=True, choices=[(code.value, label.text) for code, label in RATINGS.items()]
    )
    note = models.TextField(_("note"), max_length=2000, blank=True)
    reason = models.TextField(_("reason"), max_length=500, blank=True)
    evidence = models.JSONField(_("evidence"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CONFIRMED)
    revision = models.PositiveIntegerField(default=0)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), default=timezone.now)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["assessment", "statement_key"], name="answer_unique")]

    def __str__(self) -> str:
        return f"{self.statement_key}: {self.rating}"

    @property
    def is_confirmed(self) -> bool:
        return self.state == self.State.CONFIRMED

    def carried(self, assessment_id: int, state: State) -> "Answer":
        """The same answer for another assessment, not yet saved."""
        return Answer(
            assessment_id=assessment_id,
            statement_key=self.statement_key,
            rating=self.rating,
            note=self.note,
            reason=self.reason,
            evidence=self.evidence,
            state=state,
            answered_by_id=self.answered_by_id,
            answered_at=self.answered_at,
        )

    def change(self, by: Any, **values: Any) -> None:
        """What a person says is confirmed by saying it."""
        for name, value in values.items():
            setattr(self, name, value)
        self.state = self.State.CONFIRMED
        self.revision += 1
        self.answered_by = by
        self.answered_at = timezone.now()
        self.save()


ANSWER.choices["state"] = dict(Answer.State.choices)
