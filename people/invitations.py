"""The deeds around inviting people. A letter carries a token of 256 bits; only the token's SHA-256 is stored."""

import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from hashlib import sha256

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import audit, letters
from people.models import Invitation, Membership, Organization, Team, User

INVITATION = audit.Kind(
    "invitation", _("Invitation"), is_owner=_("Owner"), is_executive=_("Executive"), teams=_("Lead of")
)
SENT = INVITATION.deed("sent", _("%(who)s invited %(what)s."))
RESENT = INVITATION.deed("resent", _("%(who)s sent the invitation of %(what)s again."))
REVOKED = INVITATION.deed("revoked", _("%(who)s revoked the invitation of %(what)s."))
ACCEPTED = INVITATION.deed("accepted", _("%(who)s accepted the invitation of %(what)s."))

VALID_FOR = timedelta(days=7)
MOST_AN_HOUR = 50
NAMED = re.compile(r".*<([^<>]*)>$")


class Outcome(Enum):
    SENT = "sent"
    INVALID = "invalid"
    REPEATED = "repeated"
    MEMBER = "member"
    INVITED = "invited"
    TOO_MANY = "too many"
    UNDELIVERED = "undelivered"


@dataclass(frozen=True)
class Row:
    """What became of one line of a pasted list."""

    line: str
    outcome: Outcome


@dataclass(frozen=True)
class Role:
    """What an invited person becomes."""

    is_owner: bool = False
    is_executive: bool = False
    teams: tuple[Team, ...] = ()


class NotOpen(Exception):
    """The invitation is used, revoked or expired, or the organization has sent as many as it may for now."""


def invite(organization: Organization, lines: Iterable[str], role: Role, by: User) -> list[Row]:
    """Invites every address of a list, and says line by line what became of it."""
    rows: list[Row] = []
    done: set[str] = set()
    for line in lines:
        email = address(line)
        rows.append(Row(line, Outcome.REPEATED if email in done else _invite(organization, email, role, by)))
        done |= {email} - {""}
    return rows


def split(text: str) -> Iterator[str]:
    """The entries of a pasted list: one a line, or separated by commas or semicolons."""
    return (entry.strip() for entry in re.split(r"[,;\r\n]", text) if entry.strip())


def address(line: str) -> str:
    """The address in `ann@example.org` or `Ann Lee <ann@example.org>`, in small letters; "" if there is none."""
    named = NAMED.match(line)
    email = (named[1] if named else line).strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        return ""
    return email if len(email) <= 254 else ""


def find(token: str) -> Invitation | None:
    """The invitation this token opens now. Looking changes nothing."""
    open_ones = Invitation.objects.open().select_related("organization", "invited_by").prefetch_related("teams")
    return open_ones.filter(token_hash=_hash(token)).first()


def accept(invitation: Invitation, user: User) -> Membership:
    """Makes `user` what the invitation says, once; raises NotOpen the second time."""
    with transaction.atomic():
        if not Invitation.objects.open().filter(pk=invitation.pk).update(accepted_at=timezone.now()):
            raise NotOpen
        membership, _made = Membership.objects.get_or_create(user=user, organization=invitation.organization)
        membership.is_owner |= invitation.is_owner
        membership.is_executive |= invitation.is_executive
        membership.save(update_fields=["is_owner", "is_executive"])
        membership.teams.add(*invitation.teams.all())
        _record(ACCEPTED, invitation, user)
        return membership


def sign_up(invitation: Invitation, password: str) -> User:
    """Makes an account for the invited address, which the letter has proved, and accepts; raises NotOpen as `accept`
    does, and then there is no account."""
    with transaction.atomic():
        if Invitation.objects.open().select_for_update().filter(pk=invitation.pk).first() is None:
            raise NotOpen
        user = User.objects.create_user(invitation.email, password)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        accept(invitation, user)
    return user


@transaction.atomic
def revoke(invitation: Invitation, by: User | None = None) -> None:
    """Nobody can accept it any more; one that was accepted stays as it is."""
    if Invitation.objects.pending().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
        _record(REVOKED, invitation, by)


def resend(invitation: Invitation, by: User) -> bool:
    """Sends a new letter and makes the old one worthless: whether it went out. Raises NotOpen if there is nothing to
    send again, or too much was sent within an hour."""
    with transaction.atomic():
        if not _has_room(_locked(invitation.organization)):
            raise NotOpen
        if not Invitation.objects.pending().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
            raise NotOpen
        again, token = _create(invitation.organization, invitation.email, _role(invitation), by)
        _record(RESENT, again, by)
    return _deliver(again, token)


def _invite(organization: Organization, email: str, role: Role, by: User) -> Outcome:
    if not email:
        return Outcome.INVALID
    with transaction.atomic():
        refused = _refusal(_locked(organization), email)
        if refused:
            return refused
        invitation, token = _create(organization, email, role, by)
        _record(SENT, invitation, by)
    return Outcome.SENT if _deliver(invitation, token) else Outcome.UNDELIVERED


def _refusal(organization: Organization, email: str) -> Outcome | None:
    if Membership.objects.filter(organization=organization, user__email__iexact=email).exists():
        return Outcome.MEMBER
    earlier = Invitation.objects.pending().filter(organization=organization, email=email)
    if earlier.open().exists():
        return Outcome.INVITED
    if not _has_room(organization):
        return Outcome.TOO_MANY
    earlier.update(revoked_at=timezone.now())
    return None


def _has_room(organization: Organization) -> bool:
    sent = Invitation.objects.filter(organization=organization).sent_since(timezone.now() - timedelta(hours=1))
    return sent.count() < MOST_AN_HOUR


def _locked(organization: Organization) -> Organization:
    """Deeds of one organization wait for each other, or together they could send more than each may."""
    return Organization.objects.select_for_update().get(pk=organization.pk)


def _create(organization: Organization, email: str, role: Role, by: User) -> tuple[Invitation, str]:
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organization=organization,
        email=email,
        is_owner=role.is_owner,
        is_executive=role.is_executive,
        token_hash=_hash(token),
        invited_by=by,
        expires_at=timezone.now() + VALID_FOR,
    )
    invitation.teams.set(role.teams)
    return invitation, token


def _deliver(invitation: Invitation, token: str) -> bool:
    """False if the mail server did not take it: the list of invitations then offers to send it again."""
    try:
        letters.invitation(invitation, token).send()
    except OSError:
        return False
    return True


def _record(deed: audit.Deed, invitation: Invitation, by: User | None) -> None:
    role = {
        "is_owner": invitation.is_owner,
        "is_executive": invitation.is_executive,
        "teams": [team.name for team in invitation.teams.all()],
    }
    audit.record(deed, by, invitation.organization, invitation.code, invitation.email, after=role)


def _role(invitation: Invitation) -> Role:
    return Role(invitation.is_owner, invitation.is_executive, tuple(invitation.teams.all()))


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
