from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people import access, organizations
from people.forms import MarkingForm, NewOrganizationForm, OrganizationForm


@require_http_methods(["GET", "HEAD", "POST"])
def new_organization(request: HttpRequest) -> HttpResponse:
    """Whoever makes one owns it."""
    founder = access.get_founder(request)
    form = NewOrganizationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not ratelimit.consume(request, action="new_organization", user=founder):
            return render(request, "429.html", status=429)
        made = organizations.create(owner=founder, **form.cleaned_data)
        messages.success(request, _("%(organization)s is there, and you own it.") % {"organization": made})
        return redirect("assessment:organization", made.slug)
    return render(request, "people/new_organization.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def settings(request: HttpRequest, organization: str) -> HttpResponse:
    """The way to everything about the organization as a whole."""
    owner = access.get_owner(request, organization)
    return render(request, "people/settings.html", {"organization": owner.organization})


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, organization: str) -> HttpResponse:
    """The organization's name, for its owners; its address stays."""
    owner = access.get_owner(request, organization)
    form = OrganizationForm(request.POST if request.method == "POST" else None, instance=owner.organization)
    if form.is_valid():
        organizations.rename(owner.organization, by=owner.user, **form.cleaned_data)
        messages.success(request, _("The name is saved."))
        return redirect("people:settings", organization)
    return render(
        request, "people/rename.html", {"slug": organization, "form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def marking(request: HttpRequest, organization: str) -> HttpResponse:
    """How confidential reports are and whom they are for; a closed round's stay as they are."""
    owner = access.get_owner(request, organization)
    form = MarkingForm(request.POST if request.method == "POST" else None, instance=owner.organization)
    if form.is_valid():
        organizations.mark(owner.organization, by=owner.user, **form.cleaned_data)
        messages.success(request, _("The marking of reports is saved."))
        return redirect("people:settings", organization)
    return render(
        request, "people/marking.html", {"slug": organization, "form": form}, status=422 if form.errors else 200
    )
