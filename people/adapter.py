from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Where it is not, accounts are by invitation alone."""
        return settings.SIGN_UP

    def format_email_subject(self, subject: str) -> str:
        return f"Waymark: {subject}"

    def render_mail(self, template_prefix: str, email: Any, context: dict[str, Any], headers: Any = None) -> Any:
        """The same text as HTML, too, with links that can be clicked."""
        message: EmailMultiAlternatives = super().render_mail(template_prefix, email, context, headers)
        said = {"subject": message.subject, "text": message.body}
        message.attach_alternative(render_to_string("account/email/message.html", said), "text/html")
        return message
