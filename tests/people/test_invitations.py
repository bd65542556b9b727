"""An invitation admits one person, once, to one place."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from threading import Barrier
from time import sleep

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import OperationalError, connection
from django.utils import timezone

from people import invitations
from people.invitations import NotOpen, Outcome, Role
from people.models import Invitation, Membership, User
from tests.conftest import Cast
from tests.factories import make_invitation, make_organization, make_user


def outcomes(cast: Cast, *lines: str) -> list[Outcome]:
    role = Role(is_executive=True)
    return [row.outcome for row in invitations.invite(cast.organization, lines, role, cast.alice)]


def token_in(letter: mail.EmailMessage) -> str:
    found = re.search(r"/invitation/([\w-]+)/", str(letter.body))
    assert found
    return found[1]


def test_letter_has_a_token_of_256_bits_and_only_its_hash_is_stored(cast: Cast) -> None:
    assert outcomes(cast, "dora@example.org") == [Outcome.SENT]
    token = token_in(mail.outbox[0])
    invitation = Invitation.objects.get()
    assert len(token) == 43
    assert invitation.token_hash == sha256(token.encode()).hexdigest()
    assert invitations.find(token) == invitation
    assert invitation.expires_at - invitation.sent_at < timedelta(days=7, seconds=5)


def test_pasted_list_is_answered_line_by_line(cast: Cast) -> None:
    lines = ["Dora <Dora@Example.org>", "dora@EXAMPLE.org", "no address", "BOB@example.org", "x@example.org%0aBcc: y@z"]
    assert outcomes(cast, *lines) == [
        Outcome.SENT,
        Outcome.REPEATED,
        Outcome.INVALID,
        Outcome.MEMBER,
        Outcome.INVALID,
    ]
    assert [letter.to for letter in mail.outbox] == [["dora@example.org"]]
    assert outcomes(cast, "dora@example.org") == [Outcome.INVITED]


def test_split_takes_lines_commas_and_semicolons() -> None:
    assert list(invitations.split("a@b.org, c@d.org;\r\n\n e@f.org\rBcc: g@h.org")) == [
        "a@b.org",
        "c@d.org",
        "e@f.org",
        "Bcc: g@h.org",
    ]


@pytest.mark.parametrize("line", ["Bcc: g@h.org", "a@b.org\nBcc: c@d.org", "a b@c.org", f"{'a' * 250}@b.org", "<>"])
def test_address_refuses_what_is_none(line: str) -> None:
    assert invitations.address(line) == ""


def test_fifty_letters_an_hour_are_the_most_of_one_organization(cast: Cast) -> None:
    found = outcomes(cast, *[f"person-{number}@example.org" for number in range(52)])
    assert found == [Outcome.SENT] * 50 + [Outcome.TOO_MANY] * 2
    with pytest.raises(NotOpen):
        invitations.resend(Invitation.objects.first(), cast.alice)
    Invitation.objects.update(sent_at=timezone.now() - timedelta(minutes=61))
    assert outcomes(cast, "person-51@example.org") == [Outcome.SENT]


def test_letters_of_one_organization_do_not_count_for_another(cast: Cast) -> None:
    elsewhere = make_organization("eastwind")
    for number in range(50):
        make_invitation(elsewhere, f"person-{number}@example.org")
    assert outcomes(cast, "person-0@example.org") == [Outcome.SENT]


def test_accepting_gives_the_role_and_uses_the_invitation_up(cast: Cast) -> None:
    invitation, token = make_invitation(cast.organization, leads=[cast.team], is_executive=True)
    member = invitations.accept(invitation, make_user("dora@example.org"))
    assert (member.is_owner, member.is_executive, list(member.teams.all())) == (False, True, [cast.team])
    assert invitations.find(token) is None
    with pytest.raises(NotOpen):
        invitations.accept(invitation, cast.charlie)
    assert not Membership.objects.filter(user=cast.charlie, organization=cast.organization).exists()


def test_accepting_takes_no_role_from_somebody_who_joined_meanwhile(cast: Cast) -> None:
    invitation, _token = make_invitation(cast.organization, "bob@example.org", leads=[cast.team])
    member = invitations.accept(invitation, cast.bob)
    assert (member.is_executive, list(member.teams.all())) == (True, [cast.team])


def test_revoked_and_expired_invitations_open_nothing(cast: Cast) -> None:
    revoked, token = make_invitation(cast.organization)
    invitations.revoke(revoked)
    expired, old_token = make_invitation(cast.organization, "emil@example.org", expires_at=timezone.now())
    assert [invitations.find(each) for each in (token, old_token, "", "wrong")] == [None] * 4
    for each in (revoked, expired):
        with pytest.raises(NotOpen):
            invitations.accept(each, cast.charlie)


def test_expired_invitation_does_not_keep_from_inviting_again(cast: Cast) -> None:
    make_invitation(cast.organization, expires_at=timezone.now())
    assert outcomes(cast, "dora@example.org") == [Outcome.SENT]


def test_sending_again_makes_the_first_letter_worthless(cast: Cast) -> None:
    invitation, token = make_invitation(cast.organization, leads=[cast.team], is_owner=True)
    assert invitations.resend(invitation, cast.alice) is True
    again = invitations.find(token_in(mail.outbox[0]))
    assert again is not None
    assert (again.email, again.is_owner, list(again.teams.all())) == ("dora@example.org", True, [cast.team])
    assert invitations.find(token) is None
    with pytest.raises(NotOpen):
        invitations.resend(invitation, cast.alice)


def test_accepted_invitation_cannot_be_revoked(cast: Cast) -> None:
    invitation, _token = make_invitation(cast.organization)
    invitations.accept(invitation, make_user("dora@example.org"))
    invitations.revoke(invitation)
    assert Invitation.objects.get().revoked_at is None


def test_signing_up_by_invitation_confirms_the_address(cast: Cast) -> None:
    invitation, _token = make_invitation(cast.organization)
    user = invitations.sign_up(invitation, "stone-cairn-ridge")
    assert EmailAddress.objects.values_list("user", "email", "verified", "primary").get() == (
        user.pk,
        "dora@example.org",
        True,
        True,
    )
    with pytest.raises(NotOpen):
        invitations.sign_up(invitation, "stone-cairn-ridge")
    assert User.objects.filter(email="dora@example.org").count() == 1


def patiently(invitation: Invitation, user: User) -> None:
    """SQLite in memory, as tests have it, does not wait for others, as it does in a file."""
    while True:
        try:
            invitations.accept(invitation, user)
            return
        except OperationalError:
            sleep(0.005)


@pytest.mark.usefixtures("transactional_db")
def test_fifty_acceptances_at_once_give_one_membership() -> None:
    organization = make_organization()
    invitation, _token = make_invitation(organization)
    users = [make_user(f"person-{number}@example.org") for number in range(50)]
    start = Barrier(50)

    def accept(user: User) -> bool:
        start.wait()
        try:
            patiently(invitation, user)
        except NotOpen:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(50) as pool:
        accepted = list(pool.map(accept, users))
    assert accepted.count(True) == 1
    assert Membership.objects.count() == 1
