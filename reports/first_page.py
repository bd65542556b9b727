"""The first page of a report on paper: the answer, sized so that it always fits.

Two settings of type serve it, calm and close; report.css has the same sizes in points. The calm one is taken where all
texts fit the page at it. At the close one the longest texts give way, line by line, until the page fits; ordinary words
fit without."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frameworks.planning import Advice
from reports import wording
from reports.charts.lettering import wrap
from reports.report import PillarResult, Report

PAGE = 734.0
MOST_LINES = 24


@dataclass(frozen=True)
class Room:
    """A place for text: font size, line height and width in points."""

    size: float
    leading: float
    width: float

    def height(self, text: str) -> float:
        return self.leading * len(self._wrapped(text)) if text else 0

    def cut(self, text: str, lines: int) -> str:
        """The text as it is where it fits so many lines, else with the last of them shortened."""
        if len(self._wrapped(text)) <= lines:
            return text
        return " ".join(wrap(text, self.size, self.width, lines))

    def _wrapped(self, text: str) -> tuple[str, ...]:
        return wrap(text, self.size, self.width, len(text))


@dataclass(frozen=True)
class Setting:
    """In points: what headings, spaces and lines take, the least height of the ladder, the space after each sentence
    beside it, and the room of each text."""

    furniture: float
    ladder: float
    between: float
    rooms: Mapping[str, Room]


CALM = Setting(
    furniture=232,
    ladder=136,
    between=4,
    rooms={
        "who": Room(9, 13, 470),
        "finding": Room(22, 27, 470),
        "context": Room(9.5, 14, 470),
        "standing": Room(9.5, 14, 190),
        "pillar": Room(9, 13, 108),
        "reason": Room(9, 13, 270),
        "title": Room(9.5, 13.5, 440),
        "owner": Room(9, 13, 440),
        "decision": Room(10, 14, 440),
        "confidence": Room(8, 11.5, 470),
    },
)
CLOSE = Setting(
    furniture=114,
    ladder=80,
    between=2,
    rooms={
        "who": Room(8, 10.5, 480),
        "finding": Room(15, 18.5, 480),
        "context": Room(8, 10.5, 480),
        "standing": Room(8, 10.5, 268),
        "pillar": Room(8, 10.5, 108),
        "reason": Room(8, 10.5, 270),
        "title": Room(8.5, 11, 465),
        "owner": Room(8, 10.5, 465),
        "decision": Room(8.5, 11.5, 455),
        "confidence": Room(7.5, 10, 480),
    },
)


@dataclass(frozen=True)
class Gap:
    """A pillar, how far it has to go, and what it lacks first."""

    pillar: str
    distance: str
    reason: str


@dataclass(frozen=True)
class Step:
    """An action, and in one line when to begin it and who owns it."""

    title: str
    owner: str


@dataclass(frozen=True)
class FirstPage:
    """The texts in the order of the page. `gaps_title` says what the gaps are counted to."""

    who: str
    finding: str
    context: str
    standing: tuple[str, ...]
    gaps_title: str
    gaps: tuple[Gap, ...]
    steps: tuple[Step, ...]
    decision: str
    confidence: str
    close: bool = False


def first_page(report: Report) -> FirstPage:
    page = FirstPage(
        who=who(report),
        finding=wording.finding(report),
        context=wording.context(report),
        standing=_standing(report),
        gaps_title=_("Largest gaps to the target")
        if report.largest_gaps
        else _("What is in the way of the next level"),
        gaps=tuple(_gap(report, found) for found in gap_pillars(report)[:3]),
        steps=tuple(_step(advice) for advice in report.first_advice),
        decision=wording.decision(report),
        confidence=wording.confidence(report),
    )
    return page if _height(page, CALM) <= PAGE else _closed_up(page)


def _closed_up(page: FirstPage) -> FirstPage:
    """At the close setting, with as many lines for the longest texts as the page has room for."""
    tries = (_cut(page, CLOSE.rooms, lines) for lines in range(MOST_LINES, 0, -1))
    return next(shorter for shorter in tries if _height(shorter, CLOSE) <= PAGE)


def who(report: Report) -> str:
    return " · ".join(part for part in (report.context.organization, report.context.team) if part)


def gap_pillars(report: Report) -> tuple[PillarResult, ...]:
    """Those below their target, largest gap first; where none is, those that hold the whole back, the worst first."""
    if report.largest_gaps:
        return report.largest_gaps
    results = {found.pillar.slug: found for found in report.pillars}
    return tuple(results[slug] for slug, _count in wording.in_the_way(report).most_common())


def _standing(report: Report) -> tuple[str, ...]:
    """Beside the ladder: the level where something limits it, the share, what is secured, and what is ahead."""
    is_open = report.score.level_high > report.score.level
    limited = wording.headline(report) if is_open or wording.limits(report) else ""
    said = (limited, wording.share(report), wording.secured(report), wording.blocked(report), wording.way(report))
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


def _height(page: FirstPage, setting: Setting) -> float:
    """In points."""
    rooms = setting.rooms
    standing = sum(rooms["standing"].height(sentence) + setting.between for sentence in page.standing)
    gaps = sum(max(rooms["reason"].height(gap.reason), rooms["pillar"].height(gap.pillar)) for gap in page.gaps)
    steps = sum(rooms["title"].height(step.title) + rooms["owner"].height(step.owner) for step in page.steps)
    alone = sum(rooms[n].height(getattr(page, n)) for n in ("who", "finding", "context", "decision", "confidence"))
    return setting.furniture + max(setting.ladder, standing) + gaps + steps + alone


def _cut(page: FirstPage, rooms: Mapping[str, Room], lines: int) -> FirstPage:
    def cut(name: str, text: str) -> str:
        return rooms[name].cut(text, lines)

    return FirstPage(
        who=cut("who", page.who),
        finding=cut("finding", page.finding),
        context=cut("context", page.context),
        standing=tuple(cut("standing", sentence) for sentence in page.standing),
        gaps_title=page.gaps_title,
        gaps=tuple(Gap(cut("pillar", g.pillar), g.distance, cut("reason", g.reason)) for g in page.gaps),
        steps=tuple(Step(cut("title", step.title), cut("owner", step.owner)) for step in page.steps),
        decision=cut("decision", page.decision),
        confidence=cut("confidence", page.confidence),
        close=True,
    )
