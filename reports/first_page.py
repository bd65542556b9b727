"""What an assessment's first page says."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frameworks.planning import Advice
from reports import wording
from reports.change_wording import change
from reports.fitting import FirstPage, Gap, Step, Titles, fitted
from reports.report import PillarResult, Report


def first_page(report: Report) -> FirstPage:
    return fitted(_first_page(report))


def _first_page(report: Report) -> FirstPage:
    return FirstPage(
        who=who(report),
        finding=wording.finding(report),
        context=wording.context(report),
        standing=_standing(report),
        titles=_titles(report),
        gaps=tuple(_gap(report, found) for found in gap_pillars(report)[:3]),
        steps=tuple(_step(advice) for advice in report.first_advice),
        decision=wording.decision(report),
        confidence=wording.confidence(report),
    )


def _titles(report: Report) -> Titles:
    to_target, to_next = _("Largest gaps to the target"), _("What is in the way of the next level")
    return Titles(
        gaps=to_target if report.largest_gaps else to_next,
        heads=(_("Pillar"), _("Distance"), _("What is missing first")),
        no_gap=wording.blocked(report),
        steps=_("First actions"),
        no_step=_("No action is pressing."),
    )


def who(report: Report) -> str:
    return " · ".join(part for part in (report.context.organization, report.context.team) if part)


def gap_pillars(report: Report) -> tuple[PillarResult, ...]:
    """Those below their target, largest gap first; where none is, those that hold the whole back, the worst first."""
    if report.largest_gaps:
        return report.largest_gaps
    results = {found.pillar.slug: found for found in report.pillars}
    return tuple(results[slug] for slug, _count in wording.in_the_way(report).most_common())


def _standing(report: Report) -> tuple[str, ...]:
    """Beside the ladder: the level where something limits it, the share, what is secured, what changed, and what is
    ahead."""
    is_open = report.score.level_high > report.score.level
    limited = wording.headline(report) if is_open or wording.limits(report) else ""
    said = (
        limited,
        wording.share(report),
        wording.secured(report),
        change(report),
        wording.blocked(report),
        wording.way(report),
    )
    return tuple(sentence for sentence in said if sentence)


def _gap(report: Report, found: PillarResult) -> Gap:
    item = found.why_not[0] if found.why_not else None
    return Gap(found.pillar.name, _distance(report, found), wording.obstacle(item) if item else "")


def _distance(report: Report, found: PillarResult) -> str:
    if found.gap.gap:
        return _("level %(now)d, target %(target)d") % {"now": found.score.level, "target": found.target}
    count = wording.in_the_way(report)[found.pillar.slug]
    return ngettext("%(count)d statement", "%(count)d statements", count) % {"count": count}


def _step(advice: Advice) -> Step:
    return Step(advice.action.title, f"{wording.capitalized(wording.horizon(advice))} · {advice.action.owner}")
