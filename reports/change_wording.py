"""The sentences that say what changed since the round before, of a team or of all teams together."""

from fractions import Fraction

from django.utils.translation import gettext as _

from reports import wording
from reports.earlier import Figures
from reports.report import Report


def change(report: Report) -> str:
    """ "Up from level 1 in H1 2026; 61 % in place instead of 43 %."; "" where there is nothing to compare with."""
    if report.earlier is None:
        return ""
    now = Figures(report.score.level, report.score.position, report.score.achievement)
    return sentence(report.earlier.whole, now, report.earlier.round)


def sentence(before: Figures, now: Figures, round: str) -> str:
    said = {"level": _level(before.level), "round": round}
    if now.level > before.level:
        place = _("Up from %(level)s in %(round)s") % said
    elif now.level < before.level:
        place = _("Down from %(level)s in %(round)s") % said
    else:
        place = _("At %(level)s as in %(round)s") % said
    return f"{place}; {_shares(before.achievement, now.achievement)}."


def _level(number: int) -> str:
    """ "Not yet at level 1" reads badly after a preposition."""
    return _("below level 1") if number == 0 else wording.level(number, None)


def _shares(before: Fraction | None, now: Fraction | None) -> str:
    old, new = wording.percent(before), wording.percent(now)
    if old == new:
        return _("%(now)s in place, as before") % {"now": new}
    return _("%(now)s in place instead of %(before)s") % {"now": new, "before": old}


def no_change(report: Report) -> str:
    """Why nothing is compared; "" where something is."""
    if report.earlier:
        return ""
    if report.context.incomparable:
        return other_version(report.context.incomparable)
    if not report.context.round:
        return _("This report comes from a file, which knows of no earlier round.")
    return _("This team has no earlier closed round on this model, so there is nothing to compare with yet.")


def other_version(version: str) -> str:
    return _(
        "The round before used version %(version)s of this model, which asks or counts other things: levels of "
        "different major versions are not compared."
    ) % {"version": version}


def direction(before: int, now: int) -> str:
    """ "↑ 1", "↓ 2" or "=": by how many levels a pillar moved."""
    if now == before:
        return "="
    return f"{'↑' if now > before else '↓'}{wording.NBSP}{abs(now - before)}"
