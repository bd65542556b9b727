"""The deeds around teams, and addresses for what people name."""

from collections.abc import Iterable
from itertools import count

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from people import audit
from people.models import Membership, Organization, Team, User

TEAM = audit.Kind("team", _("Team"), name=_("Name"), weight=_("Weight"), leads=_("Leads"))
CREATED = TEAM.deed("created", _("%(who)s made the team %(what)s."))
CHANGED = TEAM.deed("changed", _("%(who)s changed the team %(what)s."))
ARCHIVED = TEAM.deed("archived", _("%(who)s archived the team %(what)s."))
RESTORED = TEAM.deed("restored", _("%(who)s let the team %(what)s take part again."))

RESERVED = {"new"}
"""Ends of addresses that are pages of their own."""


def create(
    organization: Organization, name: str, weight: int, leads: Iterable[Membership], by: User | None = None
) -> Team:
    with transaction.atomic():
        Organization.objects.select_for_update().get(pk=organization.pk)
        slug = free_slug(name, Team.objects.filter(organization=organization), fallback="team")
        team = Team.objects.create(organization=organization, name=name, slug=slug, weight=weight)
        team.membership_set.set(leads)
        audit.record(CREATED, by, organization, team.slug, team.name, after=_described(team))
    return team


def change(team: Team, name: str, weight: int, leads: Iterable[Membership], by: User | None = None) -> None:
    """The address of a team stays, so that links to it do."""
    with transaction.atomic():
        before = _described(Team.objects.select_for_update().get(pk=team.pk))
        team.name, team.weight = name, weight
        team.save(update_fields=["name", "weight"])
        team.membership_set.set(leads)
        differing = audit.differing(before, _described(team))
        audit.record(CHANGED, by, team.organization, team.slug, team.name, **differing)


@transaction.atomic
def archive(team: Team, by: User | None = None) -> None:
    """Nothing new is asked of it; what it said stays."""
    team.archived_at = timezone.now()
    team.save(update_fields=["archived_at"])
    audit.record(ARCHIVED, by, team.organization, team.slug, team.name)


@transaction.atomic
def restore(team: Team, by: User | None = None) -> None:
    team.archived_at = None
    team.save(update_fields=["archived_at"])
    audit.record(RESTORED, by, team.organization, team.slug, team.name)


def free_slug(name: str, taken: models.QuerySet, fallback: str) -> str:
    """The name for an address, numbered if a row of `taken` has it; `fallback` for names without Latin letters."""
    slug = slugify(name)[:50].strip("-") or fallback
    used = RESERVED | set(taken.filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in count(2))
    return slug if slug not in used else next(each for each in numbered if each not in used)


def _described(team: Team) -> dict[str, object]:
    leads = sorted(str(member.user) for member in team.membership_set.select_related("user"))
    return {"name": team.name, "weight": team.weight, "leads": leads}
