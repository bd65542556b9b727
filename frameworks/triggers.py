"""The database's own refusal to change a published version, for SQLite and PostgreSQL.

A migration that rebuilds one of these tables loses its triggers (SQLite drops them with the old table): it must call
`install` again. tests/frameworks/test_frozen.py sees when one is missing."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

VERSION = "frameworks_version"
PARTS = [
    "frameworks_source",
    "frameworks_officialband",
    "frameworks_level",
    "frameworks_pillar",
    "frameworks_cell",
    "frameworks_statement",
    "frameworks_example",
]
MESSAGE = "a published framework version can only be retired"


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    remove(apps, schema_editor)
    fixed = _columns_that_stay(schema_editor)
    for sql in _MAKE[schema_editor.connection.vendor](fixed):
        schema_editor.execute(sql)


def remove(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for sql in _DROP[schema_editor.connection.vendor]():
        schema_editor.execute(sql)


def _columns_that_stay(schema_editor: BaseDatabaseSchemaEditor) -> list[str]:
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, VERSION)
    return [column.name for column in columns if column.name not in ("state", "retired_at")]


def _sqlite(fixed: list[str]) -> list[str]:
    unchanged = " AND ".join(f'OLD."{name}" IS NEW."{name}"' for name in fixed)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    made = [
        f"CREATE TRIGGER {VERSION}_frozen_update BEFORE UPDATE ON {VERSION} "
        f"WHEN OLD.state != 'draft' AND NOT (NEW.state = 'retired' AND {unchanged}) {refuse}",
        f"CREATE TRIGGER {VERSION}_frozen_delete BEFORE DELETE ON {VERSION} WHEN OLD.state != 'draft' {refuse}",
    ]
    for table in PARTS:
        for deed, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])):
            frozen = " OR ".join(
                f"(SELECT state FROM {VERSION} WHERE id = {row}.version_id) != 'draft'" for row in rows
            )
            made.append(f"CREATE TRIGGER {table}_frozen_{deed.lower()} BEFORE {deed} ON {table} WHEN {frozen} {refuse}")
    return made


def _drop_sqlite() -> list[str]:
    deeds = {VERSION: ["update", "delete"]} | {table: ["insert", "update", "delete"] for table in PARTS}
    return [f"DROP TRIGGER IF EXISTS {table}_frozen_{deed}" for table in deeds for deed in deeds[table]]


def _postgresql(fixed: list[str]) -> list[str]:
    changed = " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in fixed)
    made = [
        f"""CREATE FUNCTION {VERSION}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.state = 'draft' THEN
                IF TG_OP = 'DELETE' THEN RETURN OLD; ELSE RETURN NEW; END IF;
            END IF;
            IF TG_OP = 'UPDATE' THEN
                IF NEW.state = 'retired' AND NOT ({changed}) THEN RETURN NEW; END IF;
            END IF;
            RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
        END $$""",
        f"""CREATE FUNCTION {VERSION}_part_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                IF (SELECT state FROM {VERSION} WHERE id = OLD.version_id) <> 'draft' THEN
                    RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            IF (SELECT state FROM {VERSION} WHERE id = NEW.version_id) <> 'draft' THEN
                RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$""",
        f"CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON {VERSION} FOR EACH ROW EXECUTE FUNCTION {VERSION}_refuse()",
    ]
    return made + [
        f"CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {VERSION}_part_refuse()"
        for table in PARTS
    ]


def _drop_postgresql() -> list[str]:
    tables = [VERSION, *PARTS]
    functions = [f"{VERSION}_refuse", f"{VERSION}_part_refuse"]
    return [f"DROP TRIGGER IF EXISTS frozen ON {table}" for table in tables] + [
        f"DROP FUNCTION IF EXISTS {name}()" for name in functions
    ]


_MAKE = {"sqlite": _sqlite, "postgresql": _postgresql}
_DROP = {"sqlite": _drop_sqlite, "postgresql": _drop_postgresql}
