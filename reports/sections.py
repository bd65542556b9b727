"""The tables of a report on paper, row by row. Statements are numbered by pillar, "3.4", and actions "A1"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frameworks.definition import Action, Basis, Framework, Pillar, Rating, Source, Statement
from frameworks.planning import Advice, GapItem
from frameworks.wording import BASES, CONFIDENCES, EFFORTS, RATINGS, rating_label
from reports import wording
from reports.change_wording import direction
from reports.earlier import Earlier
from reports.report import PillarResult, Report, Square

LONG = 1000


@dataclass(frozen=True)
class Group[T]:
    """Rows under one heading."""

    title: str
    rows: tuple[T, ...]


@dataclass(frozen=True)
class ProfileRow:
    """A pillar. `target` is a dash where none is set."""

    pillar: str
    level: int
    target: str
    share: str
    position: str


@dataclass(frozen=True)
class Shade:
    """A cell of the level × pillar table: its fill, the share in place if there is one, and what it says in words."""

    fill: str
    share: str
    words: str


@dataclass(frozen=True)
class GapRow:
    """A statement below "Fully in place", what would be enough, and the actions that help."""

    number: str
    statement: str
    place: str
    answer: str
    need: str
    actions: str


@dataclass(frozen=True)
class ActionRow:
    number: str
    action: Action
    effort: str
    closes: str
    deferred: str


@dataclass(frozen=True)
class AnswerRow:
    number: str
    level: int
    statement: Statement
    answer: str
    note: str
    reason: str
    evidence: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        """Whether it may fill half a page: then it is broken rather than moved."""
        return len(self.note) + len(self.reason) + sum(map(len, self.evidence)) > LONG


@dataclass(frozen=True)
class ChangeRow:
    """A pillar before and now; dashes where it was not there before."""

    pillar: str
    before: str
    now: int
    moved: str
    share_before: str
    share: str


@dataclass(frozen=True)
class BasisRow:
    """How well the source supports some cells, and which: "Prompts 1, 2; Models 3"."""

    basis: str
    cells: str


def profile(report: Report) -> tuple[ProfileRow, ...]:
    return tuple(_profile_row(found) for found in report.pillars)


def _profile_row(found: PillarResult) -> ProfileRow:
    return ProfileRow(
        pillar=found.pillar.name,
        level=found.score.level,
        target="–" if found.target is None else str(found.target),
        share=wording.percent(found.score.achievement),
        position=wording.position(found),
    )


def matrix(report: Report) -> list[Group[Shade]]:
    """The share in place of each level, a row for each pillar."""
    return [Group(pillar.name, tuple(_shade(square) for square in squares)) for pillar, squares in report.matrix]


def _shade(square: Square) -> Shade:
    if square.score is None:
        return Shade("uncovered", "", _("nothing asked") if square.is_covered else _("not covered"))
    if square.score.band is None:
        return Shade("inapplicable", "", _("does not apply"))
    star = f"{wording.NBSP}*" if square.score.failed_gates else ""
    words = {"N": _("not"), "P": _("partly"), "L": _("largely"), "F": _("fully")}[square.score.band]
    return Shade(f"band-{square.score.band}", wording.percent(square.score.achievement), words + star)


def way(report: Report) -> list[str]:
    """The steps of the shortest way to the next level, none at the top."""
    return [] if report.way is None else [wording.raising(report, step) for step in report.way.raises]


def sources(framework: Framework) -> list[tuple[Source, str]]:
    """Each source, and whether it was read in the original."""
    return [(source, str(CONFIDENCES[source.confidence])) for source in framework.sources]


def ratings() -> list[tuple[str, str]]:
    """Each answer, and when it is true."""
    meanings = {rating: str(label.meaning) for rating, label in RATINGS.items()}
    meanings[Rating.NA] = _("Left out of the result, with a reason.")
    return [(rating_label(rating), meaning) for rating, meaning in meanings.items()]


def in_the_way(report: Report) -> list[Group[GapRow]]:
    """Why the next level is not reached."""
    return _gap_groups(report, report.why_not)


def _gap_groups(report: Report, items: Sequence[GapItem]) -> list[Group[GapRow]]:
    places, actions = numbers(report.framework), action_numbers(report)
    return [
        Group(title, tuple(_gap_row(report, item, places, actions) for item in group))
        for title, group in groupby(items, key=wording.gap_reason)
    ]


def _gap_row(report: Report, item: GapItem, numbers: dict[str, str], actions: dict[str, str]) -> GapRow:
    return GapRow(
        number=numbers[item.statement.key],
        statement=item.statement.text,
        place=wording.place(report, item.cell),
        answer=rating_label(item.rating),
        need=wording.need(report, item),
        actions=", ".join(actions[action.key] for action in report.actions_for(item)) or "–",
    )


def numbers(framework: Framework) -> dict[str, str]:
    """ "3.4" is the fourth statement of the third pillar."""
    return {
        statement.key: f"{place}.{count}"
        for place, pillar in enumerate(framework.pillars, 1)
        for count, (_level, statement) in enumerate(statements(framework, pillar), 1)
    }


def numbered(framework: Framework, chosen: Sequence[Statement]) -> list[tuple[str, str]]:
    """Statements with their numbers."""
    places = numbers(framework)
    return [(places[statement.key], statement.text) for statement in chosen]


def statements(framework: Framework, pillar: Pillar) -> Iterator[tuple[int, Statement]]:
    """The statements of a pillar with their level, lowest first."""
    return ((cell.level, statement) for cell in framework.in_pillar(pillar.slug) for statement in cell.statements)


def action_numbers(report: Report) -> dict[str, str]:
    return {advice.action.key: f"A{count}" for count, advice in enumerate(report.advice, 1)}


def actions(report: Report) -> list[Group[ActionRow]]:
    """The roadmap: what to do now, next and later."""
    places, keys = numbers(report.framework), action_numbers(report)
    by_horizon = sorted(report.advice, key=_horizon)
    return [
        Group(_roadmap(end), tuple(_action_row(advice, places, keys) for advice in group))
        for end, group in groupby(by_horizon, key=_horizon)
    ]


_HORIZONS = (3, 12, 25)


def _roadmap(end: int) -> str:
    return {3: _("Months 0 to 3: now"), 12: _("Months 3 to 12: next"), 25: _("Months 12 to 24: later")}[end]


def _horizon(advice: Advice) -> int:
    return next(end for end in _HORIZONS if wording.first_month(advice) < end)


def _action_row(advice: Advice, numbers: dict[str, str], actions: dict[str, str]) -> ActionRow:
    return ActionRow(
        number=actions[advice.action.key],
        action=advice.action,
        effort=str(EFFORTS[advice.action.effort]),
        closes=", ".join(numbers[item.statement.key] for item in advice.closes),
        deferred=advice.deferred,
    )


def answers(report: Report) -> list[Group[AnswerRow]]:
    """Every statement by pillar, lowest level first."""
    places = numbers(report.framework)
    return [
        Group(
            f"{place}. {pillar.name}",
            tuple(_answer_row(report, level, s, places[s.key]) for level, s in statements(report.framework, pillar)),
        )
        for place, pillar in enumerate(report.framework.pillars, 1)
    ]


def _answer_row(report: Report, level: int, statement: Statement, number: str) -> AnswerRow:
    given = report.answers.get(statement.key)
    return AnswerRow(
        number=number,
        level=level,
        statement=statement,
        answer=rating_label(given.rating if given else None),
        note=given.note if given else "",
        reason=given.reason if given and given.rating is Rating.NA else "",
        evidence=given.evidence if given else (),
    )


def changes(report: Report) -> list[ChangeRow]:
    """Every pillar beside what it was in the round before; none without such a round."""
    return [] if report.earlier is None else [_change_row(found, report.earlier) for found in report.pillars]


def _change_row(found: PillarResult, earlier: Earlier) -> ChangeRow:
    before, now = earlier.pillars.get(found.pillar.slug), found.score
    return ChangeRow(
        pillar=found.pillar.name,
        before="–" if before is None else str(before.level),
        now=now.level,
        moved="–" if before is None else direction(before.level, now.level),
        share_before=wording.percent(before.achievement if before else None),
        share=wording.percent(now.achievement),
    )


def bases(framework: Framework) -> list[BasisRow]:
    return [BasisRow(str(BASES[basis]), cells) for basis in Basis if (cells := _cells_on(framework, basis))]


def _cells_on(framework: Framework, basis: Basis) -> str:
    levels = {
        pillar.name: ", ".join(str(c.level) for c in framework.in_pillar(pillar.slug) if c.basis is basis)
        for pillar in framework.pillars
    }
    return "; ".join(f"{name} {numbers}" for name, numbers in levels.items() if numbers)


def profile_caption(report: Report) -> str:
    """What the profile shows, in a sentence."""
    lowest = min(report.pillars, key=lambda found: found.score.position)
    highest = max(report.pillars, key=lambda found: found.score.position)
    if lowest.score.position == highest.score.position:
        return _("All pillars stand at the same height.")
    return _("%(highest)s stands highest, at %(high)s, and %(lowest)s lowest, at %(low)s.") % {
        "highest": highest.pillar.name,
        "high": wording.decimals(highest.score.position, 1),
        "lowest": lowest.pillar.name,
        "low": wording.decimals(lowest.score.position, 1),
    }


def gap_caption(report: Report) -> str:
    """What the distances show, in a sentence."""
    if not report.targets:
        return _("No target is set, so there is no gap to measure.")
    if not report.largest_gaps:
        return _("Every pillar with a target has reached it.")
    widest = report.largest_gaps[0]
    count = len(report.largest_gaps)
    return ngettext(
        "%(count)d of %(all)d pillars is below its target: %(pillar)s.",
        "%(count)d of %(all)d pillars are below their target, %(pillar)s furthest.",
        count,
    ) % {
        "count": count,
        "all": len(report.pillars),
        "pillar": widest.pillar.name,
    }
