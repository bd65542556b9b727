from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessment import access
from reports import closing, document, pictures, round_pictures, round_report
from reports.report import report_for


@require_safe
def result(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """Where the team is, why not further, and what to do first."""
    assessment, may_answer = access.get_assessment_and_leave(request, organization, code)
    report = report_for(assessment)
    context = {
        "organization": assessment.organization,
        "assessment": assessment,
        "may_answer": may_answer and assessment.is_open,
        "report": report,
        "earlier": closing.earlier(assessment),
        "radar": partial(pictures.radar, report),
        "ladder": partial(pictures.ladder, report),
        "dumbbell": partial(pictures.dumbbell, report),
        "heat": partial(pictures.heat, report),
    }
    return render(request, "reports/result.html", context)


@require_safe
def scored(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """How the level came about, with the assessment's own numbers."""
    assessment = access.get_assessment(request, organization, code)
    report = report_for(assessment)
    context = {
        "organization": assessment.organization,
        "assessment": assessment,
        "report": report,
        "method": document.method_of(report),
    }
    return render(request, "reports/scored.html", context)


@require_safe
def round_result(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """Where the organization is, and how its teams differ."""
    round = access.get_round(request, organization, code)
    report = round_report.report_for(round)
    context = {
        "organization": round.organization,
        "round": round,
        "report": report,
        "radar": partial(round_pictures.radar, report),
        "ladder": partial(round_pictures.ladder, report),
    }
    return render(request, "reports/round_result.html", context)


@login_not_required
@require_safe
def scoring(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/scoring.html")
