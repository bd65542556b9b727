"""Who may see and change rounds, assessments and reports. A stranger gets 404, a reader who writes gets 403."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from assessment import upgrading
from assessment.models import Assessment, Closed, Round, RoundQuerySet
from people.access import get_membership
from people.models import Membership


def get_assessment(request: HttpRequest, organization: str, code: UUID) -> Assessment:
    """The assessment, if the signed-in person may read it. Its round takes over first what is newest of its version."""
    membership = get_membership(request, organization)
    readable = Assessment.objects.readable_by(membership).with_everything().with_newer_minor()
    assessment = get_object_or_404(readable, code=code)
    upgrading.follow(assessment.round, assessment.newer_minor)
    return assessment


def get_assessment_and_leave(request: HttpRequest, organization: str, code: UUID) -> tuple[Assessment, bool]:
    """The assessment for a reader, and whether this reader may change it now: as lead of its team, while it is open.
    403 for anybody else who writes."""
    assessment = get_assessment(request, organization, code)
    if request.method == "POST":
        _require_open(assessment)
    return assessment, assessment.is_led and assessment.is_open


def get_open_assessment(request: HttpRequest, organization: str, code: UUID) -> Assessment:
    """The assessment, to be written by the lead of its team; 403 for other readers, and once it takes no answers."""
    assessment = get_assessment(request, organization, code)
    _require_open(assessment)
    return assessment


def get_assessment_to_answer(request: HttpRequest, organization: str, code: UUID) -> Assessment:
    """The same, quickly, to save one answer. Whoever is not to write it is refused as on the pages."""
    assessment = Assessment.objects.find_to_answer(request.user, organization, code)
    if assessment and assessment.is_open:
        return assessment
    return get_open_assessment(request, organization, code)


def get_assessment_to_verify(request: HttpRequest, organization: str, code: UUID) -> Assessment:
    """The assessment for owners and for leads of its team, who look at each other's answers; 403 for other readers, and
    once its round is closed."""
    assessment = get_assessment(request, organization, code)
    if not may_verify(request, assessment):
        raise PermissionDenied(_("Owners, and leads of this team, verify its answers while the round is open."))
    return assessment


def may_verify(request: HttpRequest, assessment: Assessment) -> bool:
    return not assessment.round.is_closed and _owns_or_leads(request, assessment)


def get_assessment_to_reopen(request: HttpRequest, organization: str, code: UUID) -> Assessment:
    """The assessment, to be reopened by a lead of its team or an owner; 403 for others, and in a closed round."""
    assessment = get_assessment(request, organization, code)
    if not _owns_or_leads(request, assessment):
        raise PermissionDenied(_("Only a lead of this team or an owner reopens its assessment."))
    if assessment.round.is_closed:
        raise Closed(_("This round is closed, so nothing in it changes. Reopen it first."))
    return assessment


def may_reopen(request: HttpRequest, assessment: Assessment) -> bool:
    """Whether this reader may reopen it now."""
    return assessment.can_be_reopened and _owns_or_leads(request, assessment)


def get_assessment_and_planner(request: HttpRequest, organization: str, code: UUID) -> tuple[Assessment, bool]:
    """The assessment for a reader, and whether this reader keeps its plan: as lead of its team or as owner, whatever
    has become of its round. 403 for anybody else who writes."""
    assessment = get_assessment(request, organization, code)
    may_plan = _owns_or_leads(request, assessment)
    if request.method == "POST":
        _require_planner(may_plan)
    return assessment, may_plan


def get_planned_assessment(request: HttpRequest, organization: str, code: UUID) -> Assessment:
    """The assessment for who keeps its plan; 403 for other readers."""
    assessment, may_plan = get_assessment_and_planner(request, organization, code)
    _require_planner(may_plan)
    return assessment


def get_round_and_planner(request: HttpRequest, organization: str, code: UUID) -> tuple[Round, bool]:
    """The round with what all its teams said, and whether this reader keeps its plan: as owner. 403 for anybody else
    who writes."""
    round = get_round(request, organization, code)
    may_plan = _owns(request)
    if request.method == "POST":
        _require_planner(may_plan)
    return round, may_plan


def get_planned_round(request: HttpRequest, organization: str, code: UUID) -> Round:
    """The round for who keeps its plan; 403 for other readers."""
    round, may_plan = get_round_and_planner(request, organization, code)
    _require_planner(may_plan)
    return round


def _require_planner(may_plan: bool) -> None:
    if not may_plan:
        raise PermissionDenied(_("Owners keep plans, and leads that of their own team."))


def get_round(request: HttpRequest, organization: str, code: UUID) -> Round:
    """The round with what all its teams said, for owners and executives. To a lead, who reads only what the own teams
    said, it is not found."""
    membership = get_membership(request, organization)
    rounds = (
        Round.objects.filter(organization=membership.organization)
        if membership.sees_everything
        else Round.objects.none()
    )
    return _find_round(rounds, code)


def get_round_and_membership(request: HttpRequest, organization: str, code: UUID) -> tuple[Round, Membership]:
    """The round without what was said in it, for everybody who has a part in it, and what this person is there."""
    membership = get_membership(request, organization)
    return _find_round(Round.objects.visible_to(membership), code), membership


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


def _owns(request: HttpRequest) -> bool:
    """Whether the member that was fetched before is an owner."""
    membership: Membership = request.membership  # type: ignore[attr-defined]
    return membership.is_owner


def _owns_or_leads(request: HttpRequest, assessment: Assessment) -> bool:
    return assessment.is_led or _owns(request)


def _require_open(assessment: Assessment) -> None:
    if not assessment.is_led:
        raise PermissionDenied(_("Only a lead of this team fills in its assessment."))
    if not assessment.is_open:
        raise PermissionDenied(_("This assessment was submitted or its round is closed, so nothing in it changes."))


def _find_round(rounds: RoundQuerySet, code: UUID) -> Round:
    found = rounds.select_related("organization", "version__framework").with_newer_minor()
    round = get_object_or_404(found, code=code)
    upgrading.follow(round, round.newer_minor)
    return round
