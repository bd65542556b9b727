"""Who may see and change rounds, assessments and reports. A stranger gets 404, a reader who writes gets 403."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from assessment.models import Assessment
from people.access import get_membership
from people.models import Membership


def get_assessment(request: HttpRequest, organization: str, code: UUID) -> Assessment:
    """The assessment, if the signed-in person may read it."""
    membership = get_membership(request, organization)
    return get_object_or_404(Assessment.objects.visible_to(membership).with_everything(), code=code)


def get_own_assessment(request: HttpRequest, organization: str, code: UUID) -> Assessment:
    """The assessment, if the signed-in person leads its team and so fills it in."""
    membership = get_membership(request, organization)
    assessment = get_object_or_404(Assessment.objects.visible_to(membership).with_everything(), code=code)
    if not leads(membership, assessment):
        raise PermissionDenied
    return assessment


def leads(membership: Membership, assessment: Assessment) -> bool:
    return membership.teams.filter(pk=assessment.team_id).exists()
