"""What a refused request is told. A page that saves by itself gets words for its save line; a form that somebody typed
gets a page that holds what was typed, to be sent again; all others get a page."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views import csrf, defaults

from assessment.pages import OpenedByAnother


class SignInRequired(LoginRequiredMiddleware):
    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> Any:
        if _saves_by_itself(request):
            return render(request, "account/login.html#save-line", status=401)
        if _would_be_lost(request) and "kept" not in request.POST:
            return _give_back(request, status=401)
        return super().handle_no_permission(request, view_func)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _saves_by_itself(request):
        return render(request, "403.html#save-line", {"exception": str(exception)}, status=403)
    if isinstance(exception, OpenedByAnother):
        return _give_back(request, status=403, is_of_another=True)
    return defaults.permission_denied(request, exception)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Signing in gives a browser a new token, and pages opened before have the old one. Only our own scripts can read
    it from the answer; they send again. Our own forms are given back to be sent again by who looks at them; those of
    other sites are not."""
    if _saves_by_itself(request):
        return HttpResponseForbidden(headers={"X-CSRF-Token": get_token(request)})
    if _would_be_lost(request) and _comes_from_here(request):
        return _give_back(request, status=403)
    return csrf.csrf_failure(request, reason)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return render(request, "400.html", {"is_too_large": True}, status=413)
    return defaults.bad_request(request, exception)


def _saves_by_itself(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def _would_be_lost(request: HttpRequest) -> bool:
    """Whether somebody filled in a form of an organization. Those about accounts hold passwords."""
    fields = set(request.POST) - {"csrfmiddlewaretoken"}
    return request.path.startswith("/o/") and bool(fields)


def _comes_from_here(request: HttpRequest) -> bool:
    """Browsers tell it with every form, and no site can have them tell anything else."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _give_back(request: HttpRequest, status: int, is_of_another: bool = False) -> HttpResponse:
    """What came with this request, to whoever sent it. Nothing of it is stored, here or in the browser."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = [(name, value) for name, value in sent if name not in ("csrfmiddlewaretoken", "kept")]
    response = render(request, "unsent.html", {"fields": fields, "is_of_another": is_of_another}, status=status)
    add_never_cache_headers(response)
    return response
