from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessment.forms import ProfileForm
from assessment.models import Profile
from people.access import get_owner


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, organization: str) -> HttpResponse:
    """What kind of organization it is. It orders advice, and never changes a score."""
    membership = get_owner(request, organization)
    row = Profile.objects.filter(organization=membership.organization).first()
    data = request.POST if request.method == "POST" else None
    form = ProfileForm(data, initial=row.answers if row else {})
    if form.is_valid():
        Profile.objects.keep(membership.organization, form.answers(), by=membership.user)
        messages.success(request, _("The profile is saved. Advice follows it from now on."))
        return redirect("assessment:organization", membership.organization.slug)
    context = {"organization": membership.organization, "form": form}
    return render(request, "assessment/profile.html", context, status=422 if form.errors else 200)
