"""What holds for every framework and every set of answers."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from fractions import Fraction
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from frameworks.definition import STEPS, Cell, Framework, Overall, Rating
from frameworks.scoring import PillarScore, Score, SetScore, score
from tests.frameworks.builders import assessments, frameworks
from tests.frameworks.naive_scorer import naive_score

type Ratings = dict[str, Rating]
type Assessed = tuple[Framework, Ratings]
type Standing = Score | PillarScore

quick = settings(derandomize=True, max_examples=150, deadline=None)

ANSWERS = [*STEPS, Rating.NA]


# Both scorers agree


@quick
@given(assessments())
def test_score_agrees_with_a_naive_reading_of_the_rules(assessed: Assessed) -> None:
    definition, given_ratings = assessed
    result = score(definition, given_ratings)
    expected = naive_score(definition, given_ratings)
    pillars = expected.pop("pillars")
    assert {name: getattr(result, name) for name in expected} == expected
    assert isinstance(pillars, list)
    for found, naive in zip(result.pillars, pillars, strict=True):
        assert {name: getattr(found, name) for name in naive} == naive


@quick
@given(frameworks())
def test_pillar_is_covered_to_its_highest_statement(definition: Framework) -> None:
    for found in score(definition, {}).pillars:
        covered = [cell.level for cell in definition.cells if cell.pillar == found.slug and cell.statements]
        assert found.covered_to == max(covered, default=definition.entry_level)


# 1. All in place, nothing in place


@quick
@given(frameworks())
def test_all_fully_in_place_gives_the_top(definition: Framework) -> None:
    result = score(definition, dict.fromkeys(definition.statements, Rating.F))
    for standing in (result, *(pillar for pillar in result.pillars if pillar.cells)):
        top = max(definition.entry_level, sets_of(standing)[-1].level)
        assert (standing.level, standing.secured_level, standing.position) == (top, top, top)
        assert standing.achievement == 1


@quick
@given(frameworks())
def test_nothing_in_place_gives_the_entry_level(definition: Framework) -> None:
    result = score(definition, dict.fromkeys(definition.statements, Rating.N))
    entry = definition.entry_level
    for standing in (result, *(pillar for pillar in result.pillars if pillar.cells)):
        assert (standing.level, standing.secured_level, standing.position) == (entry, entry, entry)
        assert standing.achievement == 0


# 2. More in place, or more known, never counts less


@st.composite
def _raised(draw: st.DrawFn) -> tuple[Framework, Ratings, Ratings]:
    definition, before = draw(assessments())
    below = [key for key, rating in before.items() if rating in STEPS[:-1]]
    assume(below)
    key = draw(st.sampled_from(below))
    return definition, before, before | {key: STEPS[STEPS.index(before[key]) + 1]}


@st.composite
def _answered(draw: st.DrawFn) -> tuple[Framework, Ratings, Ratings]:
    definition, before = draw(assessments())
    open_keys = [key for key in definition.statements if before.get(key, Rating.DK) is Rating.DK]
    assume(open_keys)
    return definition, before, before | {draw(st.sampled_from(open_keys)): draw(st.sampled_from(ANSWERS))}


@quick
@given(st.one_of(_raised(), _answered()))
def test_raising_or_answering_never_lowers_a_figure(change: tuple[Framework, Ratings, Ratings]) -> None:
    definition, before, after = change
    for earlier, later in pairs(score(definition, before), score(definition, after)):
        for name in ("level", "secured_level", "position", "achievement"):
            assert not_lower(getattr(earlier, name), getattr(later, name)), name


@quick
@given(_answered())
def test_answering_never_raises_an_upper_bound(change: tuple[Framework, Ratings, Ratings]) -> None:
    definition, before, after = change
    for earlier, later in pairs(score(definition, before), score(definition, after)):
        for name in ("level_high", "position_high", "achievement_high"):
            assert not_lower(getattr(later, name), getattr(earlier, name)), name


@quick
@given(st.one_of(_raised(), _answered()))
def test_raising_or_answering_lowers_no_set(change: tuple[Framework, Ratings, Ratings]) -> None:
    definition, before, after = change
    for earlier, later in pairs(score(definition, before), score(definition, after)):
        for old, new in zip(sets_of(earlier), sets_of(later), strict=True):
            assert not_lower(old.achievement, new.achievement)
            assert set(new.failed_gates) <= set(old.failed_gates)


# 3. Order


@quick
@given(assessments(), st.randoms(use_true_random=False))
def test_order_of_answers_never_matters(assessed: Assessed, chance: Random) -> None:
    definition, given_ratings = assessed
    shuffled = list(given_ratings.items())
    chance.shuffle(shuffled)
    assert score(definition, dict(shuffled)) == score(definition, given_ratings)


# 4. Upper bounds


@quick
@given(assessments())
def test_value_is_never_above_its_upper_bound(assessed: Assessed) -> None:
    result = score(*assessed)
    for standing in (result, *result.pillars):
        assert standing.level <= standing.level_high
        assert standing.position <= standing.position_high
        for figures in (standing, *sets_of(standing)):
            assert (figures.achievement is None) == (figures.achievement_high is None)
            assert not_lower(figures.achievement, figures.achievement_high)


@quick
@given(assessments())
def test_value_is_its_upper_bound_where_nothing_is_open(assessed: Assessed) -> None:
    definition, given_ratings = assessed
    closed = {key: given_ratings.get(key, Rating.P) for key in definition.statements}
    result = score(definition, {key: Rating.N if r is Rating.DK else r for key, r in closed.items()})
    for standing in (result, *result.pillars):
        assert (standing.level, standing.position) == (standing.level_high, standing.position_high)
        for figures in (standing, *sets_of(standing)):
            assert figures.achievement == figures.achievement_high


# 5. Pillars do not change the whole


@st.composite
def _regrouped(draw: st.DrawFn) -> tuple[Framework, Framework, Ratings]:
    """A framework, the same with every cell's statements handed to a cell of the same level drawn anew, and answers."""
    definition, given_ratings = draw(assessments(frameworks(overall=st.just(Overall.LEVELS))))
    homes = {key: draw(st.sampled_from(cells_at(definition, key))) for key in definition.statements}
    regrouped = tuple(
        replace(each, statements=tuple(definition.statements[key] for key, home in homes.items() if home is each))
        for each in definition.cells
    )
    return definition, replace(definition, cells=regrouped), given_ratings


@quick
@given(_regrouped())
def test_moving_statements_between_pillars_changes_no_overall_figure(
    drawn: tuple[Framework, Framework, Ratings],
) -> None:
    definition, regrouped, given_ratings = drawn
    before, after = whole_of(score(definition, given_ratings)), whole_of(score(regrouped, given_ratings))
    assert after == before


# 6. One order of figures


@quick
@given(assessments())
def test_secured_level_is_at_most_the_level_and_the_level_the_whole_part_of_the_position(assessed: Assessed) -> None:
    result = score(*assessed)
    for standing in (result, *result.pillars):
        assert standing.secured_level <= standing.level <= standing.position
        assert standing.position <= standing.level + Fraction(99, 100)
        if not any(each.level > standing.level and each.achievement is not None for each in sets_of(standing)):
            assert standing.position == standing.level


# Looking into a score


def sets_of(standing: Standing) -> tuple[SetScore, ...]:
    return standing.levels if isinstance(standing, Score) else standing.cells


def pairs(earlier: Score, later: Score) -> Iterator[tuple[Standing, Standing]]:
    """The whole and every pillar, as they were and as they are."""
    yield earlier, later
    yield from zip(earlier.pillars, later.pillars, strict=True)


def not_lower(earlier: Fraction | int | None, later: Fraction | int | None) -> bool:
    """None, not rated, compares with nothing."""
    return earlier is None or later is None or earlier <= later


def cells_at(definition: Framework, key: str) -> list[Cell]:
    return [each for each in definition.cells if each.level == definition.cell_of[key].level]


def whole_of(result: Score) -> Mapping[str, object]:
    """Every figure of the whole. Whether its scope is limited is no figure: that looks at the pillars too."""
    figures = {each.name: getattr(result, each.name) for each in fields(result)}
    del figures["pillars"], figures["limited_scope"]
    levels = [replace(each, failed_gates=tuple(sorted(each.failed_gates))) for each in result.levels]
    return figures | {"levels": levels}
