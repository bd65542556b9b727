"""Who may see and change organizations, teams and people. A stranger gets 404, a reader who writes gets 403."""

from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from people import invitations
from people.models import Invitation, Membership, Team, User


def get_founder(request: HttpRequest) -> User:
    """The signed-in person, if people may make organizations of their own."""
    if not settings.SIGN_UP:
        raise PermissionDenied(_("Here, the people who run Waymark make organizations. Ask them for one."))
    assert isinstance(request.user, User)
    return request.user


def get_membership(request: HttpRequest, organization: str) -> Membership:
    """What the signed-in person is in the organization with this slug; 404 for everybody else. The header shows it."""
    memberships = Membership.objects.select_related("organization", "user")
    membership = get_object_or_404(memberships, organization__slug=organization, user=request.user)
    request.membership = membership  # type: ignore[attr-defined]
    return membership


def get_owner(request: HttpRequest, organization: str) -> Membership:
    """The same for an owner; 403 for other members."""
    membership = get_membership(request, organization)
    if not membership.is_owner:
        raise PermissionDenied(_("Only an owner of the organization changes this."))
    return membership


def get_member(request: HttpRequest, organization: str, code: UUID) -> Membership:
    """Any member, for an owner of the same organization."""
    owner = get_owner(request, organization)
    members = Membership.objects.filter(organization=owner.organization).select_related("organization", "user")
    return get_object_or_404(members, code=code)


def get_pending_invitation(request: HttpRequest, organization: str, code: UUID) -> Invitation:
    """An invitation nobody has accepted or revoked, for an owner of its organization."""
    owner = get_owner(request, organization)
    pending = Invitation.objects.pending().filter(organization=owner.organization).select_related("organization")
    return get_object_or_404(pending, code=code)


def get_team(request: HttpRequest, organization: str, slug: str) -> Team:
    """Any team, for an owner of its organization."""
    owner = get_owner(request, organization)
    return get_object_or_404(
        Team.objects.filter(organization=owner.organization).select_related("organization"), slug=slug
    )


def get_invitation(request: HttpRequest, token: str) -> Invitation | None:
    """What the letter with this token invites to. Whoever tries many wrong tokens is told nothing for a while."""
    if ratelimit.consume_or_429(request, action="invitation", limit_get=True, dry_run=True):
        return None
    invitation = invitations.find(token)
    if invitation is None:
        ratelimit.consume_or_429(request, action="invitation", limit_get=True)
    return invitation


def may_accept(user: User, invitation: Invitation) -> bool:
    """Only who signs in with the very address that was invited, or has confirmed it as a further one."""
    confirmed = EmailAddress.objects.filter(user=user, email__iexact=invitation.email, verified=True)
    return user.email.lower() == invitation.email or confirmed.exists()
