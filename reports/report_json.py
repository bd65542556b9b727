"""A report as JSON for other programs: docs/report-json.md describes it. VERSION rises when a key changes its meaning
or goes; new keys may come at any time."""

import json
from typing import Any

from assessment.aggregation import Spread, Standing
from reports import exports
from reports.earlier import Earlier, EarlierRound
from reports.edition import Edition
from reports.report import Report
from reports.round_report import RoundReport, TeamLine
from reports.sheets import figure

VERSION = 1


def write_json(report: Report | RoundReport, edition: Edition) -> bytes:
    said = _round(report) if isinstance(report, RoundReport) else _assessment(report)
    return json.dumps(_head(report, edition) | said, ensure_ascii=False, indent=1).encode()


def _head(report: Report | RoundReport, edition: Edition) -> dict[str, Any]:
    said = report.context
    return {
        "waymark_report": VERSION,
        "kind": "round" if isinstance(report, RoundReport) else "assessment",
        "content_hash": edition.content_hash,
        "application": edition.application,
        "reference": said.reference,
        "organization": said.organization,
        "round": said.round,
        "as_of": said.as_of.isoformat() if said.as_of else None,
        "decision": said.decision,
        "confidentiality": said.confidentiality,
        "distribution": said.distribution,
        "framework": report.framework.slug,
        "version": report.framework.version,
        "earlier": report.earlier and _earlier(report.earlier),
    }


def _earlier(before: Earlier | EarlierRound) -> dict[str, Any]:
    return {
        "round": before.round,
        "version": before.version,
        "level": before.whole.level,
        "achievement": figure(before.whole.achievement),
        "pillars": {slug: found.level for slug, found in before.pillars.items()},
    }


def _assessment(report: Report) -> dict[str, Any]:
    said = report.context
    return {
        "team": said.team,
        "state": said.state,
        "submitted_by": said.submitted_by,
        "systems": said.systems,
        "units": said.units,
        "period": said.period,
        "official_total": said.official_total,
        "targets": {found.pillar.slug: found.target for found in report.pillars if found.target},
        "result": exports.to_json(report),
        "answers": {
            key: {
                "rating": given.rating,
                "note": given.note,
                "reason": given.reason,
                "evidence": list(given.evidence),
                "rests_on": report.backing(key),
            }
            for key, given in report.answers.items()
        },
        "actions": [
            {
                "action": advice.action.key,
                "title": advice.action.title,
                "effort": advice.action.effort,
                "closes": [item.statement.key for item in advice.closes],
                "deferred": advice.deferred,
            }
            for advice in report.advice
        ],
    }


def _round(report: RoundReport) -> dict[str, Any]:
    score = report.score
    return {
        "closed_at": report.context.closed_at.isoformat() if report.context.closed_at else None,
        "missing": list(report.missing),
        "result": score and _standing(score.whole),
        "pillars": [{"slug": found.slug, **_standing(found.standing)} for found in score.pillars] if score else [],
        "teams": [_team(team) for team in report.submitted],
        "statements": [
            {
                "statement": found.statement,
                "counts": {count.rating: count.teams for count in found.counts},
                "uneven": found.uneven,
            }
            for found in (score.statements if score else ())
        ],
        "actions": [
            {
                "action": found.action.key,
                "title": found.action.title,
                "effort": found.action.effort,
                "teams": list(found.teams),
                "pressing": list(found.pressing),
                "closes": list(found.statements),
                "deferred": found.deferred,
            }
            for found in report.actions
        ],
    }


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "level": standing.level,
        "teams_at_level": standing.teams_at_level,
        "secured_level": standing.secured_level,
        "teams_secured": standing.teams_secured,
        "position": _spread(standing.position),
        "achievement": standing.achievement and _spread(standing.achievement),
    }


def _spread(found: Spread) -> dict[str, float | None]:
    names = ("mean", "minimum", "median", "maximum")
    return {name: figure(getattr(found, name)) for name in names}


def _team(team: TeamLine) -> dict[str, Any]:
    score = team.result.score
    return {
        "name": team.name,
        "reference": team.reference,
        "weight": team.result.weight,
        "level": score.level,
        "secured_level": score.secured_level,
        "position": figure(score.position),
        "achievement": figure(score.achievement),
        "pillars": {pillar.slug: pillar.level for pillar in score.pillars},
    }
