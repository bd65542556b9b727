"""The deeds around who belongs to an organization, and as what."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import audit
from people.invitations import Role
from people.models import Invitation, Membership, Organization, User

MEMBER = audit.Kind(
    "member",
    _("Member"),
    name=_("Name"),
    email=_("Email"),
    is_active=_("May sign in"),
    is_staff=_("Operator"),
    is_owner=_("Owner"),
    is_executive=_("Executive"),
    teams=_("Lead of"),
)
ADDED = MEMBER.deed("added", _("%(who)s added %(what)s."))
CHANGED = MEMBER.deed("changed", _("%(who)s changed the role of %(what)s."))
REMOVED = MEMBER.deed("removed", _("%(who)s removed %(what)s."))
ACCOUNT = MEMBER.deed("account", _("%(who)s changed the account of %(what)s."))
SIGN_IN = MEMBER.deed("sign_in", _("%(who)s changed how %(what)s signs in."))


class LastOwner(Exception):
    """The organization would be left without an owner."""


@transaction.atomic
def add(organization: Organization, user: User, role: Role, by: User) -> Membership:
    """Without an invitation, as operators do."""
    member = Membership.objects.create(
        user=user, organization=organization, is_owner=role.is_owner, is_executive=role.is_executive
    )
    member.teams.set(role.teams)
    audit.record(ADDED, by, organization, member.code, str(user), after=_described(member))
    return member


def change_role(member: Membership, role: Role, by: User | None = None) -> None:
    """Raises LastOwner if nobody else owns the organization and `role` does not."""
    with transaction.atomic():
        _keep_an_owner(member, stays=role.is_owner)
        if member.is_owner and not role.is_owner:
            _revoke_letters(member)
        before = _described(member)
        member.is_owner, member.is_executive = role.is_owner, role.is_executive
        member.save(update_fields=["is_owner", "is_executive"])
        member.teams.set(role.teams)
        differing = audit.differing(before, _described(member))
        audit.record(CHANGED, by, member.organization, member.code, str(member.user), **differing)


def remove(member: Membership, by: User | None = None) -> None:
    """Out from the next request on; what they answered stays. Raises LastOwner like `change_role`."""
    with transaction.atomic():
        _keep_an_owner(member, stays=False)
        _revoke_letters(member)
        audit.record(REMOVED, by, member.organization, member.code, str(member.user), before=_described(member))
        member.delete()


def record_account(deed: audit.Deed, user: User, by: User, **differing: audit.Values) -> None:
    """An operator changed something of a person's account: told in every organization of theirs."""
    for member in Membership.objects.filter(user=user).select_related("organization"):
        audit.record(deed, by, member.organization, member.code, str(user), **differing)


def is_last_owner(user: User) -> bool:
    """Of any organization."""
    others = Membership.objects.filter(organization=OuterRef("organization"), is_owner=True, user__is_active=True)
    owned = Membership.objects.filter(user=user, is_owner=True)
    return owned.exclude(Exists(others.exclude(user=user))).exists()


def _keep_an_owner(member: Membership, stays: bool) -> None:
    """Waits for others who change the same organization, or the last two owners could remove each other."""
    Organization.objects.select_for_update().get(pk=member.organization_id)
    others = Membership.objects.filter(organization=member.organization_id, is_owner=True, user__is_active=True)
    if member.is_owner and not stays and not others.exclude(pk=member.pk).exists():
        raise LastOwner


def _described(member: Membership) -> dict[str, object]:
    teams = [team.name for team in member.teams.order_by("name")]
    return {"is_owner": member.is_owner, "is_executive": member.is_executive, "teams": teams}


def _revoke_letters(member: Membership) -> None:
    """What a former owner sent, perhaps to another address of theirs, lets nobody in."""
    sent = Invitation.objects.pending().filter(organization=member.organization_id, invited_by=member.user_id)
    sent.update(revoked_at=timezone.now())
