"""Confirming, as another person, that an answer is true."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessment import access, verifying
from people.models import signed_in


@require_POST
def verify(request: HttpRequest, organization: str, code: UUID, key: str) -> HttpResponse:
    """Marks an answer as verified, or takes that back, and leads back to it in its pillar's result."""
    assessment = access.get_assessment_to_verify(request, organization, code)
    cell = assessment.framework.cell_of.get(key)
    if cell is None:
        raise Http404
    deed = verifying.withdraw if "withdraw" in request.POST else verifying.verify
    try:
        deed(assessment, key, _revision(request), by=signed_in(request))
    except verifying.Changed:
        messages.error(request, _("The answer was changed meanwhile. Look at it again before you verify it."))
    return redirect(reverse("reports:pillar_result", args=[organization, code, cell.pillar]) + f"#{key}")


def _revision(request: HttpRequest) -> int:
    """That of the answer that was looked at; -1, which none has, where the form does not say it."""
    said = request.POST.get("withdraw") or request.POST.get("revision", "")
    return int(said) if said.isdecimal() and len(said) < 10 else -1
