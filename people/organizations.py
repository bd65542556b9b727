"""The deeds around an organization itself."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people import audit
from people.models import Membership, Organization, User
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


def rename(organization: Organization, name: str, by: User | None = None) -> None:
    """Its address stays."""
    _change(RENAMED, organization, by, name=name)


def mark(organization: Organization, confidentiality: str, distribution: str, by: User | None = None) -> None:
    """How confidential its reports are, and whom they are for."""
    _change(MARKED, organization, by, confidentiality=confidentiality, distribution=distribution)


@transaction.atomic
def _change(deed: audit.Deed, organization: Organization, by: User | None, **values: Any) -> None:
    before = Organization.objects.select_for_update().values(*values).get(pk=organization.pk)
    for name, value in values.items():
        setattr(organization, name, value)
    organization.save(update_fields=list(values))
    audit.record(deed, by, organization, organization.slug, organization.name, **audit.differing(before, values))
