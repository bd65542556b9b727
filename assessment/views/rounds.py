"""Rounds: what there is, opening one, and keeping it while it is open."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment import access, opening, reminding, upgrading
from assessment.models import Assessment, Round
from assessment.reminding import Reminded
from assessment.round_forms import ChangeRoundForm, RoundForm
from frameworks.models import Version
from people.access import get_membership, get_owner
from people.models import Team, signed_in


@require_safe
def rounds(request: HttpRequest, organization: str) -> HttpResponse:
    membership = get_membership(request, organization)
    rows = Round.objects.visible_to(membership).with_counts(membership)
    context = {
        "organization": membership.organization,
        "membership": membership,
        "rounds": rows.select_related("organization", "version"),
    }
    return render(request, "assessment/rounds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_round(request: HttpRequest, organization: str) -> HttpResponse:
    """Everything about a round on one page. Only the newest published version of a framework can be chosen."""
    owned = get_owner(request, organization).organization
    versions = Version.objects.newest_of_each()
    data = request.POST if request.method == "POST" else None
    form = RoundForm(data, organization=owned, versions=versions)
    if form.is_valid():
        round = opening.open_round(**form.opened_with, by=signed_in(request))
        messages.success(request, _("The round is open. Its teams can answer now."))
        return redirect(round)
    context = {
        "organization": owned,
        "form": form,
        "has_teams": Team.objects.current().filter(organization=owned).exists(),
        "has_frameworks": bool(versions),
    }
    return render(request, "assessment/new_round.html", context, status=422 if form.errors else 200)


@require_safe
def round(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """Its teams and how far they are, its targets, and for an owner what there is to do."""
    round, membership = access.get_round_and_membership(request, organization, code)
    framework = round.version.definition()
    targets = {row.pillar: row.level for row in round.targets.filter(team=None)}
    rows = Assessment.objects.filter(round=round).visible_to(membership).with_everything().with_answered()
    assessments = list(rows.order_by("team__name"))
    context = {
        "organization": round.organization,
        "membership": membership,
        "round": round,
        "framework": framework,
        "version_changes": round.version_changes.select_related("new"),
        "offer": upgrading.offer(round) if membership.is_owner else None,
        "reopenings": round.reopenings.select_related("reopened_by"),
        "assessments": assessments,
        "has_late": any(assessment.is_open for assessment in assessments),
        "reminded_on": round.reminders.aggregate(last=Max("sent_on"))["last"],
        "targets": [(pillar, targets.get(pillar.slug, round.target_level)) for pillar in framework.pillars],
    }
    return render(request, "assessment/round.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_round(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """Due date, targets, more teams."""
    round = access.get_open_round(request, organization, code)
    form = ChangeRoundForm(request.POST if request.method == "POST" else None, round=round)
    if form.is_valid():
        opening.change(round, **form.changed_to, by=signed_in(request))
        messages.success(request, _("The round is changed."))
        return redirect(round)
    context = {"organization": round.organization, "round": round, "form": form}
    return render(request, "assessment/change_round.html", context, status=422 if form.errors else 200)


@require_POST
def remind(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """Writes to the leads of the teams that have not submitted."""
    round = access.get_open_round(request, organization, code)
    reminded = reminding.remind(round, by=signed_in(request))
    for level, text in _said(reminded):
        messages.add_message(request, level, text)
    return redirect(round)


def _said(reminded: Reminded) -> list[tuple[int, str]]:
    """What came of it, as messages: level and text."""
    sent = ngettext("%(count)d lead was reminded.", "%(count)d leads were reminded.", reminded.sent)
    already = ngettext(
        "%(count)d lead had a reminder today already, and gets no second one.",
        "%(count)d leads had a reminder today already, and get no second one.",
        reminded.already,
    )
    failed = ngettext(
        "No mail could be sent to %(count)d lead. Try again later.",
        "No mail could be sent to %(count)d leads. Try again later.",
        reminded.failed,
    )
    counts = [
        (messages.SUCCESS, sent, reminded.sent),
        (messages.INFO, already, reminded.already),
        (messages.ERROR, failed, reminded.failed),
    ]
    said = [(level, text % {"count": count}) for level, text, count in counts if count]
    if reminded.without_lead:
        names = ", ".join(reminded.without_lead)
        said.append(
            (messages.WARNING, _("Nobody leads these teams, so nobody was reminded: %(teams)s.") % {"teams": names})
        )
    return said
