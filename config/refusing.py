"""What a refused request is told. A page that saves by itself gets words for its save line, all others a page."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views import csrf, defaults


class SignInRequired(LoginRequiredMiddleware):
    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> Any:
        if _saves_by_itself(request):
            return render(request, "account/login.html#save-line", status=401)
        return super().handle_no_permission(request, view_func)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _saves_by_itself(request):
        return render(request, "403.html#save-line", {"exception": str(exception)}, status=403)
    return defaults.permission_denied(request, exception)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Signing in gives a browser a new token, and pages opened before have the old one. Only our own scripts can read
    it from the answer; they send again."""
    if _saves_by_itself(request):
        return HttpResponseForbidden(headers={"X-CSRF-Token": get_token(request)})
    return csrf.csrf_failure(request, reason)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return render(request, "400.html", {"is_too_large": True}, status=413)
    return defaults.bad_request(request, exception)


def _saves_by_itself(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers
