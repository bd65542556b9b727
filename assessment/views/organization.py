from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessment.models import Assessment, Profile
from frameworks.scoring import score
from people.access import get_membership


@require_safe
def organization(request: HttpRequest, organization: str) -> HttpResponse:
    """Every assessment this person may read, newest round first."""
    membership = get_membership(request, organization)
    assessments = Assessment.objects.visible_to(membership).with_everything().with_answered().newest_round_first()
    context = {
        "organization": membership.organization,
        "assessments": [(assessment, _level(assessment)) for assessment in assessments.prefetch_related("answers")],
        "membership": membership,
        "guidance": Profile.objects.guidance_for(membership.organization),
        "led_teams": set(membership.teams.values_list("pk", flat=True)),
    }
    return render(request, "assessment/organization.html", context)


def _level(assessment: Assessment) -> int | None:
    """Only what is submitted has a level to show in a list."""
    return score(assessment.framework, assessment.ratings()).level if assessment.submitted_at else None
