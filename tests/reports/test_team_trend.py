"""Who may see how a team moved. Alice leads the claims team, Bob reads everything; tests/reports/test_trend.py has what
is shown."""

from django.test import Client

from tests.conftest import Cast
from tests.factories import make_team


def test_lead_sees_the_own_teams_alone(cast: Cast, alice: Client, bob: Client, charlie: Client) -> None:
    make_team(organization=cast.organization, slug="fire")
    paths = ["/o/northwind/teams/claims/trend/", "/o/northwind/teams/fire/trend/"]
    assert [[client.get(path).status_code for path in paths] for client in (alice, bob, charlie)] == [
        [200, 404],
        [200, 200],
        [404, 404],
    ]


def test_team_that_is_not_there_is_not_found(cast: Cast, bob: Client) -> None:
    assert bob.get("/o/northwind/teams/nothing/trend/").status_code == 404
