"""The sign-ins of the demo organization, shown on the sign-in page while it is loaded."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from people.models import Membership

PASSWORD = "one-step-at-a-time"
"""Known to everybody: `load_demo` refuses to run in production."""


@dataclass(frozen=True)
class SignIn:
    role: str
    email: str
    password: str = PASSWORD


def demo_sign_ins() -> list[SignIn]:
    """The first owner, lead and executive of the demo organization; nothing when it is not there."""
    members = Membership.objects.filter(organization__is_demo=True, user__is_active=True)
    found: dict[str, SignIn] = {}
    for member in members.select_related("user").order_by("pk"):
        found.setdefault(_role(member), SignIn(_role(member), member.user.email))
    return list(found.values())


def _role(member: Membership) -> str:
    if member.is_owner:
        return str(_("Owner"))
    return str(_("Executive") if member.is_executive else _("Team lead"))
