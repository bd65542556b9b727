from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from people.checks import no_demo_in_production


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        register(no_demo_in_production, "people", deploy=True)
