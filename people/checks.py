from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error


def no_demo_in_production(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Everybody knows the passwords of the demo's people."""
    organizations = apps.get_model("people", "Organization").objects
    if not (databases and settings.PRODUCTION and organizations.filter(is_demo=True).exists()):
        return []
    return [Error("The demo organization is loaded.", hint="Run manage.py remove_demo.", id="people.E001")]
