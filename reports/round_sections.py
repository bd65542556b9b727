"""The tables of a round's report on paper, row by row. Statements are numbered by pillar, "3.4", and actions "A1"."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from assessment.aggregation import Distribution, PillarStanding
from frameworks.definition import Action, Rating
from frameworks.wording import EFFORTS, rating_label
from reports import round_wording, sections, wording
from reports.change_wording import direction
from reports.round_report import RoundReport, TeamLine
from reports.sections import Group
from reports.shared_actions import SharedAction


@dataclass(frozen=True)
class PillarRow:
    """`mean` to `highest` are positions; `before` is a dash without an earlier round."""

    pillar: str
    teams: str
    level: int
    before: str
    mean: str
    lowest: str
    median: str
    highest: str
    share: str


@dataclass(frozen=True)
class TeamRow:
    """`pillars` are levels in the order of the model; `remark` limits the team's level, or is ""."""

    team: str
    remark: str
    level: int
    secured: int
    before: str
    share: str
    weight: int
    pillars: tuple[int, ...]


@dataclass(frozen=True)
class DistributionRow:
    """How many teams gave which rating; None where no team did."""

    number: str
    statement: str
    place: str
    counts: tuple[int | None, ...]
    uneven: bool


@dataclass(frozen=True)
class SharedActionRow:
    number: str
    action: Action
    effort: str
    helps: str
    teams: str
    deferred: str


def pillars(report: RoundReport) -> list[PillarRow]:
    return [_pillar_row(report, found) for found in (report.score.pillars if report.score else ())]


def _pillar_row(report: RoundReport, found: PillarStanding) -> PillarRow:
    standing = found.standing
    before = report.earlier.pillars.get(found.slug) if report.earlier else None
    return PillarRow(
        pillar=round_wording.pillar_name(report, found),
        teams=round_wording.of_teams(report, standing.teams_at_level),
        level=standing.level,
        before=_before(before.level if before else None, standing.level),
        mean=wording.decimals(standing.position.mean, 1),
        lowest=wording.decimals(standing.position.minimum, 1),
        median=wording.decimals(standing.position.median, 1),
        highest=wording.decimals(standing.position.maximum, 1),
        share=wording.percent(standing.achievement.mean if standing.achievement else None),
    )


def _before(before: int | None, now: int) -> str:
    """ "1 (↑ 1)"; a dash where nothing is known."""
    return "–" if before is None else f"{before} ({direction(before, now)})"


def teams(report: RoundReport) -> list[TeamRow]:
    return [_team_row(report, team) for team in report.submitted]


def _team_row(report: RoundReport, team: TeamLine) -> TeamRow:
    own = team.result.score
    known = report.earlier.teams if report.earlier else {}
    return TeamRow(
        team=team.name,
        remark=round_wording.limits(own),
        level=own.level,
        secured=own.secured_level,
        before=_before(known.get(team.name), own.level),
        share=wording.percent(own.achievement),
        weight=team.result.weight,
        pillars=tuple(pillar.level for pillar in own.pillars),
    )


def decisions(report: RoundReport) -> list[tuple[str, str]]:
    """What single teams ask for."""
    return [(team.name, team.decision) for team in report.submitted if team.decision]


def uneven(report: RoundReport) -> list[DistributionRow]:
    return [row for group in statements(report) for row in group.rows if row.uneven]


def statements(report: RoundReport) -> list[Group[DistributionRow]]:
    """Every statement by pillar, lowest level first."""
    if report.score is None:
        return []
    given = {found.statement: found for found in report.score.statements}
    places = sections.numbers(report.framework)
    return [
        Group(
            f"{place}. {pillar.name}",
            tuple(
                _distribution_row(report, given[statement.key], places[statement.key])
                for _level, statement in sections.statements(report.framework, pillar)
            ),
        )
        for place, pillar in enumerate(report.framework.pillars, 1)
    ]


def _distribution_row(report: RoundReport, found: Distribution, number: str) -> DistributionRow:
    counts = {count.rating: count.teams for count in found.counts}
    return DistributionRow(
        number=number,
        statement=round_wording.statement(report, found).text,
        place=round_wording.place(report, found),
        counts=tuple(counts.get(rating) for rating in Rating),
        uneven=found.uneven,
    )


def rating_heads() -> list[str]:
    """The heads over the counts, in their order."""
    return [rating_label(rating) for rating in Rating]


def actions(report: RoundReport) -> list[Group[SharedActionRow]]:
    """What takes something out of the way of the next level, and what is for later."""
    numbered = [(f"A{number}", found) for number, found in enumerate(report.actions, 1)]
    ordered = sorted(numbered, key=lambda pair: _is_later(pair[1]))
    return [
        Group(
            _("Later: these close other gaps") if later else _("Now: these are in the way of the next level"),
            tuple(_action_row(report, number, found) for number, found in pairs),
        )
        for later, pairs in groupby(ordered, key=lambda pair: _is_later(pair[1]))
    ]


def _is_later(found: SharedAction) -> bool:
    return bool(found.deferred) or not found.pressing


def _action_row(report: RoundReport, number: str, found: SharedAction) -> SharedActionRow:
    names = list(found.pressing or found.teams)
    return SharedActionRow(
        number=number,
        action=found.action,
        effort=str(EFFORTS[found.action.effort]),
        helps=round_wording.of_teams(report, len(names)),
        teams=", ".join(names) if len(names) < len(report.submitted) else _("all"),
        deferred=found.deferred,
    )


def caption(report: RoundReport) -> str:
    """What the profile shows, in a sentence."""
    found = report.score.pillars if report.score else ()
    if not found:
        return _("No team has submitted, so there is no profile yet.")
    widest = max(found, key=lambda each: each.standing.position.maximum - each.standing.position.minimum)
    position = widest.standing.position
    if position.maximum == position.minimum:
        return _("The teams stand at the same height in every pillar.")
    return _("The teams differ most in %(pillar)s: from %(low)s to %(high)s.") % {
        "pillar": round_wording.pillar_name(report, widest),
        "low": wording.decimals(position.minimum, 1),
        "high": wording.decimals(position.maximum, 1),
    }
