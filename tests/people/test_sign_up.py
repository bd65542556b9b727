"""Signing up with an organization, and making one later. No page tells whether an address has an account."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from people.models import Event, Membership, Organization, User
from tests.conftest import Cast
from tests.factories import make_organization, make_user

SENT = {
    "name": "Dora Lee",
    "email": "Dora@example.org",
    "password1": "stone-cairn-ridge",
    "password2": "stone-cairn-ridge",
    "organization": "Eastwind",
}


@pytest.fixture(autouse=True)
def no_attempts_yet() -> None:
    cache.clear()


@pytest.fixture
def dora(db: None, client: Client) -> Client:
    client.force_login(make_user("dora@example.org"))
    return client


def sign_up(client: Client, **changed: str) -> Any:
    return client.post("/accounts/signup/", SENT | changed)


def link_in(message: Any) -> str:
    found = re.search(r"http://testserver(/\S+)", message.body)
    assert found
    return found[1]


@pytest.mark.django_db
def test_sign_up_makes_a_person_and_the_organization_they_own(client: Client) -> None:
    assert sign_up(client).url == "/accounts/confirm-email/"
    member = Membership.objects.get()
    assert (member.user.name, member.user.email, member.is_owner) == ("Dora Lee", "dora@example.org", True)
    assert (member.organization.name, member.organization.slug) == ("Eastwind", "eastwind")
    assert list(Event.objects.values_list("verb", "actor_email")) == [("created", "dora@example.org")]


@pytest.mark.django_db
def test_nobody_enters_before_the_address_is_confirmed(client: Client) -> None:
    sign_up(client)
    assert client.get("/o/eastwind/").status_code == 302
    other = Client()
    assert other.post("/accounts/login/", {"login": SENT["email"], "password": SENT["password1"]}).url == (
        "/accounts/confirm-email/"
    )
    assert other.get("/o/eastwind/").status_code == 302


@pytest.mark.django_db
def test_link_in_the_mail_confirms_the_address_and_then_the_person_enters(client: Client) -> None:
    sign_up(client)
    link = link_in(mail.outbox[0])
    assert client.get(link).status_code == 200
    client.post(link)
    other = Client()
    assert other.post("/accounts/login/", {"login": SENT["email"], "password": SENT["password1"]}).url == "/"
    assert other.get("/o/eastwind/").status_code == 200


@pytest.mark.django_db
def test_mail_is_plain_text_and_html_and_says_waymark(client: Client) -> None:
    sign_up(client)
    message = mail.outbox[0]
    assert message.subject == "Waymark: confirm your email address"
    assert message.body.startswith("Somebody, probably you, gave this address for an account on Waymark.")
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    assert f'<a href="http://testserver{link_in(message)}"' in html


def test_address_that_has_an_account_gets_the_same_answer_and_another_mail(cast: Cast, client: Client) -> None:
    unknown, known = sign_up(client), sign_up(Client(), email="alice@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [message.subject for message in mail.outbox] == [
        "Waymark: confirm your email address",
        "Waymark: you have an account already",
    ]
    assert Organization.objects.filter(name="Eastwind").count() == 1
    assert Membership.objects.filter(user=cast.alice).count() == 1


def test_forgotten_password_tells_nothing_about_the_address(cast: Cast, client: Client) -> None:
    answers = [client.post("/accounts/password/reset/", {"email": f"{name}@example.org"}) for name in ("alice", "no")]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/accounts/password/reset/done/")] * 2


def test_wrong_sign_in_tells_nothing_about_the_address(cast: Cast, client: Client) -> None:
    texts = []
    for name in ("alice", "nobody"):
        response = client.post("/accounts/login/", {"login": f"{name}@example.org", "password": "wrong"})
        texts.append(re.sub(r'value="[^"]*"', "", response.content.decode()))
    assert texts[0] == texts[1]


@pytest.mark.django_db
@pytest.mark.parametrize(("field", "value"), [("organization", ""), ("name", ""), ("password2", "other")])
def test_sign_up_that_lacks_something_makes_nothing(client: Client, field: str, value: str) -> None:
    response = sign_up(client, **{field: value})
    assert response.content.decode().count('class="error-summary"') == 1
    assert (User.objects.count(), Organization.objects.count(), mail.outbox) == (0, 0, [])


@pytest.mark.django_db
def test_summary_says_which_fields_are_missing(client: Client) -> None:
    html = sign_up(client, organization="", name="").content.decode()
    missing = re.findall(r'<li><a href="#id_\w+">(.*?)</a></li>', html)
    assert missing == ["Your name: This field is required.", "Organization: This field is required."]


@pytest.mark.django_db
def test_nobody_signs_up_where_that_is_off(client: Client, settings: Any) -> None:
    settings.SIGN_UP = False
    assert "Accounts are by invitation" in sign_up(client).content.decode()
    assert User.objects.count() == 0


def test_signed_in_person_makes_an_organization_and_owns_it(dora: Client) -> None:
    make_organization("eastwind")
    response = dora.post("/organizations/new/", {"name": "Eastwind"})
    assert response.url == "/o/eastwind-2/"
    assert Membership.objects.get().is_owner
    assert dora.get("/o/eastwind-2/people/").status_code == 200
    assert dora.get("/o/eastwind/").status_code == 404


def test_organization_wants_a_name(dora: Client) -> None:
    assert dora.post("/organizations/new/", {"name": " "}).status_code == 422
    assert not Organization.objects.exists()


def test_nobody_makes_an_organization_where_that_is_off(dora: Client, settings: Any) -> None:
    settings.SIGN_UP = False
    response = dora.post("/organizations/new/", {"name": "Eastwind"})
    assert response.status_code == 403
    assert "the people who run Waymark make organizations" in response.content.decode()
    assert not Organization.objects.exists()


def test_person_makes_only_so_many_organizations_an_hour(dora: Client) -> None:
    codes = [dora.post("/organizations/new/", {"name": f"Number {number}"}).status_code for number in range(6)]
    assert codes == [302, 302, 302, 302, 302, 429]
    assert Organization.objects.count() == 5


def test_person_changes_the_own_name(dora: Client) -> None:
    assert dora.post("/account/", {"name": "Dora Lee"}).url == "/account/"
    assert User.objects.get().name == "Dora Lee"
    assert "You belong to no organization." in dora.get("/account/").content.decode()
