import pytest

from people import invitations, members
from people.invitations import Role
from people.models import Membership
from tests.conftest import Cast
from tests.factories import make_invitation, make_member, make_user


@pytest.fixture
def olivia(cast: Cast) -> Membership:
    return make_member(make_user("olivia@example.org"), cast.organization, is_owner=True)


def test_role_is_changed_as_a_whole(cast: Cast) -> None:
    alice = Membership.objects.get(user=cast.alice)
    members.change_role(alice, Role(is_owner=True))
    alice.refresh_from_db()
    assert (alice.is_owner, alice.is_executive, list(alice.teams.all())) == (True, False, [])


def test_last_owner_can_neither_leave_nor_become_something_else(cast: Cast, olivia: Membership) -> None:
    with pytest.raises(members.LastOwner):
        members.change_role(olivia, Role(is_executive=True))
    with pytest.raises(members.LastOwner):
        members.remove(olivia)
    assert Membership.objects.get(user=olivia.user).is_owner is True


def test_owner_whose_account_is_closed_does_not_count(cast: Cast, olivia: Membership) -> None:
    make_member(make_user("closed@example.org", is_active=False), cast.organization, is_owner=True)
    with pytest.raises(members.LastOwner):
        members.remove(olivia)


def test_owner_beside_another_may_leave(cast: Cast, olivia: Membership) -> None:
    members.change_role(Membership.objects.get(user=cast.bob), Role(is_owner=True))
    members.remove(olivia)
    assert not Membership.objects.filter(user=olivia.user).exists()


@pytest.mark.parametrize("deed", [members.remove, lambda owner: members.change_role(owner, Role(is_executive=True))])
def test_what_a_former_owner_sent_lets_nobody_in(cast: Cast, olivia: Membership, deed: object) -> None:
    make_member(make_user("other@example.org"), cast.organization, is_owner=True)
    _sent, token = make_invitation(cast.organization, invited_by=olivia.user)
    _other, kept = make_invitation(cast.organization, "emil@example.org", invited_by=cast.bob)
    deed(olivia)  # type: ignore[operator]
    assert invitations.find(token) is None
    assert invitations.find(kept) is not None
