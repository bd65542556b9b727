"""The trail of an organization, for its owners: on pages, and as a file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people import access, spreadsheets
from people import audit as trail
from people.audit_forms import AuditForm

ON_A_PAGE = 50


@require_safe
def audit(request: HttpRequest, organization: str) -> HttpResponse:
    """Newest first."""
    owner = access.get_owner(request, organization)
    form = AuditForm(request.GET, organization=owner.organization)
    page = Paginator(form.found(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "organization": owner.organization,
        "form": form,
        "page": page,
        "lines": [trail.read(event) for event in page],
        "is_filtered": any(form.cleaned_data.values()),
        "query": _without_page(request),
    }
    return render(request, "people/audit.html", context, status=422 if form.errors else 200)


@require_safe
def audit_csv(request: HttpRequest, organization: str) -> StreamingHttpResponse:
    """The same choice of events, all of them, as a file."""
    owner = access.get_owner(request, organization)
    form = AuditForm(request.GET, organization=owner.organization)
    return spreadsheets.stream(f"waymark_{owner.organization.slug}_audit.csv", trail.rows(form.found()))


def _without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
