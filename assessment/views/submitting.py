"""Looking everything through once more, and handing it in."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from assessment import access
from assessment.models import Answer, Assessment
from assessment.progress import statements_of
from frameworks.definition import Pillar, Statement


@dataclass(frozen=True)
class CheckedPillar:
    """A pillar's statements with their answers, those without a rating first."""

    pillar: Pillar
    rows: tuple[tuple[Statement, Answer | None], ...]


@require_safe
def check(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    assessment, may_answer = access.get_assessment_and_leave(request, organization, code)
    context = {
        "organization": assessment.organization,
        "assessment": assessment,
        "pillars": checked(assessment),
        "unanswered": assessment.unanswered(),
        "may_answer": may_answer and assessment.is_open,
    }
    return render(request, "assessment/check.html", context)


@require_POST
def submit(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    assessment = access.get_open_assessment(request, organization, code)
    try:
        assessment.submit(by=request.user)
    except ValidationError:
        return redirect(assessment.url("check"))
    return redirect(assessment.url("submitted"))


@require_safe
def submitted(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    assessment = access.get_assessment(request, organization, code)
    if assessment.state != Assessment.State.SUBMITTED:
        return redirect(assessment)
    context = {"organization": assessment.organization, "assessment": assessment}
    return render(request, "assessment/submitted.html", context)


def checked(assessment: Assessment) -> list[CheckedPillar]:
    framework, answers = assessment.framework, assessment.answers_by_key()
    found = []
    for pillar in framework.pillars:
        rows = [(item, answers.get(item.key)) for item in statements_of(framework, pillar.slug)]
        rows.sort(key=lambda row: bool(row[1] and row[1].rating))
        found.append(CheckedPillar(pillar, tuple(rows)))
    return [row for row in found if row.rows]
