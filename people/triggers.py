"""The database's own refusal to change or remove an event, for SQLite and PostgreSQL alike.

What a demo organization left may be removed with it; the row itself says so, since a trigger that reads another table
would stand in the way of rebuilding that table."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "people_event"
MESSAGE = "what happened is never changed or removed"
REFUSED = {"UPDATE": "TRUE", "DELETE": "NOT OLD.is_demo"}


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    remove(apps, schema_editor)
    for sql in _creating(schema_editor.connection.vendor):
        schema_editor.execute(sql)


def remove(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for sql in _dropping(schema_editor.connection.vendor):
        schema_editor.execute(sql)


@contextmanager
def lifted() -> Iterator[None]:
    """One transaction in which events can be removed, by this connection alone: the table is locked meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        for sql in _dropping(connection.vendor):
            cursor.execute(sql)
        yield
        connection.check_constraints()  # PostgreSQL makes no trigger while some are still to be checked
        for sql in _creating(connection.vendor):
            cursor.execute(sql)


def _creating(vendor: str) -> list[str]:
    return [sql for deed, refused in REFUSED.items() for sql in _CREATE[vendor](_name(deed), deed, refused)]


def _dropping(vendor: str) -> list[str]:
    return [sql for deed in REFUSED for sql in _DROP[vendor](_name(deed))]


def _name(deed: str) -> str:
    return f"{TABLE}_kept_{deed.lower()}"


def _create_on_sqlite(name: str, deed: str, refused: str) -> list[str]:
    return [
        f"CREATE TRIGGER {name} BEFORE {deed} ON {TABLE} WHEN {refused} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    ]


def _create_on_postgresql(name: str, deed: str, refused: str) -> list[str]:
    return [
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
        END $$""",
        f"CREATE TRIGGER {name} BEFORE {deed} ON {TABLE} FOR EACH ROW WHEN ({refused}) EXECUTE FUNCTION {name}()",
    ]


_CREATE = {"sqlite": _create_on_sqlite, "postgresql": _create_on_postgresql}
_DROP = {
    "sqlite": lambda name: [f"DROP TRIGGER IF EXISTS {name}"],
    "postgresql": lambda name: [
        f"DROP TRIGGER IF EXISTS {name} ON {TABLE}",
        f"DROP FUNCTION IF EXISTS {name}()",
    ],
}
