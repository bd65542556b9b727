"""What holds for every plan; the shortest way is compared with every other way there is on small frameworks."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from frameworks.definition import STEPS, Framework, Rating
from frameworks.planning import (
    GapItem,
    Raise,
    Reason,
    Way,
    gaps,
    next_level,
    pillar_gaps,
    shortest_way,
    why_not_next,
)
from frameworks.scoring import score
from tests.frameworks.builders import assessments, frameworks

type Ratings = dict[str, Rating]
type Assessed = tuple[Framework, Ratings]

quick = settings(derandomize=True, max_examples=100, deadline=None)
TARGETS = st.dictionaries(st.sampled_from("abc"), st.integers(0, 4))
SMALL = frameworks(pillars=("a", "b"), most_levels=3, most_statements=2)


@quick
@given(assessments())
def test_why_not_next_is_empty_only_at_the_top(assessed: Assessed) -> None:
    result = score(*assessed)
    assert (why_not_next(*assessed, result) == ()) == (next_level(result) is None)
    for pillar in result.pillars:
        assert (why_not_next(*assessed, result, pillar=pillar.slug) == ()) == (next_level(pillar) is None)


@quick
@given(assessments())
def test_all_that_stands_in_the_way_put_in_place_gives_the_next_level(assessed: Assessed) -> None:
    definition, ratings = assessed
    result = score(definition, ratings)
    done = ratings | {item.statement.key: Rating.F for item in why_not_next(definition, ratings, result)}
    assert score(definition, done).level >= (next_level(result) or result.level)


@quick
@given(assessments())
def test_shortest_way_raises_only_what_stands_in_the_way(assessed: Assessed) -> None:
    definition, ratings = assessed
    result = score(definition, ratings)
    way = shortest_way(definition, ratings, result)
    raised = {step.statement for step in way.raises} if way else set()
    assert raised <= {item.statement.key for item in why_not_next(definition, ratings, result)}


@quick
@given(assessments(), TARGETS)
def test_gap_list_has_each_statement_below_f_up_to_target_or_next_level_once(
    assessed: Assessed, targets: dict[str, int]
) -> None:
    definition, ratings = assessed
    result = score(definition, ratings)
    ahead = next_level(result) or 0
    expected = {
        statement.key
        for cell in definition.cells
        for statement in cell.statements
        if cell.level <= max(ahead, targets.get(cell.pillar, 0))
        and ratings.get(statement.key) not in (Rating.F, Rating.NA)
    }
    listed = [item.statement.key for item in gaps(definition, ratings, result, targets)]
    assert len(listed) == len(set(listed))
    assert set(listed) == expected


@quick
@given(assessments(), TARGETS)
def test_gap_list_is_in_order_and_begins_with_why_not_next(assessed: Assessed, targets: dict[str, int]) -> None:
    definition, ratings = assessed
    result = score(definition, ratings)
    items = gaps(definition, ratings, result, targets)
    order = list(definition.statements)

    def place(item: GapItem) -> tuple[int, int, Fraction, int]:
        reasons = [Reason.GATE, Reason.BLOCKS, Reason.NEXT_LEVEL, Reason.LATER]
        return reasons.index(item.reason), item.cell.level, -item.missing, order.index(item.statement.key)

    assert items == tuple(sorted(items, key=place))
    obstacles = why_not_next(definition, ratings, result)
    assert items[: len(obstacles)] == obstacles


@quick
@given(assessments(), TARGETS)
def test_pillar_gaps_have_every_pillar_largest_first(assessed: Assessed, targets: dict[str, int]) -> None:
    definition, ratings = assessed
    result = score(definition, ratings)
    found = pillar_gaps(definition, ratings, result, targets)
    applies_to = {
        pillar.slug: max((cell.level for cell in pillar.cells if cell.band is not None), default=pillar.level)
        for pillar in result.pillars
    }
    expected = {slug: min(targets[slug], most) if slug in targets else None for slug, most in applies_to.items()}
    assert {each.slug: each.target for each in found} == expected
    assert [(-each.gap, -each.missing) for each in found] == sorted((-each.gap, -each.missing) for each in found)


@quick
@given(assessments())
def test_way_applied_reaches_the_next_level_at_the_effort_it_names(assessed: Assessed) -> None:
    definition, ratings = assessed
    result = score(definition, ratings)
    way = shortest_way(definition, ratings, result)
    ahead = next_level(result)
    assert (way is None) == (ahead is None)
    if way is not None and ahead is not None:
        assert way.number == score(definition, applied(ratings, way)).level >= ahead
        assert way.effort == effort_of(definition, way.raises) > 0


@settings(quick, max_examples=60)
@given(assessments(SMALL))
def test_no_way_is_cheaper_or_as_cheap_and_earlier(assessed: Assessed) -> None:
    definition, ratings = assessed
    result = score(definition, ratings)
    way = shortest_way(definition, ratings, result)
    assume(way is not None and len(reading_order(definition, ratings)) <= 6)
    assert way is not None
    rivals = (each for each in every_way(definition, ratings) if effort_of(definition, each) <= way.effort)
    ahead = next_level(result)
    arrived = [each for each in rivals if leads_to(definition, ratings, each) >= (ahead or 0)]
    best = min(arrived, key=lambda each: (effort_of(definition, each), lateness(definition, ratings, each)))
    assert way.raises == best


def reading_order(definition: Framework, ratings: Ratings) -> list[str]:
    """What may be raised, lowest level first, then as in the file."""
    may_rise = [key for key in definition.statements if ratings.get(key) not in (Rating.F, Rating.NA)]
    return sorted(may_rise, key=lambda key: definition.cell_of[key].level)


def every_way(definition: Framework, ratings: Ratings) -> Iterator[tuple[Raise, ...]]:
    """Every combination of ratings at or above those given."""
    keys = reading_order(definition, ratings)
    for afters in product(*(STEPS[step_of(ratings.get(key)) :] for key in keys)):
        raises = (Raise(key, ratings.get(key), after) for key, after in zip(keys, afters, strict=True))
        yield tuple(each for each in raises if step_of(each.before) < step_of(each.after))


def step_of(rating: Rating | None) -> int:
    return STEPS.index(rating) if rating in STEPS else 0


def effort_of(definition: Framework, raises: tuple[Raise, ...]) -> int:
    return sum(
        definition.statements[each.statement].effort * (step_of(each.after) - step_of(each.before)) for each in raises
    )


def lateness(definition: Framework, ratings: Ratings, raises: tuple[Raise, ...]) -> list[int]:
    """Smallest for the way that raises the first statement furthest, then the second, and so on."""
    risen = {each.statement: step_of(each.after) - step_of(each.before) for each in raises}
    return [-risen.get(key, 0) for key in reading_order(definition, ratings)]


def applied(ratings: Ratings, way: Way) -> Ratings:
    return ratings | {each.statement: each.after for each in way.raises}


def leads_to(definition: Framework, ratings: Ratings, raises: tuple[Raise, ...]) -> int:
    return score(definition, ratings | {each.statement: each.after for each in raises}).level
