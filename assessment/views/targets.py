"""What a team aims at."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessment import access
from assessment.target_forms import TargetsForm


def targets(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """The team's own target for each pillar and until when, where it is not what the round says."""
    assessment = access.get_open_assessment(request, organization, code)
    data = request.POST if request.method == "POST" else None
    form = TargetsForm(data, assessment=assessment)
    if form.is_valid():
        assessment.aim(form.targets, by=request.user)
        messages.success(request, _("The targets are saved."))
        if form.below:
            said = _("Lower than where you are now: %(pillars)s. Is that meant?")
            messages.warning(request, said % {"pillars": ", ".join(form.below)})
        return redirect(assessment)
    context = {"organization": assessment.organization, "assessment": assessment, "form": form}
    return render(request, "assessment/targets.html", context, status=422 if form.errors else 200)
