"""A report as tables of plain values, for spreadsheets: the same figures as in its JSON, to four places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.aggregation import Distribution, Spread
from frameworks import scoring
from frameworks.definition import Rating
from reports import round_sections, sections, wording
from reports.edition import Edition
from reports.report import PillarResult, Report
from reports.round_report import RoundReport

type Value = str | int | float | bool | None


@dataclass(frozen=True)
class Sheet:
    """`slug` never changes; `name` is what a reader sees."""

    slug: str
    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def figure(value: Fraction | None) -> float | None:
    """Rounded half up to four places."""
    return None if value is None else float(scoring.decimal(value))


def sheets(report: Report | RoundReport, edition: Edition) -> tuple[Sheet, ...]:
    if isinstance(report, RoundReport):
        return (
            _summary(_round_facts(report), report, edition),
            _round_pillars(report),
            _teams(report),
            _round_statements(report),
            _round_actions(report),
        )
    facts = _facts(report)
    return (_summary(facts, report, edition), _pillars(report), _statements(report), _gaps(report), _actions(report))


def statements_of(report: Report | RoundReport) -> Sheet:
    """The sheet with a row for every statement."""
    return _round_statements(report) if isinstance(report, RoundReport) else _statements(report)


def _sheet(slug: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> Sheet:
    return Sheet(slug, name, tuple(heads), tuple(tuple(row) for row in rows))


def _summary(facts: list[tuple[str, Value]], report: Report | RoundReport, edition: Edition) -> Sheet:
    said = report.context
    last: list[tuple[str, Value]] = [
        (_("As of"), said.as_of.isoformat() if said.as_of else None),
        (_("Framework"), report.framework.slug),
        (_("Version"), report.framework.version),
        (_("Confidentiality"), said.confidentiality),
        (_("Distribution"), said.distribution),
        (_("Reference"), said.reference),
        (_("Report content, SHA-256"), edition.content_hash),
        (_("Application"), f"Waymark {edition.application}"),
    ]
    return _sheet("summary", _("Summary"), (_("What"), _("Value")), [*facts, *last])


# An assessment


def _facts(report: Report) -> list[tuple[str, Value]]:
    said, score = report.context, report.score
    return [
        (_("Organization"), said.organization),
        (_("Team"), said.team),
        (_("Round"), said.round),
        (_("State"), wording.state(report)),
        (_("Level"), score.level),
        (_("Name of the level"), report.level_name),
        (_("Level, at most"), score.level_high),
        (_("Secured level"), score.secured_level),
        (_("Position"), figure(score.position)),
        (_("Position, at most"), figure(score.position_high)),
        (_("In place"), figure(score.achievement)),
        (_("In place, at most"), figure(score.achievement_high)),
        (_("Coverage"), figure(score.coverage)),
        (_("Complete"), score.complete),
        (_("Limited scope"), score.limited_scope),
        (_("Effort to the next level"), report.way.effort if report.way else None),
    ]


def _pillars(report: Report) -> Sheet:
    heads = (
        _("Pillar"),
        _("Name"),
        _("Level"),
        _("Level, at most"),
        _("Secured level"),
        _("Target"),
        _("Gap"),
        _("Position"),
        _("Position, at most"),
        _("In place"),
        _("In place, at most"),
        _("Covered to level"),
        _("Limited scope"),
    )
    return _sheet("pillars", _("Pillars"), heads, (_pillar(found) for found in report.pillars))


def _pillar(found: PillarResult) -> tuple[Value, ...]:
    score = found.score
    return (
        score.slug,
        found.pillar.name,
        score.level,
        score.level_high,
        score.secured_level,
        found.target,
        found.gap.gap,
        figure(score.position),
        figure(score.position_high),
        figure(score.achievement),
        figure(score.achievement_high),
        score.covered_to,
        score.limited_scope,
    )


def _statements(report: Report) -> Sheet:
    heads = (
        _("No."),
        _("Statement"),
        _("Text"),
        _("Pillar"),
        _("Level"),
        _("Essential"),
        _("Weight"),
        _("Answer"),
        _("Note"),
        _("Reason"),
        _("Evidence"),
        _("Rests on"),
    )
    return _sheet("statements", _("Statements"), heads, _answers(report))


def _answers(report: Report) -> Iterable[tuple[Value, ...]]:
    places = sections.numbers(report.framework)
    for key, statement in report.framework.statements.items():
        cell, given = report.framework.cell_of[key], report.answers.get(key)
        said = (given.rating.value, given.note, given.reason, "\n".join(given.evidence)) if given else ("", "", "", "")
        asked = (places[key], key, statement.text, cell.pillar, cell.level, statement.essential, statement.weight)
        yield (*asked, *said, report.backing(key) or "")


def _gaps(report: Report) -> Sheet:
    heads = (
        _("No."),
        _("Statement"),
        _("Text"),
        _("Pillar"),
        _("Level"),
        _("Answer"),
        _("Missing"),
        _("Why"),
        _("Actions"),
    )
    places = sections.numbers(report.framework)
    rows = (
        (
            places[item.statement.key],
            item.statement.key,
            item.statement.text,
            item.cell.pillar,
            item.cell.level,
            item.rating.value if item.rating else "",
            figure(item.missing),
            item.reason.value,
            ", ".join(action.key for action in report.actions_for(item)),
        )
        for item in report.gaps
    )
    return _sheet("gaps", _("Gaps"), heads, rows)


def _action_heads() -> tuple[str, ...]:
    return (_("Action"), _("Title"), _("Detail"), _("Owner"), _("Output"), _("Key figure"), _("Effort"))


def _actions(report: Report) -> Sheet:
    rows = (
        (
            advice.action.key,
            advice.action.title,
            advice.action.detail,
            advice.action.owner,
            advice.action.output,
            advice.action.kpi,
            advice.action.effort,
            wording.horizon(advice),
            ", ".join(item.statement.key for item in advice.closes),
            advice.deferred,
        )
        for advice in report.advice
    )
    heads = (*_action_heads(), _("When"), _("Closes"), _("Why it can wait"))
    return _sheet("actions", _("Actions"), heads, rows)


# A round


def _round_facts(report: RoundReport) -> list[tuple[str, Value]]:
    said, whole = report.context, report.score.whole if report.score else None
    facts: list[tuple[str, Value]] = [
        (_("Organization"), said.organization),
        (_("Round"), said.round),
        (_("Teams"), report.teams),
        (_("Submitted"), len(report.submitted)),
        (_("Not submitted"), ", ".join(report.missing)),
    ]
    if whole is None:
        return facts
    return [
        *facts,
        (_("Level"), whole.level),
        (_("Name of the level"), report.framework.level_name(whole.level)),
        (_("Teams at that level or above"), whole.teams_at_level),
        (_("Secured level"), whole.secured_level),
        (_("Teams secured there or above"), whole.teams_secured),
        *zip((_("Position, mean"), *_spread_heads(_("Position"))), _spread(whole.position), strict=True),
        *zip((_("In place, mean"), *_spread_heads(_("In place"))), _spread(whole.achievement), strict=True),
    ]


def _spread_heads(name: str) -> tuple[str, ...]:
    return tuple(f"{name}, {part}" for part in (_("lowest"), _("median"), _("highest")))


def _spread(found: Spread | None) -> tuple[float | None, ...]:
    if found is None:
        return (None,) * 4
    return tuple(figure(value) for value in (found.mean, found.minimum, found.median, found.maximum))


def _round_pillars(report: RoundReport) -> Sheet:
    heads = (
        _("Pillar"),
        _("Name"),
        _("Level"),
        _("Teams at that level or above"),
        _("Secured level"),
        _("Teams secured there or above"),
        _("Position, mean"),
        *_spread_heads(_("Position")),
        _("In place, mean"),
        *_spread_heads(_("In place")),
    )
    rows = (
        (
            found.slug,
            report.framework.pillar(found.slug).name,
            found.standing.level,
            found.standing.teams_at_level,
            found.standing.secured_level,
            found.standing.teams_secured,
            *_spread(found.standing.position),
            *_spread(found.standing.achievement),
        )
        for found in (report.score.pillars if report.score else ())
    )
    return _sheet("pillars", _("Pillars"), heads, rows)


def _teams(report: RoundReport) -> Sheet:
    pillars = report.framework.pillars
    heads = (_("Team"), _("Weight"), _("Level"), _("Secured level"), _("Position"), _("In place"))
    rows = (
        (
            team.name,
            team.result.weight,
            team.result.score.level,
            team.result.score.secured_level,
            figure(team.result.score.position),
            figure(team.result.score.achievement),
            *(pillar.level for pillar in team.result.score.pillars),
        )
        for team in report.submitted
    )
    return _sheet("teams", _("Teams"), (*heads, *(pillar.name for pillar in pillars)), rows)


def _round_statements(report: RoundReport) -> Sheet:
    places = sections.numbers(report.framework)
    heads = (_("No."), _("Statement"), _("Text"), _("Pillar"), _("Level"), *round_sections.rating_heads(), _("Uneven"))
    rows: Iterable[Sequence[Value]] = (
        (
            places[found.statement],
            found.statement,
            report.framework.statements[found.statement].text,
            report.framework.cell_of[found.statement].pillar,
            report.framework.cell_of[found.statement].level,
            *_counts(found),
            found.uneven,
        )
        for found in (report.score.statements if report.score else ())
    )
    return _sheet("statements", _("Statements"), heads, rows)


def _counts(found: Distribution) -> list[int]:
    counts = {count.rating: count.teams for count in found.counts}
    return [counts.get(rating, 0) for rating in Rating]


def _round_actions(report: RoundReport) -> Sheet:
    rows = (
        (
            found.action.key,
            found.action.title,
            found.action.detail,
            found.action.owner,
            found.action.output,
            found.action.kpi,
            found.action.effort,
            len(found.pressing),
            ", ".join(found.teams),
            ", ".join(found.statements),
            found.deferred,
        )
        for found in report.actions
    )
    heads = (*_action_heads(), _("Teams on whose way it is"), _("Teams"), _("Closes"), _("Why it can wait"))
    return _sheet("actions", _("Actions"), heads, rows)
