"""What an organization says about itself: its owner says it, and it orders advice."""

import pytest
from django.test import Client

from assessment.models import Profile
from tests.conftest import Cast
from tests.factories import make_member, make_user

PAGE = "/o/northwind/profile/"
SMALL = {"archetype": "taker", "team": "nobody", "staff": "few"}


@pytest.fixture
def owner(cast: Cast) -> Client:
    user = make_user("olivia@example.org")
    make_member(user, cast.organization, is_owner=True)
    return cast.client_of(user)


def test_profile_is_kept_and_shown_again(cast: Cast, owner: Client) -> None:
    assert owner.post(PAGE, SMALL).url == "/o/northwind/"
    assert Profile.objects.get(organization=cast.organization).answers == SMALL
    html = owner.get(PAGE).content.decode()
    assert [html.count(f'value="{slug}" id="id_{name}_') for name, slug in SMALL.items()] == [1, 1, 1]
    assert html.count("checked") == 3


def test_profile_recommends_an_operating_model_with_its_reasons(cast: Cast, owner: Client, bob: Client) -> None:
    assert "Operating model" not in bob.get("/o/northwind/").content.decode()
    owner.post(PAGE, SMALL)
    html = bob.get("/o/northwind/").content.decode()
    assert "<strong>Virtual team.</strong>" in html
    assert "<li>Nobody can work on it full time.</li>" in html


def test_profile_may_be_emptied(cast: Cast, owner: Client) -> None:
    owner.post(PAGE, SMALL)
    owner.post(PAGE, {})
    assert Profile.objects.get().answers == {}


def test_profile_with_an_unknown_answer_is_refused(cast: Cast, owner: Client) -> None:
    response = owner.post(PAGE, {"archetype": "giver"})
    assert response.status_code == 422
    assert not Profile.objects.exists()


def test_profile_is_changed_by_owners_alone(cast: Cast, alice: Client, bob: Client, charlie: Client) -> None:
    assert [each.post(PAGE, SMALL).status_code for each in (alice, bob, charlie)] == [403, 403, 404]
    assert not Profile.objects.exists()
