"""How much of the processor results take with 1 and with 200 teams in 6 rounds, and how often each asks the database:
.venv/bin/python script/bench/results.py

Ratios are to a bare page of a member, one field in the frame of the site, and to a view that only says who is there.

Makes a database of its own, and throws it away."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from statistics import median
from time import process_time

ROOT = Path(__file__).resolve().parent.parent.parent
BARE = "/o/{}/name/"
BARE_VIEW = "/bare/"
ROUNDS = 6
TIMES = 25


@contextmanager
def installation() -> Iterator[None]:
    """Django on an empty database."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("WAYMARK_", "DJANGO_"))}
        os.environ.clear()
        os.environ.update(kept, WAYMARK_DATA_DIR=folder, DJANGO_SETTINGS_MODULE="tests.load.settings")
        sys.path.insert(0, str(ROOT))
        import django  # noqa: PLC0415 - settings have to stand first
        from django.core.management import call_command  # noqa: PLC0415 - settings have to stand first

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("load_frameworks", stdout=StringIO())
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


def make(slug: str, teams: int) -> dict[str, str]:
    """An organization with its rounds, all but the last closed. Returns the addresses to measure."""
    from assessment.models import Answer, Assessment, Round  # noqa: PLC0415 - settings have to stand first
    from frameworks.models import Version  # noqa: PLC0415 - settings have to stand first
    from people.models import Membership, Organization, Team, User  # noqa: PLC0415 - settings have to stand first
    from reports import closing  # noqa: PLC0415 - settings have to stand first
    from reports.models import Snapshot  # noqa: PLC0415 - settings have to stand first

    organization = Organization.objects.create(slug=slug, name=slug)
    owner = User.objects.create_user(f"{slug}@example.org")
    Membership.objects.create(user=owner, organization=organization, is_owner=True)
    rows = [Team(organization=organization, slug=f"team-{n}", name=f"Team {n:03}") for n in range(teams)]
    Team.objects.bulk_create(rows)
    version = Version.objects.newest("microsoft-genaiops")
    assert version is not None
    keys = list(version.definition().statements)
    for number in range(ROUNDS):
        opened = datetime(2021 + number, 1, 1, tzinfo=UTC)
        round = Round.objects.create(
            organization=organization, version=version, name=f"Round {number}", opened_at=opened, target_level=3
        )
        assessments = [
            Assessment(round=round, team=team, state="submitted", submitted_at=opened, submitted_by=owner)
            for team in rows
        ]
        Assessment.objects.bulk_create(assessments)
        for place, assessment in enumerate(assessments):
            Answer.objects.bulk_create(
                Answer(
                    assessment=assessment,
                    statement_key=key,
                    rating="NPLF"[(place * 7 + order * 3 + number) % 4],
                    answered_by=owner,
                )
                for order, key in enumerate(keys)
            )
        if number < ROUNDS - 1:
            Round.objects.filter(pk=round.pk).update(state="closed", closed_at=opened)
            first = Assessment.objects.with_everything().get(pk=assessments[0].pk)
            closing.store(first, closing.compose_for(first), Snapshot.Kind.CLOSE)
            closing.store_round(Round.objects.get(pk=round.pk), Snapshot.Kind.CLOSE)
    last = Assessment.objects.filter(round=round).order_by("pk").first()
    assert last is not None
    at, its = f"/o/{slug}", f"/o/{slug}/assessments/{last.code}"
    return {
        "result": f"{its}/result/",
        "pillar": f"{its}/result/deployment/",
        "way up": f"{its}/way-up/",
        "plan": f"{its}/plan/",
        "trend of a team": f"{at}/teams/team-0/trend/",
        "compare": f"{at}/compare/",
        "result of the round": f"{at}/rounds/{round.code}/result/",
        "plan of the round": f"{at}/rounds/{round.code}/plan/",
        "trend of all": f"{at}/trend/",
    }


def measure(slug: str, paths: dict[str, str]) -> dict[str, tuple[float, int]]:
    """By name the middle of the times a page takes, and how often it asks the database. The pages take turns, so that a
    machine that is busy for a while is so for all."""
    from django.test import Client  # noqa: PLC0415 - settings have to stand first

    from people.models import User  # noqa: PLC0415 - settings have to stand first

    client = Client(HTTP_HOST="127.0.0.1")
    user = User.objects.get(email=f"{slug}@example.org")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    queries = {name: queries_of(client, path) for name, path in paths.items()}
    times: dict[str, list[float]] = {name: [] for name in paths}
    for _time in range(TIMES):
        for name, path in paths.items():
            start = process_time()
            client.get(path)
            times[name].append(process_time() - start)
    return {name: (median(times[name]), queries[name]) for name in paths}


def queries_of(client, path: str) -> int:  # type: ignore[no-untyped-def]
    """Of a page that was looked at before."""
    from django.db import connection  # noqa: PLC0415 - settings have to stand first

    asked: list[str] = []

    def note(execute, sql, *rest):  # type: ignore[no-untyped-def]
        asked.append(sql)
        return execute(sql, *rest)

    client.get(path)
    with connection.execute_wrapper(note):
        response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return len(asked)


def main() -> None:
    with installation():
        pages = {1: make("small", 1), 200: make("large", 200)}
        print(f"{'page':22}{'teams':>6}{'queries':>9}{'ms':>8}{'to page':>9}{'to view':>9}")
        for teams, slug in ((1, "small"), (200, "large")):
            all_pages = {"bare view": BARE_VIEW, "bare page": BARE.format(slug)} | pages[teams]
            figures = measure(slug, all_pages)
            view, page = figures["bare view"][0], figures["bare page"][0]
            for name, (took, queries) in figures.items():
                print(f"{name:22}{teams:6}{queries:9}{took * 1000:8.1f}{took / page:9.1f}{took / view:9.1f}")


if __name__ == "__main__":
    main()
