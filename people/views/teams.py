"""The teams of an organization, for its owners."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import access
from people import teams as deeds
from people.forms import TeamForm
from people.models import Team, signed_in


@require_safe
def teams(request: HttpRequest, organization: str) -> HttpResponse:
    owner = access.get_owner(request, organization)
    found = Team.objects.filter(organization=owner.organization).prefetch_related("membership_set__user")
    context = {
        "organization": owner.organization,
        "current": [team for team in found if not team.archived_at],
        "archived": [team for team in found if team.archived_at],
    }
    return render(request, "people/teams.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_team(request: HttpRequest, organization: str) -> HttpResponse:
    owner = access.get_owner(request, organization)
    form = TeamForm(_sent(request), instance=Team(organization=owner.organization))
    if form.is_valid():
        team = deeds.create(owner.organization, **form.cleaned_data, by=owner.user)
        messages.success(request, _("The team %(team)s is there.") % {"team": team.name})
        return redirect("people:teams", organization)
    context = {"organization": owner.organization, "form": form}
    return render(request, "people/new_team.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, organization: str, slug: str) -> HttpResponse:
    """Name, weight and leads of one team."""
    team = access.get_team(request, organization, slug)
    name = team.name
    form = TeamForm(_sent(request), instance=team)
    if form.is_valid():
        deeds.change(team, **form.cleaned_data, by=signed_in(request))
        messages.success(request, _("The team %(team)s is saved.") % {"team": team.name})
        return redirect("people:teams", organization)
    context = {"organization": team.organization, "team": team, "name": name, "form": form}
    return render(request, "people/team.html", context, status=422 if form.errors else 200)


@require_POST
def archive_team(request: HttpRequest, organization: str, slug: str) -> HttpResponse:
    team = access.get_team(request, organization, slug)
    deeds.archive(team, by=signed_in(request))
    messages.success(request, _("The team %(team)s is archived.") % {"team": team.name})
    return redirect("people:teams", organization)


@require_POST
def restore_team(request: HttpRequest, organization: str, slug: str) -> HttpResponse:
    team = access.get_team(request, organization, slug)
    deeds.restore(team, by=signed_in(request))
    messages.success(request, _("The team %(team)s takes part again.") % {"team": team.name})
    return redirect("people:teams", organization)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
