"""How a team, and an organization, moved from round to round."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessment.aggregation import TeamResult
from assessment.models import Assessment, Round
from frameworks.definition import Rating
from people.access import get_membership
from people.models import Membership, Team
from reports import memory, round_report
from reports.models import Snapshot
from reports.trend import Measured, left_out, standing_of, standing_of_teams, steps


@require_safe
def team_trend(request: HttpRequest, organization: str, slug: str) -> HttpResponse:
    """The rounds one team has submitted to, on one framework."""
    membership = get_membership(request, organization)
    teams = Team.objects.filter(organization=membership.organization)
    mine = teams if membership.sees_everything else teams.filter(membership=membership)
    team = get_object_or_404(mine, slug=slug)
    rows = Assessment.objects.filter(team=team, state=Assessment.State.SUBMITTED).with_everything()
    assessments = list(rows.order_by("round__opened_at"))
    asked, chosen = _choose(request, [row.round for row in assessments])
    measured = _of_team([row for row in assessments if row.round.version.framework.slug == chosen])
    context = _frame(membership, asked, chosen, measured, _("Levels of %(team)s") % {"team": team.name})
    context["heading"] = _("Trend of %(team)s") % {"team": team.name}
    return render(request, "reports/team_trend.html", context)


@require_safe
def trend(request: HttpRequest, organization: str) -> HttpResponse:
    """The rounds of an organization on one framework, all teams together, for owners and executives."""
    membership = get_membership(request, organization)
    if not membership.sees_everything:
        raise Http404
    rows = Round.objects.filter(organization=membership.organization, assessments__submitted_at__isnull=False)
    rounds = list(rows.distinct().select_related("organization", "version__framework").order_by("opened_at"))
    asked, chosen = _choose(request, rounds)
    measured = _of_organization([round for round in rounds if round.version.framework.slug == chosen])
    context = _frame(membership, asked, chosen, measured, _("Levels of all teams together"))
    teams = Team.objects.filter(organization=membership.organization).current()
    context["heading"] = _("Trend of all teams together")
    return render(request, "reports/trend.html", {**context, "teams": teams})


def _choose(request: HttpRequest, rounds: Sequence[Round]) -> tuple[dict[str, str], str]:
    """The frameworks there is something on, and the one to show: that asked for, else that of the newest round."""
    asked = {round.version.framework.slug: round.version.definition().name for round in rounds}
    wanted = request.GET.get("framework", "")
    newest = rounds[-1].version.framework.slug if rounds else ""
    return asked, wanted if wanted in asked else newest


def _frame(
    membership: Membership, asked: dict[str, str], chosen: str, measured: list[Measured], title: str
) -> dict[str, Any]:
    return {
        "organization": membership.organization,
        "frameworks": asked,
        "chosen": chosen,
        "measured": measured,
        "left_out": left_out(measured),
        "steps": steps(measured, title),
    }


def _of_team(assessments: list[Assessment]) -> list[Measured]:
    """What was stored of closed rounds, and what stands in open ones."""
    closed = [row for row in assessments if row.round.is_closed]
    kept = {found.assessment_id: found for found in _kept(Snapshot.objects.filter(assessment__in=closed))}
    ratings = Assessment.objects.filter(pk__in=[row.pk for row in assessments]).ratings()
    return [
        _stored(row, kept[row.pk]) if row.pk in kept else _current(row, ratings.get(row.pk, {})) for row in assessments
    ]


def _kept(snapshots: Any) -> Iterable[Snapshot]:
    found: Iterable[Snapshot] = snapshots.filter(kind=Snapshot.Kind.CLOSE).defer("pdf", "report")
    return found


def _stored(assessment: Assessment, snapshot: Snapshot) -> Measured:
    earlier = snapshot.as_earlier()
    result = TeamResult(1, memory.score(assessment.framework, earlier.ratings), earlier.ratings)
    return Measured(earlier.round, assessment.framework, (earlier.whole, earlier.pillars), (result,))


def _current(assessment: Assessment, given: Mapping[str, Rating]) -> Measured:
    framework = assessment.framework
    ratings = {key: given[key] for key in framework.statements if key in given}
    result = TeamResult(1, memory.score(framework, ratings), ratings)
    return Measured(assessment.round.name, framework, standing_of(result.score), (result,))


def _of_organization(rounds: list[Round]) -> list[Measured]:
    kept = {found.round_id: found for found in _kept(Snapshot.objects.filter(round__in=rounds, assessment=None))}
    reports = (
        kept[round.pk].as_round_report() if round.is_closed and round.pk in kept else round_report.report_for(round)
        for round in rounds
    )
    return [
        Measured(
            report.context.round,
            round.version.definition(),
            standing_of_teams(report.score),
            tuple(line.result for line in report.submitted),
            is_round=True,
        )
        for round, report in zip(rounds, reports, strict=True)
        if report.score
    ]
