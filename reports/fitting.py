"""The first page of a report on paper: the answer, sized so that it always fits.

Two settings of type serve it, calm and close; report.css has the same sizes in points. The calm one is taken where all
texts fit the page at it. At the close one the longest texts give way, line by line, until the page fits; ordinary words
fit without."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reports.charts.lettering import wrap

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
    """A pillar, how far it has to go, and what it lacks first; of several teams, its level and where they are."""

    pillar: str
    distance: str
    reason: str


@dataclass(frozen=True)
class Step:
    """An action, and in one line when to begin it or whom it helps, and who owns it."""

    title: str
    owner: str


@dataclass(frozen=True)
class Titles:
    """What stands above the table and the actions, and in their place where there are none."""

    gaps: str
    heads: tuple[str, str, str]
    no_gap: str
    steps: str
    no_step: str


@dataclass(frozen=True)
class FirstPage:
    """The texts in the order of the page."""

    who: str
    finding: str
    context: str
    standing: tuple[str, ...]
    titles: Titles
    gaps: tuple[Gap, ...]
    steps: tuple[Step, ...]
    decision: str
    confidence: str
    close: bool = False


def fitted(page: FirstPage) -> FirstPage:
    """The page at the setting at which it is one page."""
    return page if _height(page, CALM) <= PAGE else _closed_up(page)


def _closed_up(page: FirstPage) -> FirstPage:
    """At the close setting, with as many lines for the longest texts as the page has room for."""
    tries = (_cut(page, CLOSE.rooms, lines) for lines in range(MOST_LINES, 0, -1))
    return next(shorter for shorter in tries if _height(shorter, CLOSE) <= PAGE)


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

    return replace(
        page,
        who=cut("who", page.who),
        finding=cut("finding", page.finding),
        context=cut("context", page.context),
        standing=tuple(cut("standing", sentence) for sentence in page.standing),
        gaps=tuple(Gap(cut("pillar", g.pillar), g.distance, cut("reason", g.reason)) for g in page.gaps),
        steps=tuple(Step(cut("title", step.title), cut("owner", step.owner)) for step in page.steps),
        decision=cut("decision", page.decision),
        confidence=cut("confidence", page.confidence),
        close=True,
    )
