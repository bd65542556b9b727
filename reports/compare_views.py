"""Teams side by side."""

from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessment.models import Assessment, Round
from people.access import get_membership
from people.models import Membership
from reports import round_report
from reports.comparison import DifferentVersions, Submitted, compare_rounds


@require_safe
def compare_teams(request: HttpRequest, organization: str) -> HttpResponse:
    """The teams of one round, or of several that asked the same; a lead sees the own teams."""
    membership = get_membership(request, organization)
    rounds = list(_rounds(membership))
    chosen = _chosen(request, rounds)
    context = {
        "organization": membership.organization,
        "membership": membership,
        "rounds": rounds,
        "chosen": chosen,
    }
    if chosen:
        submitted = [Submitted(each.name, each.version.definition(), round_report.lines_for(each)) for each in chosen]
        try:
            context["comparison"] = compare_rounds(submitted, _visible(membership, chosen))
        except DifferentVersions as refusal:
            context["refusal"] = str(refusal)
    return render(request, "reports/compare_teams.html", context)


def _rounds(membership: Membership) -> list[Round]:
    """Those with something to show to this member, the newest first."""
    submitted = Assessment.objects.visible_to(membership).filter(round=OuterRef("pk"), state=Assessment.State.SUBMITTED)
    rounds = Round.objects.filter(Exists(submitted), organization=membership.organization)
    return list(rounds.select_related("organization", "version__framework").order_by("-opened_at"))


def _chosen(request: HttpRequest, rounds: list[Round]) -> list[Round]:
    """What is asked for, else the newest round."""
    asked = {UUID(code) for code in request.GET.getlist("round") if _is_code(code)}
    return [round for round in rounds if round.code in asked] if asked else rounds[:1]


def _is_code(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _visible(membership: Membership, rounds: list[Round]) -> frozenset[str] | None:
    if membership.sees_everything:
        return None
    codes = Assessment.objects.visible_to(membership).filter(round__in=rounds).values_list("code", flat=True)
    return frozenset(str(code) for code in codes)
