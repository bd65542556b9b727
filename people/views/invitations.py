"""Inviting people, for owners."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from people import access, invitations
from people.forms import InviteForm
from people.invitations import Outcome, Row
from people.models import Membership, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, organization: str) -> HttpResponse:
    """Many at once. What could not be sent stays in the form, with the reason line by line."""
    owner = access.get_owner(request, organization)
    form = InviteForm(request.POST if request.method == "POST" else None, organization=owner.organization)
    rows = _invite(owner, form) if form.is_valid() else []
    left = [row.line for row in rows if row.outcome is not Outcome.SENT]
    if rows and not left:
        messages.success(request, _sent(len(rows)))
        return redirect("people:people", organization)
    if left:
        form = InviteForm(_with_lines(request.POST, left), organization=owner.organization)
    context = {"organization": owner.organization, "form": form, "rows": [(row, _words(row.outcome)) for row in rows]}
    return render(request, "people/invite.html", context, status=422 if form.errors or left else 200)


@require_POST
def resend_invitation(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    invitation = access.get_pending_invitation(request, organization, code)
    owner = access.get_owner(request, organization)
    try:
        sent = invitations.resend(invitation, owner.user)
    except invitations.NotOpen:
        messages.error(request, _words(Outcome.TOO_MANY))
        return redirect("people:people", organization)
    if sent:
        messages.success(request, _("A new invitation went to %(email)s.") % {"email": invitation.email})
    else:
        messages.error(request, _words(Outcome.UNDELIVERED))
    return redirect("people:people", organization)


@require_POST
def revoke_invitation(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    invitation = access.get_pending_invitation(request, organization, code)
    invitations.revoke(invitation, by=signed_in(request))
    messages.success(request, _("The invitation of %(email)s is revoked.") % {"email": invitation.email})
    return redirect("people:people", organization)


def _invite(owner: Membership, form: InviteForm) -> list[Row]:
    lines = invitations.split(form.cleaned_data["addresses"])
    return invitations.invite(owner.organization, lines, form.role, owner.user)


def _with_lines(data: QueryDict, lines: list[str]) -> QueryDict:
    changed = data.copy()
    changed["addresses"] = "\n".join(lines)
    return changed


def _sent(count: int) -> str:
    return ngettext("%(count)d invitation is on its way.", "%(count)d invitations are on their way.", count) % {
        "count": count
    }


def _words(outcome: Outcome) -> str:
    return {
        Outcome.SENT: _("Invited."),
        Outcome.INVALID: _("This is not an email address."),
        Outcome.REPEATED: _("This address stands here twice."),
        Outcome.MEMBER: _("Is a member already."),
        Outcome.INVITED: _("Is invited already. Send it again from the list of people."),
        Outcome.TOO_MANY: _("An organization sends at most %(most)d invitations an hour. Try again later.")
        % {"most": invitations.MOST_AN_HOUR},
        Outcome.UNDELIVERED: _("The mail could not be sent. Send it again from the list of people."),
    }[outcome]
