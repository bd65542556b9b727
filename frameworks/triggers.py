"""The database's own refusal to change a published version or to mix two, for SQLite and PostgreSQL alike.

A migration that rebuilds one of these tables loses its triggers (SQLite drops them with the old table), and one that
adds a column to the version leaves it unguarded: both call `install` again. tests/frameworks/test_frozen.py sees it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FRAMEWORK = "frameworks_framework"
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
WITHIN = {"frameworks_cell": ("level", "pillar"), "frameworks_statement": ("cell",)}
MESSAGE = "a published framework version can only be retired"
ELSEWHERE = "a part of a framework version stays with it"


@dataclass(frozen=True)
class Rule:
    """`deed` (INSERT, UPDATE or DELETE) on `table` is refused when the SQL condition `refused` is true."""

    table: str
    deed: str
    refused: str
    word: str = "frozen"
    message: str = MESSAGE

    @property
    def name(self) -> str:
        return f"{self.table}_{self.word}_{self.deed.lower()}"


@dataclass(frozen=True)
class Dialect:
    """`same` compares two values that may be null; `lock` keeps a row that is read from being changed meanwhile."""

    same: str
    lock: str
    create: Callable[[Rule], list[str]]
    drop: Callable[[Rule], list[str]]


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    remove(apps, schema_editor)
    dialect = _DIALECTS[schema_editor.connection.vendor]
    for rule in _rules(schema_editor, dialect):
        _execute(schema_editor, dialect.create(rule))


def remove(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    dialect = _DIALECTS[schema_editor.connection.vendor]
    for rule in _rules(schema_editor, dialect):
        _execute(schema_editor, dialect.drop(rule))


def _execute(schema_editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
    for sql in statements:
        schema_editor.execute(sql)


def _rules(schema_editor: BaseDatabaseSchemaEditor, dialect: Dialect) -> Iterator[Rule]:
    unchanged = " AND ".join(f'OLD."{name}" {dialect.same} NEW."{name}"' for name in _columns_that_stay(schema_editor))
    retires = f"OLD.state = 'published' AND NEW.state = 'retired' AND {unchanged}"
    versions = f"SELECT 1 FROM {VERSION} WHERE framework_id = OLD.id AND state <> 'draft'"
    yield Rule(FRAMEWORK, "UPDATE", f"OLD.slug <> NEW.slug AND EXISTS ({versions})")
    yield Rule(VERSION, "INSERT", "NEW.state <> 'draft'")
    yield Rule(VERSION, "UPDATE", f"OLD.state <> 'draft' AND NOT ({retires})")
    yield Rule(VERSION, "DELETE", "OLD.state <> 'draft'")
    old, new = _is_frozen("OLD", dialect), _is_frozen("NEW", dialect)
    for table in PARTS:
        yield Rule(table, "INSERT", new)
        yield Rule(table, "UPDATE", f"{old} OR {new}")
        yield Rule(table, "DELETE", old)
        yield from _rules_of_place(table)


def _rules_of_place(table: str) -> Iterator[Rule]:
    versions = [
        f"(SELECT version_id FROM frameworks_{name} WHERE id = NEW.{name}_id)" for name in WITHIN.get(table, ())
    ]
    elsewhere = [f"{version} <> NEW.version_id" for version in versions]
    yield Rule(table, "UPDATE", " OR ".join(["OLD.version_id <> NEW.version_id", *elsewhere]), "placed", ELSEWHERE)
    if elsewhere:
        yield Rule(table, "INSERT", " OR ".join(elsewhere), "placed", ELSEWHERE)


def _columns_that_stay(schema_editor: BaseDatabaseSchemaEditor) -> list[str]:
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, VERSION)
    return [column.name for column in columns if column.name not in ("state", "retired_at")]


def _is_frozen(part: str, dialect: Dialect) -> str:
    """The lock makes publishing wait for whoever is still writing a part, and the other way round."""
    return f"(SELECT state FROM {VERSION} WHERE id = {part}.version_id{dialect.lock}) <> 'draft'"


def _create_on_sqlite(rule: Rule) -> list[str]:
    return [
        f"CREATE TRIGGER {rule.name} BEFORE {rule.deed} ON {rule.table} WHEN {rule.refused} "
        f"BEGIN SELECT RAISE(ABORT, '{rule.message}'); END"
    ]


def _drop_on_sqlite(rule: Rule) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {rule.name}"]


def _create_on_postgresql(rule: Rule) -> list[str]:
    function = f"""CREATE FUNCTION {rule.name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {rule.refused} THEN
                RAISE EXCEPTION '{rule.message}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN {"OLD" if rule.deed == "DELETE" else "NEW"};
        END $$"""
    return [
        function,
        f"CREATE TRIGGER {rule.name} BEFORE {rule.deed} ON {rule.table} FOR EACH ROW EXECUTE FUNCTION {rule.name}()",
    ]


def _drop_on_postgresql(rule: Rule) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {rule.name} ON {rule.table}", f"DROP FUNCTION IF EXISTS {rule.name}()"]


_DIALECTS = {
    "sqlite": Dialect("IS", "", _create_on_sqlite, _drop_on_sqlite),
    "postgresql": Dialect("IS NOT DISTINCT FROM", " FOR SHARE", _create_on_postgresql, _drop_on_postgresql),
}
