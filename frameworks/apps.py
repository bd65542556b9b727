from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from frameworks.checks import bundled_files_load


class FrameworksConfig(AppConfig):
    name = "frameworks"
    verbose_name = _("Frameworks")

    def ready(self) -> None:
        """The check runs with --deploy only: reading every file would slow down each command."""
        register(bundled_files_load, "frameworks", deploy=True)
