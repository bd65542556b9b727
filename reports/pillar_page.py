"""One pillar's result, statement by statement: what stands in the way of its next level, then everything level by
level: the next one first, then those beyond, then those below."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from frameworks import planning
from frameworks.definition import Action, Answer, Rating, Statement
from frameworks.planning import GapItem, Reason
from reports import wording
from reports.backing import Backing, Signature
from reports.report import PillarResult, Report


@dataclass(frozen=True)
class StatementLine:
    """A statement, what was said to it, and the actions that advance it. `counts` says why it is in the way, if so."""

    statement: Statement
    answer: Answer | None
    signature: Signature
    backing: Backing | None
    actions: tuple[Action, ...]
    counts: str = ""

    @property
    def rating(self) -> Rating | None:
        return self.answer.rating if self.answer else None


@dataclass(frozen=True)
class LineGroup:
    """Statements under one heading. `note` says how much of them is in place."""

    slug: str
    title: str
    note: str
    lines: tuple[StatementLine, ...]


@dataclass(frozen=True)
class PillarPage:
    """`title` is the claim, `why` the question the first group answers; without one, nothing is in the way."""

    found: PillarResult
    title: str
    backings: Counter[Backing]
    why: str
    in_the_way: tuple[StatementLine, ...]
    groups: tuple[LineGroup, ...]


def pillar_page(report: Report, slug: str) -> PillarPage:
    """Raises KeyError where the framework has no such pillar."""
    found = {result.pillar.slug: result for result in report.pillars}[slug]
    obstacles = {item.statement.key: item for item in found.why_not}
    return PillarPage(
        found=found,
        title=_("%(pillar)s: %(level)s")
        % {
            "pillar": found.pillar.name,
            "level": wording.level(found.score.level, report.framework.level_name(found.score.level)),
        },
        backings=report.backings(slug),
        why=_why(report, found),
        in_the_way=tuple(_line(report, item.statement, item) for item in found.why_not),
        groups=tuple(_groups(report, found, obstacles)),
    )


def _why(report: Report, found: PillarResult) -> str:
    ahead = planning.next_level(found.score)
    if ahead is None:
        return ""
    name = report.framework.level_name(ahead)
    return _("Why not level %(number)d, %(name)s?") % {"number": ahead, "name": name}


def _groups(report: Report, found: PillarResult, obstacles: dict[str, GapItem]) -> Iterator[LineGroup]:
    """A level's statements without those in the way, which stand above."""
    shares = {cell.level: cell.achievement for cell in found.score.cells}
    cells = [cell for cell in report.framework.in_pillar(found.pillar.slug) if cell.statements]
    ahead = planning.next_level(found.score) or found.score.level
    for cell in sorted(cells, key=lambda cell: (cell.level < ahead, abs(cell.level - ahead))):
        rest = [statement for statement in cell.statements if statement.key not in obstacles]
        if rest:
            name = report.framework.level_name(cell.level)
            yield LineGroup(
                slug=f"level-{cell.level}",
                title=_("Level %(number)d, %(name)s") % {"number": cell.level, "name": name},
                note=_share(wording.percent(shares[cell.level])),
                lines=tuple(_line(report, statement) for statement in rest),
            )


def _share(percent: str) -> str:
    return _("%(share)s in place") % {"share": percent}


def _line(report: Report, statement: Statement, obstacle: GapItem | None = None) -> StatementLine:
    key = statement.key
    return StatementLine(
        statement=statement,
        answer=report.answers.get(key),
        signature=report.signatures.get(key, Signature()),
        backing=report.backing(key),
        actions=tuple(advice.action for advice in report.advice if _advances(advice, key)),
        counts=_counts(obstacle),
    )


def _counts(obstacle: GapItem | None) -> str:
    if obstacle is None:
        return ""
    if obstacle.reason is Reason.GATE:
        return _("Essential: without it the level does not hold.")
    return _("The level needs more of what it asks in place.")


def _advances(advice: planning.Advice, key: str) -> bool:
    return any(item.statement.key == key for item in advice.closes)
