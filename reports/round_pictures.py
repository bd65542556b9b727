"""The charts of a round's report: the teams' mean, and their range."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.aggregation import PillarStanding
from reports.charts import Axis, Band, Ladder, Radar, Role, Series, Tally, Tier
from reports.pictures import cut
from reports.round_report import RoundReport


def radar(report: RoundReport) -> Radar | None:
    """The mean position of every pillar in the range of the teams; None without a result, and where there are too few
    or too many pillars to draw one."""
    if report.score is None or not 3 <= len(report.score.pillars) <= 8:
        return None
    spreads = [found.standing.position for found in report.score.pillars]
    return Radar(
        title=_("Mean position of each pillar"),
        axes=_axes(report, report.score.pillars),
        levels=report.top_level,
        series=tuple(_series(report, report.score.pillars)),
        band=Band(_cut(spread.minimum for spread in spreads), _cut(spread.maximum for spread in spreads)),
    )


def _series(report: RoundReport, pillars: Sequence[PillarStanding]) -> Iterator[Series]:
    yield Series(Role.CURRENT, _cut(found.standing.position.mean for found in pillars))
    if report.earlier:
        before = (report.earlier.pillars.get(found.slug) for found in pillars)
        yield Series(Role.PREVIOUS, tuple(cut(found.position) if found else None for found in before))


def ladder(report: RoundReport) -> Ladder | None:
    """The level of the whole; None without a result."""
    if report.score is None:
        return None
    return Ladder(
        title=_("Level reached"),
        levels=tuple(level.name for level in report.framework.levels),
        current=report.score.whole.level,
        previous=report.earlier.whole.level if report.earlier else None,
    )


def tally(report: RoundReport) -> Tally | None:
    """How many teams are at each level; None without a result."""
    if report.score is None:
        return None
    return Tally(
        title=_("Teams per level"),
        levels=report.top_level,
        tiers=tuple(Tier(line.level, line.name, line.teams) for line in report.levels),
        current=report.score.whole.level,
    )


def _axes(report: RoundReport, pillars: Iterable[PillarStanding]) -> tuple[Axis, ...]:
    return tuple(Axis(report.framework.pillar(found.slug).name, report.covered_to(found.slug)) for found in pillars)


def _cut(positions: Iterable[Fraction]) -> tuple[float, ...]:
    return tuple(cut(position) for position in positions)
