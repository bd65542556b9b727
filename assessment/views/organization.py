from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessment.models import Assessment
from people.access import get_membership


def organization(request: HttpRequest, organization: str) -> HttpResponse:
    """Every assessment this person may read, newest round first."""
    membership = get_membership(request, organization)
    assessments = Assessment.objects.visible_to(membership).with_everything().with_answered().newest_round_first()
    context = {
        "organization": membership.organization,
        "membership": membership,
        "assessments": assessments,
        "led_teams": set(membership.teams.values_list("pk", flat=True)),
    }
    return render(request, "assessment/organization.html", context)
