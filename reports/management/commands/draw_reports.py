from typing import Any

from django.core.management.base import BaseCommand, CommandError

from frameworks import tables
from reports import closing
from reports.renderer import RenderingFailed


class Command(BaseCommand):
    help = "Draws the PDFs of stored reports that nobody has downloaded yet, so that a later Waymark need not."

    def handle(self, *args: Any, **options: Any) -> None:
        tables.require()
        try:
            self.stdout.write(f"reports drawn: {closing.draw_missing()}")
        except RenderingFailed as error:
            raise CommandError(str(error)) from error
