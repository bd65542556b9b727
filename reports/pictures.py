"""The charts of a report: which of its numbers each one shows."""

from dataclasses import replace
from fractions import Fraction
from math import floor

from django.utils.translation import gettext as _

from reports import wording
from reports.charts import Axis, Distance, Dumbbell, Heat, Ladder, Radar, Role, Series, Tile
from reports.outlook import Outlook
from reports.report import PillarResult, Report, Square


def radar(report: Report) -> Radar | None:
    """Every pillar's position, now and in the round before, and its target; None where there are too few or too many
    pillars to draw one."""
    if not 3 <= len(report.pillars) <= 8:
        return None
    series = [Series(Role.CURRENT, tuple(position(found) for found in report.pillars))]
    if report.targets:
        series.append(Series(Role.TARGET, tuple(found.target for found in report.pillars)))
    if report.earlier:
        before = report.earlier.pillars
        values = (
            before[found.pillar.slug].position if found.pillar.slug in before else None for found in report.pillars
        )
        series.append(Series(Role.PREVIOUS, tuple(None if value is None else cut(value) for value in values)))
    return Radar(
        title=_("Position of each pillar"),
        axes=tuple(Axis(found.pillar.name, found.score.covered_to) for found in report.pillars),
        levels=report.top_level,
        series=tuple(series),
    )


def prospect(report: Report, found: Outlook) -> Radar | None:
    """Every pillar's position now and then, and its target."""
    radar_now = radar(replace(report, earlier=None))
    if radar_now is None:
        return None
    then = Series(Role.PLANNED, tuple(cut(each.then.position) for each in found.pillars))
    return replace(radar_now, title=_("Position of each pillar, now and then"), series=(*radar_now.series, then))


def ladder(report: Report) -> Ladder:
    """The level of the whole, that of the round before, and the one target where all pillars have the same."""
    targets = set(report.targets.values())
    return Ladder(
        title=_("Level reached"),
        levels=tuple(level.name for level in report.framework.levels),
        current=report.score.level,
        target=targets.pop() if len(targets) == 1 else None,
        previous=report.earlier.whole.level if report.earlier else None,
    )


def dumbbell(report: Report) -> Dumbbell:
    """The pillars from the largest gap down."""
    return Dumbbell(
        title=_("Level and target of each pillar"),
        levels=report.top_level,
        rows=tuple(Distance(found.pillar.name, found.score.level, found.target) for found in report.by_gap),
    )


def heat(report: Report) -> Heat:
    """The share in place of every cell."""
    return Heat(
        title=_("In place level by level"),
        columns=tuple(level.name for level in report.framework.levels),
        rows=tuple((pillar.name, tuple(tile(square) for square in squares)) for pillar, squares in report.matrix),
    )


def tile(square: Square) -> Tile:
    if square.score is None:
        return Tile("uncovered", "", _("nothing asked") if square.is_covered else _("not covered by this model"))
    if square.score.band is None:
        return Tile("inapplicable", _("n/a"), _("does not apply"))
    words = wording.band(square.score.band)
    return Tile(square.score.band, wording.percent(square.score.achievement), words, bool(square.score.failed_gates))


def position(found: PillarResult) -> float:
    return cut(found.score.position)


def cut(position: Fraction) -> float:
    """To one decimal, as it is written everywhere: 2.96 is not yet 3.0."""
    return floor(position * 10) / 10
