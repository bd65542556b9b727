"""Who may see and change rounds, assessments and reports. A stranger gets 404, a reader who writes gets 403."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from assessment.models import Assessment, Closed, Round
from people.access import get_membership
from people.models import Membership


def get_assessment(request: HttpRequest, organization: str, code: UUID) -> Assessment:
    """The assessment, if the signed-in person may read it."""
    return _find(get_membership(request, organization), code)


def get_assessment_and_leave(request: HttpRequest, organization: str, code: UUID) -> tuple[Assessment, bool]:
    """The assessment for a reader, and whether this reader also fills it in, as lead of its team."""
    membership = get_membership(request, organization)
    assessment = _find(membership, code)
    return assessment, _leads(membership, assessment)


def get_open_assessment(request: HttpRequest, organization: str, code: UUID) -> Assessment:
    """The assessment, to be written by the lead of its team; 403 for other readers, and once it takes no answers."""
    assessment, may_answer = get_assessment_and_leave(request, organization, code)
    if not may_answer:
        raise PermissionDenied(_("Only a lead of this team fills in its assessment."))
    if not assessment.is_open:
        raise PermissionDenied(_("This assessment was submitted or its round is closed, so nothing in it changes."))
    return assessment


def get_round(request: HttpRequest, organization: str, code: UUID) -> Round:
    """The round with what all its teams said, for owners and executives. To a lead, who reads only what the own teams
    said, it is not found."""
    membership = get_membership(request, organization)
    rounds = (
        Round.objects.filter(organization=membership.organization)
        if membership.sees_everything
        else Round.objects.none()
    )
    return get_object_or_404(rounds.select_related("organization", "version__framework"), code=code)


def get_round_and_membership(request: HttpRequest, organization: str, code: UUID) -> tuple[Round, Membership]:
    """The round without what was said in it, for everybody who has a part in it, and what this person is there."""
    membership = get_membership(request, organization)
    rounds = Round.objects.visible_to(membership).select_related("organization", "version__framework")
    return get_object_or_404(rounds, code=code), membership


def get_round_as_owner(request: HttpRequest, organization: str, code: UUID) -> Round:
    """The round, to be kept by an owner; 403 for others who may read it."""
    round, membership = get_round_and_membership(request, organization, code)
    if not membership.is_owner:
        raise PermissionDenied(_("Only an owner of the organization changes this."))
    return round


def get_open_round(request: HttpRequest, organization: str, code: UUID) -> Round:
    """The same while the round is open; 403 afterwards."""
    round = get_round_as_owner(request, organization, code)
    if round.is_closed:
        raise Closed(_("This round is closed, so nothing in it changes. Reopen it first."))
    return round


def _find(membership: Membership, code: UUID) -> Assessment:
    return get_object_or_404(Assessment.objects.visible_to(membership).with_everything(), code=code)


def _leads(membership: Membership, assessment: Assessment) -> bool:
    return membership.teams.filter(pk=assessment.team_id).exists()
