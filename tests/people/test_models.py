from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client

from people.models import Membership, Organization, User
from tests.factories import make_member, make_organization, make_team, make_user

pytestmark = pytest.mark.django_db


def test_create_user_keeps_the_email_in_lower_case() -> None:
    assert User.objects.create_user(" Alice@Example.ORG ").email == "alice@example.org"


def test_create_user_without_a_password_lets_nobody_sign_in() -> None:
    assert not make_user().has_usable_password()


def test_create_superuser_makes_an_operator() -> None:
    user = User.objects.create_superuser("root@example.org", "a long enough password")
    assert (user.is_staff, user.is_superuser, user.check_password("a long enough password")) == (True, True, True)


def test_operator_made_on_the_command_line_signs_in_without_a_letter(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long enough password")
    call_command("createsuperuser", "--no-input", "--email", "Root@example.org", verbosity=0)
    response = client.post("/accounts/login/", {"login": "root@example.org", "password": "a long enough password"})
    assert (response.url, mail.outbox) == ("/", [])


def test_form_finds_an_email_taken_in_other_letters() -> None:
    make_user("alice@example.org")
    with pytest.raises(ValidationError, match="already exists"):
        User(email="Alice@Example.org", password="!").full_clean()


@pytest.mark.parametrize(("name", "shown"), [("Alice", "Alice"), ("", "alice@example.org")])
def test_user_reads_as_the_name_or_else_the_email(name: str, shown: str) -> None:
    assert str(User(email="alice@example.org", name=name)) == shown


@pytest.mark.parametrize(
    ("roles", "expected"), [({}, False), ({"is_owner": True}, True), ({"is_executive": True}, True)]
)
def test_owners_and_executives_see_everything(roles: dict[str, bool], expected: bool) -> None:
    assert Membership(**roles).sees_everything is expected


def test_person_has_one_membership_in_an_organization() -> None:
    user, organization = make_user(), make_organization()
    make_member(user, organization)
    with pytest.raises(IntegrityError):
        make_member(user, organization, is_owner=True)


def test_team_weighs_at_least_one() -> None:
    with pytest.raises(IntegrityError):
        make_team(organization=make_organization(), weight=0)


def test_short_name_of_a_team_is_unique_in_its_organization_alone() -> None:
    make_team(organization=make_organization("northwind"), slug="claims")
    make_team(organization=make_organization("southwind"), slug="claims")
    with pytest.raises(IntegrityError):
        make_team(organization=Organization.objects.get(slug="northwind"), slug="claims")


def test_organizations_visible_to_a_person_are_those_of_a_membership(cast: Any) -> None:
    visible = [[str(each) for each in Organization.objects.visible_to(user)] for user in (cast.alice, cast.charlie)]
    assert visible == [["Northwind"], ["Southwind"]]
