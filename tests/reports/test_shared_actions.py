"""What helps most teams of a round."""

from frameworks.definition import ActionKind
from reports import round_wording
from tests.factories import make_action, make_round_report
from tests.frameworks.builders import cell, framework, s

MODEL = framework(
    cell(1, "a", s("a1", practice="prompts")),
    cell(1, "b", s("b1", practice="testing")),
    cell(2, "a", s("a2", practice="library")),
)
LACKS_TESTS = {"a1": "F", "b1": "N", "a2": "N"}
LACKS_PROMPTS = {"a1": "N", "b1": "F", "a2": "N"}
KIT, GUIDE, BOTH = (
    make_action("kit", "testing"),
    make_action("guide", "prompts"),
    make_action("both", "testing", "prompts"),
)


def chosen(*teams: dict[str, str], actions: list = [KIT, GUIDE]) -> list[tuple[str, tuple[str, ...]]]:  # noqa: B006
    report = make_round_report(*teams, framework=MODEL, actions=actions)
    return [(found.action.key, found.pressing) for found in report.actions]


def test_first_comes_what_is_in_the_way_of_most_teams() -> None:
    assert chosen(LACKS_TESTS, LACKS_PROMPTS, LACKS_PROMPTS) == [
        ("guide", ("Team 2", "Team 3")),
        ("kit", ("Team 1",)),
    ]


def test_action_that_closes_nothing_further_is_left_out() -> None:
    assert chosen(LACKS_TESTS, LACKS_PROMPTS, actions=[KIT, GUIDE, BOTH]) == [("both", ("Team 1", "Team 2"))]


def test_of_equally_useful_actions_the_smaller_effort_comes_first() -> None:
    small = make_action("small", "testing", effort=1)
    assert chosen(LACKS_TESTS, actions=[KIT, small]) == [("small", ("Team 1",))]


def test_pitfalls_and_what_nobody_lacks_are_no_actions() -> None:
    pitfall = make_action("pitfall", "testing", kind=ActionKind.PITFALL)
    assert chosen(LACKS_TESTS, actions=[pitfall, make_action("other", "elsewhere")]) == []


def test_what_is_in_nobodys_way_is_no_first_action() -> None:
    shelf = make_action("shelf", "library")
    report = make_round_report({"a1": "F", "b1": "L", "a2": "F"}, framework=MODEL, actions=[KIT, shelf])
    assert (report.actions, report.first_actions) == ((), ())
    [found] = make_round_report({"a1": "F", "b1": "F", "a2": "N"}, framework=MODEL, actions=[shelf]).actions
    assert (found.teams, found.pressing, found.statements) == (("Team 1",), ("Team 1",), ("a2",))


def test_action_says_whom_it_helps() -> None:
    report = make_round_report(LACKS_TESTS, LACKS_PROMPTS, framework=MODEL, actions=[KIT])
    assert round_wording.helped(report, report.actions[0]) == "Helps 1 of 2 teams towards the next level"
    assert report.first_actions == report.actions
