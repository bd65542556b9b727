from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler403, urlpatterns

__all__ = ["handler400", "handler403", "urlpatterns"]


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.user))


urlpatterns = [path("bare/", bare, name="bare"), *urlpatterns]
