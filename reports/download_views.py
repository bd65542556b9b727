"""Reports as files."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe

from assessment import access
from assessment.models import Assessment, Round
from reports import closing, downloads
from reports.downloads import Download
from reports.renderer import RenderingFailed


@require_safe
def report_pdf(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """The report of an assessment."""
    assessment = access.get_assessment(request, organization, code)
    return _send(request, downloads.pdf_of(assessment), assessment)


@require_safe
def earlier_report_pdf(request: HttpRequest, organization: str, code: UUID, snapshot: UUID) -> HttpResponse:
    """The report as it was stored before the assessment changed again."""
    assessment = access.get_assessment(request, organization, code)
    kept = get_object_or_404(closing.earlier(assessment), code=snapshot)
    return _send(request, downloads.stored_pdf(kept), assessment)


@require_safe
def round_report_pdf(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """The report of all teams of a round."""
    round = access.get_round(request, organization, code)
    return _send(request, downloads.pdf_of(round), round)


def _send(request: HttpRequest, file: Download, subject: Assessment | Round) -> HttpResponse:
    etag = quote_etag(file.tag)
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    try:
        content = file.content()
    except RenderingFailed:
        return _failed(request, subject)
    headers = {
        "Content-Disposition": content_disposition_header(True, file.name),
        "ETag": etag,
        "Cache-Control": "private, no-cache",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _failed(request: HttpRequest, subject: Assessment | Round) -> HttpResponse:
    page = "round_result" if isinstance(subject, Round) else "result"
    context = {
        "reference": subject.code,
        "result": reverse(f"reports:{page}", args=[subject.organization.slug, subject.code]),
    }
    return render(request, "reports/report_failed.html", context, status=503)
