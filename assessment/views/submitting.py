"""Looking everything through once more, and handing it in."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from assessment import access, pages
from assessment.forms import StatementForm
from assessment.models import Assessment
from assessment.progress import statements_of
from assessment.target_forms import ReopenAssessmentForm
from frameworks.consistency import inconsistencies
from frameworks.definition import Pillar, Rating
from people.models import signed_in


@dataclass(frozen=True)
class CheckedPillar:
    """A pillar's statements as the forms that confirm their answers: without a rating first, then the unconfirmed."""

    pillar: Pillar
    forms: tuple[StatementForm, ...]


@require_safe
def check(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    assessment, may_answer = access.get_assessment_and_leave(request, organization, code)
    pillars = checked(assessment, pages.new_page(signed_in(request)))
    context = {
        "organization": assessment.organization,
        "assessment": assessment,
        "pillars": pillars,
        "unknown": _rated(pillars, Rating.DK),
        "not_applicable": _rated(pillars, Rating.NA),
        "inconsistencies": inconsistencies(assessment.framework, assessment.ratings()),
        "unanswered": assessment.unanswered(),
        "unconfirmed": assessment.unconfirmed(),
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


def reopen_assessment(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """Back to be changed, with a reason that is kept."""
    assessment = access.get_assessment_to_reopen(request, organization, code)
    if assessment.state != Assessment.State.SUBMITTED:
        return redirect(assessment)
    form = ReopenAssessmentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        assessment.reopen(form.cleaned_data["reason"], by=request.user)
        return redirect(assessment)
    context = {"organization": assessment.organization, "assessment": assessment, "form": form}
    return render(request, "assessment/reopen_assessment.html", context, status=422 if form.errors else 200)


def checked(assessment: Assessment, page: str) -> list[CheckedPillar]:
    framework, answers = assessment.framework, assessment.answers_by_key()
    found = []
    for pillar in framework.pillars:
        asked = statements_of(framework, pillar.slug)
        forms = [
            StatementForm(statement=item, answer=answers.get(item.key), page=page, auto_id=False) for item in asked
        ]
        found.append(CheckedPillar(pillar, tuple(sorted(forms, key=_settled))))
    return [row for row in found if row.forms]


def _rated(pillars: list[CheckedPillar], rating: Rating) -> list[StatementForm]:
    forms = (form for found in pillars for form in found.forms)
    return [form for form in forms if form.answer and form.answer.rating == rating]


def _settled(form: StatementForm) -> int:
    """0 without a rating, 1 with one that is to be confirmed, 2 when nothing is left to do."""
    if not (form.answer and form.answer.rating):
        return 0
    return 1 if form.is_unconfirmed else 2
