import pytest
from django.test import Client

from people.demo import PASSWORD, SignIn, demo_sign_ins
from tests.factories import make_member, make_organization, make_team, make_user

pytestmark = pytest.mark.django_db


def test_without_a_demo_organization_there_are_no_demo_sign_ins(client: Client) -> None:
    make_member(make_user("olivia@northwind.example"), make_organization(), is_owner=True)
    assert demo_sign_ins() == []
    assert "Look around the demo" not in client.get("/accounts/login/").content.decode()


def test_demo_sign_ins_are_the_first_of_each_role(client: Client) -> None:
    organization = make_organization(is_demo=True)
    team = make_team(organization=organization)
    make_member(make_user("owner@demo.example"), organization, is_owner=True)
    make_member(make_user("lead@demo.example"), organization, leads=[team])
    make_member(make_user("second@demo.example"), organization, leads=[team])
    make_member(make_user("executive@demo.example"), organization, is_executive=True)
    assert demo_sign_ins() == [
        SignIn("Owner", "owner@demo.example"),
        SignIn("Team lead", "lead@demo.example"),
        SignIn("Executive", "executive@demo.example"),
    ]
    page = client.get("/accounts/login/").content.decode()
    assert "Team lead: <strong>lead@demo.example</strong>" in page
    assert f"Password for all: <strong>{PASSWORD}</strong>" in page
    assert "second@demo.example" not in page


def test_closed_account_is_no_demo_sign_in() -> None:
    make_member(make_user("owner@demo.example", is_active=False), make_organization(is_demo=True), is_owner=True)
    assert demo_sign_ins() == []
