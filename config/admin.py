"""The administration, for operators: in production only with a second step at sign-in."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache


class OperatorSite(AdminSite):
    site_header = site_title = "Waymark"

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not _lacks_second_step(request)

    @method_decorator([never_cache, login_not_required])
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Our own sign-in page, then the second step where it is not set up yet."""
        if super().has_permission(request) and _lacks_second_step(request):
            messages.info(request, _("Operators sign in with a second step. Set it up, then open the administration."))
            return redirect("mfa_activate_totp")
        response: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return response


def _lacks_second_step(request: HttpRequest) -> bool:
    return settings.PRODUCTION and not is_mfa_enabled(request.user)
