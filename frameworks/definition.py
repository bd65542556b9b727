"""What a maturity model says, as frozen data. Everything else in Waymark reads these types; only `loading` and
`Version.definition()` build them. Plain Python: no Django, no files.

Tuples keep the order of the file, which breaks every tie."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property


class Rating(StrEnum):
    """An answer to a statement. Its `value` is the code kept in files and rows; `worth` is what it counts."""

    N = "N"
    P = "P"
    L = "L"
    F = "F"
    DK = "DK"
    NA = "NA"

    @property
    def worth(self) -> Fraction | None:
        """0, 1/3, 2/3 or 1; None for DK and NA, which count nothing."""
        return _WORTH.get(self)

    @property
    def is_answer(self) -> bool:
        """DK only shows that somebody looked: it counts as unanswered."""
        return self is not Rating.DK


_WORTH = {Rating.N: Fraction(0), Rating.P: Fraction(1, 3), Rating.L: Fraction(2, 3), Rating.F: Fraction(1)}
STEPS = (Rating.N, Rating.P, Rating.L, Rating.F)


class Basis(StrEnum):
    """How well the source supports a cell."""

    STATED = "stated"
    INFERRED = "inferred"
    WEAK = "weak"
    CROSS_CUTTING = "cross_cutting"
    FLOOR = "floor"

    @property
    def may_gate(self) -> bool:
        return self in (Basis.STATED, Basis.INFERRED)


class Confidence(StrEnum):
    """Whether the source itself was read, or an account of it."""

    ORIGINAL = "original"
    SECOND_HAND = "second_hand"


class PillarsAre(StrEnum):
    """Whether the publisher named the pillars, or we grouped its text into them."""

    OFFICIAL = "official"
    GROUPED = "grouped"


class Overall(StrEnum):
    """How the level of the whole follows from the statements."""

    LEVELS = "levels"
    WEAKEST_PILLAR = "weakest_pillar"


class ActionKind(StrEnum):
    ACTION = "action"
    GOOD_PRACTICE = "good_practice"
    PITFALL = "pitfall"


@dataclass(frozen=True)
class Source:
    id: str
    title: str
    publisher: str
    published: str
    confidence: Confidence
    url: str | None = None


@dataclass(frozen=True)
class OfficialBand:
    """Totals `start`..`end`, both included, of the publisher's own questionnaire mean `level`."""

    level: int
    start: int
    end: int


@dataclass(frozen=True)
class Level:
    number: int
    name: str
    summary: str


@dataclass(frozen=True)
class Pillar:
    slug: str
    name: str
    summary: str


@dataclass(frozen=True)
class Statement:
    key: str
    text: str
    help: str = ""
    evidence: tuple[str, ...] = ()
    essential: bool = False
    weight: int = 1
    effort: int = 2
    practice: str | None = None
    required: Rating = Rating.F


@dataclass(frozen=True)
class Cell:
    """One (level, pillar) pair the source covers. A pair it does not cover has no cell."""

    level: int
    pillar: str
    basis: Basis
    fact: str
    sources: tuple[str, ...]
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A rating as a file gives it, with what the person added."""

    rating: Rating
    note: str = ""
    reason: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Expectation:
    """What an example must come to. None: not said. Fractions are texts with four decimals, half up."""

    level: int | None = None
    secured_level: int | None = None
    achievement: str | None = None
    coverage: str | None = None


@dataclass(frozen=True)
class Example:
    """A worked case. `answers` leaves unanswered statements out."""

    name: str
    answers: Mapping[str, Answer]
    expect: Expectation

    @property
    def ratings(self) -> dict[str, Rating]:
        return {key: answer.rating for key, answer in self.answers.items()}


@dataclass(frozen=True)
class Framework:
    """A maturity model in one version."""

    slug: str
    version: str
    name: str
    publisher: str
    summary: str
    licence_note: str
    pillars_are: PillarsAre
    entry_level: int
    sources: tuple[Source, ...]
    levels: tuple[Level, ...]
    pillars: tuple[Pillar, ...]
    cells: tuple[Cell, ...]
    overall: Overall = Overall.LEVELS
    limits: tuple[str, ...] = ()
    official_bands: tuple[OfficialBand, ...] = ()
    examples: tuple[Example, ...] = field(default=())

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """Every statement by its key, in the order of the file."""
        return {statement.key: statement for cell in self.cells for statement in cell.statements}

    @cached_property
    def cell_of(self) -> dict[str, Cell]:
        """The cell of each statement, by the statement's key."""
        return {statement.key: cell for cell in self.cells for statement in cell.statements}

    @cached_property
    def levels_of_practice(self) -> dict[str, tuple[int, ...]]:
        """The levels that ask for a practice, by its slug."""
        found: dict[str, set[int]] = {}
        for key, statement in self.statements.items():
            if statement.practice:
                found.setdefault(statement.practice, set()).add(self.cell_of[key].level)
        return {slug: tuple(sorted(levels)) for slug, levels in found.items()}

    @property
    def minutes(self) -> int:
        """How long it takes to answer everything, at half a minute a statement."""
        return (len(self.statements) + 1) // 2

    def at_level(self, number: int) -> Iterator[Statement]:
        """The statements of one level, whatever their pillar."""
        return (statement for cell in self.cells if cell.level == number for statement in cell.statements)

    def in_pillar(self, slug: str) -> Iterator[Cell]:
        """The covered cells of one pillar, lowest level first."""
        return iter(sorted((cell for cell in self.cells if cell.pillar == slug), key=lambda cell: cell.level))

    def cell(self, level: int, pillar: str) -> Cell | None:
        """None where the source says nothing."""
        return next((cell for cell in self.cells if (cell.level, cell.pillar) == (level, pillar)), None)

    def level_name(self, number: int) -> str | None:
        """None at level 0, which no model names."""
        return next((level.name for level in self.levels if level.number == number), None)

    def pillar(self, slug: str) -> Pillar:
        """Raises KeyError where the framework has no such pillar."""
        return {pillar.slug: pillar for pillar in self.pillars}[slug]

    def official_level(self, total: int) -> int | None:
        """The publisher's level for its own questionnaire's total; None without bands or outside of them."""
        return next((band.level for band in self.official_bands if band.start <= total <= band.end), None)


@dataclass(frozen=True)
class Practice:
    """What several models ask for in their own words. An extension is asked for by none of them."""

    slug: str
    name: str
    summary: str
    extension: bool = False


@dataclass(frozen=True)
class Credit:
    """Where an action comes from."""

    title: str
    note: str = ""


@dataclass(frozen=True)
class Action:
    """Something to do that advances practices. `months` is first and last month in a 24-month programme."""

    key: str
    kind: ActionKind
    title: str
    detail: str
    owner: str
    output: str
    kpi: str
    practices: tuple[str, ...]
    source: Credit
    effort: int = 2
    months: tuple[int, int] | None = None
