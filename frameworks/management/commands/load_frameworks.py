import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from frameworks import publishing, tables
from frameworks.definition import Framework
from frameworks.describing import counts
from frameworks.library import Library, line, read
from frameworks.models import Practice


class Command(BaseCommand):
    help = "Validates framework files and publishes them, after the bundled practices and actions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="by default the bundled frameworks")
        parser.add_argument("--check", action="store_true", help="validate only, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            tables.require()
        has_tables = tables.exist()
        library = read([path.resolve() for path in options["paths"]], known_practices() if has_tables else ())
        problems = library.problems + (list(taken(library.frameworks)) if has_tables else [])
        if problems:
            self.stderr.write("\n".join(problems))
            sys.exit(1)
        self.stdout.write("\n".join(counts(framework) for framework in library.frameworks.values()))
        if options["check"]:
            self.stdout.write("no mistakes")
        else:
            self.publish(library)

    def publish(self, library: Library) -> None:
        changes = publishing.publish_library(library)
        self.stdout.write("\n".join(changes or ["no changes"]))


def known_practices() -> set[str]:
    return set(Practice.objects.values_list("slug", flat=True))


def taken(frameworks: dict[Path, Framework]) -> Iterator[str]:
    """A line for each framework whose version is published with another content."""
    for path, framework in frameworks.items():
        try:
            publishing.is_published(framework)
        except publishing.VersionTaken as error:
            yield line(path, str(error))
