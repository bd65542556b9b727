"""What an invited person sees. Looking never uses an invitation up: mail programs look, too."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from people import access, invitations
from people.models import Invitation, User


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accepts by POST: signed in with the invited address, or with a new account for it."""
    invitation = access.get_invitation(request, token)
    try:
        if invitation is None:
            raise invitations.NotOpen
        return (
            _accept_as_member(request, invitation) if request.user.is_authenticated else _sign_up(request, invitation)
        )
    except invitations.NotOpen:
        return render(request, "people/invitation.html", {"closed": True}, status=404)


def _accept_as_member(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    assert isinstance(request.user, User)
    if not access.may_accept(request.user, invitation):
        context = {"invitation": invitation, "other_address": True}
        return render(request, "people/invitation.html", context, status=403 if request.method == "POST" else 200)
    if request.method == "POST":
        invitations.accept(invitation, request.user)
        return redirect("assessment:organization", invitation.organization.slug)
    return render(request, "people/invitation.html", {"invitation": invitation})


def _sign_up(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if _has_account(invitation.email):
        return render(request, "people/invitation.html", {"invitation": invitation, "has_account": True})
    form = SetPasswordForm(User(email=invitation.email), request.POST if request.method == "POST" else None)
    if form.is_valid():
        login(request, invitations.sign_up(invitation, form.cleaned_data["new_password1"]))
        return redirect("assessment:organization", invitation.organization.slug)
    context = {"invitation": invitation, "form": form}
    return render(request, "people/invitation.html", context, status=422 if form.errors else 200)


def _has_account(email: str) -> bool:
    return User.objects.filter(Q(email__iexact=email) | Q(emailaddress__email__iexact=email)).exists()
