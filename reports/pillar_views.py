"""Why a pillar is where it is."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessment import access
from assessment.models import Assessment
from reports.pillar_page import pillar_page
from reports.report import report_for


@require_safe
def pillar_result(request: HttpRequest, organization: str, code: UUID, pillar: str) -> HttpResponse:
    """Why this level and not the next, statement by statement."""
    assessment, may_answer = access.get_assessment_and_leave(request, organization, code)
    report = report_for(assessment)
    try:
        page = pillar_page(report, pillar)
    except KeyError:
        raise Http404 from None
    context = {
        "organization": assessment.organization,
        "assessment": assessment,
        "report": report,
        "page": page,
        "may_answer": may_answer,
        "verifiable": _verifiable(request, assessment, pillar),
    }
    return render(request, "reports/pillar_result.html", context)


def _verifiable(request: HttpRequest, assessment: Assessment, pillar: str) -> list[str]:
    """The keys of the pillar's statements whose answers this reader may verify, in order."""
    if not access.may_verify(request, assessment):
        return []
    asked = [statement.key for cell in assessment.framework.in_pillar(pillar) for statement in cell.statements]
    rows = assessment.answers.filter(statement_key__in=asked).order_by("statement_key")
    return [row.statement_key for row in rows if row.may_be_verified_by(request.user)]
