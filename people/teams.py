"""The deeds around teams, and addresses for what people name."""

from collections.abc import Iterable
from itertools import count

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify

from people.models import Membership, Organization, Team

RESERVED = {"new"}
"""Ends of addresses that are pages of their own."""


def create(organization: Organization, name: str, weight: int, leads: Iterable[Membership]) -> Team:
    with transaction.atomic():
        Organization.objects.select_for_update().get(pk=organization.pk)
        slug = free_slug(name, Team.objects.filter(organization=organization), fallback="team")
        team = Team.objects.create(organization=organization, name=name, slug=slug, weight=weight)
        team.membership_set.set(leads)
    return team


def change(team: Team, name: str, weight: int, leads: Iterable[Membership]) -> None:
    """The address of a team stays, so that links to it do."""
    with transaction.atomic():
        team.name, team.weight = name, weight
        team.save(update_fields=["name", "weight"])
        team.membership_set.set(leads)


def archive(team: Team) -> None:
    """Nothing new is asked of it; what it said stays."""
    team.archived_at = timezone.now()
    team.save(update_fields=["archived_at"])


def restore(team: Team) -> None:
    team.archived_at = None
    team.save(update_fields=["archived_at"])


def free_slug(name: str, taken: models.QuerySet, fallback: str) -> str:
    """The name for an address, numbered if a row of `taken` has it; `fallback` for names without Latin letters."""
    slug = slugify(name)[:50].strip("-") or fallback
    used = RESERVED | set(taken.filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in count(2))
    return slug if slug not in used else next(each for each in numbered if each not in used)
