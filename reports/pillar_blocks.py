"""A report pillar by pillar: where each one stands, why not further, and what is strong."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frameworks import planning
from frameworks.definition import Rating, Statement
from frameworks.planning import GapItem, Reason
from frameworks.wording import rating_label
from reports import sections, wording
from reports.report import PillarResult, Report

MOST_STRENGTHS = 3


@dataclass(frozen=True)
class MissingRow:
    """A statement below "Fully in place"; `counts` says whether it is in the way of the pillar's next level."""

    number: str
    statement: str
    level: int
    answer: str
    counts: str
    actions: str


@dataclass(frozen=True)
class PillarBlock:
    """`why` says what stands before the pillar's next level, and stands above `missing` where there is something."""

    title: str
    standing: str
    why: str
    missing: tuple[MissingRow, ...]
    strengths: tuple[str, ...]


def pillar_blocks(report: Report) -> list[PillarBlock]:
    places, actions = sections.numbers(report.framework), sections.action_numbers(report)
    return [
        PillarBlock(
            title=f"{place}. {found.pillar.name}",
            standing=_standing(report, found),
            why=_why(found),
            missing=tuple(_row(report, found, item, places, actions) for item in _missing(report, found)),
            strengths=tuple(wording.shortened(statement) for statement in _strengths(report, found)),
        )
        for place, found in enumerate(report.pillars, 1)
    ]


def _standing(report: Report, found: PillarResult) -> str:
    """ "58 % in place, target level 3, level 2 in H1 2026. Position 2.4: level 2, and 40 % of level 3 is in place."."""
    parts = [_("%(share)s in place") % {"share": wording.percent(found.score.achievement)}]
    if found.target is not None:
        parts.append(_("target %(level)s") % {"level": wording.level(found.target, None)})
    before = report.earlier.pillars.get(found.pillar.slug) if report.earlier else None
    if report.earlier and before:
        said = {"level": wording.level(before.level, None), "round": report.earlier.round}
        parts.append(_("%(level)s in %(round)s") % said)
    return _("%(facts)s. Position %(position)s.") % {"facts": ", ".join(parts), "position": wording.position(found)}


def _why(found: PillarResult) -> str:
    ahead = planning.next_level(found.score)
    if ahead is None:
        return _("What else is missing")
    count = len(found.why_not)
    return ngettext(
        "Why not level %(level)d: %(count)d statement is in the way",
        "Why not level %(level)d: %(count)d statements are in the way",
        count,
    ) % {"level": ahead, "count": count}


def _missing(report: Report, found: PillarResult) -> Iterator[GapItem]:
    """What is in the way of the pillar's next level, then the rest of its gap."""
    yield from found.why_not
    known = {item.statement.key for item in found.why_not}
    in_pillar = (item for item in report.gaps if item.cell.pillar == found.pillar.slug)
    yield from (item for item in in_pillar if item.statement.key not in known)


def _row(
    report: Report, found: PillarResult, item: GapItem, places: dict[str, str], actions: dict[str, str]
) -> MissingRow:
    return MissingRow(
        number=places[item.statement.key],
        statement=item.statement.text,
        level=item.cell.level,
        answer=rating_label(item.rating),
        counts=_counts(item) if item in found.why_not else _("no"),
        actions=", ".join(actions[action.key] for action in report.actions_for(item)) or "–",
    )


def _counts(item: GapItem) -> str:
    return _("yes, essential") if item.reason is Reason.GATE else _("yes")


def _strengths(report: Report, found: PillarResult) -> list[Statement]:
    """What is fully in place, the highest level first; at the pillar's level or above, if there is something."""
    full = [
        (level, statement)
        for level, statement in sections.statements(report.framework, found.pillar)
        if report.rating(statement.key) is Rating.F
    ]
    high = [pair for pair in full if pair[0] >= found.score.level] or full
    return [statement for _level, statement in sorted(high, key=lambda pair: -pair[0])[:MOST_STRENGTHS]]
