"""A team's way up, and its plan."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessment import access
from assessment.models import Assessment, PlannedAction
from reports import pictures, plan_keeping
from reports.plan_page import plan_page, proposals
from reports.report import report_for
from reports.way_page import shortest, way_page


@require_safe
def way_up(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """What would follow if some statements were put in place; at first those of the shortest way."""
    assessment, may_plan = access.get_assessment_and_planner(request, organization, code)
    report = report_for(assessment)
    is_chosen = "chosen" in request.GET
    statements = request.GET.getlist("statement") if is_chosen else shortest(report)
    page = way_page(report, statements, request.GET.getlist("action"))
    context = {
        **_frame(assessment, may_plan),
        "report": report,
        "page": page,
        "radar": pictures.prospect(report, page.outlook),
    }
    part = "#outlook" if "HX-Request" in request.headers else ""
    return render(request, f"reports/way_up.html{part}", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """What the team is going to do. What is ticked elsewhere is sent here, to become part of it."""
    assessment, may_plan = access.get_assessment_and_planner(request, organization, code)
    report = report_for(assessment)
    if request.method == "POST":
        chosen = proposals(report, request.POST.getlist("statement"), request.POST.getlist("action"))
        plan_keeping.add(request, assessment.round, assessment, chosen)
        return redirect("reports:plan", organization, code)
    actions = list(PlannedAction.objects.of(assessment.round, assessment))
    context = {
        **_frame(assessment, may_plan),
        "report": report,
        "page": plan_page(report, actions, timezone.localdate()),
        "may_answer": assessment.is_led and assessment.is_open,
    }
    return render(request, "reports/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_action(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """An action of the team's own."""
    assessment = access.get_planned_assessment(request, organization, code)
    planned = PlannedAction(round=assessment.round, assessment=assessment)
    return plan_keeping.edit(request, planned, "reports/new_action.html", _overview(assessment), assessment=assessment)


@require_http_methods(["GET", "HEAD", "POST"])
def planned_action(request: HttpRequest, organization: str, code: UUID, action: UUID) -> HttpResponse:
    """One action of the plan, to be changed."""
    assessment = access.get_planned_assessment(request, organization, code)
    planned = get_object_or_404(PlannedAction.objects.of(assessment.round, assessment), code=action)
    return plan_keeping.edit(
        request, planned, "reports/planned_action.html", _overview(assessment), assessment=assessment
    )


@require_safe
def plan_csv(request: HttpRequest, organization: str, code: UUID) -> StreamingHttpResponse:
    assessment = access.get_assessment(request, organization, code)
    actions = list(PlannedAction.objects.of(assessment.round, assessment))
    name = f"waymark-plan_{organization}_{assessment.team.slug}.csv"
    return plan_keeping.file(name, assessment.framework, actions)


def _frame(assessment: Assessment, may_plan: bool) -> dict[str, Any]:
    return {"organization": assessment.organization, "assessment": assessment, "may_plan": may_plan}


def _overview(assessment: Assessment) -> str:
    return reverse("reports:plan", args=[assessment.organization.slug, assessment.code])
