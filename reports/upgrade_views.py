"""A round and the newer versions of its framework: what they change, and upgrading to one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessment import access, upgrading
from frameworks.differences import compare
from people.models import signed_in
from reports import closing, version_wording


@require_http_methods(["GET", "HEAD", "POST"])
def upgrade_round(request: HttpRequest, organization: str, code: UUID) -> HttpResponse:
    """What the newest version would change, and what that does to the answers; by POST, upgrades to it. Asks again
    where a newer one was published meanwhile."""
    round = access.get_open_round(request, organization, code)
    version = upgrading.offer(round)
    if version is None:
        return redirect(round)
    if request.POST.get("version") == version.number:
        closing.upgrade(round, version, by=signed_in(request))
        messages.success(request, _("The round asks version %(number)s now.") % {"number": version.number})
        return redirect(round)
    old, new = round.version.definition(), version.definition()
    changes = compare(old, new)
    context = {
        "organization": round.organization,
        "round": round,
        "version": version,
        "effects": list(upgrading.effects(round, changes)),
        "set_aside": upgrading.set_aside(round, version),
        "structure": version_wording.structure(changes),
        "groups": version_wording.groups(old, new, changes),
        "is_outdated": request.method == "POST",
    }
    return render(request, "reports/upgrade_round.html", context, status=409 if request.method == "POST" else 200)


@require_safe
def version_change(request: HttpRequest, organization: str, code: UUID, change: UUID) -> HttpResponse:
    """What was different when the round began to ask another version."""
    round, _membership = access.get_round_and_membership(request, organization, code)
    found = round.version_changes.select_related("old__framework", "new__framework", "changed_by")
    changed = get_object_or_404(found, code=change)
    old, new = changed.old.definition(), changed.new.definition()
    changes = compare(old, new)
    context = {
        "organization": round.organization,
        "round": round,
        "change": changed,
        "structure": version_wording.structure(changes),
        "groups": version_wording.groups(old, new, changes),
    }
    return render(request, "reports/version_change.html", context)
