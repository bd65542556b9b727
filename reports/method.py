"""How a level came about, in plain words and with the report's own numbers."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frameworks import scoring
from frameworks.definition import STEPS, Cell, Overall, Rating, Statement
from frameworks.scoring import RatedSet, SetScore
from frameworks.wording import rating_label
from reports import wording
from reports.report import Report

VALUES = {Rating.N: "0", Rating.P: "1/3", Rating.L: "2/3", Rating.F: "1"}


@dataclass(frozen=True)
class Rung:
    """A level with statements: the share in place, essential statements missing, and whether it reaches and holds."""

    name: str
    share: str
    missing: int
    reaches: str
    holds: str


@dataclass(frozen=True)
class Sum:
    """One share worked out: what is counted, the weight at each rating, and the calculation."""

    about: str
    weights: tuple[tuple[str, str, int], ...]
    calculation: str


def rules(report: Report) -> tuple[str, ...]:
    """The rule of scoring in sentences."""
    return (
        _("Each answer counts: “Not in place” 0, “Partly” one third, “Largely” two thirds, “Fully in place” 1."),
        _("A statement's weight, 1 to 3, says how often it counts. The share in place is the weighted mean."),
        _("A level is reached when more than half of it is in place, and holds when at least two thirds are."),
        _("An essential statement below “Largely in place” stops its level, whatever the mean."),
        _("The result is the highest level reached while every level below it holds."),
        _("It is secured as far as every level below is more than 85 % in place."),
        *_rules_of_model(report),
    )


def _rules_of_model(report: Report) -> Iterator[str]:
    if report.framework.overall is Overall.LEVELS:
        yield _("For the whole, all statements of a level count together, whatever their pillar.")
    else:
        yield _("For the whole, a level is reached, or holds, when it is or does so in every pillar it covers.")
    if report.framework.entry_level:
        yield _("This model grants level 1 to everybody; its statements count in the share and set no condition.")
    else:
        yield _("Who has not reached level 1 is “not yet at level 1”.")


def rungs(report: Report) -> tuple[Rung, ...]:
    return tuple(_rung(report, found) for found in report.score.levels)


def _rung(report: Report, found: SetScore) -> Rung:
    name = wording.capitalized(wording.level(found.level, report.framework.level_name(found.level)))
    share, missing = wording.percent(found.achievement), len(found.failed_gates)
    if found.level <= report.framework.entry_level:
        return Rung(name, share, missing, _("granted"), _("granted"))
    sets = _sets(report, found)
    return Rung(name, share, missing, _passed(sets, reaches), _passed(sets, holds))


def _sets(report: Report, found: SetScore) -> list[SetScore]:
    """What is judged at a level: all of it, or each pillar's cell."""
    judged = [found]
    if report.framework.overall is Overall.WEAKEST_PILLAR:
        judged = [cell for pillar in report.score.pillars for cell in pillar.cells if cell.level == found.level]
    return [rated for rated in judged if rated.achievement is not None]


def reaches(rated: SetScore) -> bool:
    return rated.achievement is not None and scoring.reaches(_judged(rated, rated.achievement))


def holds(rated: SetScore) -> bool:
    return rated.achievement is not None and scoring.holds(_judged(rated, rated.achievement))


def _judged(rated: SetScore, achievement: Fraction) -> RatedSet:
    return RatedSet((), achievement, rated.failed_gates)


def _passed(sets: Sequence[SetScore], condition: Callable[[SetScore], bool]) -> str:
    passing = [rated for rated in sets if condition(rated)]
    if not sets:
        return _("not rated")
    if len(sets) == 1:
        return _("yes") if passing else _("no")
    counts = {"count": len(passing), "all": len(sets)}
    if len(passing) == len(sets):
        return _("yes, in %(count)d of %(all)d pillars") % counts
    return _("no, in %(count)d of %(all)d pillars") % counts


def conclusion(report: Report) -> str:
    """Why the level is what it is, in a sentence."""
    reached = wording.level(report.score.level, report.level_name)
    ahead = next((found for found in report.score.levels if found.level == report.next_level), None)
    if ahead is None and report.score.level < report.top_level:
        return _("The result is %(level)s: what the levels above it ask does not apply.") % {"level": reached}
    if ahead is None:
        return _("The result is %(level)s, the highest of the model.") % {"level": reached}
    names = {"level": reached, "next": ahead.level}
    if all(reaches(rated) for rated in _sets(report, ahead)):
        return _("The result is %(level)s: level %(next)d reaches, but a level below it does not hold.") % names
    return _("The result is %(level)s: level %(next)d does not reach.") % names


def worked(report: Report) -> Sum:
    """The share of the next level, or of the highest: of all of it, or of its weakest pillar where pillars decide."""
    number = report.next_level or report.score.levels[-1].level
    cells = _counted(report, number)
    statements = [statement for cell in cells for statement in cell.statements]
    weights = _weights(report, statements)
    name = report.framework.pillar(cells[0].pillar).name if len(cells) == 1 else ""
    about = wording.capitalized(wording.level(number, report.framework.level_name(number)))
    return Sum(
        about=f"{about}: {name}" if name else about,
        weights=tuple((rating_label(step), VALUES[step], weights[step]) for step in reversed(STEPS)),
        calculation=_calculation(weights),
    )


def _counted(report: Report, level: int) -> list[Cell]:
    cells = [cell for cell in report.framework.cells if cell.level == level and cell.statements]
    if report.framework.overall is Overall.LEVELS:
        return cells
    shares = {
        pillar.slug: rated.achievement
        for pillar in report.score.pillars
        for rated in pillar.cells
        if rated.level == level
    }
    return [min(cells, key=lambda cell: _or_one(shares[cell.pillar]))]


def _or_one(share: Fraction | None) -> Fraction:
    return Fraction(1) if share is None else share


def _weights(report: Report, statements: Sequence[Statement]) -> Counter[Rating]:
    """The weight at each of the four ratings; open answers are with "Not in place"."""
    counted: Counter[Rating] = Counter()
    for statement in statements:
        rating = report.rating(statement.key)
        if rating is not Rating.NA:
            counted[rating if rating in STEPS else Rating.N] += statement.weight
    return counted


def _calculation(weights: Counter[Rating]) -> str:
    """ "(3 × 1 + 5 × 2/3) ÷ 17 = 37 %"; a dash where nothing applies."""
    total = weights.total()
    if not total:
        return "–"
    terms = [f"{weights[step]} × {VALUES[step]}" for step in reversed(STEPS) if weights[step]]
    share = sum((weights[step] * (step.worth or Fraction(0)) for step in STEPS), Fraction(0)) / total
    return f"({' + '.join(terms)}) ÷ {total} = {wording.percent(share)}"


def coverage(report: Report) -> tuple[str, ...]:
    """What was answered, what was left out, and how open and inapplicable statements count."""
    left_out = sum(answer.rating is Rating.NA for answer in report.answers.values())
    return (
        f"{wording.coverage(report)}.",
        _("An open answer counts as “Not in place”; the highest result still possible counts it as “Fully in place”."),
        _("Under 80 % answered, a result is called incomplete."),
        ngettext(
            "%(count)d statement does not apply: it counts neither for nor against.",
            "%(count)d statements do not apply: they count neither for nor against.",
            left_out,
        )
        % {"count": left_out},
        _("The scope is limited where an essential statement, or over 30 % of a level or pillar, does not apply."),
        _("Shares are shown in whole per cent, rounded half up, and positions cut to one decimal."),
    )
