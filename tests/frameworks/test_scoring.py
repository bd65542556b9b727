"""Every rule of how answers are counted, one named example each."""

from fractions import Fraction

import pytest

from frameworks.definition import Basis, Framework, Overall, Rating, Statement
from frameworks.scoring import PillarScore, Score, SetScore, UnknownStatement, band, decimal, score, to_json
from tests.frameworks.builders import cell, framework, ratings, s

WORKED_EXAMPLE = framework(
    cell(1, "a", s("a1", essential=True), s("a2")),
    cell(1, "b", s("b1")),
    cell(2, "a", s("a3")),
    cell(2, "b", s("b2", weight=2, essential=True)),
)
THREE_LEVELS = framework(cell(1, "a", s("a1")), cell(2, "a", s("a2")), cell(3, "a", s("a3")))


def one_level(*statements: Statement) -> Framework:
    return framework(cell(1, "a", *statements))


def pillar(result: Score, slug: str) -> PillarScore:
    return next(found for found in result.pillars if found.slug == slug)


# Ratings and values


@pytest.mark.parametrize(
    ("code", "expected"),
    [("N", Fraction(0)), ("P", Fraction(1, 3)), ("L", Fraction(2, 3)), ("F", Fraction(1)), ("DK", Fraction(0))],
)
def test_rating_counts_its_value(code: str, expected: Fraction) -> None:
    assert score(one_level(s("a1")), {"a1": Rating(code)}).achievement == expected


def test_unanswered_counts_nothing_now_and_everything_at_best() -> None:
    result = score(one_level(s("a1")), {})
    assert (result.achievement, result.achievement_high) == (Fraction(0), Fraction(1))


def test_dont_know_counts_as_unanswered() -> None:
    asked = framework(cell(1, "a", s("a1", essential=True), s("a2")), cell(2, "a", s("a3")))
    assert score(asked, ratings("a1 DK, a2 F, a3 DK")) == score(asked, ratings("a2 F"))


def test_unknown_statement_is_an_error_that_names_every_key() -> None:
    with pytest.raises(UnknownStatement, match=r"^sample has no statement zebra, zoo$"):
        score(one_level(s("a1")), ratings("zoo F, a1 F, zebra N"))


# Achievement and band


def test_achievement_is_the_weighted_share() -> None:
    asked = one_level(s("a1", weight=3), s("a2", weight=2), s("a3"))
    assert score(asked, ratings("a1 P, a2 F, a3 L")).achievement == Fraction(11, 18)


def test_does_not_apply_leaves_numerator_and_denominator() -> None:
    asked = one_level(s("a1", weight=3), s("a2"), s("a3"))
    assert score(asked, ratings("a1 NA, a2 F, a3 P")).achievement == Fraction(2, 3)


def test_set_where_nothing_applies_is_not_rated() -> None:
    result = score(THREE_LEVELS, ratings("a1 F, a2 NA, a3 F"))
    assert result.levels[1] == SetScore(2, None, None, None, ())


@pytest.mark.parametrize(
    ("achievement", "letter"),
    [
        (Fraction(0), "N"),
        (Fraction(15, 100), "N"),
        (Fraction(1501, 10000), "P"),
        (Fraction(50, 100), "P"),
        (Fraction(5001, 10000), "L"),
        (Fraction(85, 100), "L"),
        (Fraction(8501, 10000), "F"),
        (Fraction(1), "F"),
    ],
)
def test_band_ends_with_its_limit(achievement: Fraction, letter: str) -> None:
    assert band(achievement, gate_failed=False) == letter


@pytest.mark.parametrize(
    ("achievement", "letter"),
    [(Fraction(1, 10), "N"), (Fraction(1, 3), "P"), (Fraction(2, 3), "P"), (Fraction(98, 100), "P")],
)
def test_failed_gate_shows_at_most_p(achievement: Fraction, letter: str) -> None:
    assert band(achievement, gate_failed=True) == letter


# The gate


@pytest.mark.parametrize(
    ("given", "failed"),
    [
        ("a1 N", ("a1",)),
        ("a1 P", ("a1",)),
        ("a1 L", ()),
        ("a1 F", ()),
        ("a1 DK", ("a1",)),
        ("", ("a1",)),
        ("a1 NA, a2 F", ()),
    ],
)
def test_gate_fails_where_an_essential_is_not_largely_in_place(given: str, failed: tuple[str, ...]) -> None:
    asked = one_level(s("a1", essential=True), s("a2"))
    assert score(asked, ratings(given)).levels[0].failed_gates == failed


def test_failed_gate_keeps_the_achievement_and_refuses_the_level() -> None:
    asked = one_level(s("a1", essential=True), s("a2", weight=3), s("a3", weight=3))
    result = score(asked, ratings("a1 P, a2 F, a3 F"))
    assert result.levels == (SetScore(1, Fraction(19, 21), Fraction(19, 21), "P", ("a1",)),)
    assert (result.level, result.secured_level) == (0, 0)


def test_weight_never_opens_a_gate() -> None:
    asked = one_level(s("a1", essential=True, weight=1), s("a2", weight=3))
    heavier = one_level(s("a1", essential=True, weight=3), s("a2", weight=3))
    given = ratings("a1 P, a2 F")
    assert score(asked, given).levels[0].failed_gates == score(heavier, given).levels[0].failed_gates == ("a1",)


def test_gate_passes_in_the_upper_bound_while_it_is_unanswered() -> None:
    result = score(one_level(s("a1", essential=True), s("a2")), ratings("a2 F"))
    assert (result.level, result.level_high) == (0, 1)


def test_gate_that_was_answered_fails_in_the_upper_bound_too() -> None:
    result = score(one_level(s("a1", essential=True), s("a2", weight=3)), ratings("a1 P"))
    assert (result.level, result.level_high) == (0, 0)


# Level


def test_level_is_not_reached_at_exactly_half() -> None:
    assert score(one_level(s("a1"), s("a2")), ratings("a1 F, a2 N")).level == 0


def test_level_is_reached_just_above_half() -> None:
    asked = one_level(s("a1", weight=2), s("a2", weight=2), s("a3"), s("a4"))
    result = score(asked, ratings("a1 F, a2 P, a3 N, a4 P"))
    assert (result.achievement, result.level) == (Fraction(1, 2), 0)
    assert score(asked, ratings("a1 F, a2 P, a3 N, a4 L")).level == 1


def test_lower_level_holds_from_exactly_two_thirds() -> None:
    assert score(THREE_LEVELS, ratings("a1 L, a2 L, a3 N")).level == 2


def test_level_stops_where_a_lower_level_reaches_and_does_not_hold() -> None:
    asked = framework(cell(1, "a", s("a1"), s("a2"), s("a3")), cell(2, "a", s("a4")))
    result = score(asked, ratings("a1 F, a2 L, a3 N, a4 F"))
    assert (result.levels[0].achievement, result.level, result.position) == (Fraction(5, 9), 1, Fraction(199, 100))


def test_level_never_skips_one_that_is_not_in_place() -> None:
    assert score(THREE_LEVELS, ratings("a1 F, a2 N, a3 F")).level == 1


def test_level_that_is_not_rated_sets_no_condition() -> None:
    assert score(THREE_LEVELS, ratings("a1 F, a2 NA, a3 F")).level == 3


def test_level_that_is_not_rated_is_never_reached_itself() -> None:
    result = score(THREE_LEVELS, ratings("a1 F, a2 NA, a3 N"))
    assert (result.level, result.position) == (1, 1)


def test_level_by_levels_counts_all_statements_whatever_their_pillar() -> None:
    asked = framework(cell(1, "a", s("a1"), s("a2")), cell(1, "b", s("b1")))
    result = score(asked, ratings("a1 F, a2 F, b1 N"))
    assert (result.level, pillar(result, "a").level, pillar(result, "b").level) == (1, 1, 0)


def test_statements_at_the_entry_level_set_no_condition_and_count_in_the_achievement() -> None:
    asked = framework(cell(1, "a", s("a1", essential=True)), cell(2, "a", s("a2")), entry_level=1)
    result = score(asked, ratings("a1 N, a2 F"))
    assert (result.level, result.secured_level, result.achievement) == (2, 2, Fraction(1, 2))


def test_entry_level_is_granted_to_everybody() -> None:
    asked = framework(cell(1, "a", s("a1")), cell(2, "a", s("a2")), entry_level=1)
    result = score(asked, ratings("a1 N, a2 N"))
    assert (result.level, result.secured_level, result.position) == (1, 1, 1)


# Secured level


def test_secured_level_wants_every_lower_level_full() -> None:
    result = score(THREE_LEVELS, ratings("a1 F, a2 L, a3 F"))
    assert (result.level, result.secured_level) == (3, 2)


def test_secured_level_wants_more_than_exactly_85_percent() -> None:
    asked = framework(cell(1, "a", *(s(f"a{n}") for n in range(20))), cell(2, "a", s("b")))
    exactly = {f"a{n}": Rating.N if n < 3 else Rating.F for n in range(20)} | {"b": Rating.F}
    assert score(asked, exactly).levels[0].achievement == Fraction(85, 100)
    assert score(asked, exactly).secured_level == 1
    assert score(asked, exactly | {"a0": Rating.P}).secured_level == 2


def test_secured_level_itself_needs_only_to_be_reached() -> None:
    assert score(THREE_LEVELS, ratings("a1 F, a2 F, a3 L")).secured_level == 3


# Position


def test_position_adds_the_achievement_of_the_next_rated_level() -> None:
    asked = framework(cell(1, "a", s("a1")), cell(2, "a", s("a2")), cell(3, "a", s("a3"), s("a4", weight=2)))
    assert score(asked, ratings("a1 F, a2 NA, a3 F, a4 N")).position == 1 + Fraction(1, 3)


def test_position_at_the_top_is_the_level() -> None:
    assert score(THREE_LEVELS, ratings("a1 F, a2 F, a3 L")).position == 3


def test_position_is_capped_below_the_next_level() -> None:
    asked = framework(cell(1, "a", s("a1", weight=2), s("a2")), cell(2, "a", s("a3")))
    result = score(asked, ratings("a1 F, a2 N, a3 F"))
    assert (result.level, result.position) == (2, 2)
    result = score(asked, ratings("a1 L, a2 P, a3 F"))
    assert (result.level, result.position) == (1, Fraction(199, 100))


def test_position_has_an_upper_bound_of_its_own() -> None:
    result = score(THREE_LEVELS, ratings("a1 F, a2 P"))
    assert (result.position, result.position_high) == (Fraction(4, 3), Fraction(4, 3))
    result = score(THREE_LEVELS, ratings("a1 F, a3 P"))
    assert (result.position, result.position_high) == (1, Fraction(7, 3))


# Pillars


def test_pillar_climbs_its_own_cells() -> None:
    asked = framework(cell(1, "a", s("a1")), cell(1, "b", s("b1")), cell(2, "a", s("a2")), cell(2, "b", s("b2")))
    result = score(asked, ratings("a1 F, b1 N, a2 L, b2 F"))
    assert [(found.slug, found.level, found.position) for found in result.pillars] == [
        ("a", 2, 2),
        ("b", 0, 0),
    ]


def test_pillar_passes_over_a_level_its_source_does_not_cover() -> None:
    asked = framework(cell(1, "a", s("a1")), cell(2, "b", s("b1")), cell(3, "a", s("a2")))
    found = pillar(score(asked, ratings("a1 F, b1 N, a2 F")), "a")
    assert (found.level, [each.level for each in found.cells]) == (3, [1, 3])


def test_pillar_ends_where_its_statements_end() -> None:
    asked = framework(cell(1, "a", s("a1")), cell(1, "b", s("b1")), cell(2, "b", s("b2")))
    result = score(asked, ratings("a1 F, b1 F, b2 F"))
    assert [(found.slug, found.covered_to, found.level) for found in result.pillars] == [("a", 1, 1), ("b", 2, 2)]


def test_pillar_with_a_floor_alone_is_not_rated() -> None:
    asked = framework(cell(1, "a", s("a1")), cell(1, "b", basis=Basis.FLOOR), entry_level=1)
    assert pillar(score(asked, ratings("a1 F")), "b") == PillarScore(
        slug="b",
        level=1,
        level_high=1,
        secured_level=1,
        position=Fraction(1),
        position_high=Fraction(1),
        achievement=None,
        achievement_high=None,
        covered_to=1,
        limited_scope=False,
        cells=(),
    )


def test_pillar_cells_are_told_lowest_first_whatever_the_order_of_the_file() -> None:
    asked = framework(cell(2, "a", s("a2")), cell(1, "a", s("a1")))
    result = score(asked, ratings("a1 F, a2 N"))
    assert [each.level for each in result.levels] == [each.level for each in result.pillars[0].cells] == [1, 2]
    assert result.level == 1


# The whole by its weakest pillar


WEAKEST = framework(
    cell(1, "a", s("a1")),
    cell(1, "b", s("b1")),
    cell(2, "a", s("a2"), s("a3"), s("a4")),
    cell(2, "b", s("b2")),
    overall=Overall.WEAKEST_PILLAR,
)


def test_weakest_pillar_reaches_when_every_cell_does() -> None:
    assert score(WEAKEST, ratings("a1 F, b1 F, a2 F, a3 F, a4 F, b2 P")).level == 1
    assert score(WEAKEST, ratings("a1 F, b1 F, a2 F, a3 F, a4 F, b2 L")).level == 2


def test_weakest_pillar_holds_when_every_cell_does() -> None:
    asked = framework(
        cell(1, "a", s("a1"), s("a2"), s("a3")),
        cell(1, "b", s("b1")),
        cell(2, "a", s("a4")),
        overall=Overall.WEAKEST_PILLAR,
    )
    assert score(asked, ratings("a1 F, a2 L, a3 N, b1 F, a4 F")).level == 1
    assert score(asked, ratings("a1 F, a2 L, a3 P, b1 F, a4 F")).level == 2


def test_weakest_pillar_is_secured_when_every_lower_cell_is_full() -> None:
    assert score(WEAKEST, ratings("a1 F, b1 L, a2 F, a3 F, a4 F, b2 F")).secured_level == 1
    assert score(WEAKEST, ratings("a1 F, b1 F, a2 L, a3 L, a4 L, b2 L")).secured_level == 2


def test_weakest_pillar_level_has_the_plain_mean_of_its_cells() -> None:
    result = score(WEAKEST, ratings("a1 F, b1 F, a2 F, a3 N, a4 N, b2 F"))
    assert result.levels[1].achievement == Fraction(2, 3)
    assert (result.level, result.position, result.achievement) == (1, Fraction(5, 3), Fraction(5, 6))


def test_weakest_pillar_level_is_rated_when_one_cell_is() -> None:
    result = score(WEAKEST, ratings("a1 F, b1 F, a2 NA, a3 NA, a4 NA, b2 L"))
    assert (result.levels[1].achievement, result.level) == (Fraction(2, 3), 2)


def test_weakest_pillar_level_lists_all_failed_gates_and_shows_at_most_p() -> None:
    asked = framework(
        cell(1, "a", s("a1", essential=True), s("a2", weight=3), s("a3", weight=3)),
        cell(1, "b", s("b1", essential=True), s("b2", weight=3), s("b3", weight=3)),
        overall=Overall.WEAKEST_PILLAR,
    )
    result = score(asked, ratings("a1 P, a2 F, a3 F, b1 N, b2 F, b3 F"))
    assert result.levels == (SetScore(1, Fraction(37, 42), Fraction(37, 42), "P", ("a1", "b1")),)


# The achievement of the whole


def test_achievement_is_the_plain_mean_of_the_rated_levels() -> None:
    asked = framework(cell(1, "a", s("a1"), s("a2"), s("a3")), cell(2, "a", s("a4")), cell(3, "a", s("a5")))
    assert score(asked, ratings("a1 F, a2 F, a3 F, a4 P, a5 NA")).achievement == Fraction(2, 3)


def test_achievement_is_none_where_nothing_applies() -> None:
    result = score(THREE_LEVELS, ratings("a1 NA, a2 NA, a3 NA"))
    assert (result.achievement, result.achievement_high, result.level, result.position) == (None, None, 0, 0)


def test_achievement_may_rise_while_the_level_stays() -> None:
    before, after = score(THREE_LEVELS, ratings("a1 F, a3 N")), score(THREE_LEVELS, ratings("a1 F, a3 F"))
    assert (before.level, before.achievement) == (1, Fraction(1, 3))
    assert (after.level, after.achievement) == (1, Fraction(2, 3))


# Missing answers


def test_coverage_counts_every_answer_and_no_dont_know() -> None:
    asked = one_level(*(s(f"a{n}", weight=n % 3 + 1) for n in range(6)))
    assert score(asked, ratings("a0 N, a1 F, a2 NA, a3 DK")).coverage == Fraction(1, 2)


def test_result_is_complete_from_exactly_80_percent() -> None:
    asked = one_level(*(s(f"a{n}") for n in range(5)))
    assert score(asked, ratings("a0 N, a1 N, a2 N, a3 N")).complete is True
    assert score(asked, ratings("a0 N, a1 N, a2 N, a3 DK")).complete is False


def test_level_has_an_upper_bound_while_answers_are_open() -> None:
    result = score(THREE_LEVELS, ratings("a1 F"))
    assert (result.level, result.level_high, result.coverage) == (1, 3, Fraction(1, 3))


# Scope


def test_scope_is_limited_when_over_30_percent_of_a_levels_weight_is_left_out() -> None:
    asked = framework(
        cell(1, "a", *(s(f"a{n}") for n in range(5))),
        cell(1, "b", *(s(f"b{n}") for n in range(5))),
        cell(2, "a", *(s(f"c{n}") for n in range(5))),
        cell(2, "b", *(s(f"d{n}") for n in range(5))),
    )
    three_of_ten, four_of_ten = ratings("a0 NA, a1 NA, b0 NA"), ratings("a0 NA, a1 NA, b0 NA, b1 NA")
    assert score(asked, three_of_ten).limited_scope is False
    assert score(asked, four_of_ten).limited_scope is True
    assert [found.limited_scope for found in score(asked, four_of_ten).pillars] == [False, False]


def test_scope_is_limited_when_over_30_percent_of_a_pillars_weight_is_left_out() -> None:
    asked = framework(
        cell(1, "a", s("a1"), s("a2")), cell(1, "b", *(s(f"b{n}") for n in range(5))), cell(2, "a", s("a3"))
    )
    result = score(asked, ratings("a1 NA, a2 NA"))
    assert (result.limited_scope, [found.limited_scope for found in result.pillars]) == (True, [True, False])


def test_scope_counts_weight_and_not_statements() -> None:
    asked = one_level(s("a1", weight=3), s("a2"), s("a3"), s("a4"))
    assert score(asked, ratings("a2 NA")).limited_scope is False
    assert score(asked, ratings("a1 NA")).limited_scope is True


def test_scope_is_limited_by_one_essential_statement_left_out() -> None:
    asked = framework(
        cell(1, "a", s("a1", essential=True), *(s(f"x{n}") for n in range(9))), cell(1, "b", s("b1"), s("b2"))
    )
    result = score(asked, ratings("a1 NA"))
    assert (result.limited_scope, [found.limited_scope for found in result.pillars]) == (True, [True, False])


# The worked example


def test_worked_example_reaches_level_2() -> None:
    result = score(WORKED_EXAMPLE, ratings("a1 F, a2 L, b1 F, a3 P, b2 L"))
    assert result == Score(
        level=2,
        level_high=2,
        secured_level=2,
        position=Fraction(2),
        position_high=Fraction(2),
        achievement=Fraction(13, 18),
        achievement_high=Fraction(13, 18),
        coverage=Fraction(1),
        complete=True,
        limited_scope=False,
        levels=(
            SetScore(1, Fraction(8, 9), Fraction(8, 9), "F", ()),
            SetScore(2, Fraction(5, 9), Fraction(5, 9), "L", ()),
        ),
        pillars=(
            PillarScore(
                slug="a",
                level=1,
                level_high=1,
                secured_level=1,
                position=Fraction(4, 3),
                position_high=Fraction(4, 3),
                achievement=Fraction(7, 12),
                achievement_high=Fraction(7, 12),
                covered_to=2,
                limited_scope=False,
                cells=(
                    SetScore(1, Fraction(5, 6), Fraction(5, 6), "L", ()),
                    SetScore(2, Fraction(1, 3), Fraction(1, 3), "P", ()),
                ),
            ),
            PillarScore(
                slug="b",
                level=2,
                level_high=2,
                secured_level=2,
                position=Fraction(2),
                position_high=Fraction(2),
                achievement=Fraction(5, 6),
                achievement_high=Fraction(5, 6),
                covered_to=2,
                limited_scope=False,
                cells=(
                    SetScore(1, Fraction(1), Fraction(1), "F", ()),
                    SetScore(2, Fraction(2, 3), Fraction(2, 3), "L", ()),
                ),
            ),
        ),
    )


def test_worked_example_with_b2_partly_in_place_stays_at_level_1() -> None:
    result = score(WORKED_EXAMPLE, ratings("a1 F, a2 L, b1 F, a3 P, b2 P"))
    assert result.levels[1] == SetScore(2, Fraction(1, 3), Fraction(1, 3), "P", ("b2",))
    assert (result.level, result.position, result.achievement) == (1, Fraction(4, 3), Fraction(11, 18))


# As people and programs see it


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(11, 16), "0.6875"),
        (Fraction(0), "0.0000"),
        (Fraction(1), "1.0000"),
        (Fraction(2, 3), "0.6667"),
        (Fraction(1, 3), "0.3333"),
        (Fraction(1, 20000), "0.0001"),
        (Fraction(9, 160000), "0.0001"),
        (Fraction(3, 20000), "0.0002"),
        (Fraction(49999, 10**9), "0.0000"),
        (Fraction(199, 100), "1.9900"),
        (Fraction(12) + Fraction(1, 3), "12.3333"),
    ],
)
def test_decimal_rounds_half_up(number: Fraction, text: str) -> None:
    assert decimal(number) == text


def test_json_has_the_names_of_the_score_in_its_order() -> None:
    asked = framework(cell(1, "a", s("a1", essential=True), s("a2")), cell(2, "a", s("a3")))
    tree = to_json(score(asked, ratings("a1 P, a2 F, a3 NA")))
    levels = [
        {"level": 1, "achievement": 0.6667, "achievement_high": 0.6667, "band": "P", "failed_gates": ["a1"]},
        {"level": 2, "achievement": None, "achievement_high": None, "band": None, "failed_gates": []},
    ]
    standing = {
        "level": 0,
        "level_high": 0,
        "secured_level": 0,
        "position": 0.6667,
        "position_high": 0.6667,
        "achievement": 0.6667,
        "achievement_high": 0.6667,
    }
    pillars = [{"slug": "a", **standing, "covered_to": 2, "limited_scope": True, "cells": levels}]
    assert tree == {
        **standing,
        "coverage": 1.0,
        "complete": True,
        "limited_scope": True,
        "levels": levels,
        "pillars": pillars,
    }
    assert list(tree) == [*standing, "coverage", "complete", "limited_scope", "levels", "pillars"]
    assert [type(tree[name]) for name in ("level", "position", "coverage")] == [int, float, float]
