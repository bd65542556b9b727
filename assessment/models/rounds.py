"""Rounds: one framework version, asked of some teams at one time."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from frameworks.models import Version
from people.models import Membership, Organization, Team


class Closed(PermissionDenied):
    """The assessment was submitted, or its round closed: nothing in it changes any more."""


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, membership: Membership) -> "RoundQuerySet":
        """To a lead, the rounds that ask a team of theirs."""
        rounds = self.filter(organization=membership.organization)
        if membership.sees_everything:
            return rounds
        return rounds.filter(pk__in=membership.teams.values("assessment__round"))

    def with_counts(self, membership: Membership) -> "RoundQuerySet":
        """Newest first, with `teams` and `submitted`: how many assessments this member may read, and have come in."""
        mine = models.Q() if membership.sees_everything else models.Q(assessments__team__membership=membership)
        submitted = mine & models.Q(assessments__submitted_at__isnull=False)
        return self.order_by("-opened_at").annotate(
            teams=models.Count("assessments", filter=mine, distinct=True),
            submitted=models.Count("assessments", filter=submitted, distinct=True),
        )

    def with_newer_minor(self) -> "RoundQuerySet":
        """Adds `newer_minor`: the id of the newest published version of the same major one, where that is newer."""
        return self.annotate(newer_minor=newer_minor())  # type: ignore[no-redef]


def newer_minor(round: str = "") -> models.Subquery:
    """For rows that have their round at the prefix `round`."""
    newer = Version.objects.published().filter(
        framework=models.OuterRef(f"{round}version__framework"),
        major=models.OuterRef(f"{round}version__major"),
        minor__gt=models.OuterRef(f"{round}version__minor"),
    )
    return models.Subquery(newer.order_by("-minor").values("pk")[:1])


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
    decision = models.CharField(_("decision asked"), max_length=300, blank=True)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    newer_minor: int | None = None  # `with_newer_minor` knows

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

    def before(self) -> "Round | None":
        """The closed round before this one on the same framework."""
        same = Round.objects.filter(organization=self.organization, version__framework=self.version.framework_id)
        final = same.filter(state=self.State.CLOSED, opened_at__lt=self.opened_at)
        return final.select_related("organization", "version__framework").order_by("-opened_at").first()

    def lock_open(self) -> None:
        """Locks the round and reads its state afresh; raises Closed where nothing may change."""
        self.state = Round.objects.select_for_update(no_key=True).get(pk=self.pk).state
        self.require_open()

    def require_open(self) -> None:
        """Raises Closed."""
        if self.is_closed:
            raise Closed(_("This round is closed, so nothing in it changes. Reopen it first."))

    def targets_for(self, team: Team) -> dict[str, int]:
        """Pillar slug -> level: the team's own target, else the round's for the pillar, else the round's one target."""
        rows = sorted(self.targets.all(), key=lambda row: row.team_id is not None)
        general = {pillar.slug: self.target_level for pillar in self.version.definition().pillars}
        own = {row.pillar: row.level for row in rows if row.team_id in (None, team.pk) and row.pillar in general}
        highest = len(self.version.definition().levels)
        return {slug: min(level, highest) for slug, level in (general | own).items() if level is not None}


@dataclass(frozen=True)
class Aim:
    """What a team wants a pillar to come to, and until when."""

    level: int
    due_on: date | None = None

    def __str__(self) -> str:
        day = self.due_on and date_format(self.due_on, "j M Y")
        return _("%(level)d by %(day)s") % {"level": self.level, "day": day} if day else str(self.level)


class VersionChange(models.Model):
    """From then on a round asks another version of its framework. Minor ones come by themselves, others by upgrade."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="version_changes")
    old = models.ForeignKey(Version, models.PROTECT, related_name="+")
    new = models.ForeignKey(Version, models.PROTECT, related_name="+")
    is_upgrade = models.BooleanField(_("upgrade"))
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("change of version")
        verbose_name_plural = _("changes of version")
        ordering = ["changed_at"]
        constraints = [models.UniqueConstraint(fields=["round", "new"], name="version_change_once")]

    def __str__(self) -> str:
        return f"{self.round}: {self.old.number} – {self.new.number}"


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
    due_on = models.DateField(_("target date"), null=True, blank=True)

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
