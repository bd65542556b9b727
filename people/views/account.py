from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.forms import NameForm
from people.models import Membership, User


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """The own name, and the ways to everything else about the own account."""
    assert isinstance(request.user, User)
    form = NameForm(request.POST if request.method == "POST" else None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Your name is saved."))
        return redirect("people:account")
    memberships = Membership.objects.filter(user=request.user).select_related("organization").prefetch_related("teams")
    context = {"form": form, "memberships": memberships.order_by("organization__name")}
    return render(request, "people/account.html", context, status=422 if form.errors else 200)
