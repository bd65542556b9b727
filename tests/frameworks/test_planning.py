"""What follows from a score, one named example each."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from frameworks.definition import Action, ActionKind, Credit, Framework, Overall, Rating
from frameworks.planning import (
    GapItem,
    PillarGap,
    Raise,
    Reason,
    Way,
    advice,
    gaps,
    next_level,
    pillar_gaps,
    pitfalls,
    shortest_way,
    why_not_next,
)
from frameworks.scoring import score
from tests.factories import make_action
from tests.frameworks.builders import cell, framework, ratings, s

WORKED_EXAMPLE = framework(
    cell(1, "a", s("a1", essential=True), s("a2")),
    cell(1, "b", s("b1")),
    cell(2, "a", s("a3")),
    cell(2, "b", s("b2", weight=2, essential=True)),
)
THREE_LEVELS = framework(cell(1, "a", s("a1")), cell(2, "a", s("a2")), cell(3, "a", s("a3")))


def gap_list(asked: Framework, given: str, **targets: int) -> list[tuple[str, str]]:
    answers = ratings(given)
    return [named(item) for item in gaps(asked, answers, score(asked, answers), targets)]


def obstacles(asked: Framework, given: str, pillar: str | None = None) -> list[tuple[str, str]]:
    answers = ratings(given)
    return [named(item) for item in why_not_next(asked, answers, score(asked, answers), pillar=pillar)]


def named(item: GapItem) -> tuple[str, str]:
    return item.statement.key, item.reason.value


def gaps_by_pillar(asked: Framework, given: str, targets: Mapping[str, int]) -> tuple[PillarGap, ...]:
    answers = ratings(given)
    return pillar_gaps(asked, answers, score(asked, answers), targets)


def way(asked: Framework, given: str) -> Way | None:
    answers = ratings(given)
    return shortest_way(asked, answers, score(asked, answers))


# The next level


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", 1),
        ("a1 F", 2),
        ("a1 F, a2 NA", 3),
        ("a1 F, a2 F", 3),
        ("a1 F, a2 F, a3 NA", None),
        ("a1 F, a2 F, a3 L", None),
    ],
)
def test_next_level_is_the_lowest_rated_above_the_one_reached(given: str, expected: int | None) -> None:
    assert next_level(score(THREE_LEVELS, ratings(given))) == expected


def test_next_level_of_a_pillar_passes_over_what_it_does_not_cover() -> None:
    asked = framework(cell(1, "a", s("a1")), cell(2, "b", s("b1")), cell(3, "a", s("a2")))
    result = score(asked, ratings("a1 F"))
    assert (next_level(result), [next_level(pillar) for pillar in result.pillars]) == (2, [3, 2])


# The gap list


def test_gap_item_tells_the_rating_and_the_weight_missing() -> None:
    asked = framework(cell(1, "a", s("a1", weight=3)), cell(1, "b", s("b1")), cell(1, "c", s("c1"), s("c2")))
    given = ratings("a1 P, b1 DK, c1 F")
    a, b, c = asked.cells
    assert gaps(asked, given, score(asked, given), {}) == (
        GapItem(a.statements[0], a, Rating.P, Fraction(2), Reason.BLOCKS),
        GapItem(b.statements[0], b, Rating.DK, Fraction(1), Reason.BLOCKS),
        GapItem(c.statements[1], c, None, Fraction(1), Reason.BLOCKS),
    )


def test_gap_list_leaves_out_what_does_not_apply_and_what_is_fully_in_place() -> None:
    asked = framework(cell(1, "a", s("a1"), s("a2"), s("a3")))
    assert gap_list(asked, "a1 NA, a2 F, a3 N") == [("a3", "blocks")]


def test_gap_list_goes_to_the_next_level_without_a_target() -> None:
    assert gap_list(THREE_LEVELS, "a1 F") == [("a2", "blocks")]


def test_gap_list_goes_to_the_target_of_the_pillar_where_that_is_higher() -> None:
    asked = framework(
        cell(1, "a", s("a1")),
        cell(1, "b", s("b1")),
        cell(2, "a", s("a2")),
        cell(2, "b", s("b2")),
        cell(3, "a", s("a3")),
    )
    assert gap_list(asked, "", a=3, b=1) == [("a1", "blocks"), ("b1", "blocks"), ("a2", "later"), ("a3", "later")]


def test_gap_list_is_empty_at_the_top_without_a_target() -> None:
    assert gap_list(THREE_LEVELS, "a1 L, a2 L, a3 L") == []


def test_gap_list_at_the_top_has_nothing_pressing() -> None:
    assert gap_list(THREE_LEVELS, "a1 L, a2 L, a3 L", a=3) == [("a1", "later"), ("a2", "later"), ("a3", "later")]


def test_gap_reasons_in_their_order() -> None:
    asked = framework(
        cell(1, "a", s("entry", essential=True)),
        cell(2, "a", s("held"), s("held-too")),
        cell(3, "a", s("soft")),
        cell(3, "b", s("gate", essential=True), s("beside")),
        cell(3, "c", s("fine")),
        cell(4, "a", s("far")),
        entry_level=1,
        overall=Overall.WEAKEST_PILLAR,
    )
    given = "entry N, held F, held-too L, soft N, gate P, beside L, fine L, far N"
    assert gap_list(asked, given, a=4, b=4, c=4) == [
        ("gate", "gate"),
        ("soft", "blocks"),
        ("beside", "blocks"),
        ("fine", "next_level"),
        ("entry", "later"),
        ("held-too", "later"),
        ("far", "later"),
    ]


def test_gap_of_a_lower_level_that_reaches_and_does_not_hold_blocks() -> None:
    asked = framework(cell(1, "a", s("a1"), s("a2"), s("a3")), cell(2, "a", s("a4")))
    assert gap_list(asked, "a1 F, a2 L, a3 N, a4 L") == [("a3", "blocks"), ("a2", "blocks"), ("a4", "next_level")]


def test_gap_inside_a_reason_by_level_then_weight_missing_then_file() -> None:
    asked = framework(
        cell(2, "a", s("first"), s("second"), s("heavy", weight=3)), cell(1, "a", s("low"), s("low-heavy", weight=2))
    )
    assert gap_list(asked, "heavy L", a=2) == [
        ("low-heavy", "blocks"),
        ("low", "blocks"),
        ("first", "later"),
        ("second", "later"),
        ("heavy", "later"),
    ]


def test_gap_of_a_next_level_that_would_reach_does_not_block() -> None:
    asked = framework(cell(1, "a", s("a1"), s("a2"), s("a3")), cell(2, "a", s("a4"), s("a5", weight=2)))
    assert gap_list(asked, "a1 F, a2 L, a3 N, a4 F, a5 P") == [
        ("a3", "blocks"),
        ("a2", "blocks"),
        ("a5", "next_level"),
    ]


# Why not the next level


def test_worked_example_is_kept_from_level_2_by_a_gate_and_a_block() -> None:
    assert obstacles(WORKED_EXAMPLE, "a1 F, a2 L, b1 F, a3 P, b2 P") == [("b2", "gate"), ("a3", "blocks")]


def test_nothing_keeps_anybody_from_a_level_above_the_top() -> None:
    assert obstacles(WORKED_EXAMPLE, "a1 F, a2 L, b1 F, a3 P, b2 L") == []


def test_statements_at_the_entry_level_keep_nobody_back() -> None:
    asked = framework(cell(1, "a", s("a1", essential=True)), cell(2, "a", s("a2"), s("a3")), entry_level=1)
    assert obstacles(asked, "a1 N, a2 F, a3 N") == [("a3", "blocks")]


def test_failed_gate_far_above_the_next_level_keeps_nobody_back_yet() -> None:
    asked = framework(cell(1, "a", s("a1")), cell(2, "a", s("a2", essential=True)))
    assert obstacles(asked, "a1 N, a2 N") == [("a1", "blocks")]


def test_weakest_pillar_blames_only_the_cells_that_miss() -> None:
    asked = framework(cell(1, "a", s("a1")), cell(1, "b", s("b1")), overall=Overall.WEAKEST_PILLAR)
    assert obstacles(asked, "a1 L, b1 P") == [("b1", "blocks")]


def test_why_not_next_answers_for_one_pillar() -> None:
    given = "a1 F, a2 L, b1 F, a3 P, b2 L"
    assert obstacles(WORKED_EXAMPLE, given, pillar="a") == [("a3", "blocks")]
    assert obstacles(WORKED_EXAMPLE, given, pillar="b") == []


def test_why_not_next_of_an_unknown_pillar_is_an_error() -> None:
    with pytest.raises(KeyError, match="zebra"):
        obstacles(WORKED_EXAMPLE, "", pillar="zebra")


def test_statements_beside_a_failed_gate_keep_nobody_back_where_the_rest_is_enough() -> None:
    asked = framework(cell(1, "a", s("gate", essential=True), s("heavy", weight=3), s("light")), cell(2, "a", s("a2")))
    assert obstacles(asked, "gate P, heavy F, light L") == [("gate", "gate")]
    assert obstacles(asked, "gate P, heavy L, light N") == [("gate", "gate"), ("heavy", "blocks"), ("light", "blocks")]


# Gaps by pillar


def test_pillar_gap_counts_whole_levels_up_to_the_target() -> None:
    asked = framework(*(cell(n, slug, s(f"{slug}{n}")) for slug in "ab" for n in (1, 2, 3)))
    assert gaps_by_pillar(asked, "a1 F, a2 F, b1 F, b2 P", {"a": 3, "b": 3}) == (
        PillarGap("b", 1, 3, 2, Fraction(5, 3)),
        PillarGap("a", 2, 3, 1, Fraction(1)),
    )


def test_pillar_gap_ends_where_the_model_does() -> None:
    assert gaps_by_pillar(framework(cell(1, "a", s("a1")), cell(2, "b", s("b1"))), "", {"a": 2, "b": 1}) == (
        PillarGap("a", 0, 1, 1, Fraction(1)),
        PillarGap("b", 0, 1, 1, Fraction(0)),
    )


def test_pillar_gap_ends_where_nothing_applies_any_more() -> None:
    assert gaps_by_pillar(THREE_LEVELS, "a1 P, a2 NA, a3 NA", {"a": 3}) == (PillarGap("a", 0, 1, 1, Fraction(2, 3)),)


def test_pillar_gap_is_never_negative() -> None:
    assert gaps_by_pillar(THREE_LEVELS, "a1 L, a2 F", {"a": 1}) == (PillarGap("a", 2, 1, 0, Fraction(1, 3)),)


def test_pillar_without_a_target_has_no_gap() -> None:
    assert gaps_by_pillar(THREE_LEVELS, "a1 P", {}) == (PillarGap("a", 0, None, 0, Fraction(0)),)


def test_equal_pillar_gaps_by_weight_missing_then_file() -> None:
    asked = framework(*(cell(1, slug, s(f"{slug}1", weight=2), s(f"{slug}2")) for slug in "abc"))
    result = gaps_by_pillar(asked, "a2 L, b1 P, c2 L", {"a": 1, "b": 1, "c": 1})
    assert [(pillar.slug, pillar.missing) for pillar in result] == [
        ("a", Fraction(7, 3)),
        ("b", Fraction(7, 3)),
        ("c", Fraction(7, 3)),
    ]
    result = gaps_by_pillar(asked, "a1 P, b2 L, c2 NA", {"a": 1, "b": 1, "c": 1})
    assert [(pillar.slug, pillar.missing) for pillar in result] == [
        ("a", Fraction(7, 3)),
        ("b", Fraction(7, 3)),
        ("c", Fraction(2)),
    ]


# The shortest way


def test_worked_example_goes_by_b2() -> None:
    assert way(WORKED_EXAMPLE, "a1 F, a2 L, b1 F, a3 P, b2 P") == Way(2, 2, (Raise("b2", Rating.P, Rating.L),))


def test_there_is_no_way_above_the_top() -> None:
    assert way(WORKED_EXAMPLE, "a1 F, a2 L, b1 F, a3 P, b2 L") is None


def test_way_opens_gates_first() -> None:
    asked = framework(cell(1, "a", s("a1", essential=True, effort=3), s("a2", weight=3, effort=1)))
    assert way(asked, "a1 N, a2 F") == Way(1, 6, (Raise("a1", Rating.N, Rating.L),))


def test_way_takes_the_weight_that_costs_least() -> None:
    asked = framework(cell(1, "a", s("a1", effort=3), s("a2", weight=2, effort=2), s("a3", effort=1)))
    assert way(asked, "a1 N, a2 N, a3 N") == Way(
        1, 7, (Raise("a2", Rating.N, Rating.F), Raise("a3", Rating.N, Rating.P))
    )


def test_way_makes_lower_levels_hold_and_the_next_reach() -> None:
    asked = framework(cell(1, "a", s("a1"), s("a2"), s("a3")), cell(2, "a", s("a4"), s("a5"), s("a6")))
    assert way(asked, "a1 F, a2 L, a3 N, a4 F, a5 P, a6 N") == Way(
        2, 4, (Raise("a2", Rating.L, Rating.F), Raise("a5", Rating.P, Rating.L))
    )


def test_way_ends_just_above_half() -> None:
    asked = framework(cell(1, "a", s("a1"), s("a2")))
    assert way(asked, "a1 F, a2 N") == Way(1, 2, (Raise("a2", Rating.N, Rating.P),))


def test_way_keeps_what_was_said_before() -> None:
    asked = framework(cell(1, "a", s("a1")), cell(1, "b", s("b1")), overall=Overall.WEAKEST_PILLAR)
    assert way(asked, "a1 DK") == Way(1, 8, (Raise("a1", Rating.DK, Rating.L), Raise("b1", None, Rating.L)))


def test_way_leaves_alone_what_does_not_apply() -> None:
    asked = framework(cell(1, "a", s("a1", essential=True, effort=1), s("a2", effort=3)))
    assert way(asked, "a1 NA, a2 N") == Way(1, 6, (Raise("a2", Rating.N, Rating.L),))


def test_way_asks_nothing_of_the_entry_level() -> None:
    asked = framework(cell(1, "a", s("a1", essential=True)), cell(2, "a", s("a2")), entry_level=1)
    assert way(asked, "a1 N, a2 P") == Way(2, 2, (Raise("a2", Rating.P, Rating.L),))


def test_way_passes_over_a_level_that_is_not_rated() -> None:
    assert way(THREE_LEVELS, "a1 F, a2 NA, a3 N") == Way(3, 4, (Raise("a3", Rating.N, Rating.L),))


def test_way_may_lead_further_than_the_next_level() -> None:
    assert way(THREE_LEVELS, "a1 F, a2 P, a3 F") == Way(3, 2, (Raise("a2", Rating.P, Rating.L),))


def test_way_by_the_weakest_pillar_makes_every_cell_hold() -> None:
    asked = framework(
        cell(1, "a", s("a1")), cell(1, "b", s("b1")), cell(2, "a", s("a2")), overall=Overall.WEAKEST_PILLAR
    )
    assert way(asked, "a1 F, b1 P, a2 N") == Way(1, 2, (Raise("b1", Rating.P, Rating.L),))
    assert way(asked, "a1 L, b1 L, a2 N") == Way(2, 4, (Raise("a2", Rating.N, Rating.L),))


def test_way_raises_the_first_of_equals_furthest() -> None:
    asked = framework(cell(1, "a", s("a1"), s("a2"), s("a3")))
    assert way(asked, "") == Way(1, 10, (Raise("a1", None, Rating.F), Raise("a2", None, Rating.L)))


def test_way_tells_lower_levels_first_whatever_the_order_of_the_file() -> None:
    asked = framework(cell(2, "a", s("a3")), cell(1, "a", s("a1"), s("a2"), s("a0")))
    assert way(asked, "a1 F, a2 L, a3 P") == Way(
        2, 4, (Raise("a2", Rating.L, Rating.F), Raise("a3", Rating.P, Rating.L))
    )


# What to do first


def advised(asked: Framework, given: str, *actions: Action) -> list[str]:
    answers = ratings(given)
    return [each.action.key for each in advice(gaps(asked, answers, score(asked, answers), {}), actions)]


def action(key: str, *practices: str, effort: int = 2) -> Action:
    credit = Credit("Ours")
    return Action(key, ActionKind.ACTION, key, "", "Lead", "Paper", "Signed", practices, credit, effort=effort)


def test_advice_puts_a_gate_before_more_that_only_blocks() -> None:
    asked = framework(
        cell(1, "a", s("gate", essential=True, practice="safety"), s("a2", practice="data"), s("a3", practice="data"))
    )
    assert advised(asked, "", action("many", "data"), action("gate", "safety")) == ["gate", "many"]


def test_advice_puts_much_that_is_missing_before_several_that_are_nearly_there() -> None:
    asked = framework(cell(1, "a", s("a1", practice="data"), s("a2", practice="data"), s("a3", practice="limits")))
    nearly, missing = action("nearly", "data"), action("missing", "limits")
    assert advised(asked, "a1 L, a2 L, a3 N", nearly, missing) == ["missing", "nearly"]


def test_advice_of_equal_use_takes_the_least_effort_then_what_is_made_for_fewest_practices() -> None:
    asked = framework(cell(1, "a", s("a1", practice="data")))
    broad, narrow = action("broad", "data", "safety"), action("narrow", "data")
    assert advised(asked, "", broad, narrow) == ["narrow"]
    assert advised(asked, "", action("broad", "data", "safety", effort=1), narrow) == ["broad"]


def test_advice_closes_most_of_the_most_pressing_kind_first() -> None:
    asked = framework(
        cell(1, "a", *(s(key, practice=key) for key in ("p1", "p2", "p3"))),
        cell(2, "a", *(s(key, practice=key) for key in ("l1", "l2"))),
    )
    answers = ratings("p1 N, p2 N, p3 N")
    items = gaps(asked, answers, score(asked, answers), {"a": 2})
    one, later, two = action("one", "p1", "l1", "l2"), action("later", "l1"), action("two", "p2", "p3", effort=3)
    assert [each.action.key for each in advice(items, [one, later, two])] == ["two", "one"]
    assert [each.action.key for each in advice(items, [later, one])] == ["one"]
    both = action("both", "l1", "l2")
    assert [each.action.key for each in advice(items, [both, action("some", "p1", "l1")])] == ["some", "both"]


def test_advice_waits_only_where_all_its_practices_do() -> None:
    asked = framework(cell(1, "a", s("a1", practice="data"), s("a2", practice="safety")))
    items = gaps(asked, {}, score(asked, {}), {})
    waiting = {"data": "Nobody may use it yet."}
    actions = [action("one", "data"), action("both", "data", "safety")]
    assert [(each.action.key, each.deferred) for each in advice(items, actions, waiting)] == [("both", "")]
    assert [each.deferred for each in advice(items, actions[:1], waiting)] == ["Nobody may use it yet."]


def test_advice_presses_where_it_leads_to_the_next_level_and_nothing_lets_it_wait() -> None:
    asked = framework(
        cell(1, "a", s("gate", essential=True, practice="safety"), s("a2", practice="data"), s("a3"), s("a4")),
        cell(2, "a", s("b1", practice="tuning")),
    )
    answers = ratings("gate N, a2 L, a3 F, a4 F, b1 N")
    items = gaps(asked, answers, score(asked, answers), {"a": 2})
    assert [item.reason for item in items] == [Reason.GATE, Reason.NEXT_LEVEL, Reason.LATER]
    actions = [action(key, key) for key in ("tuning", "data", "safety")]
    found = advice(items, actions, {"data": "Nobody may use it yet."})
    assert [(each.action.key, each.is_pressing) for each in advice(items, actions)] == [
        ("safety", True),
        ("data", True),
        ("tuning", False),
    ]
    assert [(each.action.key, each.is_pressing) for each in found] == [
        ("safety", True),
        ("tuning", False),
        ("data", False),
    ]


def test_advice_is_for_later_where_the_target_alone_asks_for_it() -> None:
    asked = framework(cell(1, "a", s("a1", practice="data")))
    answers = ratings("a1 L")
    [only] = advice(gaps(asked, answers, score(asked, answers), {"a": 1}), [action("data", "data")])
    assert (only.closes[0].reason, only.is_pressing) == (Reason.LATER, False)


def test_pitfalls_are_those_of_practices_in_the_gap() -> None:
    model = framework(cell(1, "a", s("a1", practice="tuning"), s("a2", practice="basics")))
    answers = ratings("a1 N, a2 F")
    items = gaps(model, answers, score(model, answers), {"a": 1})
    kinds = {"tune": ActionKind.ACTION, "no-rush": ActionKind.PITFALL}
    actions = [make_action(key, "tuning", kind=kind) for key, kind in kinds.items()]
    actions.append(make_action("no-basics", "basics", kind=ActionKind.PITFALL))
    assert [action.key for action in pitfalls(items, actions)] == ["no-rush"]
