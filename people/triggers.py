"""The database's own refusal to change or remove an event, for SQLite and PostgreSQL alike.

What a demo organization left may be removed with it; the row itself says so, since a trigger that reads another table
would stand in the way of rebuilding that table."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "people_event"
MESSAGE = "what happened is never changed or removed"
REFUSED = {"UPDATE": "TRUE", "DELETE": "NOT OLD.is_demo"}


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    remove(apps, schema_editor)
    for deed, condition in REFUSED.items():
        for sql in _CREATE[schema_editor.connection.vendor](_name(deed), deed, condition):
            schema_editor.execute(sql)


def remove(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for deed in REFUSED:
        for sql in _DROP[schema_editor.connection.vendor](_name(deed)):
            schema_editor.execute(sql)


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
