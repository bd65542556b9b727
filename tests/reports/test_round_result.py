import re
from typing import Any

import pytest
from django.test import Client

from assessment.models import Assessment, Round
from people.models import Organization, Team
from reports import closing, round_pictures, wording
from reports.round_report import report_for
from tests.conftest import Cast
from tests.factories import WORKED_RATINGS, make_assessment, make_bundled_version, make_round, make_team
from tests.figures import figure_on

MIDDLE = WORKED_RATINGS | {"b2": "P"}


def submitted(cast: Cast, round: Round, slug: str, ratings: dict[str, str], weight: int = 1) -> Assessment:
    team = make_team(organization=cast.organization, slug=slug, weight=weight)
    assessment = make_assessment(team=team, round=round, ratings=ratings)
    assessment.submit(by=cast.alice)
    return assessment


def answered(cast: Cast) -> Round:
    """Four teams at level 2, one at level 1; the claims team has not submitted."""
    round = cast.assessment.round
    for slug in ("fire", "health", "motor", "travel"):
        submitted(cast, round, slug, WORKED_RATINGS)
    submitted(cast, round, "pets", MIDDLE)
    return round


def page(client: Client, round: Round) -> str:
    html = client.get(f"/o/northwind/rounds/{round.code}/result/").content.decode()
    return html.replace(wording.NBSP, " ")


def table(html: str, label: str) -> list[list[str]]:
    """The cells of the table that has this label."""
    body = re.split("<tbody.*?>", html.split(f'aria-labelledby="{label}"')[1])[1].split("</tbody>")[0]
    found = [re.split(r"</t[dh]>", row)[:-1] for row in body.split("</tr>")[:-1]]
    return [[" ".join(re.sub("<.*?>", " ", cell).split()) for cell in row] for row in found]


def test_result_says_the_level_with_its_count_first(cast: Cast, bob: Client) -> None:
    html = page(bob, answered(cast))
    assert "<title>Level 2, Practised: 4 of 5 teams at level 2 or above, H2 2026 – Waymark</title>" in html
    assert re.findall(r"<h1>(.*?)</h1>", html) == ["Level 2, Practised: 4 of 5 teams at level 2 or above"]
    assert "Secured to level 2: 4 of 5 teams." in html
    assert "5 of 6 teams submitted; provisional: the round is still open; self-assessed, not a certification." in html


def test_result_names_who_has_not_submitted(cast: Cast, bob: Client) -> None:
    round = answered(cast)
    missing = page(bob, round).split('id="missing"')[1].split("</section>")[0]
    assert re.findall(r"<li>(.*?)</li>", missing) == ["Claims"]
    cast.assessment.delete()
    assert 'id="missing"' not in page(bob, round)


def test_result_counts_the_teams_of_every_level(cast: Cast, bob: Client) -> None:
    html = page(bob, answered(cast))
    assert table(html, "levels") == [
        ["2 Level 2, Practised", "4", "4", ""],
        ["1 Level 1, Started", "1", "5", ""],
        ["0 Not yet at level 1", "0", "5", ""],
    ]
    assert re.findall(r'viewBox="0 0 (\d+) 1".*?<rect width="(\d+)"', html) == [("5", "4"), ("5", "1"), ("5", "0")]


def test_result_shows_every_pillar_with_level_count_and_range(cast: Cast, bob: Client) -> None:
    assert table(page(bob, answered(cast)), "profile") == [
        ["Pillar A 5 of 5 teams at level 1 or above", "1", "1.3", "1.3", "1.3", "1.3"],
        ["Pillar B 4 of 5 teams at level 2 or above", "2", "1.8", "1.3", "2.0", "2.0"],
    ]


def test_result_lists_the_statements_that_divide_the_teams(cast: Cast, bob: Client) -> None:
    html = page(bob, answered(cast))
    assert table(html, "uneven") == [
        [
            "The second thing of pillar B is in place.",
            "Pillar B, level 2",
            "Partly in place (1 team) Largely in place (4 teams)",
        ]
    ]
    assert re.findall(r'data-rating="(\w)"', html) == ["P", "L"]


def test_result_of_like_teams_says_that_nothing_divides_them(cast: Cast, bob: Client) -> None:
    submitted(cast, cast.assessment.round, "fire", WORKED_RATINGS)
    html = page(bob, cast.assessment.round)
    assert "No statement divides the teams." in html


def test_result_leads_to_the_result_of_each_team(cast: Cast, bob: Client) -> None:
    round = cast.assessment.round
    fire, pets = submitted(cast, round, "fire", WORKED_RATINGS), submitted(cast, round, "pets", MIDDLE)
    html = page(bob, round)
    assert table(html, "teams") == [["Fire", "2", "2", "72 %"], ["Pets", "1", "1", "61 %"]]
    links = re.findall(r'<a href="(.*?)">', html.split('aria-labelledby="teams"')[1].split("</table>")[0])
    assert links == [f"{each.get_absolute_url()}result/" for each in (fire, pets)]
    assert [bob.get(link).status_code for link in links] == [200, 200]


def test_result_shows_weights_where_they_differ(cast: Cast, bob: Client) -> None:
    round = cast.assessment.round
    submitted(cast, round, "fire", WORKED_RATINGS)
    assert table(page(bob, round), "teams") == [["Fire", "2", "2", "72 %"]]
    submitted(cast, round, "pets", MIDDLE, weight=3)
    html = page(bob, round)
    assert table(html, "teams") == [["Fire", "2", "2", "72 %", "1"], ["Pets", "1", "1", "61 %", "3"]]
    assert "teams with at least 80 % of the weight have reached" in html


def test_result_before_the_first_team_submits_says_so(cast: Cast, bob: Client) -> None:
    html = page(bob, cast.assessment.round)
    assert re.findall(r"<h1>(.*?)</h1>", html) == ["No team has submitted yet"]
    assert re.findall(r'<h2 id="(.*?)"', html) == ["missing"]


def test_result_draws_a_ladder_where_there_are_too_few_pillars_for_a_radar(cast: Cast, bob: Client) -> None:
    html = page(bob, answered(cast))
    assert ('id="ladder-title"' in html, 'id="radar-title"' in html) == (True, False)


def test_numbers_of_the_radar_are_those_of_the_table(cast: Cast, bob: Client) -> None:
    round = make_round(organization=cast.organization, version=make_bundled_version(), name="Full")
    keys = list(round.version.definition().statements)
    submitted(cast, round, "fire", dict(zip(keys, ["F", "L", "P", "N", "F"] * 20, strict=False)))
    submitted(cast, round, "pets", dict.fromkeys(keys, "L"))
    html = page(bob, round)
    radar = round_pictures.radar(report_for(round))
    assert radar is not None
    assert radar.band is not None
    figures = [[float(cell) for cell in row[2:4] + row[5:]] for row in table(html, "profile")]
    assert figures == [
        list(row) for row in zip(radar.series[0].values, radar.band.lower, radar.band.upper, strict=True)
    ]
    figure = figure_on(html, "radar")
    assert "Range of teams" in [trace.get("name") for trace in figure["data"]]


def test_result_of_a_closed_round_stays_whatever_changes(cast: Cast, bob: Client) -> None:
    round = answered(cast)
    closing.close(round)
    before = page(bob, round).split("<h1>")[1].split("</main>")[0]
    assert "; closed on " in before
    Team.objects.update(name="Renamed", weight=7)
    for assessment in Assessment.objects.all():
        assessment.answers.update(rating="N")
    Round.objects.update(name="Renamed")
    Organization.objects.filter(slug="northwind").update(name="Renamed")
    assert page(bob, round).split("<h1>")[1].split("</main>")[0] == before


@pytest.mark.parametrize("teams", [1, 30])
def test_result_asks_the_database_equally_often_for_one_and_thirty_teams(
    cast: Cast, bob: Client, django_assert_num_queries: Any, teams: int
) -> None:
    round = cast.assessment.round
    for number in range(teams):
        submitted(cast, round, f"team-{number}", WORKED_RATINGS)
    page(bob, round)
    with django_assert_num_queries(9):
        assert len(table(page(bob, round), "teams")) == teams
