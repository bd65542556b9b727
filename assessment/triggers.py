"""The database's own record of every change of an answer, for SQLite and PostgreSQL alike: whoever writes to the table,
and by whatever way, leaves an event in the organization's trail.

A migration that rebuilds the table on SQLite loses the triggers; one that adds a field to an answer has to name it
here. Both call `install` again. tests/assessment/test_triggers.py sees it."""

from dataclasses import dataclass
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "assessment_answer"
KEPT = ("rating", "note", "reason", "evidence", "state")


@dataclass(frozen=True)
class Dialect:
    now: str
    code: str
    differs: str
    object: str
    evidence: str


SQLITE = Dialect(
    now="strftime('%Y-%m-%d %H:%M:%f', 'now')",
    code="a.code",
    differs="IS NOT",
    object="json_object",
    evidence="json({row}.evidence)",
)
POSTGRESQL = Dialect(
    now="clock_timestamp()",
    code="replace(a.code::text, '-', '')",
    differs="IS DISTINCT FROM",
    object="jsonb_build_object",
    evidence="{row}.evidence",
)


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    remove(apps, schema_editor)
    create = _create_on_sqlite if schema_editor.connection.vendor == "sqlite" else _create_on_postgresql
    for deed in ("INSERT", "UPDATE", "DELETE"):
        for sql in create(_name(deed), deed):
            schema_editor.execute(sql)


def remove(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for deed in ("INSERT", "UPDATE", "DELETE"):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {_name(deed)}")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {_name(deed)} ON {TABLE}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {_name(deed)}()")


def _name(deed: str) -> str:
    return f"{TABLE}_recorded_{deed.lower()}"


def _create_on_sqlite(name: str, deed: str) -> list[str]:
    condition = f"WHEN {_differs(SQLITE)}" if deed == "UPDATE" else ""
    return [f"CREATE TRIGGER {name} AFTER {deed} ON {TABLE} {condition} BEGIN {_event(deed, SQLITE)}; END"]


def _create_on_postgresql(name: str, deed: str) -> list[str]:
    condition = f"WHEN ({_differs(POSTGRESQL)})" if deed == "UPDATE" else ""
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {_event(deed, POSTGRESQL)}; RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {deed} ON {TABLE} FOR EACH ROW {condition} EXECUTE FUNCTION {name}()",
    ]


def _differs(dialect: Dialect) -> str:
    return " OR ".join(f"OLD.{name} {dialect.differs} NEW.{name}" for name in KEPT)


def _event(deed: str, dialect: Dialect) -> str:
    """A person did what left an answer confirmed; the other states Waymark gives, in a deed with an event of its own. A
    demo organization goes without leaving events behind."""
    row = "OLD" if deed == "DELETE" else "NEW"
    verb = "'removed'" if deed == "DELETE" else "CASE NEW.state WHEN 'confirmed' THEN 'answered' ELSE NEW.state END"
    by = "NULL" if deed == "DELETE" else "CASE NEW.state WHEN 'confirmed' THEN NEW.answered_by_id END"
    before = "NULL" if deed == "INSERT" else _values("OLD", dialect)
    after = "NULL" if deed == "DELETE" else _values("NEW", dialect)
    stays = "AND NOT o.is_demo" if deed == "DELETE" else ""
    return f"""INSERT INTO people_event (happened_at, organization_id, is_demo, actor_id, actor_name, actor_email,
            kind, verb, object_code, object_name, before, after)
        SELECT {dialect.now}, o.id, o.is_demo, u.id, COALESCE(NULLIF(u.name, ''), u.email, ''), COALESCE(u.email, ''),
            'answer', {verb}, {dialect.code}, {row}.statement_key || ', ' || t.name || ', ' || r.name, {before}, {after}
        FROM assessment_assessment a
            JOIN assessment_round r ON r.id = a.round_id
            JOIN people_team t ON t.id = a.team_id
            JOIN people_organization o ON o.id = r.organization_id
            LEFT JOIN people_user u ON u.id = {by}
        WHERE a.id = {row}.assessment_id {stays}"""


def _values(row: str, dialect: Dialect) -> str:
    values = {name: f"{row}.{name}" for name in KEPT} | {"evidence": dialect.evidence.format(row=row)}
    return f"{dialect.object}({', '.join(f"'{name}', {value}" for name, value in values.items())})"
