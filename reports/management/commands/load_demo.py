from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from frameworks import tables
from people.demo import demo_sign_ins
from people.models import User
from reports import demo


class Command(BaseCommand):
    help = "Brings in the demo organization, and prints its sign-ins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there are people already")

    def handle(self, *args: Any, **options: Any) -> None:
        tables.require()
        if not (options["if_empty"] and User.objects.exists()):
            self.load()
        for sign_in in demo_sign_ins():
            self.stdout.write(f"{sign_in.email}  {sign_in.password}  {sign_in.role}")

    def load(self) -> None:
        try:
            demo.load()
        except demo.DemoRefused as error:
            raise CommandError(str(error)) from error
