import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from hypothesis import settings

import assessment.triggers
import frameworks.triggers
import people.triggers
from assessment.models import Assessment
from people.models import Organization, Team, User
from tests.factories import make_assessment, make_member, make_organization, make_team, make_user

# The same examples at every run, so that a red run can be repeated. To look for new ones: --hypothesis-profile default.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")

TRIGGERS = [frameworks.triggers, people.triggers, assessment.triggers]

CHROMIUM = shutil.which(os.environ.get("CHROMIUM_PATH") or "chromium")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if CHROMIUM is None:
        terminalreporter.write_line("BROWSER TESTS NOT RUN: there is no Chromium.", red=True, bold=True)


@dataclass(frozen=True)
class Cast:
    """Alice leads the claims team of Northwind and fills in its assessment. Bob is an executive there and reads.
    Charlie owns another organization and must never get in."""

    organization: Organization
    team: Team
    assessment: Assessment
    alice: User
    bob: User
    charlie: User

    @staticmethod
    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


@pytest.fixture
def cast(db: None) -> Cast:
    organization = make_organization("northwind")
    elsewhere = make_organization("southwind")
    team = make_team(organization=organization, slug="claims")
    alice, bob, charlie = (make_user(f"{name}@example.org", name=name.title()) for name in ("alice", "bob", "charlie"))
    make_member(alice, organization, leads=[team])
    make_member(bob, organization, is_executive=True)
    make_member(charlie, elsewhere, is_owner=True)
    return Cast(organization, team, make_assessment(team=team), alice, bob, charlie)


@pytest.fixture
def alice(cast: Cast) -> Client:
    return cast.client_of(cast.alice)


@pytest.fixture
def bob(cast: Cast) -> Client:
    return cast.client_of(cast.bob)


@pytest.fixture
def charlie(cast: Cast) -> Client:
    return cast.client_of(cast.charlie)


@pytest.fixture
def transactional_db(transactional_db: None) -> Iterator[None]:
    """Tests that commit empty every table at their end. Published versions and events let SQLite do so only without
    triggers."""
    yield
    with connection.schema_editor() as editor:
        for triggers in TRIGGERS:
            triggers.remove(None, editor)
    call_command("flush", interactive=False, verbosity=0)
    with connection.schema_editor() as editor:
        for triggers in TRIGGERS:
            triggers.install(None, editor)
