"""What was said to one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from frameworks.definition import Rating
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
VERIFIED = ANSWER.deed("verified", _("%(who)s verified the answer to %(what)s."))
WITHDRAWN = ANSWER.deed("withdrawn", _("%(who)s withdrew the verification of the answer to %(what)s."))
ANSWER.deed("removed", _("The answer to %(what)s was removed."))


@dataclass(frozen=True)
class Said:
    """What a page sends about one statement: `values` is rating, note, reason and evidence.

    `revision` is that of the answer the page showed, 0 where there was none; None overwrites whatever is stored. `page`
    names the page as it was loaded once, by which its own earlier saves are told from those of others."""

    key: str
    values: Mapping[str, Any]
    revision: int | None = None
    page: str = ""


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
    page = models.CharField(max_length=32, blank=True, editable=False)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), default=timezone.now)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["assessment", "statement_key"], name="answer_unique")]

    def __str__(self) -> str:
        return f"{self.statement_key}: {self.rating}"

    @property
    def is_confirmed(self) -> bool:
        return self.state == self.State.CONFIRMED

    def may_be_verified_by(self, person: Any) -> bool:
        """Whether somebody said something that another person can look at."""
        return self.is_confirmed and self.rating not in ("", Rating.DK) and self.answered_by_id != person.pk

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

    def says(self, values: Mapping[str, Any]) -> bool:
        return all(getattr(self, name) == value for name, value in values.items())

    def was_seen(self, said: Said) -> bool:
        """Whether a page knew of this answer when it sent something else: it showed it, or wrote it itself."""
        return said.revision in (None, self.revision) or bool(said.page and said.page == self.page)

    def change(self, by: Any, said: Said, state: State) -> None:
        for name, value in said.values.items():
            setattr(self, name, value)
        self.state = state
        self.revision += 1
        self.page = said.page
        self.answered_by = by
        self.answered_at = timezone.now()
        self.verified_by = self.verified_at = None
        self.save()


class Entry(NamedTuple):
    """An answer with who gave and who verified it, as plain values: equal entries say the same."""

    statement_key: str
    rating: str
    note: str
    reason: str
    evidence: tuple[str, ...]
    state: str
    revision: int
    answered_at: datetime
    by: str
    verified_at: datetime | None
    verified_by: str

    @classmethod
    def of(cls, row: Sequence[Any]) -> "Entry":
        """Of a row of `ENTRY`. A person is called as `str(user)` does."""
        key, rating, note, reason, evidence, state, revision, at, name, email, verified_at, verifier, address = row
        by, verified_by = name or email or "", verifier or address or ""
        return cls(key, rating, note, reason, tuple(evidence), state, revision, at, by, verified_at, verified_by)


ENTRY = (
    *("statement_key", "rating", "note", "reason", "evidence", "state", "revision"),
    *("answered_at", "answered_by__name", "answered_by__email"),
    *("verified_at", "verified_by__name", "verified_by__email"),
)
ANSWER.choices["state"] = dict(Answer.State.choices)
