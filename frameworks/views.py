from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from frameworks.models import Version


@login_not_required
def frameworks(request: HttpRequest) -> HttpResponse:
    definitions = [version.definition() for version in Version.objects.newest_of_each()]
    return render(request, "frameworks/frameworks.html", {"frameworks": definitions})


@login_not_required
def framework(request: HttpRequest, slug: str) -> HttpResponse:
    version = Version.objects.newest(slug)
    if version is None:
        raise Http404
    return render(request, "frameworks/framework.html", {"framework": version.definition()})
