"""What one team answers in one round."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.carrying import Fate, renew, upgrade
from assessment.models.answers import ENTRY, Answer, Entry, Said
from assessment.models.rounds import Aim, Closed, Round, Target, newer_minor
from frameworks.definition import Framework, Rating
from frameworks.differences import Changes, compare
from people import audit
from people.models import Membership, Organization, Team

ASSESSMENT = audit.Kind(
    "assessment",
    _("Assessment"),
    systems=_("Systems"),
    units=_("Units"),
    period=_("Period"),
    decision=_("Decision asked of the sponsor"),
    official_total=_("Official total"),
    targets=_("Targets"),
    reason=_("Reason"),
)
DESCRIBED = ASSESSMENT.deed("described", _("%(who)s described the scope of %(what)s."))
SUBMITTED = ASSESSMENT.deed("submitted", _("%(who)s submitted %(what)s."))
TARGETED = ASSESSMENT.deed("targeted", _("%(who)s set the team's own targets of %(what)s."))
REOPENED = ASSESSMENT.deed("reopened", _("%(who)s reopened %(what)s."))
TAKEN_BACK = ASSESSMENT.deed("taken_back", _("%(who)s gave %(what)s back to be changed."))


PAUSED_AFTER = timedelta(days=90)
RATING_OF = {rating.value: rating for rating in Rating}


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, membership: Membership) -> "AssessmentQuerySet":
        mine = self.filter(round__organization=membership.organization)
        return mine if membership.sees_everything else mine.filter(team__membership=membership)

    def readable_by(self, membership: Membership) -> "AssessmentQuerySet":
        """Those visible to the member. Adds `is_led`: whether it is of a team of theirs."""
        led = membership.teams.filter(pk=models.OuterRef("team"))
        return self.visible_to(membership).annotate(is_led=models.Exists(led))  # type: ignore[no-redef]

    def with_everything(self) -> "AssessmentQuerySet":
        return self.select_related("round__organization", "round__version__framework", "team", "submitted_by")

    def find_to_answer(self, user: Any, organization: str, code: uuid.UUID) -> "Assessment | None":
        """The one with this code, if the person leads its team there: with no more than saving an answer takes, by a
        query that is quickly made."""
        led = {"team__membership__user": user, "team__membership__organization__slug": organization}
        version = [f"round__version__{name}" for name in ("state", "content_hash")]
        found = self.filter(code=code, round__organization__slug=organization, **led).select_related("round__version")
        return next(iter(found.only("code", "state", "revision", "round__state", *version)), None)

    def with_newer_minor(self) -> "AssessmentQuerySet":
        """Adds `newer_minor`, as for rounds."""
        return self.annotate(newer_minor=newer_minor("round__"))  # type: ignore[no-redef]

    def with_answered(self) -> "AssessmentQuerySet":
        """Adds `answered`: how many statements have a rating or DK."""
        said = ~models.Q(answers__rating="") & ~models.Q(answers__state=Answer.State.ARCHIVED)
        return self.annotate(answered=models.Count("answers", filter=said))

    def open_for_lead(self, user: Any) -> "AssessmentQuerySet":
        return self.filter(
            team__membership__user=user, state=Assessment.State.IN_PROGRESS, round__state=Round.State.OPEN
        )

    def rated(self) -> tuple[tuple[int, str, str], ...]:
        """Of each live answer the assessment's primary key, the statement's key and the rating's code; in one query,
        without the answers' texts."""
        live = Answer.objects.filter(assessment__in=self).exclude(rating="").exclude(state=Answer.State.ARCHIVED)
        return tuple(live.values_list("assessment_id", "statement_key", "rating"))

    def ratings(self) -> dict[int, dict[str, Rating]]:
        """The rating of each live answer by its statement's key, by the assessment's primary key."""
        return ratings_of(self.rated())

    def newest_round_first(self) -> "AssessmentQuerySet":
        return self.order_by("-round__opened_at", "round__name", "team__name")


def ratings_of(rated: Iterable[tuple[int, str, str]]) -> dict[int, dict[str, Rating]]:
    found: dict[int, dict[str, Rating]] = {}
    for pk, key, rating in rated:
        found.setdefault(pk, {})[key] = RATING_OF[rating]
    return found


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

    is_led = False  # whether its reader leads the team; `readable_by` knows
    newer_minor: int | None = None  # `with_newer_minor` knows

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
    def is_paused(self) -> bool:
        return self.is_open and self.round.opened_at < timezone.now() - PAUSED_AFTER

    @property
    def can_be_reopened(self) -> bool:
        return self.state == self.State.SUBMITTED and not self.round.is_closed

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

    def entries(self) -> tuple[Entry, ...]:
        """The live answers to what this version asks."""
        rows = Answer.objects.filter(assessment=self).exclude(state=Answer.State.ARCHIVED).values_list(*ENTRY)
        asked = self.framework.statements
        return tuple(Entry.of(row) for row in rows if row[0] in asked)

    def signed_answers(self) -> "dict[str, Answer]":
        """The same with who gave them."""
        models.prefetch_related_objects(
            [self], models.Prefetch("answers", Answer.objects.select_related("answered_by", "verified_by"))
        )
        return self.answers_by_key()

    def record_answer(self, key: str, by: Any, **values: Any) -> Answer:
        """Keeps one answer (rating, note, reason, evidence), whatever was there before."""
        return self.record_answers(Said(key, values), by=by)[key]

    @transaction.atomic
    def record_answers(self, *said: Said, by: Any, state: Answer.State = Answer.State.CONFIRMED) -> dict[str, Answer]:
        """Keeps what is new and raises the revisions, all or nothing. What somebody is asked about is confirmed by
        saying it, unless it is only suggested to them.

        Returns what is now stored of each. One that does not say what was given had been changed by somebody else
        since it was seen, and was left as it is."""
        self._lock_open()
        stored = self._stored([each.key for each in said])
        changed = [each for each in said if self._is_news(stored[each.key], each, state)]
        for each in changed:
            stored[each.key].change(by, each, state)
        if changed:
            self.revision += 1
            self.save(update_fields=["revision"])
        return stored

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
        Answer.objects.bulk_create(rows[key].carried(self.pk, state) for key, state in asked.items())
        self.revision += 1
        self.save(update_fields=["revision"])

    @transaction.atomic
    def upgrade(self, changes: Changes, by: Any) -> None:
        """Gives each answer the state it has under the version its round asks from now on. None is removed; where
        something is open again, a submitted assessment has to be submitted anew."""
        rows = Answer.objects.filter(assessment=self)
        fates = upgrade(changes, rows.values_list("statement_key", flat=True))
        for fate, state in ((Fate.REVIEW, Answer.State.REVIEW), (Fate.ARCHIVED, Answer.State.ARCHIVED)):
            falling = rows.filter(statement_key__in=[key for key in fates if fates[key] is fate]).exclude(state=state)
            falling.update(state=state, revision=models.F("revision") + 1, verified_by=None, verified_at=None)
        self.revision += 1
        self.save(update_fields=["revision"])
        if self.state == self.State.SUBMITTED and (self.unanswered() or self.unconfirmed()):
            self.take_back(by)

    @transaction.atomic
    def describe(self, by: Any = None, **scope: Any) -> None:
        """Keeps what the scope page asks for: systems, units, period, decision, official_total."""
        self._lock_open()
        before = Assessment.objects.values(*scope).get(pk=self.pk)
        for name, value in scope.items():
            setattr(self, name, value)
        self.revision += 1
        self.save(update_fields=[*scope, "revision"])
        self._record(DESCRIBED, by, **audit.differing(before, scope))

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
        self._record(SUBMITTED, by)

    @transaction.atomic
    def aim(self, targets: Mapping[str, Aim], by: Any) -> None:
        """Sets the team's own targets by their pillar's slug; a pillar without one has the round's again."""
        self._lock_open()
        before = self._told(self.aims())
        Target.objects.filter(round=self.round, team=self.team).delete()
        Target.objects.bulk_create(
            Target(round=self.round, team=self.team, pillar=pillar, level=aim.level, due_on=aim.due_on)
            for pillar, aim in targets.items()
        )
        self._record(TARGETED, by, **audit.differing({"targets": before}, {"targets": self._told(targets)}))

    def aims(self) -> dict[str, Aim]:
        """The team's own targets, by their pillar's slug."""
        mine = Target.objects.filter(round=self.round, team=self.team)
        return {row.pillar: Aim(row.level, row.due_on) for row in mine}

    @transaction.atomic
    def reopen(self, reason: str, by: Any) -> None:
        """Answers may change again after submitting, while the round is open; it has to be submitted anew.

        Does nothing where it is not submitted; raises Closed once the round is."""
        self.round.lock_open()
        self.refresh_from_db(fields=["state", "submitted_at", "submitted_by"])
        if self.state != self.State.SUBMITTED:
            return
        AssessmentReopening.objects.create(assessment=self, reason=reason, reopened_by=by)
        self.state = self.State.IN_PROGRESS
        self.submitted_at = self.submitted_by = None
        self.save(update_fields=["state", "submitted_at", "submitted_by"])
        self._record(REOPENED, by, after={"reason": reason})

    @transaction.atomic
    def take_back(self, by: Any = None) -> None:
        """Answers may change again, and it has to be submitted anew. Part of reopening its round."""
        self.state = self.State.IN_PROGRESS
        self.submitted_at = self.submitted_by = None
        self.save(update_fields=["state", "submitted_at", "submitted_by"])
        self._record(TAKEN_BACK, by)

    def before(self) -> "Assessment | None":
        """What the same team submitted on the same framework in the closed round before this one; of itself nothing is
        read but the number of its version."""
        same = Assessment.objects.filter(team=self.team, round__version__framework=self.round.version.framework_id)
        final = same.filter(state=self.State.SUBMITTED, round__state=Round.State.CLOSED)
        earlier = final.filter(round__opened_at__lt=self.round.opened_at).order_by("-round__opened_at")
        return earlier.select_related("round__version").only("round__version__major", "round__version__minor").first()

    def unanswered(self) -> list[str]:
        """The keys without rating or DK, in the order of the file."""
        ratings = self.ratings()
        return [key for key in self.framework.statements if key not in ratings]

    def unconfirmed(self) -> list[str]:
        answers = self.answers_by_key()
        waiting = (Answer.State.CARRIED, Answer.State.SUGGESTED, Answer.State.REVIEW)
        return [key for key in self.framework.statements if key in answers and answers[key].state in waiting]

    def _stored(self, keys: list[str]) -> dict[str, Answer]:
        """The answers to these statements; an empty one where there is none."""
        found = {row.statement_key: row for row in Answer.objects.filter(assessment=self, statement_key__in=keys)}
        return {key: found.get(key) or Answer(assessment=self, statement_key=key) for key in keys}

    def _is_news(self, answer: Answer, said: Said, state: Answer.State) -> bool:
        """Sent twice it is stored once; and what somebody else said meanwhile is not overwritten."""
        return answer.was_seen(said) and not (answer.says(said.values) and answer.state == state)

    def _told(self, targets: Mapping[str, Aim]) -> list[str]:
        """Targets as the trail names them."""
        known = (pillar for pillar in self.framework.pillars if pillar.slug in targets)
        return [f"{pillar.name}: {targets[pillar.slug]}" for pillar in known]

    def _require_source(self, source: "Assessment") -> None:
        if Answer.objects.filter(assessment=self).exists():
            raise ValidationError(_("This assessment has answers already, so none are carried over."))
        if source.team_id != self.team_id or source.framework.slug != self.framework.slug:
            raise ValidationError(_("Answers are carried over only from the same team and on the same framework."))

    def _record(self, deed: audit.Deed, by: Any, **values: Any) -> None:
        audit.record(deed, by, self.organization, self.code, str(self), **values)

    def _lock_open(self) -> None:
        """Reads state and revision afresh, locking assessment and round; raises Closed where nothing may change."""
        fresh = Assessment.objects.select_for_update(no_key=True).values_list("state", "revision", "round__state")
        self.state, self.revision, self.round.state = fresh.get(pk=self.pk)
        if not self.is_open:
            raise Closed(_("This assessment was submitted or its round is closed, so nothing in it changes."))


class AssessmentReopening(models.Model):
    """Why a submitted assessment takes answers again while its round is open."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="reopenings")
    reason = models.CharField(_("reason"), max_length=500)
    reopened_at = models.DateTimeField(_("reopened"), default=timezone.now)
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("reopening of an assessment")
        verbose_name_plural = _("reopenings of assessments")
        ordering = ["reopened_at"]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.reason}"
