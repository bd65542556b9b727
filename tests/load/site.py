"""A site for measuring: a round in which every client leads a team, and the real server, which can be killed."""

import json
import subprocess
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from tests.serving import ROOT, Server, environment, manage, served

PREPARE = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from assessment.models import Assessment, Round
from assessment.pages import new_page
from frameworks.models import Version
from people.models import Membership, Organization, Team, User

SessionStore = import_module(settings.SESSION_ENGINE).SessionStore
organization = Organization.objects.create(name="Load", slug="load")
version = Version.objects.newest("microsoft-genaiops")
round = Round.objects.create(organization=organization, version=version, name="Load")

def client(number):
    team = Team.objects.create(organization=organization, name=f"Team {{number}}", slug=f"team-{{number}}")
    user = User.objects.create_user(f"lead-{{number}}@load.example")
    Membership.objects.create(user=user, organization=organization).teams.add(team)
    assessment = Assessment.objects.create(round=round, team=team)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return [session.session_key, assessment.get_absolute_url(), new_page(user)]

clients = [client(number) for number in range({clients})]
print(json.dumps([clients, list(version.definition().statements)]))
"""
STORED = """
import json
from django.db import connection
from assessment.models import Answer
rows = Answer.objects.filter(assessment__round__name="Load").select_related("assessment__round__organization")
print(json.dumps({row.assessment.url("answer", row.statement_key): row.note for row in rows}))
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
"""


@dataclass(frozen=True)
class Site:
    """`clients` has of each the session, the address of its assessment, and the name of the page it saves from; `keys`
    are the statements it asks."""

    data: Path
    clients: list[tuple[str, str, str]]
    keys: list[str]

    def stored(self) -> dict[str, str]:
        """Statement's address -> what is kept there."""
        answers: dict[str, str] = json.loads(_shell(STORED, self.data))
        return answers

    def served(self, workers: int = 2) -> AbstractContextManager[Server]:
        return served(_environment(self.data), workers)


def make_site(data: Path, clients: int) -> Site:
    """A new one."""
    for command in (["migrate", "--verbosity", "0"], ["load_frameworks"]):
        subprocess.run(manage(*command), cwd=ROOT, env=_environment(data), check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        manage("collectstatic", "--no-input", "--verbosity", "0"), cwd=ROOT, env=_environment(data), check=True
    )
    return add_clients(data, clients)


def add_clients(data: Path, clients: int) -> Site:
    made, keys = json.loads(_shell(PREPARE.format(clients=clients), data))
    return Site(data, [tuple(each) for each in made], keys)


def _environment(data: Path) -> dict[str, str]:
    return environment(data) | {"DJANGO_SETTINGS_MODULE": "tests.load.settings"}


def _shell(script: str, data: Path) -> str:
    command = manage("shell", "--no-imports", "-c", script)
    run = subprocess.run(command, cwd=ROOT, env=_environment(data), check=True, stdout=subprocess.PIPE, text=True)
    return run.stdout
