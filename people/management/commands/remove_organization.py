from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people import audit, organizations, spreadsheets
from people.models import Event, Organization


class Command(BaseCommand):
    help = "Removes an organization with all it has, once its trail is written to a file. There is no way back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the organization, as its addresses name it")
        parser.add_argument("--trail", type=Path, metavar="FILE", help="where its trail goes, by default here")
        parser.add_argument("--again", metavar="SLUG", help="the same once more, instead of being asked for it")

    def handle(self, *args: Any, **options: Any) -> None:
        organization = self.find(options["slug"])
        self.ask(organization, options["again"])
        trail = options["trail"] or Path(f"waymark_{organization.slug}_audit.csv")
        self.write(organization, trail)
        organizations.remove(organization)
        self.stdout.write(f"{organization.name} removed; its trail is in {trail}")

    def find(self, slug: str) -> Organization:
        organization = Organization.objects.filter(slug=slug).first()
        if organization is None:
            raise CommandError(f"there is no organization {slug}")
        return organization

    def ask(self, organization: Organization, again: str | None) -> None:
        if again is None:
            self.stdout.write(
                f"This removes {organization.name}: {organization.membership_set.count()} people, "
                f"{organization.team_set.count()} teams, {organization.round_set.count()} rounds, with every answer, "
                "report and event. There is no way back."
            )
            again = input("Type its short name again: ")
        if again.strip() != organization.slug:
            raise CommandError("nothing is removed: that is another name")

    def write(self, organization: Organization, trail: Path) -> None:
        """For its owner alone, and over no other file."""
        rows = audit.rows(Event.objects.filter(organization=organization).order_by("pk"))
        try:
            trail.touch(mode=0o600, exist_ok=False)
            with trail.open("w", encoding="utf-8", newline="") as file:
                file.writelines(spreadsheets.lines(rows))
        except OSError as error:
            raise CommandError(f"nothing is removed: {trail}: {error.strerror}") from error
