from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessment.models import Assessment
from frameworks.models import Version
from people.models import Membership


@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    """What Waymark is; for somebody signed in, the way to their organizations and open assessments."""
    context: dict[str, object] = {"frameworks": [version.definition() for version in Version.objects.newest_of_each()]}
    if request.user.is_authenticated:
        memberships = Membership.objects.filter(user=request.user).select_related("organization")
        context |= {
            "memberships": memberships.order_by("organization__name"),
            "open_assessments": Assessment.objects.open_for_lead(request.user).with_everything().with_answered(),
        }
    return render(request, "assessment/start.html", context)
