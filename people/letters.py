"""Mail in an organization's name, as plain text and HTML. Names that people chose can add no header and no link."""

import re
from email.headerregistry import Address
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from people.models import Invitation

WORD_JOINER = "\u2060"


def invitation(invitation: Invitation, token: str) -> EmailMultiAlternatives:
    """The letter with the one link that opens this invitation."""
    organization = invitation.organization.name
    context = {
        "organization": unlinked(organization),
        "inviter": unlinked(str(invitation.invited_by)) if invitation.invited_by else "",
        "invitation": invitation,
        "teams": [unlinked(team.name) for team in invitation.teams.all()],
        "link": settings.BASE_URL + reverse("people:invitation", args=[token]),
    }
    subject = _("%(organization)s invites you to Waymark") % {"organization": one_line(organization)}
    return compose("people/mail/invitation", subject, organization, invitation.email, context)


def compose(
    template: str, subject: str, organization: str, to: str, context: dict[str, object]
) -> EmailMultiAlternatives:
    """A mail of `template`.txt and `template`.html in the name of an organization."""
    message = EmailMultiAlternatives(subject, render_to_string(f"{template}.txt", context), sender(organization), [to])
    message.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return message


def sender(organization: str) -> str:
    """Our own address under the organization's name, as in `"Northwind (Waymark)" <waymark@example.org>`."""
    own = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return str(Address(f"{one_line(organization)} (Waymark)", addr_spec=own))


def one_line(name: str) -> str:
    """The name without line breaks and other signs that cannot be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())


def unlinked(name: str) -> str:
    """The name on one line, with marks nobody sees, so that no mail program makes a link of it."""
    return re.sub(r"([.:/@])(?=\S)", rf"\1{WORD_JOINER}", one_line(name))
