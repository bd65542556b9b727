"""The pages of people, as forms that work without scripts."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from people.models import Invitation, Membership, User
from tests.conftest import Cast
from tests.factories import make_invitation, make_member, make_organization, make_team, make_user


@pytest.fixture
def olivia(cast: Cast) -> Client:
    user = make_user("olivia@example.org", name="Olivia")
    make_member(user, cast.organization, is_owner=True)
    return cast.client_of(user)


@pytest.fixture
def invitation(cast: Cast) -> Invitation:
    return make_invitation(cast.organization, leads=[cast.team])[0]


def path(name: str, cast: Cast, organization: str = "northwind") -> str:
    """The address of a page about Bob, or about the one invitation."""
    codes: Mapping[str, Any] = {
        "member": Membership.objects.get(user=cast.bob).code,
        "remove_member": Membership.objects.get(user=cast.bob).code,
        "resend_invitation": Invitation.objects.get().code,
        "revoke_invitation": Invitation.objects.get().code,
    }
    return reverse(f"people:{name}", args=[organization, *([codes[name]] if name in codes else [])])


def rows(response: HttpResponse) -> list[list[str]]:
    found = re.findall(r"<tr.*?>(.*?)</tr>", response.content.decode(), re.DOTALL)
    cells = [
        [" ".join(re.sub("<.*?>", " ", cell).split()) for cell in re.split(r"</t[dh]>", row)[:-1]] for row in found
    ]
    return [row[:2] for row in cells if row[0] not in ("Person", "Address", "Line")]


@pytest.mark.usefixtures("invitation")
def test_list_shows_members_and_invitations_with_roles(cast: Cast, olivia: Client) -> None:
    assert rows(olivia.get("/o/northwind/people/")) == [
        ["Alice alice@example.org", "Lead of Claims"],
        ["Bob bob@example.org", "Executive"],
        ["Olivia olivia@example.org", "Owner"],
        ["dora@example.org", "Lead of Claims"],
    ]


@pytest.mark.parametrize("count", [1, 30])
def test_list_asks_the_database_equally_often_for_one_and_thirty(
    cast: Cast, olivia: Client, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        make_invitation(cast.organization, f"invited-{number}@example.org", leads=[cast.team])
        make_member(make_user(f"member-{number}@example.org"), cast.organization, leads=[cast.team])
    olivia.get("/o/northwind/people/")
    with django_assert_num_queries(6):
        assert len(rows(olivia.get("/o/northwind/people/"))) == 2 * count + 3


def test_owner_changes_a_role(cast: Cast, olivia: Client) -> None:
    response = olivia.post(path_of(cast.bob), {"is_owner": "on", "teams": ["claims"]})
    assert response.url == "/o/northwind/people/"
    bob = Membership.objects.get(user=cast.bob)
    assert (bob.is_owner, bob.is_executive, list(bob.teams.all())) == (True, False, [cast.team])


def path_of(user: User) -> str:
    return reverse("people:member", args=["northwind", Membership.objects.get(user=user).code])


def test_role_that_is_none_or_of_a_team_elsewhere_is_refused(cast: Cast, olivia: Client) -> None:
    make_team(organization=make_organization("eastwind"), slug="sales")
    none, foreign = olivia.post(path_of(cast.bob), {}), olivia.post(path_of(cast.bob), {"teams": ["sales"]})
    assert [none.status_code, foreign.status_code] == [422, 422]
    assert "Choose at least one role." in none.content.decode()
    assert none.content.decode().count('class="error-summary"') == 1
    assert Membership.objects.get(user=cast.bob).is_executive is True


def test_last_owner_is_told_why_they_must_stay(olivia: Client) -> None:
    address = path_of(User.objects.get(email="olivia@example.org"))
    refused = olivia.post(address, {"is_executive": "on"})
    removed = olivia.post(f"{address}remove/", follow=True)
    assert [refused.status_code, removed.status_code] == [422, 200]
    for response in (refused, removed):
        assert "An organization needs an owner. Make somebody else an owner first." in response.content.decode()


def test_owner_beside_another_may_leave_and_ends_on_the_start_page(cast: Cast, olivia: Client) -> None:
    olivia.post(path_of(cast.bob), {"is_owner": "on"})
    assert olivia.post(f"{path_of(User.objects.get(email='olivia@example.org'))}remove/").url == "/"
    assert olivia.get("/o/northwind/people/").status_code == 404


def test_who_is_removed_is_refused_on_the_next_request_of_an_open_page(
    cast: Cast, olivia: Client, alice: Client
) -> None:
    page = cast.assessment.url("statement", "a1")
    assert alice.get(page).status_code == 200
    olivia.post(f"{path_of(cast.alice)}remove/")
    assert alice.post(page, {"rating": "F"}).status_code == 404
    assert not cast.assessment.answers.exists()


def test_owner_who_loses_the_role_is_refused_on_the_next_post_of_an_open_page(cast: Cast, olivia: Client) -> None:
    address = path_of(cast.bob)
    olivia.get(address)
    Membership.objects.filter(user__email="olivia@example.org").update(is_owner=False)
    assert olivia.post(address, {"is_owner": "on"}).status_code == 403
    assert Membership.objects.get(user=cast.bob).is_owner is False


def test_pasted_list_is_invited(olivia: Client) -> None:
    response = olivia.post("/o/northwind/people/invite/", {"addresses": "a@b.org, C@d.org", "teams": ["claims"]})
    assert response.url == "/o/northwind/people/"
    assert [letter.to for letter in mail.outbox] == [["a@b.org"], ["c@d.org"]]
    assert "2 invitations are on their way." in olivia.get(response.url).content.decode()


def test_lines_that_cannot_be_invited_stay_in_the_form_with_a_reason(olivia: Client) -> None:
    sent = {"addresses": "a@b.org\nnobody\nbob@example.org\nA@b.org", "is_executive": "on"}
    response = olivia.post("/o/northwind/people/invite/", sent)
    assert response.status_code == 422
    assert rows(response) == [
        ["a@b.org", "Invited."],
        ["nobody", "This is not an email address."],
        ["bob@example.org", "Is a member already."],
        ["A@b.org", "This address stands here twice."],
    ]
    assert re.findall(r"<textarea.*?>\s*(.*?)</textarea>", response.content.decode(), re.DOTALL) == [
        "nobody\nbob@example.org\nA@b.org"
    ]


def test_invitation_without_role_or_address_is_refused(olivia: Client) -> None:
    response = olivia.post("/o/northwind/people/invite/", {"addresses": "a@b.org"})
    assert response.status_code == 422
    assert olivia.post("/o/northwind/people/invite/", {"is_owner": "on"}).status_code == 422
    assert mail.outbox == []


def test_invitation_is_sent_again_and_revoked(cast: Cast, olivia: Client, invitation: Invitation) -> None:
    olivia.post(path("resend_invitation", cast))
    assert [letter.to for letter in mail.outbox] == [["dora@example.org"]]
    again = Invitation.objects.open().get()
    olivia.post(reverse("people:revoke_invitation", args=["northwind", again.code]))
    assert not Invitation.objects.pending().exists()
    assert "No invitation is waiting for an answer." in olivia.get("/o/northwind/people/").content.decode()
