"""The questionnaire: its task list, and the two ways to answer: one statement a page, or a whole pillar."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessment import access, pages, suggesting
from assessment.forms import AnswerForm, ScopeForm, StatementForm
from assessment.models import Aim, Answer, Assessment
from assessment.progress import progress, statements_of
from frameworks.definition import Pillar, Statement
from frameworks.wording import RATINGS
from people.models import signed_in


@require_safe
def assessment(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """The task list."""
    assessment, may_answer = access.get_assessment_and_leave(request, organization, code)
    framework, answers = assessment.framework, assessment.signed_answers()
    rated = {key for key, answer in answers.items() if answer.rating}
    settled = {key for key in rated if answers[key].is_confirmed}
    context = {
        "organization": assessment.organization,
        "assessment": assessment,
        "framework": framework,
        "pillars": progress(framework, settled, answers),
        "reopenings": assessment.reopenings.select_related("reopened_by"),
        "may_reopen": access.may_reopen(request, assessment),
        "targets": assessment.round.targets_for(assessment.team),
        "dated": _dated(assessment),
        "answered": len(rated),
        "unconfirmed": len(rated - settled),
        "total": len(framework.statements),
        "next_statement": next((key for key in framework.statements if key not in settled), None),
        "may_answer": may_answer and assessment.is_open,
        "version_changes": assessment.round.version_changes.select_related("new"),
    }
    return render(request, "assessment/assessment.html", context)


def _dated(assessment: Assessment) -> list[tuple[Pillar, Aim]]:
    """The team's own targets that have a date, the first one first."""
    aims, pillars = assessment.aims(), assessment.framework.pillars
    found = [(pillar, aims[pillar.slug]) for pillar in pillars if pillar.slug in aims and aims[pillar.slug].due_on]
    return sorted(found, key=lambda each: str(each[1].due_on))


def scope(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """What the answers are about, and what the sponsor is asked for."""
    assessment = access.get_open_assessment(request, organization, code)
    form = ScopeForm(_sent(request), instance=assessment)
    if request.method == "POST" and form.is_valid():
        assessment.describe(by=request.user, **form.cleaned_data)
        messages.success(request, _("Scope and decision are saved."))
        return redirect(assessment)
    context = {"organization": assessment.organization, "assessment": assessment, "form": form}
    return render(request, "assessment/scope.html", context, status=_status(form))


def statement(request: HttpRequest, organization: str, code: UUID, key: str) -> HttpResponse:
    """One statement. Continue leads to the next of its pillar, after the last one back to the task list."""
    assessment, may_answer = access.get_assessment_and_leave(request, organization, code)
    statement, framework = _find_statement(assessment, key), assessment.framework
    pillar = framework.pillar(framework.cell_of[key].pillar)
    siblings = statements_of(framework, pillar.slug)
    place = siblings.index(statement)
    page = pages.new_page(signed_in(request))
    form = StatementForm(_sent(request), statement=statement, answer=_answer(request, assessment, key), page=page)
    if request.method == "POST":
        _keep(request, assessment, form)
        if not form.errors:
            return redirect(_after(request, assessment, form, siblings[place + 1 : place + 2]))
    _offer(assessment, may_answer, form)
    context = {
        "organization": assessment.organization,
        "assessment": assessment,
        "may_answer": may_answer,
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


@require_POST
def answer(request: HttpRequest, organization: str, code: UUID, key: str) -> HttpResponse:
    """One statement's answer from a page that saves by itself, which is told what to write into its save line."""
    assessment = access.get_assessment_to_answer(request, organization, code)
    form = StatementForm(request.POST, statement=_find_statement(assessment, key))
    _keep(request, assessment, form)
    context = {"assessment": assessment, "form": form}
    return render(request, "assessment/answer.html#save-line", context, status=_status(form))


def pillar(request: HttpRequest, organization: str, code: UUID, slug: str) -> HttpResponse:
    """All statements of a pillar on one page. What is valid and new is saved, also beside an answer that is not."""
    assessment, may_answer = access.get_assessment_and_leave(request, organization, code)
    pillar = _find_pillar(assessment, slug)
    answers, page = assessment.signed_answers(), pages.new_page(signed_in(request))
    forms = [
        AnswerForm(_sent(request), statement=item, answer=answers.get(item.key), page=page)
        for item in statements_of(assessment.framework, slug)
    ]
    if request.method == "POST":
        _keep(request, assessment, *forms)
        if not any(form.errors for form in forms):
            return redirect(_back(request, assessment, pillar, forms))
    _offer(assessment, may_answer, *forms)
    context = {
        "organization": assessment.organization,
        "assessment": assessment,
        "may_answer": may_answer,
        "pillar": pillar,
        "forms": [form for form in forms if "open" not in request.GET or form.is_open],
        "ratings": RATINGS.values(),
        "total": len(forms),
        "answered": sum(1 for form in forms if form.answer and form.answer.rating),
        "unconfirmed": sum(1 for form in forms if form.is_unconfirmed),
        "only_open": "open" in request.GET,
        "has_errors": any(form.errors for form in forms),
        "has_saved": any(form.is_saved for form in forms),
    }
    return render(request, "assessment/pillar.html", context, status=_status(*forms))


def _keep(request: HttpRequest, assessment: Assessment, *forms: AnswerForm) -> None:
    """Stores what is valid and new, and lets each form know what is stored then. A button beside one answer confirms
    none of the others."""
    _require_own_page(request, forms)
    for form in forms:
        if form.is_valid() and form.pressed == form.Act.SUGGESTION:
            suggesting.take(assessment, form.said, by=request.user)
    valid = [form for form in forms if form.is_valid() and form.says_something]
    if any(form.was_pressed for form in forms):
        valid = [form for form in valid if not form.is_sent_along]
    stored = assessment.record_answers(*(form.said for form in valid), by=request.user) if valid else {}
    for form in valid:
        form.settle(stored[form.statement.key])


def _require_own_page(request: HttpRequest, forms: Iterable[AnswerForm]) -> None:
    opened = {form.sent_from for form in forms} - {""}
    if not all(pages.is_opened_by(page, signed_in(request)) for page in opened):
        raise pages.OpenedByAnother(_("Somebody else was signed in when this page was opened. Sign in as that person."))


def _offer(assessment: Assessment, may_answer: bool, *forms: AnswerForm) -> None:
    """Lets the forms of unanswered statements show what is suggested for them."""
    unanswered = [form for form in forms if not (form.answer and form.answer.rating)] if may_answer else []
    found = suggesting.offers(assessment) if unanswered else {}
    for form in unanswered:
        form.offer = found.get(form.statement.key)


def _answer(request: HttpRequest, assessment: Assessment, key: str) -> Answer | None:
    """What to show. A page that is sent back brings along what it shows, and learns what is stored on saving."""
    if request.method == "POST":
        return None
    return Answer.objects.filter(assessment=assessment, statement_key=key).select_related("answered_by").first()


def _sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to; an empty form was sent, too."""
    return request.POST if request.method == "POST" else None


def _after(request: HttpRequest, assessment: Assessment, form: AnswerForm, following: tuple[Statement, ...]) -> str:
    """Buttons beside the answer lead back to it."""
    if form.pressed:
        return request.get_full_path()
    if "return" in request.POST:
        return assessment.url("assessment")
    if "check" in request.GET:
        return assessment.url("check")
    return assessment.url("statement", following[0].key) if following else assessment.url("assessment")


def _back(request: HttpRequest, assessment: Assessment, pillar: Pillar, forms: list[AnswerForm]) -> str:
    """To the statement whose button was pressed, else to the task list."""
    pressed = next((form for form in forms if form.was_pressed), None)
    if pressed:
        return f"{request.get_full_path()}#{pressed.statement.key}"
    messages.success(request, _("%(pillar)s is saved.") % {"pillar": pillar.name})
    return assessment.url("assessment")


def _find_statement(assessment: Assessment, key: str) -> Statement:
    try:
        return assessment.framework.statements[key]
    except KeyError:
        raise Http404 from None


def _find_pillar(assessment: Assessment, slug: str) -> Pillar:
    try:
        return assessment.framework.pillar(slug)
    except KeyError:
        raise Http404 from None


def _status(*forms: AnswerForm | ScopeForm) -> int:
    if any(isinstance(form, AnswerForm) and form.conflict for form in forms):
        return 409
    return 422 if any(form.errors for form in forms) else 200
