from collections.abc import Mapping
from typing import Any

from django.core.management.commands import migrate
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration, RunPython, RunSQL


class Command(migrate.Command):
    """Django's, with room for SQLite: it rebuilds a table to change it, which loses the table's triggers, and which
    every trigger that reads the table would forbid. They step aside for each migration that changes models, and come
    back after it. One that makes or removes triggers does nothing else."""

    aside: Mapping[str, tuple[str, str]] = {}

    def handle(self, *args: Any, **options: Any) -> None:
        self.connection = connections[options["database"]]
        try:
            super().handle(*args, **options)
        finally:
            self._put_back()

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
        if action in ("apply_start", "unapply_start") and _changes_models(migration):
            self._step_aside()
        elif action in ("apply_success", "unapply_success"):
            self._put_back()
        super().migration_progress_callback(action, migration, fake)

    def _step_aside(self) -> None:
        self.aside = _triggers(self.connection)
        with transaction.atomic(self.connection.alias), self.connection.cursor() as cursor:
            for name in self.aside:
                cursor.execute(f"DROP TRIGGER {self.connection.ops.quote_name(name)}")

    def _put_back(self) -> None:
        """Not those whose table is gone, nor those the migration made itself."""
        missing, self.aside = self.aside, {}
        there, tables = _triggers(self.connection), self.connection.introspection.table_names() if missing else []
        with transaction.atomic(self.connection.alias), self.connection.cursor() as cursor:
            for name, (table, sql) in missing.items():
                if name not in there and table in tables:
                    cursor.execute(sql)


def _changes_models(migration: Migration) -> bool:
    return not all(isinstance(operation, RunPython | RunSQL) for operation in migration.operations)


def _triggers(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """Name -> table, SQL; none on other databases, which change tables in place."""
    if connection.vendor != "sqlite":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {name: (table, sql) for name, table, sql in cursor.fetchall()}
