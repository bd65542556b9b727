from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest

from frameworks.definition import OfficialBand
from frameworks.planning import Reason
from reports import wording
from reports.report import Report, State
from tests.factories import WORKED_RATINGS, make_action, make_report
from tests.frameworks.builders import cell, framework, s

TWO_PILLARS = framework(
    cell(1, "a", s("a1")), cell(2, "a", s("a2", essential=True)), cell(1, "b", s("b1")), cell(2, "b", s("b2"))
)


def plain(text: str) -> str:
    return text.replace(wording.NBSP, " ")


def report(text: str, **more: Any) -> Report:
    """Reads "a1 F, a2 N"; by default against two levels with two pillars."""
    given = dict(entry.split() for entry in text.split(", ") if entry)
    return make_report(given, more.pop("framework", TWO_PILLARS), **more)


@pytest.mark.parametrize(
    ("number", "name", "said"),
    [(2, "Defined", "level 2, Defined"), (2, None, "level 2"), (0, None, "not yet at level 1")],
)
def test_level_is_said_with_its_name(number: int, name: str | None, said: str) -> None:
    assert plain(wording.level(number, name)) == said


def test_number_of_a_level_stays_beside_its_word() -> None:
    assert wording.level(2, None) == f"level{wording.NBSP}2"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("a1 F, a2 F, b1 F, b2 F", "Level 2, Level 2"),
        ("a1 N, a2 N, b1 N, b2 N", "Not yet at level 1"),
        ("a1 F, a2 F, b1 F, b2 NA", "Level 2, Level 2, within limited scope (B partly excluded)"),
        ("a1 F, a2 NA, b1 F, b2 NA", "Level 1, Level 1, within limited scope (A and B partly excluded)"),
        ("a1 F, b1 F, b2 F", "At least level 1, Level 1, up to level 2, Level 2: 1 answer open, incomplete"),
        ("a1 DK, b1 F", "Not yet at level 1, up to level 2, Level 2: 3 answers open, incomplete"),
        ("a1 N, b1 N, a2 F", "Not yet at level 1, incomplete"),
    ],
)
def test_headline_says_the_level_and_everything_that_limits_it(answers: str, said: str) -> None:
    assert plain(wording.headline(report(answers))) == said


def test_headline_and_finding_say_what_was_never_submitted() -> None:
    never = report("a1 F, a2 F, b1 F, b2 NA", state=State.UNSUBMITTED)
    assert wording.limits(never) == ["within limited scope (B partly excluded)", "never submitted"]
    assert plain(wording.headline(never)) == (
        "Level 2, Level 2, within limited scope (B partly excluded), never submitted"
    )
    assert wording.finding(never) == "Level 2 of 2, Level 2, within limited scope (B partly excluded), never submitted"


@pytest.mark.parametrize(
    ("answers", "entry", "said"),
    [
        ("a1 F, a2 F, b1 F, b2 F", 0, "Level 2 is secured."),
        ("a1 F, a2 F, b1 L, b2 F", 0, "Secured to level 1."),
        ("a1 F, a2 L, b1 F, b2 P", 0, "Level 1 is secured."),
        ("a1 N, a2 N, b1 N, b2 N", 0, ""),
        ("a1 N, a2 N, b1 N, b2 N", 1, "This model grants level 1 to everybody."),
    ],
)
def test_secured_level_is_said_in_one_sentence(answers: str, entry: int, said: str) -> None:
    model = framework(*TWO_PILLARS.cells, entry_level=entry)
    assert plain(wording.secured(report(answers, framework=model))) == said


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("a1 F, a2 F, b1 F, b2 F", "This is the highest level of the model."),
        ("a1 F, a2 P, b1 F, b2 F", "1 statement stands in the way of level 2, Level 2."),
        ("a1 F, a2 N, b1 F, b2 N", "2 statements stand in the way of level 2, Level 2."),
        ("a1 F, a2 NA, b1 F, b2 NA", "No higher level can be rated: what it asks does not apply."),
    ],
)
def test_what_is_in_the_way_is_counted(answers: str, said: str) -> None:
    assert plain(wording.blocked(report(answers))) == said


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("a1 F, a2 F, b1 F, b2 F", ""),
        ("a1 F, a2 P, b1 F, b2 F", "First in the way: We do a2."),
        ("a1 F, a2 N, b1 F, b2 N", "First in the way: We do a2."),
    ],
)
def test_first_obstacle_is_named(answers: str, said: str) -> None:
    assert plain(wording.first_obstacle(report(answers))) == said


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("a1 F, a2 F, b1 F, b2 F", ""),
        ("a1 F, a2 P, b1 F, b2 F", "Raising 1 statement leads to level 2, Level 2."),
        ("a1 F, a2 N, b1 F, b2 N", "Raising 2 statements leads to level 2, Level 2."),
    ],
)
def test_shortest_way_is_counted(answers: str, said: str) -> None:
    assert plain(wording.way(report(answers))) == said


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("a1 F, a2 P, b1 F, b2 F", "83 % of what this model asks is in place."),
        ("a1 F, b1 F", "50 % of what this model asks is in place, and up to 100 % once all is answered."),
    ],
)
def test_share_in_place_is_said_with_what_it_may_rise_to(answers: str, said: str) -> None:
    assert plain(wording.share(report(answers))) == said


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("a1 F, a2 F, b1 F, b2 DK", "Incomplete: only 3 of 4 statements answered"),
        ("a1 F, a2 F, b1 F, b2 NA", "4 of 4 statements answered"),
    ],
)
def test_coverage_is_counted(answers: str, said: str) -> None:
    assert wording.coverage(report(answers)) == said


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("a1 F, a2 F, b1 F, b2 F", "Level 2 of 2, Level 2"),
        ("a1 F, a2 P, b1 F, b2 F", "Level 1 of 2, Level 1: A holds it back"),
        ("a1 F, a2 N, b1 F, b2 N", "Level 1 of 2, Level 1: A holds it back"),
        ("a1 F, a2 L, b1 P, b2 F", "Level 2 of 2, Level 2"),
        ("a1 P, a2 F, b1 N, b2 F", "Not yet at level 1 of 2: A and B hold it back"),
        ("a1 F, a2 F, b1 F, b2 NA", "Level 2 of 2, Level 2, within limited scope (B partly excluded)"),
        ("a1 F, a2 N, b1 F", "Level 1 of 2, Level 1, incomplete: A holds it back"),
        ("a1 F, b1 F, b2 F", "At least level 1 of 2, up to 2, incomplete: A holds it back"),
        ("a1 DK, b1 F", "Not yet at level 1 of 2, up to 2, incomplete: A holds it back"),
    ],
)
def test_finding_says_the_level_and_what_holds_it_back(answers: str, said: str) -> None:
    assert plain(wording.finding(report(answers))) == said


@pytest.mark.parametrize(
    ("pillars", "said"),
    [
        (["b", "a"], "Not yet at level 1 of 1: B and A hold it back"),
        (["a", "b", "c"], "Not yet at level 1 of 1: 3 pillars hold it back"),
        (["x" * 51], f"Not yet at level 1 of 1: X{'x' * 50} holds it back"),
        (["x" * 52], "Not yet at level 1 of 1: 1 pillar holds it back"),
        (["x" * 30, "y" * 30], "Not yet at level 1 of 1: 2 pillars hold it back"),
    ],
)
def test_finding_names_one_or_two_pillars_where_they_fit_and_counts_others(pillars: list[str], said: str) -> None:
    model = framework(*(cell(1, name, s(f"s{index}")) for index, name in enumerate(pillars)))
    answers = ", ".join(f"{key} N" for key in model.statements)
    assert wording.finding(report(answers, framework=model)) == said


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ({}, "Northwind, measured against Sample 1.0."),
        ({"team": "Claims", "systems": "Assistant."}, "Claims, measured against Sample 1.0. In scope: Assistant."),
        (
            {"systems": "Assistant", "units": "Motor", "period": "May to June"},
            "Northwind, measured against Sample 1.0. In scope: Assistant; Motor. The answers describe May to June.",
        ),
    ],
)
def test_context_says_who_was_measured_against_what(said: dict[str, str], text: str) -> None:
    assert wording.context(report("a1 F", **said)) == text


def test_confidence_says_what_the_result_rests_on() -> None:
    full = "a1 F, a2 F, b1 F, b2 F"
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert plain(wording.confidence(report(full, state=State.CLOSED))) == (
        "4 of 4 statements answered; self-assessed, not a certification."
    )
    assert plain(wording.confidence(report(full, state=State.SUBMITTED, submitted_by="Alice", as_of=at))) == (
        "4 of 4 statements answered; submitted by Alice; 20 Nov 2026; self-assessed, not a certification; "
        "provisional: the round is still open."
    )
    assert plain(wording.confidence(report(full, state=State.UNSUBMITTED))) == (
        "4 of 4 statements answered; self-assessed, not a certification; never submitted: the round was closed before."
    )


@pytest.mark.parametrize(
    ("state", "said", "mark"),
    [
        (State.OPEN, "provisional: the round is still open", "Provisional"),
        (State.SUBMITTED, "provisional: the round is still open", "Provisional"),
        (State.CLOSED, "closed", ""),
        (State.UNSUBMITTED, "never submitted: the round was closed before", "Not submitted"),
    ],
)
def test_state_is_said_and_marked_where_a_report_is_not_final(state: State, said: str, mark: str) -> None:
    found = report("a1 F", round="H2 2026", state=state)
    assert (wording.state(found), wording.mark(found)) == (said, mark)


def test_report_without_a_round_was_scored_from_a_file() -> None:
    assert wording.state(report("a1 F")) == "scored from a file"


def test_honesty_names_the_day_where_it_is_known() -> None:
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert wording.honesty(report("a1 F")) == "Self-assessed against Sample 1.0. Not a certification."
    assert plain(wording.honesty(report("a1 F", as_of=at))) == (
        "Self-assessed on 20 Nov 2026 against Sample 1.0. Not a certification."
    )


def test_day_is_that_of_the_time_zone_of_the_site(settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    assert plain(wording.report_date(report("a1 F", as_of=datetime(2026, 11, 20, 23, 30, tzinfo=UTC)))) == "21 Nov 2026"


@pytest.mark.parametrize(
    ("actions", "said"),
    [
        (0, "Set a target for each pillar."),
        (1, "Set a target for each pillar. Name an owner for the action."),
        (4, "Set a target for each pillar. Name an owner for each of the 3 actions."),
    ],
)
def test_decision_left_empty_asks_for_targets_and_owners(actions: int, said: str) -> None:
    model = framework(cell(1, "a", *(s(f"a{n}", practice=f"practice-{n}") for n in range(4))))
    kits = [make_action(f"kit-{number}", f"practice-{number}") for number in range(actions)]
    given = {f"a{number}": "N" for number in range(4)}
    assert wording.decision(make_report(given, model, actions=kits)) == said
    assert wording.decision(make_report(given, model, actions=kits, decision="Fund it.")) == "Fund it."


def test_decision_left_empty_asks_to_confirm_targets_that_are_set() -> None:
    model = framework(cell(1, "a", s("a1")))
    assert wording.decision(make_report({"a1": "N"}, model, targets={"a": 1})) == "Confirm the targets."


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason.GATE, "Essential: without it the level does not hold"),
        (Reason.BLOCKS, "Stands in the way of the next level"),
        (Reason.NEXT_LEVEL, "Belongs to the next level"),
        (Reason.LATER, "For later"),
    ],
)
def test_reason_of_a_gap_is_said_in_words(reason: Reason, said: str) -> None:
    assert wording.gap_reason(replace(report("a1 N").gaps[0], reason=reason)) == said


def test_gap_is_said_with_place_rating_and_what_would_be_enough() -> None:
    found = report("a1 F, a2 P, b1 F, b2 L")
    gate, other = found.gaps
    assert wording.place(found, gate.cell) == "A, level 2"
    assert wording.obstacle(gate) == "Partly in place: We do a2."
    assert (wording.need(found, gate), wording.need(found, other)) == ("Largely in place", "–")
    assert wording.raising(found, found.way.raises[0]) == (
        "Raise “We do a2” from “Partly in place” to “Largely in place”."
    )


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("a1 F, a2 F", "2.0: the highest level this model covers here"),
        ("a1 F, a2 P", "1.3: level 1, and 33 % of level 2 is in place"),
        ("a1 P, a2 N", "0.3: not yet at level 1, and 33 % of level 1 is in place"),
        ("a1 F, a2 NA", "1.0: what the levels above it ask does not apply"),
    ],
)
def test_position_of_a_pillar_is_cut_and_explained(answers: str, said: str) -> None:
    assert plain(wording.position(report(answers).pillars[0])) == said


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("a1 F, a2 L, b1 F, b2 N", ["now, within 3 months", "now, within 3 months"]),
        ("a1 F, a2 P, b1 F, b2 L", ["now, within 3 months", "next, within 12 months"]),
        ("a1 F, a2 F, b1 F, b2 L", ["later, after 12 months"]),
    ],
)
def test_action_begins_by_what_it_closes_first_whatever_its_effort_and_months(answers: str, said: list[str]) -> None:
    model = framework(
        cell(1, "a", s("a1", practice="a")),
        cell(2, "a", s("a2", practice="a", essential=True)),
        cell(1, "b", s("b1")),
        cell(2, "b", s("b2", practice="b", weight=2)),
    )
    kits = [make_action("slow", "a", effort=3, months=(12, 24)), make_action("quick", "b", effort=1, months=(0, 3))]
    advice = report(answers, framework=model, actions=kits, targets={"a": 2, "b": 2}).advice
    assert [wording.horizon(each) for each in advice] == said


def test_action_that_can_wait_begins_later_whatever_it_closes() -> None:
    model = framework(cell(1, "a", s("a1", practice="testing")))
    [advice] = report("a1 N", framework=model, actions=[make_action("kit", "testing")]).advice
    assert wording.horizon(advice) == "now, within 3 months"
    assert wording.horizon(replace(advice, deferred="You are few.")) == "later, after 12 months"


def test_official_score_is_said_beside_ours_where_one_was_given() -> None:
    model = replace(TWO_PILLARS, official_bands=(OfficialBand(1, 0, 9),))
    assert plain(wording.official(report("a1 F", framework=model, official_total=9))) == (
        "The publisher's own questionnaire gave 9 points, which it counts as level 1, Level 1."
    )
    assert wording.official(report("a1 F", framework=model, official_total=10)) == ""
    assert wording.official(report("a1 F", framework=model)) == ""


@pytest.mark.parametrize(
    ("names", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_names_are_joined(names: list[str], said: str) -> None:
    assert wording.joined(names) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "–"),
        (Fraction(0), "0 %"),
        (Fraction(1, 200), "1 %"),
        (Fraction(1, 3), "33 %"),
        (Fraction(199, 200), "100 %"),
    ],
)
def test_percent_is_rounded_half_up(value: Fraction | None, said: str) -> None:
    assert plain(wording.percent(value)) == said


@pytest.mark.parametrize(
    ("value", "said"), [(Fraction(299, 100), "2.9"), (Fraction(2), "2.0"), (Fraction(1, 30), "0.0")]
)
def test_position_is_cut_and_never_rounded_up(value: Fraction, said: str) -> None:
    assert wording.decimals(value, 1) == said


def test_unanswered_gap_says_so() -> None:
    [gap, *_rest] = make_report({key: code for key, code in WORKED_RATINGS.items() if key != "b2"}).gaps
    assert (gap.rating, wording.obstacle(gap)) == (
        None,
        "Not answered: The second thing of pillar B is in place.",
    )
