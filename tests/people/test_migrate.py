"""Tables that triggers read can be rebuilt, and no trigger is lost thereby."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations import AlterField, Migration
from django.db.migrations.state import ProjectState

from people.management.commands.migrate import Command, _triggers
from people.models import Team

sqlite_only = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="other databases change tables in place")


def widened() -> Migration:
    class Widened(Migration):
        operations = [AlterField("team", "name", models.CharField(max_length=120))]

    return Widened("widened", "people")


def apply(migration: Migration) -> None:
    state = ProjectState.from_apps(Team._meta.apps)
    with connection.schema_editor() as editor:
        migration.apply(state, editor)


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_rebuilt_table_keeps_triggers_of_its_own_and_of_those_that_read_it() -> None:
    before = _triggers(connection)
    command, migration = Command(), widened()
    command.connection, command.verbosity = connection, 0
    command.migration_progress_callback("apply_start", migration)
    assert _triggers(connection) == {}
    apply(migration)
    command.migration_progress_callback("apply_success", migration)
    assert _triggers(connection) == before
    assert {table for table, _sql in before.values()} >= {"assessment_answer", "people_event", "frameworks_version"}


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_migration_that_is_given_up_leaves_the_triggers(monkeypatch: pytest.MonkeyPatch) -> None:
    before = _triggers(connection)

    def give_up(self: Command, *args: Any, **options: Any) -> None:
        self.verbosity = 0
        self.migration_progress_callback("apply_start", widened())
        raise RuntimeError

    monkeypatch.setattr("django.core.management.commands.migrate.Command.handle", give_up)
    with pytest.raises(RuntimeError):
        call_command("migrate", verbosity=0)
    assert _triggers(connection) == before
