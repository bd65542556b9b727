from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessment.filter_forms import AssessmentsForm
from assessment.models import Assessment, Profile
from frameworks.scoring import score
from people.access import get_membership
from people.models import Membership, Team

ON_A_PAGE = 25


@require_safe
def organization(request: HttpRequest, organization: str) -> HttpResponse:
    """The assessments this person may read, newest round first, and what there is to do next."""
    membership = get_membership(request, organization)
    form = AssessmentsForm(request.GET, member=membership)
    found = form.found().with_everything().with_answered().prefetch_related("answers")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    led = set(membership.teams.values_list("pk", flat=True))
    context = {
        "organization": membership.organization,
        "membership": membership,
        "form": form,
        "page": page,
        "rows": [(assessment, assessment.team_id in led, _level(assessment)) for assessment in page],
        "is_filtered": form.is_valid() and any(form.cleaned_data.values()),
        "query": _without_page(request),
        "next_assessment": _to_answer(membership),
        "newest_round": form.rounds[0] if form.rounds else None,
        "has_teams": Team.objects.current().filter(organization=membership.organization).exists(),
        "guidance": Profile.objects.guidance_for(membership.organization),
    }
    return render(request, "assessment/organization.html", context, status=422 if form.errors else 200)


def _to_answer(membership: Membership) -> Assessment | None:
    """What waits for this person here, the newest round's first."""
    waiting = Assessment.objects.open_for_lead(membership.user).filter(round__organization=membership.organization)
    return waiting.with_everything().with_answered().newest_round_first().first()


def _level(assessment: Assessment) -> int | None:
    """Only what is submitted has a level to show in a list."""
    return score(assessment.framework, assessment.ratings()).level if assessment.submitted_at else None


def _without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
