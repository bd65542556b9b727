"""The questionnaire: its task list, and the two ways to answer: one statement a page, or a whole pillar."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from assessment import access
from assessment.forms import AnswerForm, ScopeForm, StatementForm, fingerprint
from assessment.models import Answer, Assessment
from assessment.progress import progress, statements_of
from frameworks.definition import Pillar, Statement
from frameworks.wording import RATINGS


@require_safe
def assessment(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """The task list."""
    assessment, may_answer = access.get_assessment_and_leave(request, organization, code)
    framework, answers = assessment.framework, assessment.answers_by_key()
    rated = {key for key, answer in answers.items() if answer.rating}
    settled = {key for key in rated if answers[key].is_confirmed}
    context = {
        "organization": assessment.organization,
        "assessment": assessment,
        "framework": framework,
        "pillars": progress(framework, settled),
        "answered": len(rated),
        "unconfirmed": len(rated - settled),
        "total": len(framework.statements),
        "next_statement": next((key for key in framework.statements if key not in settled), None),
        "may_answer": may_answer and assessment.is_open,
    }
    return render(request, "assessment/assessment.html", context)


def scope(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """What the answers are about, and what the sponsor is asked for."""
    assessment = access.get_open_assessment(request, organization, code)
    form = ScopeForm(_sent(request), instance=assessment)
    if request.method == "POST" and form.is_valid():
        assessment.describe(by=request.user, **form.cleaned_data)
        return redirect(assessment)
    context = {"organization": assessment.organization, "assessment": assessment, "form": form}
    return render(request, "assessment/scope.html", context, status=_status(form))


def statement(request: HttpRequest, organization: str, code: UUID, key: str) -> HttpResponse:
    """One statement. Continue leads to the next of its pillar, after the last one back to the task list."""
    assessment = access.get_open_assessment(request, organization, code)
    statement, pillar = _find_statement(assessment, key)
    siblings = statements_of(assessment.framework, pillar.slug)
    place = siblings.index(statement)
    answer = Answer.objects.filter(assessment=assessment, statement_key=key).first()
    form = StatementForm(_sent(request), statement=statement, answer=answer)
    if request.method == "POST" and form.is_valid():
        if form.is_new:
            assessment.record_answer(key, by=request.user, **form.answered)
        return redirect(_after(request, assessment, siblings[place + 1 : place + 2]))
    context = {
        "organization": assessment.organization,
        "assessment": assessment,
        "pillar": pillar,
        "statement": statement,
        "form": form,
        "number": place + 1,
        "total": len(siblings),
        "previous": siblings[place - 1] if place else None,
        "following": siblings[place + 1] if place + 1 < len(siblings) else None,
        "from_check": "check" in request.GET,
    }
    return render(request, "assessment/statement.html", context, status=_status(form))


def pillar(request: HttpRequest, organization: str, code: UUID, slug: str) -> HttpResponse:
    """All statements of a pillar on one page. What is valid and new is saved, also beside an answer that is not."""
    assessment = access.get_open_assessment(request, organization, code)
    pillar = _find_pillar(assessment, slug)
    answers = assessment.answers_by_key()
    forms = [
        AnswerForm(_sent(request), prefix=item.key, statement=item, answer=answers.get(item.key))
        for item in statements_of(assessment.framework, slug)
    ]
    saved = _save(request, assessment, forms) if request.method == "POST" else 0
    if request.method == "POST" and all(form.is_valid() for form in forms):
        messages.success(request, f"{pillar.name}: {_count(saved)}")
        return redirect(assessment)
    context = {
        "organization": assessment.organization,
        "assessment": assessment,
        "pillar": pillar,
        "forms": forms,
        "ratings": RATINGS.values(),
        "answered": sum(1 for form in forms if form.answer and form.answer.rating),
        "unconfirmed": sum(1 for form in forms if form.is_unconfirmed),
        "has_errors": any(form.errors for form in forms),
        "saved": _count(saved) if saved else "",
    }
    return render(request, "assessment/pillar.html", context, status=_status(*forms))


def _save(request: HttpRequest, assessment: Assessment, forms: list[AnswerForm]) -> int:
    changed = [form for form in forms if form.is_valid() and form.is_new]
    for form in changed:
        form.answer = assessment.record_answer(form.statement.key, by=request.user, **form.answered)
        form.shown = fingerprint(form.answered)
    return len(changed)


def _count(saved: int) -> str:
    return ngettext("%(count)d answer saved.", "%(count)d answers saved.", saved) % {"count": saved}


def _sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to; an empty form was sent, too."""
    return request.POST if request.method == "POST" else None


def _after(request: HttpRequest, assessment: Assessment, following: tuple[Statement, ...]) -> str:
    if "check" in request.GET:
        return assessment.url("check")
    return assessment.url("statement", following[0].key) if following else assessment.url("assessment")


def _find_statement(assessment: Assessment, key: str) -> tuple[Statement, Pillar]:
    framework = assessment.framework
    if key not in framework.statements:
        raise Http404
    return framework.statements[key], framework.pillar(framework.cell_of[key].pillar)


def _find_pillar(assessment: Assessment, slug: str) -> Pillar:
    try:
        return assessment.framework.pillar(slug)
    except KeyError:
        raise Http404 from None


def _status(*forms: AnswerForm | ScopeForm) -> int:
    return 422 if any(form.errors for form in forms) else 200
