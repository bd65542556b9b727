"""What would be if some statements were put in place."""

import random
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frameworks.definition import STEPS, Answer, Framework, Overall, Rating, Statement
from frameworks.planning import next_level
from frameworks.scoring import score
from reports import pictures, way_page
from reports.charts import Role
from reports.outlook import outlook, wanted
from reports.report import Context, compose
from tests.factories import WORKED_RATINGS, bundled, make_report
from tests.frameworks.builders import assessments

MIDDLE = WORKED_RATINGS | {"b2": "P"}
"""Level 1; raising b2 to L leads to level 2."""


def test_shortest_way_leads_to_the_promised_level_at_its_effort() -> None:
    report = make_report(MIDDLE)
    found = outlook(report, way_page.shortest(report))
    assert (found.raised, found.effort, found.score.level) == ({"b2": Rating.L}, 2, 2)
    assert way_page.claim(report, found).replace("\N{NO-BREAK SPACE}", " ") == (
        "Level 2, Practised instead of level 1, Started"
    )


def test_statement_off_the_shortest_way_comes_fully_into_place() -> None:
    report = make_report(MIDDLE)
    assert (wanted(report, "b2"), wanted(report, "a3")) == (Rating.L, Rating.F)
    found = outlook(report, ["a3"])
    assert (found.score.level, found.effort) == (1, 4)
    assert way_page.claim(report, found).replace("\N{NO-BREAK SPACE}", " ") == "Still level 1, Started"


def test_what_is_in_place_does_not_apply_or_is_unknown_stays() -> None:
    report = make_report(MIDDLE | {"a2": "NA"})
    found = outlook(report, ["a1", "a2", "nothing"])
    assert (found.raised, found.score) == ({}, report.score)
    assert way_page.claim(report, found) == "Nothing is ticked yet."


def test_gain_is_said_in_what_is_in_place() -> None:
    report = make_report(MIDDLE)
    said = way_page.gain(report, outlook(report, ["b2"])).replace("\N{NO-BREAK SPACE}", " ")
    assert said == "72 % instead of 61 % of what this model asks is in place."


@given(assessments(), st.data())
def test_putting_something_in_place_never_lowers_anything(
    assessed: tuple[Framework, dict[str, Rating]], data: st.DataObject
) -> None:
    framework, ratings = assessed
    report = compose(framework, {key: Answer(rating) for key, rating in ratings.items()}, {}, Context("N"), ())
    keys = data.draw(st.lists(st.sampled_from(list(framework.statements)), unique=True))
    found = outlook(report, keys)
    assert found.score.level >= report.score.level
    assert all(each.then.position >= each.now.score.position for each in found.pillars)


@pytest.mark.parametrize("slug", [framework.slug for framework in bundled().frameworks.values()])
def test_shortest_way_of_every_bundled_framework_gives_the_level_it_promises(slug: str) -> None:
    """170 random cases each, a thousand over all six, at the effort it names."""
    framework = next(each for each in bundled().frameworks.values() if each.slug == slug)
    chance = random.Random(slug)
    for _case in range(170):
        ratings = {key: chance.choice(list(Rating)) for key in framework.statements if chance.random() < 0.9}
        answers = {key: Answer(rating) for key, rating in ratings.items()}
        report = compose(framework, answers, {}, Context("Northwind"), ())
        ahead = next_level(report.score)
        assert (report.way is None) == (ahead is None)
        if report.way and ahead:
            found = outlook(report, way_page.shortest(report))
            assert found.score.level == report.way.number >= ahead
            assert found.effort == report.way.effort == least_effort(framework, ratings, ahead)
            assert found.score == score(framework, ratings | found.raised)


def least_effort(framework: Framework, ratings: dict[str, Rating], ahead: int) -> int:
    """Every set that decides by itself: what each sum of weighted steps costs at least, then the cheapest that is
    enough."""
    return sum(
        min(
            effort
            for steps, effort in costs(statements, ratings).items()
            if is_enough(steps, statements, level < ahead)
        )
        for level, statements in deciding(framework, ratings, ahead)
    )


def deciding(framework: Framework, ratings: dict[str, Rating], ahead: int) -> Iterator[tuple[int, list[Statement]]]:
    by_cell = framework.overall is Overall.WEAKEST_PILLAR
    found: dict[tuple[int, str], list[Statement]] = {}
    for cell in framework.cells:
        if framework.entry_level < cell.level <= ahead:
            rated = [each for each in cell.statements if ratings.get(each.key) is not Rating.NA]
            found.setdefault((cell.level, cell.pillar if by_cell else ""), []).extend(rated)
    return ((level, statements) for (level, _pillar), statements in found.items() if statements)


def costs(statements: list[Statement], ratings: dict[str, Rating]) -> dict[int, int]:
    known = {0: 0}
    for statement in statements:
        rating = ratings.get(statement.key)
        before = STEPS.index(rating) if rating in STEPS else 0
        further: dict[int, int] = {}
        for after in range(max(before, 2 if statement.essential else 0), 4):
            for steps, effort in known.items():
                sum_, cost = steps + statement.weight * after, effort + statement.effort * (after - before)
                further[sum_] = min(cost, further.get(sum_, cost))
        known = further
    return known


def is_enough(steps: int, statements: list[Statement], must_hold: bool) -> bool:
    share = Fraction(steps, 3 * sum(statement.weight for statement in statements))
    return share >= Fraction(2, 3) if must_hold else share > Fraction(1, 2)


def test_radar_of_the_way_shows_now_target_and_then() -> None:
    framework = next(each for each in bundled().frameworks.values() if each.slug == "microsoft-genaiops")
    ratings = dict.fromkeys(framework.statements, "P")
    report = make_report(ratings, framework, dict.fromkeys((p.slug for p in framework.pillars), 3))
    found = outlook(report, way_page.shortest(report))
    radar = pictures.prospect(report, found)
    assert radar is not None
    assert [series.role for series in radar.series] == [Role.CURRENT, Role.TARGET, Role.PLANNED]
    assert radar.series[2].values == tuple(pictures.cut(each.then.position) for each in found.pillars)
