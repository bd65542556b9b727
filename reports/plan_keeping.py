"""What pages of plans share: the form of an action, and the plan as a file."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessment import plans
from assessment.models import Assessment, PlannedAction, Round
from assessment.plan_forms import PlannedActionForm
from frameworks.definition import Framework
from people import spreadsheets
from people.models import signed_in


def edit(request: HttpRequest, planned: PlannedAction, template: str, overview: str, **context: Any) -> HttpResponse:
    """The form of an action, new or not; once it is kept, the plan at `overview`. What somebody else wrote meanwhile is
    shown beside what was sent, and is overwritten only when it is sent again."""
    organization = planned.round.organization
    form = PlannedActionForm(
        request.POST if request.method == "POST" else None,
        instance=planned,
        organization=organization,
        statements=_texts(planned.round.version.definition()),
    )
    context |= {"organization": organization, "form": form, "planned": planned, "overview": overview}
    if not form.is_valid():
        return render(request, template, context, status=422 if form.errors else 200)
    try:
        plans.save(form.instance, by=signed_in(request))
    except plans.ChangedMeanwhile as conflict:
        form.take_over(conflict.stored)
        return render(request, template, {**context, "stored": conflict.stored}, status=409)
    messages.success(request, _("The action is saved."))
    return redirect(overview)


def add(request: HttpRequest, round: Round, assessment: Assessment | None, proposals: Sequence[plans.Proposal]) -> None:
    """Puts what was chosen into the plan, and says how much is new."""
    added = plans.add(round, assessment, proposals, by=signed_in(request))
    if len(added) == 1:
        messages.success(request, _("“%(title)s” is in the plan.") % {"title": added[0].title})
    elif added:
        messages.success(request, _("%(count)d actions are in the plan.") % {"count": len(added)})
    else:
        messages.info(request, _("Nothing new was chosen, so the plan is as it was."))


def file(name: str, framework: Framework, actions: Sequence[PlannedAction]) -> StreamingHttpResponse:
    """The plan as comma-separated values."""
    heads = [
        _("Action"),
        _("Responsible"),
        _("Starts"),
        _("Due"),
        _("State"),
        _("Effort"),
        _("Output"),
        _("KPI"),
        _("Statements"),
    ]
    return spreadsheets.stream(name, [heads, *(_row(framework, planned) for planned in actions)])


def _row(framework: Framework, planned: PlannedAction) -> list[Any]:
    texts = _texts(framework)
    return [
        planned.title,
        planned.responsible,
        planned.starts_on.isoformat(),
        planned.due_on.isoformat(),
        planned.get_state_display(),
        planned.get_effort_display(),
        planned.output,
        planned.kpi,
        "\n".join(texts.get(key, key) for key in planned.statements),
    ]


def _texts(framework: Framework) -> dict[str, str]:
    return {key: statement.text for key, statement in framework.statements.items()}
