"""What whoever holds a letter's link sees and can do."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from people import invitations
from people.models import Invitation, Membership, User
from tests.conftest import Cast
from tests.factories import make_invitation, make_user

PASSWORD = {"new_password1": "stone-cairn-ridge", "new_password2": "stone-cairn-ridge"}


@pytest.fixture(autouse=True)
def no_earlier_tries() -> None:
    cache.clear()


@pytest.fixture
def address(cast: Cast) -> str:
    return f"/invitation/{make_invitation(cast.organization, leads=[cast.team])[1]}/"


def test_looking_never_uses_an_invitation_up(client: Client, address: str) -> None:
    for _try in range(10):
        assert [client.get(address).status_code, client.head(address).status_code] == [200, 200]
    assert client.options(address).status_code == 405
    assert Invitation.objects.open().count() == 1
    assert not User.objects.filter(email="dora@example.org").exists()


def test_new_person_chooses_a_password_and_is_in(client: Client, address: str, cast: Cast) -> None:
    assert "<h1>Join Northwind</h1>" in client.get(address).content.decode()
    assert client.post(address, PASSWORD).url == "/o/northwind/"
    assert client.get(cast.assessment.get_absolute_url()).status_code == 200
    client.post("/accounts/logout/")
    signed_in = client.post("/accounts/login/", {"login": "dora@example.org", "password": "stone-cairn-ridge"})
    assert signed_in.url == "/"


def test_weak_password_is_refused_and_the_invitation_stays(client: Client, address: str) -> None:
    response = client.post(address, {"new_password1": "dora", "new_password2": "dora"})
    assert response.status_code == 422
    assert response.content.decode().count('class="error-summary"') == 1
    assert Invitation.objects.open().count() == 1


def test_who_has_an_account_signs_in_and_accepts(client: Client, address: str, cast: Cast) -> None:
    dora = make_user("dora@example.org")
    assert f'href="/accounts/login/?next={address}"' in client.get(address).content.decode()
    client.post(address, PASSWORD)
    assert not Membership.objects.filter(user=dora).exists()
    signed_in = cast.client_of(dora)
    assert signed_in.get(address).content.decode().count("Accept the invitation") == 1
    assert signed_in.post(address).url == "/o/northwind/"
    assert list(Membership.objects.get(user=dora).teams.all()) == [cast.team]


def test_person_with_another_address_cannot_accept(charlie: Client, address: str, cast: Cast) -> None:
    assert "You are signed in as charlie@example.org." in charlie.get(address).content.decode()
    assert charlie.post(address, PASSWORD).status_code == 403
    assert not Membership.objects.filter(user=cast.charlie, organization=cast.organization).exists()
    assert Invitation.objects.open().count() == 1


def neutral(client: Client, address: str) -> str:
    response = client.get(address)
    assert (response.status_code, client.post(address, PASSWORD).status_code) == (404, 404)
    return re.sub(r'value="\w+"', "", response.content.decode())


def test_wrong_expired_used_and_revoked_links_look_the_same(client: Client, cast: Cast) -> None:
    made = [make_invitation(cast.organization, f"{name}@example.org") for name in ("expired", "used", "revoked")]
    Invitation.objects.filter(pk=made[0][0].pk).update(expires_at=timezone.now())
    invitations.accept(made[1][0], make_user("used@example.org"))
    invitations.revoke(made[2][0])
    pages = {neutral(client, f"/invitation/{token}/") for token in ["wrong", *(token for _made, token in made)]}
    assert len(pages) == 1
    assert "Northwind" not in pages.pop()


def test_who_tries_many_wrong_links_is_told_nothing_for_a_while(client: Client, address: str) -> None:
    for number in range(20):
        client.get(f"/invitation/wrong-{number}/")
    assert client.get(address).status_code == 404
    assert client.get(address, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert Invitation.objects.open().count() == 1


def test_form_of_the_link_wants_a_token(address: str) -> None:
    assert Client(enforce_csrf_checks=True).post(address, PASSWORD).status_code == 403
