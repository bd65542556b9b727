from collections.abc import Callable
from hashlib import sha256
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe

from assessment import access
from assessment.models import Assessment
from reports import closing, pdf, pictures, round_pictures, round_report
from reports.renderer import RenderingFailed
from reports.report import Report, report_for

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
        "earlier": closing.earlier(assessment),
        "radar": pictures.radar(report),
        "ladder": pictures.ladder(report),
        "dumbbell": pictures.dumbbell(report),
    }
    return render(request, "reports/result.html", context)


@require_safe
def report_pdf(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """The report as a file."""
    assessment = access.get_assessment(request, organization, code)
    report = report_for(assessment)
    content_hash, content = _document(assessment, report)
    etag = quote_etag(content_hash)
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    try:
        document = content()
    except RenderingFailed:
        context = {"organization": assessment.organization, "assessment": assessment}
        return render(request, "reports/report_failed.html", context, status=503)
    return _file(document, pdf.filename(report), etag)


@require_safe
def earlier_report_pdf(request: HttpRequest, organization: str, code: UUID, snapshot: UUID) -> HttpResponse:
    """The report as it was stored before the assessment changed again."""
    assessment = access.get_assessment(request, organization, code)
    kept = get_object_or_404(closing.earlier(assessment), code=snapshot)
    try:
        document = closing.document(kept)
    except RenderingFailed:
        context = {"organization": assessment.organization, "assessment": assessment}
        return render(request, "reports/report_failed.html", context, status=503)
    return _file(document, pdf.filename(kept.as_report()), quote_etag(kept.content_hash))


def _file(document: bytes | None, name: str, etag: str) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "ETag": etag,
        "Cache-Control": "private, no-cache",
    }
    return HttpResponse(document, content_type="application/pdf", headers=headers)


def _document(assessment: Assessment, report: Report) -> tuple[str, Callable[[], bytes | None]]:
    """What tells the file from others, and how to come by it: stored on closing, else drawn once and then kept."""
    if snapshot := closing.kept(assessment):
        return snapshot.content_hash, lambda: closing.document(snapshot)
    html = pdf.html(report)
    content_hash = sha256(html.encode()).hexdigest()
    return content_hash, lambda: cache.get_or_set(f"report.pdf:{content_hash}", lambda: pdf.draw(html), KEPT_FOR)


@require_safe
def round_result(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """Where the organization is, and how its teams differ."""
    round = access.get_round(request, organization, code)
    report = round_report.report_for(round)
    context = {
        "organization": round.organization,
        "report": report,
        "radar": round_pictures.radar(report),
        "ladder": round_pictures.ladder(report),
    }
    return render(request, "reports/round_result.html", context)


@login_not_required
@require_safe
def scoring(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/scoring.html")
