"""What the first page of a round's report says."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessment.aggregation import PillarStanding
from reports import round_wording, wording
from reports.fitting import FirstPage, Gap, Step, Titles, fitted
from reports.round_report import RoundReport


def round_first_page(report: RoundReport) -> FirstPage:
    return fitted(
        FirstPage(
            who=f"{report.context.organization} · {report.context.round}",
            finding=round_wording.headline(report),
            context=round_wording.context(report),
            standing=tuple(_standing(report)),
            titles=_titles(),
            gaps=tuple(_gap(report, found) for found in weakest(report)[:3]),
            steps=tuple(
                Step(found.action.title, f"{round_wording.helped(report, found)} · {found.action.owner}")
                for found in report.first_actions
            ),
            decision=round_wording.decision(report),
            confidence=round_wording.confidence(report),
        )
    )


def weakest(report: RoundReport) -> list[PillarStanding]:
    """The pillars from the lowest up: by level, then by mean position."""
    pillars = report.score.pillars if report.score else ()
    return sorted(pillars, key=lambda found: (found.standing.level, found.standing.position.mean))


def _standing(report: RoundReport) -> Iterator[str]:
    """Beside the teams per level: the share, what is secured, and what changed."""
    said = (round_wording.share(report), round_wording.secured(report), round_wording.change(report))
    yield from (sentence for sentence in said if sentence)


def _titles() -> Titles:
    return Titles(
        gaps=_("Weakest pillars"),
        heads=(_("Pillar"), _("Level"), _("Where its teams are")),
        no_gap=_("The organization has a result as soon as its first team submits."),
        steps=_("Actions that help most teams"),
        no_step=_("No action is pressing."),
    )


def _gap(report: RoundReport, found: PillarStanding) -> Gap:
    position = found.standing.position
    reason = _("%(teams)s; positions from %(low)s to %(high)s") % {
        "teams": round_wording.pillar_teams(report, found),
        "low": wording.decimals(position.minimum, 1),
        "high": wording.decimals(position.maximum, 1),
    }
    pillar = round_wording.pillar_name(report, found)
    return Gap(pillar, wording.capitalized(wording.level(found.standing.level, None)), reason)
