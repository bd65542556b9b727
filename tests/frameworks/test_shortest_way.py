"""The shortest way over every bundled framework, in a thousand random cases, beside a plain search."""

from collections.abc import Iterator, Sequence
from random import Random

import pytest

from frameworks.definition import Framework, Overall, Rating, Statement
from frameworks.planning import next_level, shortest_way
from frameworks.scoring import score
from tests.factories import bundled

type Ratings = dict[str, Rating]

CASES = 1_000
STEPS = (Rating.N, Rating.P, Rating.L, Rating.F)
FRAMEWORKS = list(bundled().frameworks.values())


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=[framework.slug for framework in FRAMEWORKS])
def test_way_applied_gives_the_promised_level_and_none_is_cheaper(framework: Framework) -> None:
    random = Random(framework.slug)
    for _case in range(CASES // len(FRAMEWORKS) + 1):
        ratings = drawn(framework, random)
        result = score(framework, ratings)
        way, ahead = shortest_way(framework, ratings, result), next_level(result)
        assert (way is None) == (ahead is None)
        if way is not None and ahead is not None:
            applied = ratings | {each.statement: each.after for each in way.raises}
            assert way.number == score(framework, applied).level >= ahead
            assert way.effort == sum(
                framework.statements[each.statement].effort * (step(each.after) - step(each.before))
                for each in way.raises
            )
            assert way.effort == least_effort(framework, ratings, ahead)


def drawn(framework: Framework, random: Random) -> Ratings:
    """Answers of a team that is somewhere: the higher the level, the less is in place, and some are missing."""
    top, reach = len(framework.levels), random.uniform(0, 1.5)
    ratings: Ratings = {}
    for key, cell in framework.cell_of.items():
        likely = max(0.0, min(1.0, reach + 0.5 - cell.level / top))
        weights = [1 - likely, 1 - likely, likely, 2 * likely, 0.1, 0.1]
        ratings[key] = random.choices([*STEPS, Rating.NA, Rating.DK], weights)[0]
    return {key: rating for key, rating in ratings.items() if random.random() > 0.05}


def least_effort(framework: Framework, ratings: Ratings, ahead: int) -> int:
    """Set by set: what its gates cost, then the cheapest of all sums of steps that come to what is still needed."""
    return sum(
        least_effort_of(statements, ratings, reach_only=level == ahead)
        for level, statements in sets(framework, ratings)
        if framework.entry_level < level <= ahead
    )


def sets(framework: Framework, ratings: Ratings) -> Iterator[tuple[int, list[Statement]]]:
    """The applicable statements of each set that sets a condition."""
    cells = [(cell.level, cell.pillar, cell.statements) for cell in framework.cells]
    single = framework.overall is Overall.WEAKEST_PILLAR
    for level, pillar in sorted({(level, pillar if single else "") for level, pillar, _statements in cells}):
        within = [s for at, of, many in cells if at == level and pillar in ("", of) for s in many]
        applicable = [statement for statement in within if ratings.get(statement.key) is not Rating.NA]
        if applicable:
            yield level, applicable


def least_effort_of(statements: Sequence[Statement], ratings: Ratings, reach_only: bool) -> int:
    whole = 3 * sum(statement.weight for statement in statements)
    needed = whole // 2 + 1 if reach_only else -(-2 * whole // 3)
    cheapest = {0: 0}
    for statement in statements:
        now = step(ratings.get(statement.key))
        lowest = max(now, 2) if statement.essential else now
        cheapest = added(cheapest, [(statement.weight * to, statement.effort * (to - now)) for to in range(lowest, 4)])
    return min(effort for gained, effort in cheapest.items() if gained >= needed)


def added(cheapest: dict[int, int], choices: list[tuple[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for gained, effort in cheapest.items():
        for more, cost in choices:
            found[gained + more] = min(found.get(gained + more, effort + cost), effort + cost)
    return found


def step(rating: Rating | None) -> int:
    return STEPS.index(rating) if rating in STEPS else 0
