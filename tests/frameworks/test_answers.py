from pathlib import Path

import pytest

from frameworks.definition import Answer, Framework, Rating
from frameworks.loading import AnswersFile, DefinitionError, load, load_answers
from frameworks.scoring import score

GOLDEN = Path(__file__).parents[1] / "golden"
FRAMEWORK = load((GOLDEN / "worked-example.yaml").read_bytes(), ())
FILE = """\
framework: worked-example
version: "1.0"
organization: Northwind Retail
team: Claims
target: {a: 2, b: 1}
answers:
  a1: F
  a2: {rating: L, note: In two of three teams, evidence: https://wiki.example/a2}
  b1: {rating: NA, reason: No data may be used yet, evidence: [A letter, A rule]}
"""


def find(slug: str, version: str | None) -> Framework | None:
    return FRAMEWORK if slug == FRAMEWORK.slug and version in (None, FRAMEWORK.version) else None


def problems(text: str) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        load_answers(text, find)
    return list(map(str, caught.value.problems))


def test_load_answers_gives_what_the_file_says():
    assert load_answers(FILE, find) == AnswersFile(
        framework=FRAMEWORK,
        organization="Northwind Retail",
        team="Claims",
        targets={"a": 2, "b": 1},
        answers={
            "a1": Answer(Rating.F),
            "a2": Answer(Rating.L, note="In two of three teams", evidence=("https://wiki.example/a2",)),
            "b1": Answer(Rating.NA, reason="No data may be used yet", evidence=("A letter", "A rule")),
        },
    )


def test_load_answers_without_version_team_and_target_takes_the_newest_and_no_target():
    answers = load_answers("framework: worked-example\norganization: Northwind\nanswers: {}\n", find)

    assert answers == AnswersFile(FRAMEWORK, "Northwind", team=None, targets={}, answers={})


def test_load_answers_takes_one_target_for_every_pillar():
    assert load_answers(FILE.replace("{a: 2, b: 1}", "2"), find).targets == {"a": 2, "b": 2}


def test_load_answers_of_the_worked_example_scores_as_the_rules_say():
    answers = load_answers((GOLDEN / "worked-example-answers.yaml").read_bytes(), find)
    result = score(answers.framework, {key: answer.rating for key, answer in answers.answers.items()})

    assert (result.level, result.secured_level) == (2, 2)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("framework: worked-example", "framework: worked", '1:1: framework: there is no framework "worked"'),
        ('version: "1.0"', 'version: "2.0"', '2:1: version: worked-example has no version "2.0"'),
        ("organization: Northwind Retail\n", "", "1:1: organization: required, but missing"),
        ("{a: 2, b: 1}", "{a: 2, c: 1}", '5:16: target.c: there is no pillar "c"'),
        ("{a: 2, b: 1}", "{a: 3, b: 1}", "5:10: target.a: expected a level from 1 to 2, got 3"),
        ("{a: 2, b: 1}", "3", "5:1: target: expected a level from 1 to 2, got 3"),
        ("{a: 2, b: 1}", "0", '5:1: target: expected an integer from 1 to 10, or a mapping, got "0"'),
        ("{a: 2, b: 1}", "[2]", "5:1: target: expected an integer from 1 to 10, or a mapping, got a list"),
        ("  a1: F", "  a11: F", '7:3: answers.a11: there is no statement "a11", did you mean a1?'),
        ("  a1: F", "  a1: Yes", '7:3: answers.a1: expected one of N, P, L, F, DK, NA, or a mapping, got "Yes"'),
        ("  a1: F", "  a1: NA", "7:3: answers.a1: NA needs a reason: {rating: NA, reason: …}"),
        ("  a1: F", "  a1: {note: Well}", "7:3: answers.a1.rating: required, but missing"),
        ("  a1: F", "  a1: F\n  a1: N", '8:3: answers.a1: duplicate key, first given on line 7 as "a1"'),
        ("No data may be used yet", '" "', "9:3: answers.b1: NA needs a reason: {rating: NA, reason: …}"),
        ("[A letter, A rule]", "[[A letter]]", "9:64: answers.b1.evidence[0]: expected a text, got a list"),
    ],
)
def test_load_answers_says_what_is_wrong_and_where(old: str, new: str, said: str):
    assert problems(FILE.replace(old, new)) == [said]


def test_load_answers_of_an_unknown_framework_still_finds_other_mistakes():
    assert problems(FILE.replace("worked-example", "other").replace("a1: F", "a1: NA")) == [
        '1:1: framework: there is no framework "other"',
        "7:3: answers.a1: NA needs a reason: {rating: NA, reason: …}",
    ]
