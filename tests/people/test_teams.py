"""Teams and the organization's name: for owners alone."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people import teams
from people.models import Membership, Organization, Team
from tests.conftest import Cast
from tests.factories import make_member, make_organization, make_team, make_user

PAGES = ["teams", "new_team", "team", "archive_team", "restore_team", "rename", "marking"]
WITH_SLUG = {"team", "archive_team", "restore_team"}


@pytest.fixture
def olivia(cast: Cast) -> Client:
    user = make_user("olivia@example.org", name="Olivia")
    make_member(user, cast.organization, is_owner=True)
    return cast.client_of(user)


def path(name: str, organization: str = "northwind") -> str:
    return reverse(f"people:{name}", args=[organization, *(["claims"] if name in WITH_SLUG else [])])


def code_of(email: str) -> str:
    return str(Membership.objects.get(user__email=email).code)


@pytest.mark.parametrize("name", PAGES)
def test_page_is_for_owners_alone(cast: Cast, name: str) -> None:
    everybody = [cast.client_of(user) for user in (cast.alice, cast.bob, cast.charlie)]
    if name != "teams":
        assert [each.post(path(name), {"name": "x"}).status_code for each in everybody] == [403, 403, 404]
    if name not in ("archive_team", "restore_team"):
        assert [each.get(path(name)).status_code for each in everybody] == [403, 403, 404]
    assert Client().get(path(name)).url == f"/accounts/login/?next={path(name)}"
    assert Team.objects.values_list("name", "archived_at").get() == ("Claims", None)
    assert Organization.objects.get(slug="northwind").name == "Northwind"


@pytest.mark.parametrize("name", sorted(WITH_SLUG))
def test_team_is_not_found_under_another_organization(charlie: Client, cast: Cast, name: str) -> None:
    assert charlie.post(path(name, "southwind"), {"name": "x", "weight": "2"}).status_code == 404
    assert Team.objects.values_list("name", "weight", "archived_at").get() == ("Claims", 1, None)


@pytest.mark.parametrize("name", ["teams", "new_team", "team", "rename", "marking"])
def test_page_opens_for_an_owner_with_one_heading_and_one_primary_action(olivia: Client, name: str) -> None:
    html = olivia.get(path(name)).content.decode()
    assert (html.count("<h1"), html.count("btn-primary")) == (1, 1)


def test_owner_adds_a_team_with_leads(olivia: Client) -> None:
    sent = {"name": "Contract search", "weight": "3", "leads": [code_of("bob@example.org")]}
    assert olivia.post(path("new_team"), sent).url == "/o/northwind/teams/"
    team = Team.objects.get(slug="contract-search")
    assert (team.name, team.weight, [lead.user.email for lead in team.membership_set.all()]) == (
        "Contract search",
        3,
        ["bob@example.org"],
    )


def test_owner_renames_a_team_and_its_address_stays(olivia: Client) -> None:
    olivia.post(path("team"), {"name": "Claims handling", "weight": "2", "leads": [code_of("bob@example.org")]})
    assert Team.objects.values_list("name", "slug", "weight").get() == ("Claims handling", "claims", 2)
    assert not Membership.objects.get(user__email="alice@example.org").teams.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "CLAIMS"}, {"weight": "0"}, {"weight": "much"}, {"leads": ["of-nobody"]}],
)
def test_team_with_something_wrong_is_refused(olivia: Client, wrong: dict[str, Any]) -> None:
    response = olivia.post(path("new_team"), {"name": "New", "weight": "1"} | wrong)
    assert response.status_code == 422
    assert response.content.decode().count('class="error-summary"') == 1
    assert Team.objects.count() == 1


def test_lead_of_another_organization_is_refused(olivia: Client) -> None:
    sent = {"name": "New", "weight": "1", "leads": [code_of("charlie@example.org")]}
    assert olivia.post(path("new_team"), sent).status_code == 422
    assert not Membership.objects.get(user__email="charlie@example.org").teams.exists()


def test_archived_team_is_offered_for_nothing_new_until_it_is_restored(olivia: Client) -> None:
    olivia.post(path("archive_team"))
    assert not Team.objects.current().exists()
    assert "No team takes part yet" in olivia.get(path("teams")).content.decode()
    assert 'value="claims"' not in olivia.get("/o/northwind/people/invite/").content.decode()
    olivia.post(path("restore_team"))
    assert Team.objects.current().count() == 1


def test_free_slug_is_numbered_and_never_that_of_a_page(db: None) -> None:
    organization = make_organization()
    found = [teams.create(organization, name, 1, []).slug for name in ("Claims", "Claims!", "New", "東京", "Claims?")]
    assert found == ["claims", "claims-2", "new-2", "team", "claims-3"]


@pytest.mark.parametrize("count", [1, 30])
def test_list_asks_the_database_equally_often_for_one_and_thirty_teams(
    cast: Cast, olivia: Client, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count - 1):
        team = make_team(organization=cast.organization, slug=f"team-{number}")
        Membership.objects.get(user=cast.bob).teams.add(team)
    olivia.get(path("teams"))
    with django_assert_num_queries(5):
        html = olivia.get(path("teams")).content.decode()
    assert len(re.findall(r'<th scope="row"', html)) == count


def test_owner_renames_the_organization(olivia: Client) -> None:
    assert olivia.post(path("rename"), {"name": "Northwind Group"}).url == "/o/northwind/settings/"
    assert ">Northwind Group</h1>" in olivia.get("/o/northwind/").content.decode()
    assert olivia.post(path("rename"), {"name": " "}).status_code == 422


def test_owner_says_how_confidential_reports_are_and_whom_they_are_for(olivia: Client) -> None:
    sent = {"confidentiality": "Confidential", "distribution": "Board"}
    assert 'value="Internal"' in olivia.get(path("marking")).content.decode()
    assert olivia.post(path("marking"), sent).url == "/o/northwind/settings/"
    assert Organization.objects.values_list(*sent).get(slug="northwind") == ("Confidential", "Board")
    assert olivia.post(path("marking"), sent | {"confidentiality": " "}).status_code == 422


def test_organization_page_leads_owners_alone_to_people_and_teams(olivia: Client, bob: Client) -> None:
    pages = [each.get("/o/northwind/").content.decode() for each in (olivia, bob)]
    assert [path("teams") in page and "/o/northwind/people/" in page for page in pages] == [True, False]
