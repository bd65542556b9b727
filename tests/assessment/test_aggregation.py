"""Several teams, one organization. The framework is the scoring contract's example: level 1 asks a1 a2 b1, level 2 a3
b2, in pillars a and b."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.aggregation import (
    Distribution,
    NothingSubmitted,
    OrganizationScore,
    PillarStanding,
    RatingCount,
    Spread,
    Standing,
    TeamResult,
    aggregate,
)
from frameworks.definition import Framework, Rating
from frameworks.scoring import score
from tests.factories import worked_example
from tests.frameworks.builders import frameworks, ratings, ratings_of

type Teams = list[TeamResult]

quick = settings(derandomize=True, max_examples=60, deadline=None)

LEVEL_2 = "a1 F, a2 L, b1 F, a3 P, b2 L"
"""Level 2, secured 2, position 2, achievement 13/18; pillar a at 4/3, pillar b at 2."""
LEVEL_1 = "a1 F, a2 L, b1 F, a3 P, b2 P"
"""Level 1, secured 1, position 4/3, achievement 11/18; pillar a at 4/3, pillar b at 4/3."""
LEVEL_0 = "a1 N, a2 N, b1 N, a3 N, b2 N"


def team(answers: str, weight: int = 1) -> TeamResult:
    given_ratings = ratings(answers)
    return TeamResult(weight, score(worked_example(), given_ratings), given_ratings)


def together(*teams: TeamResult) -> OrganizationScore:
    return aggregate(worked_example(), teams)


def spread(mean: str, minimum: str, median: str, maximum: str) -> Spread:
    return Spread(Fraction(mean), Fraction(minimum), Fraction(median), Fraction(maximum))


def level_of(*counts: tuple[str, int]) -> tuple[int, int]:
    """The organization's level with its count, for so many teams with these answers."""
    teams = [team(answers) for answers, number in counts for _ in range(number)]
    return together(*teams).whole.level, together(*teams).whole.teams_at_level


# Worked examples


def test_three_teams() -> None:
    found = together(team(LEVEL_2, weight=2), team(LEVEL_1), team(LEVEL_0))
    assert found.teams == 3
    assert found.whole == Standing(
        level=0,
        teams_at_level=3,
        secured_level=0,
        teams_secured=3,
        position=spread("4/3", "0", "4/3", "2"),
        achievement=spread("37/72", "0", "11/18", "13/18"),
    )
    assert found.pillars == (
        PillarStanding("a", Standing(0, 3, 0, 3, spread("1", "0", "4/3", "4/3"), spread("7/16", "0", "7/12", "7/12"))),
        PillarStanding("b", Standing(0, 3, 0, 3, spread("4/3", "0", "4/3", "2"), spread("7/12", "0", "2/3", "5/6"))),
    )


def test_one_team_is_the_organization() -> None:
    found = together(team(LEVEL_2, weight=3))
    assert found.whole == Standing(2, 1, 2, 1, spread("2", "2", "2", "2"), spread("13/18", "13/18", "13/18", "13/18"))
    assert [(each.slug, each.standing.level) for each in found.pillars] == [("a", 1), ("b", 2)]


def test_level_needs_four_fifths_of_the_teams_and_has_its_count() -> None:
    assert level_of((LEVEL_2, 16), (LEVEL_0, 4)) == (2, 16)
    assert level_of((LEVEL_2, 15), (LEVEL_0, 5)) == (0, 20)
    assert level_of((LEVEL_2, 15), (LEVEL_1, 1), (LEVEL_0, 4)) == (1, 16)


def test_level_follows_weight_and_its_count_follows_teams() -> None:
    heavy, light = team(LEVEL_2, weight=8), team(LEVEL_0, weight=1)
    whole = together(heavy, light, light).whole
    assert (whole.level, whole.teams_at_level) == (2, 1)
    lighter = together(replace(heavy, weight=7), light, light).whole
    assert (lighter.level, lighter.teams_at_level) == (0, 3)


def test_secured_level_is_reached_by_itself() -> None:
    loose = team("a1 L, a2 L, b1 L, a3 L, b2 L")
    assert (loose.score.level, loose.score.secured_level) == (2, 1)
    whole = together(loose, team(LEVEL_2), team(LEVEL_2)).whole
    assert (whole.level, whole.teams_at_level, whole.secured_level, whole.teams_secured) == (2, 3, 1, 3)


def test_middle_of_an_even_number_of_teams_lies_between_two() -> None:
    assert together(team(LEVEL_2, weight=5), team(LEVEL_1)).whole.position == spread("17/9", "4/3", "5/3", "2")


def test_achievement_leaves_out_the_teams_that_have_none() -> None:
    without_b = team("a1 F, a2 F, b1 NA, a3 F, b2 NA")
    a, b = together(team(LEVEL_2), without_b).pillars
    assert b.standing.achievement == spread("5/6", "5/6", "5/6", "5/6")
    assert a.standing.achievement == spread("19/24", "7/12", "19/24", "1")
    assert together(without_b).pillars[1].standing.achievement is None


def test_distribution_counts_teams_by_rating() -> None:
    found = together(team("a1 F, a2 DK"), team("a1 P, a2 NA", weight=4), team("a1 F, a2 DK, b1 N"))
    counted = {each.statement: [(count.rating, count.teams) for count in each.counts] for each in found.statements}
    assert counted == {
        "a1": [("P", 1), ("F", 2)],
        "a2": [("DK", 2), ("NA", 1)],
        "b1": [("N", 1)],
        "a3": [],
        "b2": [],
    }


@pytest.mark.parametrize(
    ("in_place", "lacking", "unknown", "uneven"),
    [(1, 1, 0, True), (1, 4, 0, True), (4, 1, 0, True), (1, 5, 0, False), (1, 1, 3, True), (1, 1, 4, False)],
)
def test_uneven_needs_a_fifth_of_all_weight_on_either_side(
    in_place: int, lacking: int, unknown: int, uneven: bool
) -> None:
    teams = [team("a1 L", in_place), team("a1 P", lacking)] + [team("a1 DK", unknown)] * bool(unknown)
    assert together(*teams).statements[0].uneven is uneven


def test_uneven_statements_are_listed() -> None:
    found = together(team(LEVEL_2), team(LEVEL_1))
    assert found.uneven == (Distribution("b2", (RatingCount(Rating.P, 1), RatingCount(Rating.L, 1)), True),)


def test_nothing_submitted_has_no_result() -> None:
    with pytest.raises(NothingSubmitted, match="no team has submitted"):
        together()


# What holds for every framework and all teams


@st.composite
def organizations(draw: st.DrawFn) -> tuple[Framework, Teams]:
    definition = draw(frameworks())
    return definition, draw(st.lists(teams_of(definition), min_size=1, max_size=6))


@st.composite
def teams_of(draw: st.DrawFn, definition: Framework) -> TeamResult:
    answers = draw(ratings_of(definition))
    return TeamResult(draw(st.integers(1, 4)), score(definition, answers), answers)


def standings(found: OrganizationScore) -> list[Standing]:
    return [found.whole, *(pillar.standing for pillar in found.pillars)]


@quick
@given(organizations(), st.randoms(use_true_random=False))
def test_order_of_teams_never_matters(organization: tuple[Framework, Teams], random: Random) -> None:
    definition, teams = organization
    shuffled = random.sample(teams, len(teams))
    assert aggregate(definition, shuffled) == aggregate(definition, teams)


@quick
@given(organizations())
def test_level_is_the_highest_that_four_fifths_of_the_weight_reached(organization: tuple[Framework, Teams]) -> None:
    definition, teams = organization
    total = sum(each.weight for each in teams)
    supported = [
        level
        for level in range(len(definition.levels) + 1)
        if 5 * sum(each.weight for each in teams if each.score.level >= level) >= 4 * total
    ]
    assert aggregate(definition, teams).whole.level == max(supported)


@quick
@given(organizations())
def test_figures_stay_between_the_lowest_and_the_highest_team(organization: tuple[Framework, Teams]) -> None:
    definition, teams = organization
    for found in standings(aggregate(definition, teams)):
        for figure in (found.position, found.achievement or found.position):
            assert figure.minimum <= figure.mean <= figure.maximum
            assert figure.minimum <= figure.median <= figure.maximum
        assert definition.entry_level <= found.secured_level <= found.level <= found.position.maximum
        assert 1 <= found.teams_at_level <= len(teams)


@quick
@given(organizations())
def test_team_of_weight_n_has_the_say_of_n_teams(organization: tuple[Framework, Teams]) -> None:
    definition, teams = organization
    single = [replace(each, weight=1) for each in teams for _ in range(each.weight)]
    weighted, repeated = aggregate(definition, teams), aggregate(definition, single)
    assert [said(found) for found in standings(weighted)] == [said(found) for found in standings(repeated)]
    assert [each.statement for each in weighted.uneven] == [each.statement for each in repeated.uneven]


def said(found: Standing) -> tuple[object, ...]:
    """What the weights decide."""
    return (found.level, found.secured_level, found.position.mean, found.achievement and found.achievement.mean)


@quick
@given(organizations(), st.integers(2, 5))
def test_only_the_proportion_of_weights_matters(organization: tuple[Framework, Teams], factor: int) -> None:
    definition, teams = organization
    heavier = [replace(each, weight=each.weight * factor) for each in teams]
    assert aggregate(definition, heavier) == aggregate(definition, teams)


@quick
@given(organizations(), st.data())
def test_team_at_the_top_never_lowers_a_level(organization: tuple[Framework, Teams], data: st.DataObject) -> None:
    definition, teams = organization
    perfect: Mapping[str, Rating] = dict.fromkeys(definition.statements, Rating.F)
    best = TeamResult(data.draw(st.integers(1, 4)), score(definition, perfect), perfect)
    before, after = standings(aggregate(definition, teams)), standings(aggregate(definition, [*teams, best]))
    for old, new in zip(before, after, strict=True):
        assert (new.level >= old.level, new.secured_level >= old.secured_level) == (True, True)
        assert new.position.mean >= old.position.mean


@quick
@given(organizations())
def test_distribution_counts_every_answer_once(organization: tuple[Framework, Teams]) -> None:
    definition, teams = organization
    found = aggregate(definition, teams)
    assert [each.statement for each in found.statements] == list(definition.statements)
    for each in found.statements:
        answered = sum(each.statement in team.ratings for team in teams)
        assert sum(count.teams for count in each.counts) == answered
