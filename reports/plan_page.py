"""A plan as it is shown: what to do now, next and later, what each action would bring, and what could be added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.models import PlannedAction
from assessment.models.planned_actions import NEXT, NOW
from assessment.plans import Proposal
from frameworks.definition import Action, Framework, Statement
from frameworks.planning import Advice
from reports import way_page, wording
from reports.charts import Span, Timeline
from reports.outlook import Outlook, may_rise, outlook
from reports.report import Report
from reports.round_report import RoundReport
from reports.shared_actions import SharedAction

State = PlannedAction.State


@dataclass(frozen=True)
class PlannedLine:
    """`due` says when, and how long overdue; `note` what it would bring; `again` what to answer anew after it."""

    planned: PlannedAction
    due: str
    note: str
    statements: tuple[Statement, ...]
    again: tuple[Statement, ...] = ()
    overdue: bool = False


@dataclass(frozen=True)
class PlanGroup:
    slug: str
    title: str
    lines: tuple[PlannedLine, ...]


@dataclass(frozen=True)
class Suggestion:
    """An action of the library that is not in the plan yet."""

    action: Action
    note: str


@dataclass(frozen=True)
class PlanPage:
    """`prospect` is what the whole plan would bring; None for a round, whose teams have ways of their own."""

    groups: tuple[PlanGroup, ...]
    timeline: Timeline | None
    suggestions: tuple[Suggestion, ...]
    prospect: Outlook | None = None


def plan_page(report: Report, actions: Sequence[PlannedAction], today: date) -> PlanPage:
    """The plan of a team."""
    taken = {planned.action for planned in actions}
    open_keys = [key for planned in actions if planned.is_open for key in planned.statements]
    lines = [_team_line(report, planned, today) for planned in actions]
    return PlanPage(
        groups=tuple(_groups(lines, today)),
        timeline=timeline(actions, today),
        suggestions=tuple(
            Suggestion(advice.action, _closes(advice)) for advice in report.advice if advice.action.key not in taken
        ),
        prospect=outlook(report, open_keys),
    )


def round_plan_page(report: RoundReport, actions: Sequence[PlannedAction], today: date) -> PlanPage:
    """The plan of a round: the same action once, whatever number of teams it helps."""
    shared = {found.action.key: found for found in report.actions}
    taken = {planned.action for planned in actions}
    lines = [_round_line(report, planned, shared.get(planned.action), today) for planned in actions]
    return PlanPage(
        groups=tuple(_groups(lines, today)),
        timeline=timeline(actions, today),
        suggestions=tuple(
            Suggestion(found.action, helps(report, found)) for found in report.actions if found.action.key not in taken
        ),
    )


def helps(report: RoundReport, found: SharedAction) -> str:
    """ "Closes gaps in 14 of 20 teams, and for 6 of them something in the way of the next level."."""
    text = ngettext(
        "Closes gaps in %(count)d of %(all)d team", "Closes gaps in %(count)d of %(all)d teams", len(report.submitted)
    ) % {"count": len(found.teams), "all": len(report.submitted)}
    if not found.pressing:
        return f"{text}."
    return _("%(text)s, and for %(pressing)d of them something in the way of the next level.") % {
        "text": text,
        "pressing": len(found.pressing),
    }


def proposals(report: Report, statements: Sequence[str], actions: Sequence[str]) -> list[Proposal]:
    """What the ticked statements and actions become: each action with all it closes, each further statement with the
    first action that closes it, or as an action of its own."""
    chosen = {advice.action.key: _proposed(advice) for advice in report.advice if advice.action.key in actions}
    covered = {key for proposal in chosen.values() for key in proposal.statements}
    gaps = {item.statement.key: item.statement for item in report.gaps}
    loose: dict[str, list[str]] = {}
    own = []
    for key in (key for key in statements if key in gaps and key not in covered):
        advice = next((found for found in report.advice if key in _keys(found)), None)
        if advice is None:
            own.append(Proposal(_("Put in place: %(text)s") % {"text": gaps[key].text}, 3, statements=(key,)))
        else:
            loose.setdefault(advice.action.key, []).append(key)
    by_key = {advice.action.key: advice for advice in report.advice}
    narrowed = [_proposed(by_key[key], tuple(keys)) for key, keys in loose.items()]
    return [*chosen.values(), *narrowed, *own]


def shared_proposals(report: RoundReport, actions: Sequence[str]) -> list[Proposal]:
    return [
        _proposal(found.action, 12 if found.deferred or not found.pressing else 3, found.statements)
        for found in report.actions
        if found.action.key in actions
    ]


def _proposed(advice: Advice, statements: tuple[str, ...] | None = None) -> Proposal:
    months = {0: 3, 3: 12}.get(wording.first_month(advice), 24)
    return _proposal(advice.action, months, _keys(advice) if statements is None else statements)


def _proposal(action: Action, months: int, statements: tuple[str, ...]) -> Proposal:
    return Proposal(
        title=action.title,
        months=months,
        action=action.key,
        owner=action.owner,
        output=action.output,
        kpi=action.kpi,
        effort=action.effort,
        statements=statements,
    )


def _keys(advice: Advice) -> tuple[str, ...]:
    return tuple(item.statement.key for item in advice.closes)


def _closes(advice: Advice) -> str:
    count = len(advice.closes)
    return ngettext("Closes %(count)d statement.", "Closes %(count)d statements.", count) % {"count": count}


# Lines and groups


def _team_line(report: Report, planned: PlannedAction, today: date) -> PlannedLine:
    again = [key for key in planned.statements if planned.state == State.DONE and may_rise(report, key)]
    return PlannedLine(
        planned=planned,
        due=due(planned, today),
        note=_gain(report, planned) if planned.is_open else "",
        statements=_statements(report.framework, planned.statements),
        again=_statements(report.framework, again),
        overdue=planned.is_overdue(today),
    )


def _round_line(report: RoundReport, planned: PlannedAction, found: SharedAction | None, today: date) -> PlannedLine:
    return PlannedLine(
        planned=planned,
        due=due(planned, today),
        note=helps(report, found) if found else "",
        statements=_statements(report.framework, planned.statements),
        overdue=planned.is_overdue(today),
    )


def _statements(framework: Framework, keys: Sequence[str]) -> tuple[Statement, ...]:
    """Those the framework still has."""
    return tuple(framework.statements[key] for key in keys if key in framework.statements)


def _gain(report: Report, planned: PlannedAction) -> str:
    """What it would bring if it alone were done."""
    found = outlook(report, planned.statements)
    if not planned.statements:
        return ""
    if not found.raised:
        return _("All it should put in place is in place.")
    return f"{wording.capitalized(way_page.claim(report, found))}; {way_page.gain(report, found)}"


def due(planned: PlannedAction, today: date) -> str:
    day = wording.day(planned.due_on)
    if planned.is_overdue(today):
        count = (today - planned.due_on).days
        late = ngettext("overdue by %(count)d day", "overdue by %(count)d days", count) % {"count": count}
        return _("Due on %(day)s, %(late)s") % {"day": day, "late": late}
    return _("Due on %(day)s") % {"day": day}


def _groups(lines: Sequence[PlannedLine], today: date) -> list[PlanGroup]:
    titles = {
        "now": _("Now, within 3 months"),
        "next": _("Next, within 12 months"),
        "later": _("Later, after 12 months"),
        "done": _("Done"),
        "dropped": _("Dropped"),
    }
    found = {slug: tuple(line for line in lines if _place(line.planned, today) == slug) for slug in titles}
    return [PlanGroup(slug, title, found[slug]) for slug, title in titles.items() if found[slug]]


def _place(planned: PlannedAction, today: date) -> str:
    if not planned.is_open:
        return str(planned.state)
    if planned.due_on <= today + NOW:
        return "now"
    return "next" if planned.due_on <= today + NEXT else "later"


def timeline(actions: Sequence[PlannedAction], today: date) -> Timeline | None:
    """All but what was dropped, the first to begin first; None where there is nothing to do."""
    shown = [planned for planned in actions if planned.state != State.DROPPED]
    if not shown:
        return None
    return Timeline(
        title=_("When the actions of the plan begin and are due"),
        today=today,
        rows=tuple(_span(planned, today) for planned in sorted(shown, key=lambda each: (each.starts_on, each.due_on))),
    )


def _span(planned: PlannedAction, today: date) -> Span:
    return Span(
        label=planned.title,
        starts_on=planned.starts_on,
        due_on=planned.due_on,
        progress="planned" if planned.state == State.PLANNED else "doing" if planned.state == State.DOING else "done",
        state=planned.get_state_display(),
        note=_("overdue") if planned.is_overdue(today) else "",
    )
