import sys
from typing import Any

from django.core.management.base import BaseCommand

from frameworks import library
from frameworks.describing import markdown


class Command(BaseCommand):
    help = "Prints what the bundled frameworks hold, level by pillar, as Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        bundled = library.read()
        if bundled.problems:
            self.stderr.write("\n".join(bundled.problems))
            sys.exit(1)
        self.stdout.write(markdown(bundled.frameworks.values()))
