"""The deeds around an organization itself."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people import audit, triggers
from people.models import Event, Membership, Organization, User
from people.teams import free_slug

ORGANIZATION = audit.Kind(
    "organization",
    _("Organization"),
    name=_("Name"),
    confidentiality=_("Confidentiality"),
    distribution=_("Distribution"),
)
CREATED = ORGANIZATION.deed("created", _("%(who)s made the organization %(what)s."))
RENAMED = ORGANIZATION.deed("renamed", _("%(who)s renamed the organization to %(what)s."))
MARKED = ORGANIZATION.deed("marked", _("%(who)s changed the marking of the reports of %(what)s."))


@transaction.atomic
def create(name: str, owner: User) -> Organization:
    """With its first owner."""
    slug = free_slug(name, Organization.objects.all(), fallback="organization")
    organization = Organization.objects.create(name=name, slug=slug)
    Membership.objects.create(user=owner, organization=organization, is_owner=True)
    audit.record(CREATED, owner, organization, slug, name, after={"name": name})
    return organization


def record_created(organization: Organization, by: User) -> None:
    """An operator made it, without being its owner."""
    audit.record(CREATED, by, organization, organization.slug, organization.name, after={"name": organization.name})


def rename(organization: Organization, name: str, by: User | None = None) -> None:
    """Its address stays."""
    _change(RENAMED, organization, by, name=name)


def mark(organization: Organization, confidentiality: str, distribution: str, by: User | None = None) -> None:
    """How confidential its reports are, and whom they are for."""
    _change(MARKED, organization, by, confidentiality=confidentiality, distribution=distribution)


def remove(organization: Organization) -> None:
    """With all it has, its trail, and the people who belong to nothing else; operators stay."""
    leaving, pk = belonging_here_alone(organization), organization.pk
    with triggers.lifted():
        Event.objects.filter(organization=pk).delete()
        organization.delete()
        Event.objects.filter(organization=pk).delete()  # answers tell that they go
        User.objects.filter(pk__in=leaving).delete()


def belonging_here_alone(organization: Organization) -> list[int]:
    """The people who would belong to nothing without it, and are no operators."""
    people = User.objects.filter(membership__organization=organization, is_staff=False)
    elsewhere = Membership.objects.exclude(organization=organization)
    return list(people.exclude(membership__in=elsewhere).values_list("pk", flat=True))


@transaction.atomic
def _change(deed: audit.Deed, organization: Organization, by: User | None, **values: Any) -> None:
    before = Organization.objects.select_for_update().values(*values).get(pk=organization.pk)
    for name, value in values.items():
        setattr(organization, name, value)
    organization.save(update_fields=list(values))
    audit.record(deed, by, organization, organization.slug, organization.name, **audit.differing(before, values))
