from typing import Any

from django.core.management.base import BaseCommand

from frameworks import tables
from reports import demo


class Command(BaseCommand):
    help = "Takes out the demo organization, its people and all they did."

    def handle(self, *args: Any, **options: Any) -> None:
        tables.require()
        self.stdout.write("demo removed" if demo.remove() else "there is no demo organization")
