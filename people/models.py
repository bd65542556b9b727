"""Who there is: people, their organizations and teams, and what each may do there."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Signs in at once: whoever may run commands here needs no letter to prove the address."""
        with transaction.atomic(using=self._db):
            user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in by email. `is_staff` means operator of this installation, no role in an organization."""

    email = models.EmailField(_("email"), unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    is_staff = models.BooleanField(_("operator"), default=False, help_text=_("May enter the administration."))
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        """Forms keep emails as `create_user` does, or one person could have two accounts."""
        self.email = self.email.strip().lower()


def signed_in(request: HttpRequest) -> User:
    """Who asks, on a page that needs a sign-in."""
    assert isinstance(request.user, User)
    return request.user


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def visible_to(self, user: Any) -> "OrganizationQuerySet":
        return self.filter(membership__user=user).order_by("name")


class Organization(models.Model):
    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)
    confidentiality = models.CharField(_("confidentiality"), max_length=40, default="Internal")
    distribution = models.CharField(_("distribution"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")

    def __str__(self) -> str:
        return self.name


class TeamQuerySet(models.QuerySet["Team"]):
    def current(self) -> "TeamQuerySet":
        """Those that can take part in something new."""
        return self.filter(archived_at=None)


class Team(models.Model):
    organization = models.ForeignKey(Organization, models.CASCADE)
    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("short name in addresses"), max_length=60)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, help_text=_("What this team counts in the result of the organization.")
    )
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "slug"], name="team_slug_unique"),
            models.CheckConstraint(condition=models.Q(weight__gte=1), name="team_weight_positive"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """What one person is in one organization. A lead is somebody with teams."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.CASCADE)
    organization = models.ForeignKey(Organization, models.CASCADE)
    is_owner = models.BooleanField(_("owner"), default=False, help_text=_("Keeps people, teams, rounds and targets."))
    is_executive = models.BooleanField(_("executive"), default=False, help_text=_("Reads everything, changes nothing."))
    teams = models.ManyToManyField(Team, verbose_name=_("lead of"), blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["user", "organization"], name="membership_unique")]

    def __str__(self) -> str:
        return f"{self.user}, {self.organization}"

    @property
    def sees_everything(self) -> bool:
        return self.is_owner or self.is_executive


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> "InvitationQuerySet":
        """Neither accepted nor revoked; perhaps expired."""
        return self.filter(accepted_at=None, revoked_at=None)

    def open(self) -> "InvitationQuerySet":
        """What still can be accepted."""
        return self.pending().filter(expires_at__gt=timezone.now())

    def sent_since(self, moment: datetime) -> "InvitationQuerySet":
        return self.filter(sent_at__gt=moment)


class Invitation(models.Model):
    """One letter to one address: what its reader becomes in one organization. Its token is known to the letter alone.

    A letter that is sent again is a new invitation, and the one before is revoked."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    organization = models.ForeignKey(Organization, models.CASCADE)
    email = models.EmailField(_("email"))
    is_owner = models.BooleanField(_("owner"), default=False)
    is_executive = models.BooleanField(_("executive"), default=False)
    teams = models.ManyToManyField(Team, verbose_name=_("lead of"), blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False)
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "email"],
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="invitation_pending_unique",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.organization}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()


class EventQuerySet(models.QuerySet["Event"]):
    def newest_first(self) -> "EventQuerySet":
        return self.order_by("-pk")


class Event(models.Model):
    """Somebody changed something. Only ever added: triggers in the database refuse the rest (people/triggers.py), but
    for what a demo organization leaves when it is removed. Whom and what it names stands here as text, and outlives
    them."""

    happened_at = models.DateTimeField(_("when"), default=timezone.now)
    organization = models.ForeignKey(Organization, models.PROTECT)
    is_demo = models.BooleanField(default=False)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("who"), max_length=254, blank=True)
    actor_email = models.CharField(_("email"), max_length=254, blank=True)
    kind = models.CharField(_("kind"), max_length=30)
    verb = models.CharField(_("deed"), max_length=30)
    object_code = models.CharField(max_length=60)
    object_name = models.CharField(_("what"), max_length=400)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["organization", "-id"], name="event_newest_first")]

    def __str__(self) -> str:
        return f"{self.kind} {self.verb}: {self.object_name}"
