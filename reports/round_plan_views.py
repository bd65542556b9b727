"""The plan of a round: one for all its teams."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessment import access
from assessment.models import PlannedAction, Round
from reports import plan_keeping, round_report
from reports.plan_page import round_plan_page, shared_proposals


@require_http_methods(["GET", "HEAD", "POST"])
def round_plan(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """What helps most teams, each action once and with one owner."""
    round, may_plan = access.get_round_and_planner(request, organization, code)
    report = round_report.report_for(round)
    if request.method == "POST":
        plan_keeping.add(request, round, None, shared_proposals(report, request.POST.getlist("action")))
        return redirect("reports:round_plan", organization, code)
    actions = list(PlannedAction.objects.of(round, None))
    context = {
        "organization": round.organization,
        "round": round,
        "may_plan": may_plan,
        "report": report,
        "page": round_plan_page(report, actions, timezone.localdate()),
    }
    return render(request, "reports/round_plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_round_action(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """An action of the organization's own."""
    round = access.get_planned_round(request, organization, code)
    return plan_keeping.edit(
        request, PlannedAction(round=round), "reports/new_round_action.html", _overview(round), round=round
    )


@require_http_methods(["GET", "HEAD", "POST"])
def round_action(request: HttpRequest, organization: str, code: UUID, action: UUID) -> HttpResponse:
    """One action of the plan, to be changed."""
    round = access.get_planned_round(request, organization, code)
    planned = get_object_or_404(PlannedAction.objects.of(round, None), code=action)
    return plan_keeping.edit(request, planned, "reports/round_action.html", _overview(round), round=round)


@require_safe
def round_plan_csv(request: HttpRequest, organization: str, code: UUID) -> StreamingHttpResponse:
    round = access.get_round(request, organization, code)
    actions = list(PlannedAction.objects.of(round, None))
    return plan_keeping.file(f"waymark-plan_{organization}.csv", round.version.definition(), actions)


def _overview(round: Round) -> str:
    return reverse("reports:round_plan", args=[round.organization.slug, round.code])
