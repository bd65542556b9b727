"""Who belongs to an organization, and as what."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import access, members
from people.forms import MemberForm
from people.models import Invitation, Membership, User, signed_in


@require_safe
def people(request: HttpRequest, organization: str) -> HttpResponse:
    """All members, and the invitations nobody has accepted yet."""
    owner = access.get_owner(request, organization)
    everybody = Membership.objects.filter(organization=owner.organization).select_related("user")
    pending = Invitation.objects.pending().filter(organization=owner.organization)
    context = {
        "organization": owner.organization,
        "members": everybody.prefetch_related("teams").order_by("user__name", "user__email"),
        "invitations": pending.prefetch_related("teams").order_by("email"),
    }
    return render(request, "people/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """One person's role."""
    member = access.get_member(request, organization, code)
    form = MemberForm(request.POST if request.method == "POST" else None, member=member)
    if form.is_valid() and _changed(member, form, signed_in(request)):
        messages.success(request, _("The role of %(person)s is changed.") % {"person": member.user})
        return redirect(*_after(request, member, stays=form.role.is_owner))
    context = {"organization": member.organization, "member": member, "form": form}
    return render(request, "people/member.html", context, status=422 if form.errors else 200)


@require_POST
def remove_member(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    member = access.get_member(request, organization, code)
    try:
        members.remove(member, by=signed_in(request))
    except members.LastOwner:
        messages.error(request, _last_owner())
        return redirect("people:member", organization, code)
    messages.success(request, _("%(person)s is no longer a member.") % {"person": member.user})
    return redirect(*_after(request, member, stays=False))


def _changed(member: Membership, form: MemberForm, by: User) -> bool:
    try:
        members.change_role(member, form.role, by=by)
    except members.LastOwner:
        form.add_error("is_owner", _last_owner())
        return False
    return True


def _last_owner() -> str:
    return _("An organization needs an owner. Make somebody else an owner first.")


def _after(request: HttpRequest, member: Membership, stays: bool) -> list[str]:
    """Owners who took that role from themselves cannot see the list any more."""
    if member.user == request.user and not stays:
        return ["start"]
    return ["people:people", member.organization.slug]
