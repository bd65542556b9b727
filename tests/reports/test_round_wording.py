from datetime import UTC, datetime
from typing import Any

import pytest

from reports import round_wording, wording
from tests.factories import WORKED_RATINGS, make_round_report
from tests.frameworks.builders import cell, framework, s

TOP = WORKED_RATINGS
MIDDLE = WORKED_RATINGS | {"b2": "P"}
NONE = dict.fromkeys(WORKED_RATINGS, "N")


def said(sentence: Any, *teams: dict[str, str], **more: Any) -> str:
    return sentence(make_round_report(*teams, **more)).replace(wording.NBSP, " ")


@pytest.mark.parametrize(
    ("teams", "headline"),
    [
        ([TOP], "Level 2, Practised: 1 of 1 team at level 2 or above"),
        ([TOP] * 4 + [NONE], "Level 2, Practised: 4 of 5 teams at level 2 or above"),
        ([TOP, *[MIDDLE] * 3, NONE], "Level 1, Started: 4 of 5 teams at level 1 or above"),
        ([TOP, NONE, NONE], "Not yet at level 1: 1 of 3 teams at level 1 or above"),
        ([], "No team has submitted yet"),
    ],
)
def test_headline_says_the_level_with_its_count(teams: list[dict[str, str]], headline: str) -> None:
    assert said(round_wording.headline, *teams) == headline


def test_headline_of_a_closed_round_without_a_result_promises_nothing() -> None:
    assert said(round_wording.headline, closed_at=datetime(2026, 11, 22, tzinfo=UTC)) == "No team submitted"


def test_count_of_the_headline_is_of_teams_where_weights_decide() -> None:
    heavy = said(round_wording.headline, TOP, NONE, NONE, weights=[8, 1, 1])
    assert heavy == "Level 2, Practised: 1 of 3 teams at level 2 or above"


def test_rule_speaks_of_weight_only_where_weights_differ() -> None:
    assert said(round_wording.rule, TOP, NONE) == (
        "The organization is at the highest level that at least 80 % of its teams have reached."
    )
    assert said(round_wording.rule, TOP, NONE, weights=[2, 1]) == (
        "The organization is at the highest level that teams with at least 80 % of the weight have reached."
    )


@pytest.mark.parametrize(
    ("teams", "sentence"),
    [
        ([TOP] * 4 + [NONE], "Secured to level 2: 4 of 5 teams."),
        ([TOP, NONE], "No level is secured yet."),
        ([], ""),
    ],
)
def test_secured_level_is_said_with_its_count(teams: list[dict[str, str]], sentence: str) -> None:
    assert said(round_wording.secured, *teams) == sentence


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [("N", "This model grants level 1 to everybody."), ("F", "Secured to level 2: 1 of 1 team.")],
)
def test_level_granted_to_everybody_is_not_called_secured(answer: str, sentence: str) -> None:
    granted = framework(cell(1, "a", s("a1")), cell(2, "a", s("a2")), entry_level=1)
    assert said(round_wording.secured, {"a1": "N", "a2": answer}, framework=granted) == sentence


def test_share_is_a_mean_with_its_range() -> None:
    assert said(round_wording.share, TOP, NONE) == (
        "On average 36 % of what this model asks is in place, between 0 % and 72 % in each team."
    )
    assert (said(round_wording.share), said(round_wording.share, dict.fromkeys(TOP, "NA"))) == ("", "")


def test_share_of_nothing_is_said_as_well() -> None:
    assert said(round_wording.share, NONE) == (
        "On average 0 % of what this model asks is in place, between 0 % and 0 % in each team."
    )


def test_confidence_says_how_many_submitted_and_whether_it_may_change() -> None:
    assert said(round_wording.confidence, TOP, missing=["Late"]) == (
        "1 of 2 teams submitted; provisional: the round is still open; self-assessed, not a certification."
    )
    assert said(round_wording.confidence, TOP, closed_at=datetime(2026, 11, 22, 12, tzinfo=UTC)) == (
        "1 of 1 team submitted; closed on 22 Nov 2026; self-assessed, not a certification."
    )


@pytest.mark.parametrize(
    ("ratings", "limits"),
    [
        (TOP, ""),
        (TOP | {"a3": "NA", "b2": "NA"}, "within limited scope"),
        ({"a1": "F"}, "incomplete"),
        ({"a1": "NA", "a2": "F"}, "within limited scope, incomplete"),
    ],
)
def test_limits_of_a_team_stand_beside_its_level(ratings: dict[str, str], limits: str) -> None:
    [team] = make_round_report(ratings).submitted
    assert round_wording.limits(team.result.score) == limits


def test_pillar_is_said_with_the_teams_that_carry_its_level() -> None:
    report = make_round_report(TOP, TOP, TOP, TOP, NONE)
    assert report.score is not None
    b = report.score.pillars[1]
    assert round_wording.pillar_name(report, b) == "Pillar B"
    assert round_wording.pillar_teams(report, b) == "4 of 5 teams at level 2 or above"


def test_pillar_below_level_1_is_said_with_the_teams_beyond() -> None:
    report = make_round_report(TOP, NONE, NONE)
    assert report.score is not None
    assert round_wording.pillar_teams(report, report.score.pillars[0]) == "1 of 3 teams at level 1 or above"


def test_statement_is_placed_in_pillar_and_level() -> None:
    model = framework(cell(1, "a", s("a1")), cell(2, "b", s("b2")))
    report = make_round_report({"a1": "F", "b2": "F"}, {"a1": "F", "b2": "N"}, framework=model)
    assert report.score is not None
    [uneven] = report.score.uneven
    assert (round_wording.statement(report, uneven).key, round_wording.place(report, uneven)) == ("b2", "B, level 2")
