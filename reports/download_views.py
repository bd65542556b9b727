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
from reports import closing, document, downloads
from reports.downloads import Download
from reports.formats import FORMATS
from reports.models import Snapshot
from reports.renderer import RenderingFailed


@require_safe
def report_pdf(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """The report of an assessment."""
    kept = Snapshot.objects.with_file(request.user, organization).filter(assessment__code=code)
    if file := downloads.kept_file(kept):
        return _answer(request, file)
    assessment = access.get_assessment(request, organization, code)
    return _send(request, downloads.download(assessment, FORMATS["pdf"]), assessment)


@require_safe
def earlier_report_pdf(request: HttpRequest, organization: str, code: UUID, snapshot: UUID) -> HttpResponse:
    """The report as it was stored before the assessment changed again."""
    assessment = access.get_assessment(request, organization, code)
    kept = get_object_or_404(closing.earlier(assessment), code=snapshot)
    return _send(request, downloads.stored(kept, FORMATS["pdf"]), assessment)


@require_safe
def round_report_pdf(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """The report of all teams of a round."""
    kept = Snapshot.objects.with_file(request.user, organization).filter(assessment=None, round__code=code)
    if file := downloads.kept_file(kept):
        return _answer(request, file)
    round = access.get_round(request, organization, code)
    return _send(request, downloads.download(round, FORMATS["pdf"]), round)


@require_safe
def report_file(request: HttpRequest, organization: str, code: UUID, suffix: str) -> HttpResponse:
    """The report of an assessment in another format."""
    assessment = access.get_assessment(request, organization, code)
    return _send(request, downloads.download(assessment, FORMATS[suffix]), assessment)


@require_safe
def round_report_file(request: HttpRequest, organization: str, code: UUID, suffix: str) -> HttpResponse:
    """The report of all teams of a round in another format."""
    round = access.get_round(request, organization, code)
    return _send(request, downloads.download(round, FORMATS[suffix]), round)


@require_safe
def report(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """The report of an assessment, to be read on the screen."""
    assessment = access.get_assessment(request, organization, code)
    return _show(request, "reports/report.html", assessment)


@require_safe
def round_report(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """The report of all teams of a round, to be read on the screen."""
    round = access.get_round(request, organization, code)
    return _show(request, "reports/round_report.html", round)


def _show(request: HttpRequest, template: str, subject: Assessment | Round) -> HttpResponse:
    shown = downloads.shown(subject)
    context = document.context_of(shown.report, shown.edition)
    return render(request, template, context | {"organization": subject.organization, "subject": subject})


def _send(request: HttpRequest, file: Download, subject: Assessment | Round) -> HttpResponse:
    try:
        return _answer(request, file)
    except RenderingFailed:
        return _failed(request, subject)


def _answer(request: HttpRequest, file: Download) -> HttpResponse:
    """Nothing is drawn or read for a browser that has it."""
    etag = quote_etag(file.tag)
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    headers = {
        "Content-Disposition": content_disposition_header(True, file.name),
        "ETag": etag,
        "Cache-Control": "private, no-cache",
    }
    return HttpResponse(file.content(), content_type=file.content_type, headers=headers)


def _failed(request: HttpRequest, subject: Assessment | Round) -> HttpResponse:
    page = "round_result" if isinstance(subject, Round) else "result"
    context = {
        "reference": subject.code,
        "result": reverse(f"reports:{page}", args=[subject.organization.slug, subject.code]),
    }
    return render(request, "reports/report_failed.html", context, status=503)
