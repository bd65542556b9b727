from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from frameworks.dumping import dump
from frameworks.models import Version


class Command(BaseCommand):
    help = "Writes a framework as canonical YAML to standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--version", dest="number", help="MAJOR.MINOR; by default the newest published one")

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        """Our --version takes the place of Django's, which would only print Django's own."""
        return super().create_parser(*args, conflict_handler="resolve", **kwargs)

    def handle(self, *args: Any, **options: Any) -> None:
        version = self.find(options["slug"], options["number"])
        if version is None:
            raise CommandError(f"there is no published framework {options['slug']} {options['number'] or ''}".strip())
        self.stdout.write(dump(version.definition()), ending="")

    def find(self, slug: str, number: str | None) -> Version | None:
        if number is None:
            return Version.objects.newest(slug)
        return Version.objects.numbered(slug, number).first()
