"""A report as JSON, whose shape is documented in docs/formats.md, and as text for a terminal."""

from typing import Any

from frameworks import scoring
from frameworks.planning import GapItem, Way
from reports import wording
from reports.report import Report


def to_json(report: Report) -> dict[str, Any]:
    """The score with what was asked and what follows from it. Figures are rounded half up to four places."""
    return {
        "framework": report.framework.slug,
        "version": report.framework.version,
        "organization": report.context.organization,
        "team": report.context.team or None,
        "level": report.score.level,
        "level_name": report.level_name,
        **{name: value for name, value in scoring.to_json(report.score).items() if name != "level"},
        "gaps": [_gap(report, item) for item in report.gaps],
        "next_level": report.way and _way(report.way),
    }


def _gap(report: Report, item: GapItem) -> dict[str, Any]:
    return {
        "statement": item.statement.key,
        "pillar": item.cell.pillar,
        "level": item.cell.level,
        "rating": item.rating,
        "missing": float(scoring.decimal(item.missing)),
        "reason": item.reason,
        "actions": [action.key for action in report.actions_for(item)],
    }


def _way(way: Way) -> dict[str, Any]:
    steps = [{"statement": step.statement, "from": step.before, "to": step.after} for step in way.raises]
    return {"number": way.number, "effort": way.effort, "raise": steps}


def to_text(report: Report) -> str:
    """What the result page says first, then the pillars, then the gaps, for people at a terminal."""
    lines = [
        wording.framework(report),
        f"{wording.headline(report)}. {wording.secured(report)}".strip(),
        wording.share(report),
        f"{wording.blocked(report)} {wording.way(report)}".strip(),
        "",
        *(f"{found.pillar.name}: {wording.position(found)}" for found in report.pillars),
        "",
        *(
            f"{wording.shortened(item.statement)} ({wording.place(report, item.cell)}): {wording.gap_reason(item)}"
            for item in report.gaps
        ),
    ]
    return "\n".join(lines).replace(wording.NBSP, " ").rstrip()
