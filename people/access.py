"""Who may see and change organizations, teams and people. A stranger gets 404, a reader who writes gets 403."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from people.models import Membership


def get_membership(request: HttpRequest, organization: str) -> Membership:
    """What the signed-in person is in the organization with this slug; 404 for everybody else."""
    return get_object_or_404(
        Membership.objects.select_related("organization"), organization__slug=organization, user=request.user
    )
