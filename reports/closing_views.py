"""Closing a round, and reopening it: each says first what it does."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessment import access
from assessment.models import Assessment
from assessment.round_forms import ReopenForm
from people.models import signed_in
from reports import closing


@require_http_methods(["GET", "HEAD", "POST"])
def close_round(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    round = access.get_round_as_owner(request, organization, code)
    if round.is_closed:
        return redirect(round)
    if request.method == "POST":
        closing.close(round, by=signed_in(request))
        messages.success(request, _("The round is closed, and its reports are stored."))
        return redirect(round)
    assessments = Assessment.objects.filter(round=round).select_related("team").order_by("team__name")
    context = {
        "organization": round.organization,
        "round": round,
        "submitted": [row for row in assessments if row.submitted_at],
        "missing": [row for row in assessments if not row.submitted_at],
    }
    return render(request, "reports/close_round.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen_round(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    round = access.get_round_as_owner(request, organization, code)
    if not round.is_closed:
        return redirect(round)
    form = ReopenForm(request.POST if request.method == "POST" else None, round=round)
    if form.is_valid():
        closing.reopen(round, by=request.user, **form.cleaned_data)
        messages.success(request, _("The round is open again."))
        return redirect(round)
    context = {"organization": round.organization, "round": round, "form": form}
    return render(request, "reports/reopen_round.html", context, status=422 if form.errors else 200)
