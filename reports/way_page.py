"""The way up: what may be ticked, what is, and what would follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frameworks.planning import Advice, GapItem
from frameworks.wording import rating_label
from reports import wording
from reports.outlook import Outlook, outlook, wanted
from reports.report import Report


@dataclass(frozen=True)
class Step:
    """A statement that may be ticked. `change` says from where to where: "Partly in place → Fully in place"."""

    item: GapItem
    change: str
    is_ticked: bool


@dataclass(frozen=True)
class StepGroup:
    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Choice:
    """An action that may be ticked, with all it closes."""

    advice: Advice
    is_ticked: bool


@dataclass(frozen=True)
class WayPage:
    groups: tuple[StepGroup, ...]
    choices: tuple[Choice, ...]
    statements: tuple[str, ...]
    actions: tuple[str, ...]
    outlook: Outlook

    @property
    def is_empty(self) -> bool:
        return not self.outlook.raised


def way_page(report: Report, statements: Sequence[str], actions: Sequence[str]) -> WayPage:
    """With these statements and actions ticked. Unknown ones are passed over."""
    ticked = [key for key in statements if key in {item.statement.key for item in report.gaps}]
    chosen = [advice for advice in report.advice if advice.action.key in actions]
    closed = [item.statement.key for advice in chosen for item in advice.closes]
    return WayPage(
        groups=tuple(_groups(report, ticked)),
        choices=tuple(Choice(advice, advice in chosen) for advice in report.advice),
        statements=tuple(ticked),
        actions=tuple(advice.action.key for advice in chosen),
        outlook=outlook(report, [*ticked, *closed]),
    )


def shortest(report: Report) -> tuple[str, ...]:
    """The statements of the shortest way to the next level."""
    return tuple(step.statement for step in report.way.raises) if report.way else ()


def _groups(report: Report, ticked: list[str]) -> list[StepGroup]:
    return [
        StepGroup(title, tuple(_step(report, item, item.statement.key in ticked) for item in items))
        for title, items in groupby(report.gaps, key=wording.gap_reason)
    ]


def _step(report: Report, item: GapItem, is_ticked: bool) -> Step:
    after = rating_label(wanted(report, item.statement.key))
    return Step(item, f"{rating_label(item.rating)} → {after}", is_ticked)


def claim(report: Report, found: Outlook) -> str:
    """ "Level 3, Managed, instead of level 2, Defined"; what stays is said, too."""
    if not found.raised:
        return _("Nothing is ticked yet.")
    now = wording.level(report.score.level, report.level_name)
    then = wording.level(found.score.level, report.framework.level_name(found.score.level))
    if found.score.level == report.score.level:
        return _("Still %(level)s") % {"level": then}
    return wording.capitalized(_("%(then)s instead of %(now)s") % {"then": then, "now": now})


def gain(report: Report, found: Outlook) -> str:
    """ "64 % instead of 61 % of what this model asks is in place."."""
    before, after = wording.percent(report.score.achievement), wording.percent(found.score.achievement)
    if before == after:
        return _("%(after)s of what this model asks is in place, as now.") % {"after": after}
    return _("%(after)s instead of %(before)s of what this model asks is in place.") % {
        "after": after,
        "before": before,
    }


def put_in_place(found: Outlook) -> str:
    count = len(found.raised)
    return ngettext(
        "%(count)d statement put in place, at an effort of %(effort)d.",
        "%(count)d statements put in place, at an effort of %(effort)d.",
        count,
    ) % {"count": count, "effort": found.effort}
