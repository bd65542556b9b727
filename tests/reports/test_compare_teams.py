"""Teams side by side. Alice leads the claims team, Bob reads everything."""

import re
from typing import Any

import pytest
from django.test import Client

from assessment.models import Assessment, Round
from reports import closing, wording
from reports.round_report import report_for
from tests.conftest import Cast
from tests.factories import (
    WORKED_RATINGS,
    make_assessment,
    make_bundled_version,
    make_member,
    make_round,
    make_team,
    make_user,
)

PATH = "/o/northwind/compare/"
MIDDLE = WORKED_RATINGS | {"b2": "P"}


def submitted(cast: Cast, round: Round, slug: str, ratings: dict[str, str]) -> Assessment:
    team = cast.team if slug == "claims" else make_team(organization=cast.organization, slug=slug)
    assessment = make_assessment(team=team, round=round, ratings=ratings)
    assessment.submit(by=cast.alice)
    return assessment


def page(client: Client, *rounds: Round) -> str:
    html = client.get(PATH, {"round": [str(round.code) for round in rounds]}).content.decode()
    return html.replace(wording.NBSP, " ")


def table(html: str) -> list[list[str]]:
    text = html.split('<table class="heat-map-table"')[1].split("</table>")[0]
    rows = [re.split(r"</t[dh]>", row.split("</tr>")[0])[:-1] for row in re.split("<tr.*?>", text)[1:]]
    return [[" ".join(re.sub("<.*?>", " ", cell).split()) for cell in row] for row in rows]


def test_teams_stand_in_the_order_of_their_names_with_their_spread(cast: Cast, bob: Client) -> None:
    round = cast.assessment.round
    for slug, ratings in (("pets", WORKED_RATINGS), ("fire", MIDDLE), ("motor", WORKED_RATINGS)):
        submitted(cast, round, slug, ratings)
    html = page(bob)
    assert table(html) == [
        ["Team", "Whole", "Pillar A", "Pillar B"],
        ["Lowest", "1.3", "1.3", "1.3"],
        ["Median", "2.0", "1.3", "2.0"],
        ["Highest", "2.0", "1.3", "2.0"],
        ["Fire", "1.3", "1.3", "1.3"],
        ["Motor", "2.0", "1.3", "2.0"],
        ["Pets", "2.0", "1.3", "2.0"],
    ]
    assert re.findall(r'data-level="(\d)"', html) == ["1", "1", "1", "2", "1", "2", "2", "1", "2"]
    assert "The second thing of pillar B is in place." in html
    assert "Pillar B, level 2: 1 Partly in place, 2 Largely in place" in html


def test_figures_are_those_of_the_result_of_the_round(cast: Cast, bob: Client) -> None:
    round = make_round(organization=cast.organization, version=make_bundled_version(), name="Full")
    keys = list(round.version.definition().statements)
    for number in range(5):
        ratings = dict(zip(keys, (["F", "L", "P", "N", "F"] * 20)[number:], strict=False))
        submitted(cast, round, f"team-{number}", ratings)
    rows = {row[0]: row[1:] for row in table(page(bob, round))}
    score = report_for(round).score
    assert score is not None
    spreads = [score.whole.position, *(found.standing.position for found in score.pillars)]
    for label, name in (("Lowest", "minimum"), ("Median", "median"), ("Highest", "maximum")):
        assert rows[label] == [wording.decimals(getattr(spread, name), 1) for spread in spreads]


def test_rounds_on_different_versions_are_refused_with_a_sentence(cast: Cast, bob: Client) -> None:
    other = make_round(organization=cast.organization, version=make_bundled_version(), name="Full")
    submitted(cast, other, "fire", dict.fromkeys(other.version.definition().statements, "F"))
    submitted(cast, cast.assessment.round, "pets", MIDDLE)
    html = page(bob, other, cast.assessment.round)
    assert "These rounds cannot be compared, because they did not ask the same:" in html
    assert "Full asked Microsoft GenAIOps maturity model 1.0" in html
    assert "<table" not in html
    assert "data-level" not in html


def test_rounds_on_one_version_stand_side_by_side(cast: Cast, bob: Client) -> None:
    before = make_round(organization=cast.organization, version=cast.assessment.round.version, name="H1 2026")
    submitted(cast, before, "fire", MIDDLE)
    closing.close(before)
    submitted(cast, cast.assessment.round, "pets", WORKED_RATINGS)
    rows = [row[0] for row in table(page(bob, before, cast.assessment.round))]
    assert rows == ["Team", "Lowest", "Median", "Highest", "Fire, H1 2026", "Pets, H2 2026"]


def test_lead_compares_the_own_teams(cast: Cast, alice: Client, bob: Client) -> None:
    round = cast.assessment.round
    for key, rating in MIDDLE.items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    cast.assessment.submit(by=cast.alice)
    submitted(cast, round, "fire", WORKED_RATINGS)
    assert [row[0] for row in table(page(alice))] == ["Team", "Lowest", "Median", "Highest", "Claims"]
    assert "Fire" not in page(alice)
    assert [row[0] for row in table(page(bob))][4:] == ["Claims", "Fire"]
    closing.close(round)
    assert "Fire" not in page(alice)


def test_lead_of_nothing_submitted_and_an_empty_organization_are_told_so(
    cast: Cast, alice: Client, bob: Client
) -> None:
    assert ["Nothing has been submitted yet." in page(client) for client in (alice, bob)] == [True, True]
    submitted(cast, cast.assessment.round, "fire", MIDDLE)
    dora = make_user("dora@example.org")
    make_member(dora, cast.organization)
    assert "Nothing has been submitted yet." in page(cast.client_of(dora))


def test_round_of_another_organization_or_of_none_is_passed_over(cast: Cast, bob: Client) -> None:
    submitted(cast, cast.assessment.round, "fire", MIDDLE)
    response = bob.get(PATH, {"round": ["nothing", "%00", "6f5b0d0e-0000-4000-8000-000000000000"]})
    assert (response.status_code, "<table" in response.content.decode()) == (200, False)


@pytest.mark.parametrize("teams", [1, 30])
def test_comparison_asks_the_database_equally_often_for_one_and_thirty_teams(
    cast: Cast, bob: Client, django_assert_num_queries: Any, teams: int
) -> None:
    for number in range(teams):
        submitted(cast, cast.assessment.round, f"team-{number}", WORKED_RATINGS)
    page(bob)
    with django_assert_num_queries(6):
        assert len(table(page(bob))) == teams + 4
