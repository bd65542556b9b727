"""How a round's level came about, in plain words and with its own numbers."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.aggregation import REACHED_FROM
from reports import round_wording, wording
from reports.round_report import RoundReport


@dataclass(frozen=True)
class Step:
    """A level: how many teams are there or above, how much of the weight that is, and whether it is enough."""

    level: str
    teams: str
    weight: str
    share: str
    enough: str


def rules(report: RoundReport) -> tuple[str, ...]:
    return (
        _("Each team's answers are scored by themselves; the reports of the teams show how."),
        round_wording.rule(report),
        _("Teams that have not submitted are named and left out of every figure."),
        _("Means count a team by its weight; lowest, median and highest count every team once."),
        _("A statement divides the teams where at least a fifth of the weight has it in place and a fifth lacks it."),
        _("Shares are shown in whole per cent, rounded half up, and positions cut to one decimal."),
    )


def steps(report: RoundReport) -> tuple[Step, ...]:
    """The levels from the lowest up. At 80 % of the weight a level is the organization's."""
    total = sum(team.result.weight for team in report.submitted)
    return tuple(_step(report, level, total) for level in range(1, report.top_level + 1)) if total else ()


def _step(report: RoundReport, level: int, total: int) -> Step:
    there = [team for team in report.submitted if team.result.score.level >= level]
    weight = sum(team.result.weight for team in there)
    name = wording.level(level, report.framework.level_name(level))
    return Step(
        level=wording.capitalized(name),
        teams=round_wording.of_teams(report, len(there)),
        weight=_("%(weight)d of %(total)d") % {"weight": weight, "total": total},
        share=f"{100 * weight // total}{wording.NBSP}%",
        enough=_("yes") if Fraction(weight, total) >= REACHED_FROM else _("no"),
    )


def conclusion(report: RoundReport) -> str:
    if report.score is None:
        return _("No team has submitted, so there is no level.")
    level = report.score.whole.level
    name = wording.level(level, report.framework.level_name(level))
    count = len(report.submitted)
    return ngettext(
        "The organization is %(level)s, on the answers of %(count)d team.",
        "The organization is %(level)s, on the answers of %(count)d teams.",
        count,
    ) % {"level": name if level == 0 else _("at %(level)s") % {"level": name}, "count": count}
