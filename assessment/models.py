"""What teams said: rounds, assessments and their answers."""

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.carrying import Fate, compare, renew
from frameworks import library
from frameworks.definition import Framework, Rating
from frameworks.models import Version
from frameworks.profile import Guidance, guide
from frameworks.wording import RATINGS
from people.models import Membership, Organization, Team


class ProfileQuerySet(models.QuerySet["Profile"]):
    def guidance_for(self, organization: Organization) -> Guidance:
        """What follows from what an organization said about itself, if it said anything."""
        row = self.filter(organization=organization).first()
        return guide(library.profile(), row.answers if row else {})


class Profile(models.Model):
    """What an organization says about itself, by the slugs of fixtures/profile.yaml. It orders advice and recommends an
    operating model; scores never see it."""

    organization = models.OneToOneField(Organization, models.CASCADE)
    answers = models.JSONField(_("answers"), default=dict)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization profile")
        verbose_name_plural = _("organization profiles")

    def __str__(self) -> str:
        return str(self.organization)


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, membership: Membership) -> "RoundQuerySet":
        """To a lead, the rounds that ask a team of theirs."""
        rounds = self.filter(organization=membership.organization)
        if membership.sees_everything:
            return rounds
        return rounds.filter(
            models.Exists(Assessment.objects.visible_to(membership).filter(round=models.OuterRef("pk")))
        )

    def with_counts(self, membership: Membership) -> "RoundQuerySet":
        """Adds `teams` and `submitted`: how many assessments this member may read, and how many of them are in."""
        mine = Assessment.objects.visible_to(membership).filter(round=models.OuterRef("pk"))
        submitted = mine.filter(state=Assessment.State.SUBMITTED)
        return self.annotate(teams=_count_of(mine), submitted=_count_of(submitted))


def _count_of(assessments: "AssessmentQuerySet") -> Coalesce:
    counted = assessments.order_by().values("round").annotate(count=models.Count("pk", distinct=True)).values("count")
    return Coalesce(models.Subquery(counted), 0)


class Round(models.Model):
    """One framework version, asked of some teams at one time. It pins the version for all its assessments."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(Organization, models.CASCADE)
    version = models.ForeignKey(Version, models.PROTECT, verbose_name=_("framework version"))
    name = models.CharField(_("name"), max_length=100)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    target_level = models.PositiveSmallIntegerField(
        _("target"), null=True, blank=True, help_text=_("For every pillar without a target of its own.")
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-opened_at"]
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="round_name_unique")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.url("round")

    def clean(self) -> None:
        """A target is a level of the pinned version."""
        if self.version_id and self.target_level is not None:
            require_level(self.version, self.target_level, "target_level")

    def url(self, page: str) -> str:
        """The address of one of the round's pages, by its name in assessment/urls.py."""
        return reverse(f"assessment:{page}", args=[self.organization.slug, self.code])

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def is_overdue(self) -> bool:
        return not self.is_closed and self.due_on is not None and self.due_on < timezone.localdate()

    def lock_open(self) -> None:
        """Locks the round and reads its state afresh; raises Closed where nothing may change."""
        self.state = Round.objects.select_for_update(no_key=True).get(pk=self.pk).state
        if self.is_closed:
            raise Closed(_("This round is closed, so nothing in it changes. Reopen it first."))

    def targets_for(self, team: Team) -> dict[str, int]:
        """Pillar slug -> level: the team's own target, else the round's for the pillar, else the round's one target."""
        rows = sorted(self.targets.all(), key=lambda row: row.team_id is not None)
        general = {pillar.slug: self.target_level for pillar in self.version.definition().pillars}
        own = {row.pillar: row.level for row in rows if row.team_id in (None, team.pk)}
        highest = len(self.version.definition().levels)
        return {slug: min(level, highest) for slug, level in (general | own).items() if level is not None}


class Reopening(models.Model):
    """Why a closed round takes answers again."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="reopenings")
    reason = models.CharField(_("reason"), max_length=500)
    reopened_at = models.DateTimeField(_("reopened"), default=timezone.now)
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("reopening")
        verbose_name_plural = _("reopenings")
        ordering = ["reopened_at"]

    def __str__(self) -> str:
        return f"{self.round}: {self.reason}"


class Reminder(models.Model):
    """A lead was reminded of a round by email, at most once a day."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="reminders")
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sent_on = models.DateField(_("sent"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [models.UniqueConstraint(fields=["round", "lead", "sent_on"], name="reminder_once_a_day")]

    def __str__(self) -> str:
        return f"{self.lead}, {self.round}"


class Target(models.Model):
    """The level a pillar should come to; without a team, for all of the round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="targets")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True)
    pillar = models.CharField(_("pillar"), max_length=60)
    level = models.PositiveSmallIntegerField(_("level"))

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.UniqueConstraint(fields=["round", "team", "pillar"], name="target_of_team_unique"),
            models.UniqueConstraint(
                fields=["round", "pillar"], name="target_of_round_unique", condition=models.Q(team=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pillar}: {self.level}"

    def clean(self) -> None:
        """A pillar and a level of the version the round pins."""
        if self.round_id and self.level is not None:
            require_level(self.round.version, self.level, "level")
        known = [pillar.slug for pillar in self.round.version.definition().pillars] if self.round_id else []
        if self.pillar not in known:
            raise ValidationError({"pillar": _("Choose one of: %(slugs)s.") % {"slugs": ", ".join(known)}})


def require_level(version: Version, level: int, field: str) -> None:
    """Raises ValidationError for the field where the version has no such level."""
    highest = len(version.definition().levels)
    if not 1 <= level <= highest:
        raise ValidationError({field: _("Choose a level from 1 to %(highest)d.") % {"highest": highest}})


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, membership: Membership) -> "AssessmentQuerySet":
        mine = self.filter(round__organization=membership.organization)
        return mine if membership.sees_everything else mine.filter(team__membership=membership)

    def with_everything(self) -> "AssessmentQuerySet":
        return self.select_related("round__organization", "round__version__framework", "team", "submitted_by")

    def with_answered(self) -> "AssessmentQuerySet":
        """Adds `answered`: how many statements have a rating or DK."""
        said = ~models.Q(answers__rating="") & ~models.Q(answers__state=Answer.State.ARCHIVED)
        return self.annotate(answered=models.Count("answers", filter=said))

    def open_for_lead(self, user: Any) -> "AssessmentQuerySet":
        return self.filter(
            team__membership__user=user, state=Assessment.State.IN_PROGRESS, round__state=Round.State.OPEN
        )

    def newest_round_first(self) -> "AssessmentQuerySet":
        return self.order_by("-round__opened_at", "round__name", "team__name")


class Assessment(models.Model):
    """What one team answers in one round."""

    class State(models.TextChoices):
        IN_PROGRESS = "in_progress", _("In progress")
        SUBMITTED = "submitted", _("Submitted")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="assessments")
    team = models.ForeignKey(Team, models.RESTRICT)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.IN_PROGRESS)
    systems = models.CharField(_("systems"), max_length=300, blank=True)
    units = models.CharField(_("units"), max_length=300, blank=True)
    period = models.CharField(_("period"), max_length=100, blank=True)
    decision = models.CharField(_("decision asked of the sponsor"), max_length=300, blank=True)
    official_total = models.PositiveSmallIntegerField(_("official total"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [models.UniqueConstraint(fields=["round", "team"], name="assessment_unique")]

    def __str__(self) -> str:
        return f"{self.team}, {self.round}"

    def get_absolute_url(self) -> str:
        return self.url("assessment")

    def clean(self) -> None:
        if self.round_id and self.team_id and self.team.organization_id != self.round.organization_id:
            raise ValidationError({"team": _("This team belongs to another organization than the round.")})

    def url(self, page: str, *args: str) -> str:
        """The address of one of this assessment's pages."""
        return reverse(f"assessment:{page}", args=[self.organization.slug, self.code, *args])

    @property
    def organization(self) -> Organization:
        return self.round.organization

    @property
    def is_open(self) -> bool:
        return self.state == self.State.IN_PROGRESS and not self.round.is_closed

    @property
    def framework(self) -> Framework:
        return self.round.version.definition()

    def ratings(self) -> dict[str, Rating]:
        """Statement key -> rating, for the statements this version asks. Archived answers do not count."""
        return {key: Rating(answer.rating) for key, answer in self.answers_by_key().items() if answer.rating}

    def answers_by_key(self) -> "dict[str, Answer]":
        asked = self.framework.statements
        live = (answer for answer in self.answers.all() if answer.state != Answer.State.ARCHIVED)
        return {answer.statement_key: answer for answer in live if answer.statement_key in asked}

    @transaction.atomic
    def record_answer(self, key: str, by: Any, **values: Any) -> "Answer":
        """Keeps an answer (rating, note, reason, evidence) and raises the revisions, all or nothing."""
        self._lock_open()
        answer = Answer.objects.filter(assessment=self, statement_key=key).first() or Answer(
            assessment=self, statement_key=key
        )
        answer.change(by=by, **values)
        self.revision += 1
        self.save(update_fields=["revision"])
        return answer

    @transaction.atomic
    def carry_over(self, source: "Assessment") -> None:
        """Copies what the same team answered before, to be confirmed; by whom and when it was said stays with it.

        Answers to what this version no longer asks stay with the source. Raises ValidationError where an answer is here
        already, or the source is another team's or on another framework."""
        self._lock_open()
        self._require_source(source)
        rows = {answer.statement_key: answer for answer in Answer.objects.filter(assessment=source)}
        fates = renew(compare(source.framework, self.framework), rows)
        asked = {key: Answer.State(fate) for key, fate in fates.items() if fate is not Fate.ARCHIVED}
        Answer.objects.bulk_create(rows[key].carried(self, state) for key, state in asked.items())
        self.revision += 1
        self.save(update_fields=["revision"])

    @transaction.atomic
    def describe(self, **scope: Any) -> None:
        """Keeps what the scope page asks for: systems, units, period, decision, official_total."""
        self._lock_open()
        for name, value in scope.items():
            setattr(self, name, value)
        self.revision += 1
        self.save(update_fields=[*scope, "revision"])

    @transaction.atomic
    def submit(self, by: Any) -> None:
        """Raises ValidationError while a statement has neither rating nor DK, or an answer waits to be confirmed."""
        self._lock_open()
        if missing := self.unanswered() + self.unconfirmed():
            raise ValidationError(_("Some statements are still open."), params={"keys": missing})
        self.state = self.State.SUBMITTED
        self.submitted_at = timezone.now()
        self.submitted_by = by
        self.save(update_fields=["state", "submitted_at", "submitted_by"])

    def take_back(self) -> None:
        """Answers may change again, and it has to be submitted anew. Part of reopening its round."""
        self.state = self.State.IN_PROGRESS
        self.submitted_at = self.submitted_by = None
        self.save(update_fields=["state", "submitted_at", "submitted_by"])

    def unanswered(self) -> list[str]:
        """The keys without rating or DK, in the order of the file."""
        ratings = self.ratings()
        return [key for key in self.framework.statements if key not in ratings]

    def unconfirmed(self) -> list[str]:
        answers = self.answers_by_key()
        waiting = (Answer.State.CARRIED, Answer.State.SUGGESTED, Answer.State.REVIEW)
        return [key for key in self.framework.statements if key in answers and answers[key].state in waiting]

    def _require_source(self, source: "Assessment") -> None:
        if Answer.objects.filter(assessment=self).exists():
            raise ValidationError(_("This assessment has answers already, so none are carried over."))
        if source.team_id != self.team_id or source.framework.slug != self.framework.slug:
            raise ValidationError(_("Answers are carried over only from the same team and on the same framework."))

    def _lock_open(self) -> None:
        """Reads state and revision afresh, locking assessment and round; raises Closed where nothing may change."""
        fresh = Assessment.objects.select_for_update(no_key=True).select_related("round").get(pk=self.pk)
        self.state, self.revision, self.round.state = fresh.state, fresh.revision, fresh.round.state
        if not self.is_open:
            raise Closed(_("This assessment was submitted or its round is closed, so nothing in it changes."))


class Closed(PermissionDenied):
    """The assessment was submitted, or its round closed: nothing in it changes any more."""


class Answer(models.Model):
    """What was said to one statement. It hangs on the statement's key, so that no version takes it away."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        CARRIED = "carried", _("Carried over")
        SUGGESTED = "suggested", _("Suggested")
        REVIEW = "review", _("For review")
        ARCHIVED = "archived", _("Archived")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="answers")
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

    def carried(self, assessment: Assessment, state: State) -> "Answer":
        """The same answer for another assessment, not yet saved."""
        return Answer(
            assessment=assessment,
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
