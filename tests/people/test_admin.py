"""What operators do to people and organizations stands in the trail; the rest they only look at."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from people import audit
from people.models import Event, Membership, Organization, User
from tests.conftest import Cast
from tests.factories import make_user


@pytest.fixture
def operator(db: None) -> Client:
    return Cast.client_of(make_user("olga@example.org", name="Olga", is_staff=True, is_superuser=True))


def told() -> list[str]:
    return [audit.read(event).sentence for event in Event.objects.order_by("pk")]


def rows(*members: dict[str, Any]) -> dict[str, Any]:
    """The inline form of an organization's members."""
    initial = sum("id" in member for member in members)
    data: dict[str, Any] = {"membership_set-TOTAL_FORMS": len(members), "membership_set-INITIAL_FORMS": initial}
    for number, member in enumerate(members):
        data |= {f"membership_set-{number}-{name}": value for name, value in member.items()}
    return data


def test_operator_makes_an_organization_with_its_first_owner(operator: Client) -> None:
    dora = make_user("dora@example.org")
    sent = {"name": "Eastwind", "slug": "eastwind"} | rows({"user": dora.pk, "is_owner": "on"})
    assert operator.post("/admin/people/organization/add/", sent).status_code == 302
    assert Membership.objects.get().is_owner
    assert told() == ["Olga made the organization Eastwind.", "Olga added dora@example.org."]


def test_organization_without_an_owner_is_refused(operator: Client) -> None:
    response = operator.post("/admin/people/organization/add/", {"name": "Eastwind", "slug": "eastwind"} | rows())
    assert "An organization needs an owner who is active." in response.content.decode()
    assert not Organization.objects.exists()


def test_operator_gives_an_organization_another_owner(cast: Cast, operator: Client) -> None:
    charlie = Membership.objects.get(user=cast.charlie)
    organization, dora = charlie.organization, make_user("dora@example.org")
    sent = {"name": "Southwind AG"} | rows({"id": charlie.pk, "DELETE": "on"}, {"user": dora.pk, "is_owner": "on"})
    operator.post(f"/admin/people/organization/{organization.pk}/change/", sent)
    assert [member.user for member in Membership.objects.filter(organization=organization)] == [dora]
    assert told() == [
        "Olga renamed the organization to Southwind AG.",
        "Olga added dora@example.org.",
        "Olga removed Charlie.",
    ]


def test_role_changed_by_an_operator_keeps_the_teams(cast: Cast, operator: Client) -> None:
    alice, bob = (Membership.objects.get(user=user) for user in (cast.alice, cast.bob))
    sent = {"name": "Northwind"} | rows({"id": alice.pk, "user": cast.bob.pk}, {"id": bob.pk, "is_owner": "on"})
    operator.post(f"/admin/people/organization/{cast.organization.pk}/change/", sent)
    alice.refresh_from_db()
    assert (alice.user, [team.slug for team in alice.teams.all()]) == (cast.alice, ["claims"])
    assert told() == ["Olga changed the role of Bob."]


def account(user: User, **changed: Any) -> dict[str, Any]:
    sent = {"email": user.email, "name": user.name, "is_active": "on"} | changed
    return sent | {"membership_set-TOTAL_FORMS": 0, "membership_set-INITIAL_FORMS": 0}


def test_account_changed_by_an_operator_is_told_in_the_organization(cast: Cast, operator: Client) -> None:
    operator.post(f"/admin/people/user/{cast.alice.pk}/change/", account(cast.alice, email="eve@example.org"))
    event = Event.objects.get()
    assert (event.organization, event.before, event.after) == (
        cast.organization,
        {"email": "alice@example.org"},
        {"email": "eve@example.org"},
    )
    assert told() == ["Olga changed the account of Alice."]


def test_password_address_and_second_step_changed_by_an_operator_are_told(cast: Cast, operator: Client) -> None:
    password = {"password1": "stone-cairn-ridge", "password2": "stone-cairn-ridge", "usable_password": "true"}
    operator.post(f"/admin/people/user/{cast.alice.pk}/password/", password)
    address = {"user": cast.alice.pk, "email": "alice@example.org", "verified": "on"}
    operator.post("/admin/account/emailaddress/add/", address)
    step = Authenticator.objects.create(user=cast.alice, type=Authenticator.Type.TOTP, data={})
    operator.post(f"/admin/mfa/authenticator/{step.pk}/delete/", {"post": "yes"})
    assert (EmailAddress.objects.get().verified, Authenticator.objects.exists()) == (True, False)
    assert told() == ["Olga changed how Alice signs in."] * 3


def test_secret_of_a_second_step_is_shown_to_nobody(cast: Cast, operator: Client) -> None:
    step = Authenticator.objects.create(user=cast.alice, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DP"})
    assert "JBSWY3DP" not in operator.get(f"/admin/mfa/authenticator/{step.pk}/change/").content.decode()


def test_person_deleted_by_an_operator_is_told(cast: Cast, operator: Client) -> None:
    operator.post(f"/admin/people/user/{cast.alice.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(pk=cast.alice.pk).exists()
    assert told() == ["Olga removed Alice."]


def test_last_owner_is_not_deleted(cast: Cast, operator: Client) -> None:
    assert operator.post(f"/admin/people/user/{cast.charlie.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=cast.charlie.pk).exists()


@pytest.mark.parametrize("model", ["people/team", "assessment/round", "assessment/assessment"])
def test_operator_only_looks_at_what_an_organization_keeps(cast: Cast, operator: Client, model: str) -> None:
    row = {"team": cast.team, "round": cast.assessment.round, "assessment": cast.assessment}[model.split("/")[1]]
    page = f"/admin/{model}/{row.pk}"
    assert operator.get(f"{page}/change/").status_code == 200
    assert [
        operator.post(address, {"post": "yes"}).status_code
        for address in (f"{page}/change/", f"{page}/delete/", f"/admin/{model}/add/")
    ] == [403, 403, 403]


def test_organization_is_not_deleted_here(cast: Cast, operator: Client) -> None:
    address = f"/admin/people/organization/{cast.organization.pk}/delete/"
    assert operator.post(address, {"post": "yes"}).status_code == 403
