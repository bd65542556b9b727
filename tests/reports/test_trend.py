"""How levels moved from round to round. Alice leads the claims team, Bob reads everything."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from assessment.aggregation import TeamResult
from assessment.models import Round
from frameworks.definition import Framework, Rating
from frameworks.models import Version
from frameworks.scoring import score
from people.models import Team
from reports import closing, wording
from reports.trend import Measured, left_out, standing_of, steps
from tests.conftest import Cast
from tests.factories import WORKED_RATINGS, make_assessment, make_round, make_team, make_version, worked_example

LOW = dict.fromkeys(WORKED_RATINGS, "P")
HIGH = WORKED_RATINGS


def versioned(number: str, **texts: str) -> Framework:
    """The example in another version, some of its statements worded anew."""
    example = worked_example()
    cells = tuple(
        replace(
            cell,
            statements=tuple(replace(each, text=texts.get(each.key, each.text)) for each in cell.statements),
        )
        for cell in example.cells
    )
    return replace(example, version=number, cells=cells)


def measured(name: str, framework: Framework, ratings: dict[str, str]) -> Measured:
    given = {key: Rating(code) for key, code in ratings.items()}
    result = TeamResult(1, score(framework, given), given)
    return Measured(name, framework, standing_of(result.score), (result,))


def closed(cast: Cast, name: str, year: int, ratings: dict[str, str], version: Version, *teams: Team) -> Round:
    opened = datetime(year, 1, 1, tzinfo=UTC)
    round = make_round(organization=cast.organization, name=name, version=version, opened_at=opened)
    for team in teams or (cast.team,):
        make_assessment(team=team, round=round, ratings=ratings).submit(by=cast.alice)
    closing.close(round)
    return round


def table(html: str) -> list[list[str]]:
    """What the chart's table says, heads included."""
    text = html.split('<details class="chart-table">')[1].split("</table>")[0].replace(wording.NBSP, " ")
    rows = [re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row) for row in text.split("<tr>")[1:]]
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def test_one_round_is_no_trend() -> None:
    assert steps([measured("H1", worked_example(), LOW)], "Levels") is None
    assert (steps([], "Levels"), left_out([])) == (None, 0)


def test_rounds_of_one_version_are_joined() -> None:
    chart = steps([measured("H1", worked_example(), LOW), measured("H2", worked_example(), HIGH)], "Levels")
    assert chart is not None
    assert [stop.change for stop in chart.stops] == ["", ""]
    assert [(line.label, line.levels) for line in chart.lines] == [
        ("Whole", (0, 2)),
        ("Pillar A", (0, 1)),
        ("Pillar B", (0, 2)),
    ]


def test_minor_versions_are_compared_over_what_is_unchanged_in_both() -> None:
    """a3 and b2 make level 2; where b2 is worded anew, level 2 rests on a3 alone, in both rounds."""
    before = measured("H1", worked_example(), HIGH)
    now = measured("H2", versioned("1.1", b2="Worded anew."), HIGH | {"a3": "L"})
    chart = steps([before, now], "Levels")
    assert chart is not None
    assert [stop.change for stop in chart.stops] == ["", "minor"]
    assert (before.standing[0].level, now.standing[0].level) == (2, 2)
    assert chart.lines[0].levels == (1, 2)
    assert left_out([before, now]) == 1


def test_nothing_is_joined_across_major_versions() -> None:
    rounds = [
        measured("H1", worked_example(), LOW),
        measured("H2", versioned("2.0", b2="Worded anew."), HIGH),
        measured("H3", versioned("2.0", b2="Worded anew."), HIGH),
    ]
    chart = steps([rounds[0], rounds[1], replace(rounds[2], framework=rounds[1].framework)], "Levels")
    assert chart is not None
    assert [stop.change for stop in chart.stops] == ["", "major", ""]
    assert list(chart.runs(chart.lines[0])) == [[0], [1, 2]]
    assert left_out(rounds[:2]) == 0


def test_team_trend_shows_closed_rounds_as_they_were_and_the_open_one(cast: Cast, alice: Client) -> None:
    version = cast.assessment.round.version
    closed(cast, "H1 2025", 2025, LOW, version)
    cast.assessment.answers.all().delete()
    for key, rating in HIGH.items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    cast.assessment.submit(by=cast.alice)
    html = alice.get("/o/northwind/teams/claims/trend/").content.decode()
    assert table(html) == [
        ["Pillar", "H1 2025", "H2 2026"],
        ["Whole", "level 0 (0.3)", "level 2 (2)"],
        ["Pillar A", "level 0 (0.3)", "level 1 (1.3)"],
        ["Pillar B", "level 0 (0.3)", "level 2 (2)"],
    ]


def test_team_trend_before_the_second_round_says_so(cast: Cast, bob: Client) -> None:
    assert "A trend appears after the second round." in bob.get("/o/northwind/teams/claims/trend/").content.decode()
    closed(cast, "H1 2025", 2025, LOW, cast.assessment.round.version)
    html = bob.get("/o/northwind/teams/claims/trend/").content.decode()
    assert "Submitted once, in H1 2025. A trend appears after a second round." in html


def test_trend_of_another_framework_is_one_link_away(cast: Cast, bob: Client) -> None:
    other = make_version(replace(worked_example(), slug="other", name="Other model"))
    closed(cast, "Other", 2024, LOW, other)
    closed(cast, "H1 2025", 2025, LOW, cast.assessment.round.version)
    html = bob.get("/o/northwind/teams/claims/trend/").content.decode()
    assert re.findall(r'href="\?framework=([\w-]+)"', html) == ["other", "worked-example"]
    assert "Submitted once, in Other." in bob.get("/o/northwind/teams/claims/trend/?framework=other").content.decode()


def test_organization_trend_is_of_all_teams_and_for_who_sees_everything(cast: Cast, alice: Client, bob: Client) -> None:
    version, fire = cast.assessment.round.version, make_team(organization=cast.organization, slug="fire")
    closed(cast, "H1 2024", 2024, LOW, version, cast.team, fire)
    closed(cast, "H1 2025", 2025, HIGH, version, cast.team, fire)
    html = bob.get("/o/northwind/trend/").content.decode()
    assert table(html)[:2] == [["Pillar", "H1 2024", "H1 2025"], ["Whole", "level 0 (0.3)", "level 2 (2)"]]
    assert "/o/northwind/teams/fire/trend/" in html
    assert alice.get("/o/northwind/trend/").status_code == 404


@pytest.mark.parametrize("rounds", [2, 8])
def test_trends_ask_the_database_equally_often_for_two_and_eight_rounds(
    cast: Cast, bob: Client, django_assert_num_queries: Any, rounds: int
) -> None:
    for number in range(rounds):
        closed(cast, f"Round {number}", 2000 + number, LOW, cast.assessment.round.version)
    for path, queries in (("/o/northwind/teams/claims/trend/", 6), ("/o/northwind/trend/", 5)):
        bob.get(path)
        with django_assert_num_queries(queries):
            assert len(table(bob.get(path).content.decode())[0]) == rounds + 1
