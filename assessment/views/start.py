from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessment.models import Assessment, AssessmentQuerySet
from frameworks.models import Version
from people.models import Membership


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What Waymark is; for somebody signed in, the way to their organizations and to what they answer next."""
    context: dict[str, object] = {"frameworks": [version.definition() for version in Version.objects.newest_of_each()]}
    if request.user.is_authenticated:
        memberships = Membership.objects.filter(user=request.user).select_related("organization")
        context |= {
            "memberships": list(memberships.order_by("organization__name")),
            "open_assessment": _open_assessments(request.user).first(),
        }
    return render(request, "assessment/start.html", context)


def _open_assessments(user: AbstractBaseUser) -> AssessmentQuerySet:
    return Assessment.objects.open_for_lead(user).with_everything().with_answered().newest_round_first()
