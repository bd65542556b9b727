from hashlib import sha256
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe

from assessment import access
from reports import pdf, pictures
from reports.renderer import RenderingFailed
from reports.report import report_for

KEPT_FOR = 7 * 24 * 3600


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
        "radar": pictures.radar(report),
        "ladder": pictures.ladder(report),
        "dumbbell": pictures.dumbbell(report),
    }
    return render(request, "reports/result.html", context)


@require_safe
def report_pdf(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """The report as a file. What says the same is drawn once and then kept."""
    assessment = access.get_assessment(request, organization, code)
    report = report_for(assessment)
    html = pdf.html(report)
    etag = quote_etag(sha256(html.encode()).hexdigest())
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    try:
        content = cache.get_or_set(f"report.pdf:{etag}", lambda: pdf.draw(html), KEPT_FOR)
    except RenderingFailed:
        context = {"organization": assessment.organization, "assessment": assessment}
        return render(request, "reports/report_failed.html", context, status=503)
    headers = {
        "Content-Disposition": content_disposition_header(True, pdf.filename(report)),
        "ETag": etag,
        "Cache-Control": "private, no-cache",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@login_not_required
@require_safe
def scoring(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/scoring.html")
