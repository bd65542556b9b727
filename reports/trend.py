"""How levels moved from round to round. Within one major version rounds are compared over the statements that are
unchanged in all of them; across major versions nothing is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.translation import gettext as _

from assessment.aggregation import OrganizationScore, TeamResult, aggregate
from frameworks.definition import Framework
from frameworks.differences import compare
from frameworks.scoring import Score, score
from reports.charts import Line, Steps, Stop
from reports.charts.steps import Change
from reports.earlier import Figures
from reports.pictures import cut
from reports.round_report import figures

type Standing = tuple[Figures, Mapping[str, Figures]]
"""The whole and each pillar by its slug."""


@dataclass(frozen=True)
class Measured:
    """What one team, or all teams together, came to in a round. `framework` is what it asked, `teams` what it has to be
    counted anew from."""

    round: str
    framework: Framework
    standing: Standing
    teams: tuple[TeamResult, ...]
    is_round: bool = False


def steps(measured: Sequence[Measured], title: str) -> Steps | None:
    """The rounds, the oldest first; None where there are fewer than two."""
    if len(measured) < 2:
        return None
    counted = [each for run in _runs(measured) for each in _alike(run)]
    newest = counted[-1].framework
    stops = [Stop(counted[0].round, counted[0].framework.version)]
    stops += [Stop(now.round, now.framework.version, change(before, now)) for before, now in pairwise(counted)]
    whole = Line(_("Whole"), *_figures([each.standing[0] for each in counted]))
    pillars = (
        Line(pillar.name, *_figures([each.standing[1].get(pillar.slug) for each in counted]))
        for pillar in newest.pillars
    )
    highest = max(len(each.framework.levels) for each in counted)
    return Steps(title=title, levels=highest, stops=tuple(stops), lines=(whole, *pillars))


def change(before: Measured, now: Measured) -> Change:
    if before.framework.version == now.framework.version:
        return ""
    return "minor" if _major(before) == _major(now) else "major"


def left_out(measured: Sequence[Measured]) -> int:
    """How many statements of the newest version are not compared, because they changed within its major version."""
    newest = _runs(measured)[-1] if measured else []
    if not newest:
        return 0
    return len(newest[-1].framework.statements) - len(_unchanged(newest))


def _major(measured: Measured) -> int:
    return int(measured.framework.version.split(".")[0])


def _runs(measured: Sequence[Measured]) -> list[list[Measured]]:
    """The rounds of one major version after each other."""
    runs: list[list[Measured]] = []
    for each in measured:
        if runs and _major(runs[-1][-1]) == _major(each):
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def _alike(run: Sequence[Measured]) -> list[Measured]:
    """Every round counted over the same statements."""
    common = _unchanged(run)
    return [_over(each, common) for each in run]


def _unchanged(run: Sequence[Measured]) -> set[str]:
    """The statements that are worded, placed and counted alike in all these rounds."""
    common = set(run[0].framework.statements)
    for before, now in pairwise(run):
        common &= {placed.statement.key for placed in compare(before.framework, now.framework).kept}
    return common


def _over(measured: Measured, common: set[str]) -> Measured:
    if common >= measured.framework.statements.keys():
        return measured
    kept = _narrowed(measured.framework, common)
    teams = [_team_over(kept, team) for team in measured.teams]
    standing = standing_of_teams(aggregate(kept, teams)) if measured.is_round else standing_of(teams[0].score)
    return replace(measured, standing=standing)


def _narrowed(framework: Framework, keys: set[str]) -> Framework:
    cells = (
        replace(cell, statements=tuple(each for each in cell.statements if each.key in keys))
        for cell in framework.cells
    )
    return replace(framework, cells=tuple(cells), examples=())


def _team_over(framework: Framework, team: TeamResult) -> TeamResult:
    ratings = {key: rating for key, rating in team.ratings.items() if key in framework.statements}
    return TeamResult(team.weight, score(framework, ratings), ratings)


def standing_of(found: Score) -> Standing:
    """Of one team."""
    pillars = {each.slug: Figures(each.level, each.position, each.achievement) for each in found.pillars}
    return Figures(found.level, found.position, found.achievement), pillars


def standing_of_teams(found: OrganizationScore) -> Standing:
    return figures(found.whole), {each.slug: figures(each.standing) for each in found.pillars}


def _figures(found: Sequence[Figures | None]) -> tuple[tuple[int | None, ...], tuple[float | None, ...]]:
    levels = tuple(None if each is None else each.level for each in found)
    return levels, tuple(None if each is None else cut(each.position) for each in found)
