"""Who may see and change organizations, teams and people. A stranger gets 404, a reader who writes gets 403."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from people.models import Membership


def get_membership(request: HttpRequest, organization: str) -> Membership:
    """What the signed-in person is in the organization with this slug; 404 for everybody else."""
    return get_object_or_404(
        Membership.objects.select_related("organization", "user"), organization__slug=organization, user=request.user
    )


def get_owner(request: HttpRequest, organization: str) -> Membership:
    """The same for an owner; 403 for other members."""
    membership = get_membership(request, organization)
    if not membership.is_owner:
        raise PermissionDenied(_("Only an owner of the organization changes this."))
    return membership
