"""Signing in by the organization's own service (OpenID Connect), where the settings name one."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from people.models import Invitation, User


class OpenIDAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An account here and one there belong together by the service's own identifier, never by the address alone."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Whoever could enter any address there would else be somebody else here."""
        if not _confirmed(sociallogin):
            raise ImmediateHttpResponse(render(request, "socialaccount/unconfirmed.html", status=403))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        invited = Invitation.objects.open().filter(email__in=_confirmed(sociallogin))
        return settings.SIGN_UP or invited.exists()

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        user.name = str(data.get("name") or "")[:100]
        return user


def _confirmed(sociallogin: SocialLogin) -> list[str]:
    """The addresses of which the service says that they are the person's."""
    return [address.email.lower() for address in sociallogin.email_addresses if address.verified is True]
