"""The sentences that say what a round found about the whole organization. Everything here takes its count along."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.aggregation import Distribution, PillarStanding
from frameworks.definition import Statement
from frameworks.scoring import Score
from reports import wording
from reports.change_wording import other_version, sentence
from reports.round_report import RoundReport, figures
from reports.shared_actions import SharedAction


def headline(report: RoundReport) -> str:
    """ "Level 2, Defined: 13 of 20 teams at level 2 or above". At level 0 the count is that of level 1."""
    if report.score is None:
        return _("No team submitted") if report.context.closed_at else _("No team has submitted yet")
    level = report.score.whole.level
    place = wording.capitalized(wording.level(level, report.framework.level_name(level)))
    levels = [line.result.score.level for line in report.submitted]
    return f"{place}: {teams_at(report, max(level, 1), levels)}"


def teams_at(report: RoundReport, level: int, levels: list[int]) -> str:
    """ "13 of 20 teams at level 2 or above", of the levels of those that submitted."""
    there = sum(reached >= level for reached in levels)
    return _("%(teams)s at level %(level)d or above") % {"teams": of_teams(report, there), "level": level}


def of_teams(report: RoundReport, count: int) -> str:
    """ "13 of 20 teams", of those that submitted."""
    return _of(count, len(report.submitted))


def _of(count: int, total: int) -> str:
    return ngettext("%(count)d of %(total)d team", "%(count)d of %(total)d teams", total) % {
        "count": count,
        "total": total,
    }


def rule(report: RoundReport) -> str:
    """How the level follows from the teams'."""
    if report.is_weighted:
        return _("The organization is at the highest level that teams with at least 80 % of the weight have reached.")
    return _("The organization is at the highest level that at least 80 % of its teams have reached.")


def secured(report: RoundReport) -> str:
    """Which level enough teams have secured, with their count; "" where nobody submitted."""
    if report.score is None:
        return ""
    whole = report.score.whole
    if whole.level == report.framework.entry_level and whole.level:
        return _("This model grants level 1 to everybody.")
    if whole.secured_level == 0:
        return _("No level is secured yet.")
    return _("Secured to level %(level)d: %(teams)s.") % {
        "level": whole.secured_level,
        "teams": of_teams(report, whole.teams_secured),
    }


def share(report: RoundReport) -> str:
    """How much is in place on average, and from where to where; "" where nothing is rated."""
    found = report.score and report.score.whole.achievement
    if not found:
        return ""
    return _("On average %(mean)s of what this model asks is in place, between %(low)s and %(high)s in each team.") % {
        "mean": wording.percent(found.mean),
        "low": wording.percent(found.minimum),
        "high": wording.percent(found.maximum),
    }


def confidence(report: RoundReport) -> str:
    """What the result rests on: how many teams, and whether it may still change."""
    return "; ".join([submitted(report), state(report), _("self-assessed, not a certification")]) + "."


def submitted(report: RoundReport) -> str:
    return _("%(teams)s submitted") % {"teams": _of(len(report.submitted), report.teams)}


def missing(report: RoundReport, most: int) -> str:
    """ "Not submitted: A, B and 3 others."; "" where all did."""
    names = list(report.missing)
    if not names:
        return ""
    others = len(names) - most
    named = (
        wording.joined(names)
        if others <= 1
        else _("%(names)s and %(count)d others")
        % {
            "names": ", ".join(names[:most]),
            "count": others,
        }
    )
    return _("Not submitted: %(names)s.") % {"names": named}


def context(report: RoundReport) -> str:
    """What was measured, and who has not submitted."""
    text = _("%(submitted)s, measured against %(framework)s.") % {
        "submitted": wording.capitalized(submitted(report)),
        "framework": wording.framework(report),
    }
    return f"{text} {missing(report, 5)}".strip()


def decision(report: RoundReport) -> str:
    """What the owner asks for; else what follows from the report."""
    if report.context.decision:
        return report.context.decision
    count = len(report.first_actions)
    if not count:
        return _("Confirm the targets.")
    return ngettext(
        "Confirm the targets. Name one owner for the action, across all teams it helps.",
        "Confirm the targets. Name one owner for each of the %(count)d actions, across all teams they help.",
        count,
    ) % {"count": count}


def helped(report: RoundReport, found: SharedAction) -> str:
    """ "Helps 3 of 5 teams towards the next level"; of what is for later "Closes gaps in 4 of 5 teams"."""
    if found.pressing:
        return _("Helps %(teams)s towards the next level") % {"teams": of_teams(report, len(found.pressing))}
    return _("Closes gaps in %(teams)s") % {"teams": of_teams(report, len(found.teams))}


def change(report: RoundReport) -> str:
    """What changed since the round before; "" where there is nothing to compare with."""
    if report.earlier is None or report.score is None:
        return ""
    return sentence(report.earlier.whole, figures(report.score.whole), report.earlier.round)


def no_change(report: RoundReport) -> str:
    """Why nothing is compared; "" where something is."""
    if report.earlier:
        return ""
    if report.context.incomparable:
        return other_version(report.context.incomparable)
    return _("There is no earlier closed round on this model, so there is nothing to compare with yet.")


def state(report: RoundReport) -> str:
    closed_at = report.context.closed_at
    if closed_at is None:
        return _("provisional: the round is still open")
    return _("closed on %(date)s") % {"date": date_format(localtime(closed_at), "j M Y")}


def limits(score: Score) -> str:
    """What a reader must know beside a team's level, or ""."""
    found = []
    if score.limited_scope:
        found.append(_("within limited scope"))
    if not score.complete:
        found.append(_("incomplete"))
    return ", ".join(found)


def pillar_teams(report: RoundReport, found: PillarStanding) -> str:
    """How many teams carry the level of a pillar; at level 0 how many are beyond."""
    pillars = (pillar for line in report.submitted for pillar in line.result.score.pillars)
    levels = [pillar.level for pillar in pillars if pillar.slug == found.slug]
    return teams_at(report, max(found.standing.level, 1), levels)


def pillar_name(report: RoundReport, found: PillarStanding) -> str:
    return report.framework.pillar(found.slug).name


def statement(report: RoundReport, found: Distribution) -> Statement:
    return report.framework.statements[found.statement]


def place(report: RoundReport, found: Distribution) -> str:
    """ "Trust, level 2"."""
    cell = report.framework.cell_of[found.statement]
    pillar = report.framework.pillar(cell.pillar).name
    return _("%(pillar)s, level %(level)d") % {"pillar": pillar, "level": cell.level}
