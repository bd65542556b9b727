from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from frameworks import tables
from frameworks.dumping import dump
from frameworks.models import Version


class Command(BaseCommand):
    help = "Writes a framework as canonical YAML to standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--version", dest="number", help="MAJOR.MINOR; by default the newest published one")

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        """Our --version takes the place of Django's, which prints Django's own."""
        return super().create_parser(*args, conflict_handler="resolve", **kwargs)

    def handle(self, *args: Any, **options: Any) -> None:
        tables.require()
        slug, number = options["slug"], options["number"]
        version = self.find(slug, number)
        if version is None:
            raise CommandError(f"there is no version {number} of {slug}" if number else f"{slug} is not published")
        self.stdout.write(dump(version.definition()), ending="")

    def find(self, slug: str, number: str | None) -> Version | None:
        """The newest published version, or one by its number, which may be a draft or retired."""
        if number is None:
            return Version.objects.newest(slug)
        return Version.objects.numbered(slug, number).first()
