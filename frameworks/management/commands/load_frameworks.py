import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from frameworks import publishing
from frameworks.library import Library, read
from frameworks.models import Practice


class Command(BaseCommand):
    help = "Validates framework files and publishes them; by default the bundled ones, with practices and actions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="a framework file")
        parser.add_argument("--check", action="store_true", help="validate only, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        paths: list[Path] = [path.resolve() for path in options["paths"]]
        practices = [] if options["check"] and not paths else Practice.objects.values_list("slug", flat=True)
        library = read(paths, practices)
        if library.problems:
            self.stderr.write("\n".join(library.problems))
            sys.exit(1)
        if options["check"]:
            self.stdout.write(f"{len(library.frameworks)} frameworks: no mistakes")
        else:
            self.publish(library, bundled=not paths)

    @transaction.atomic
    def publish(self, library: Library, bundled: bool) -> None:
        changes = 0
        if bundled or not Practice.objects.exists():
            changes += self.report("practices", publishing.update_practices(library.practices))
            changes += self.report("actions", publishing.update_actions(library.actions))
        for framework in library.frameworks:
            changes += self.publish_one(framework)
        if not changes:
            self.stdout.write("no changes")

    def report(self, what: str, changes: int) -> int:
        if changes:
            self.stdout.write(f"{what}: {changes} written")
        return changes

    def publish_one(self, framework: Any) -> int:
        try:
            version = publishing.publish(framework)
        except publishing.VersionTaken as error:
            raise CommandError(str(error)) from error
        if version is None:
            return 0
        self.stdout.write(f"{version}: published")
        return 1
