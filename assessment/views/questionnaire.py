"""The questionnaire on paper."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessment import access
from assessment.models import Answer, Assessment
from assessment.progress import statements_of
from frameworks.definition import Pillar, Statement
from frameworks.wording import RATINGS


@require_safe
def questionnaire(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """Everything that is asked, to be printed: with what was answered, or blank to be filled in by hand."""
    assessment = access.get_assessment(request, organization, code)
    is_blank = "blank" in request.GET
    context = {
        "organization": assessment.organization,
        "assessment": assessment,
        "framework": assessment.framework,
        "is_blank": is_blank,
        "ratings": RATINGS,
        "pillars": _asked(assessment, {} if is_blank else assessment.answers_by_key()),
    }
    return render(request, "assessment/questionnaire.html", context)


def _asked(
    assessment: Assessment, answers: dict[str, Answer]
) -> list[tuple[Pillar, list[tuple[Statement, Answer | None]]]]:
    framework = assessment.framework
    asked = [(pillar, statements_of(framework, pillar.slug)) for pillar in framework.pillars]
    return [(pillar, [(item, answers.get(item.key)) for item in items]) for pillar, items in asked if items]
