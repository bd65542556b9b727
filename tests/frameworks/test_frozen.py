"""Once published, a version refuses every change but retiring: in the model, and in the database behind its back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from frameworks import triggers
from frameworks.definition import Framework, OfficialBand
from frameworks.drafting import draft
from frameworks.models import (
    Cell,
    Example,
    Frozen,
    Level,
    Pillar,
    Source,
    Statement,
    Version,
)
from frameworks.models import Framework as FrameworkRow
from frameworks.models import OfficialBand as OfficialBandRow
from frameworks.models.parts import VersionPart
from tests.factories import make_version, worked_example

pytestmark = pytest.mark.django_db

PARTS: list[type[VersionPart]] = [Source, OfficialBandRow, Level, Pillar, Cell, Statement, Example]
OTHER_VALUES = {
    "id": 999_999,
    "framework_id": 0,
    "major": 9,
    "minor": 9,
    "name": "Other",
    "publisher": "Other",
    "summary": "Other",
    "licence_note": "Other",
    "limits": ["Other"],
    "pillars_are": "grouped",
    "entry_level": 1,
    "overall": "weakest_pillar",
    "note": "Other",
    "mistakes": 1,
    "warnings": 1,
    "content_hash": "other",
    "published_at": None,
}

each_part = pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)


def whole(version: str = "1.0") -> Framework:
    """A framework with parts of every kind."""
    return replace(worked_example(), version=version, official_bands=(OfficialBand(1, 0, 9), OfficialBand(2, 10, 20)))


@pytest.fixture
def published() -> Version:
    return make_version(whole())


@pytest.fixture
def a_draft(published: Version) -> Version:
    return draft(whole("2.0"))


@contextmanager
def refused(message: str = triggers.MESSAGE) -> Iterator[None]:
    """The database refuses, and the transaction around can go on."""
    with pytest.raises(IntegrityError, match=message), transaction.atomic():
        yield


def copies(part: type[VersionPart], version: Version) -> list[Any]:
    """Rows to be inserted. What would make them repeat others comes after the triggers."""
    rows = list(part._default_manager.filter(version=version))
    for row in rows:
        row.pk = None
    return rows


def columns(model: type[Model]) -> str:
    return ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if not field.primary_key)


def execute(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_every_part_of_a_version_has_triggers() -> None:
    assert [part._meta.db_table for part in PARTS] == triggers.PARTS
    assert set(PARTS) == set(VersionPart.__subclasses__())


@each_part
def test_part_of_a_published_version_refuses_to_be_saved(part: type[VersionPart], published: Version) -> None:
    row = part._default_manager.filter(version=published)[0]
    with pytest.raises(Frozen):
        row.save()


@each_part
def test_part_of_a_published_version_refuses_to_be_deleted(part: type[VersionPart], published: Version) -> None:
    row = part._default_manager.filter(version=published)[0]
    with pytest.raises(Frozen):
        row.delete()


@each_part
def test_part_cannot_be_added_to_a_published_version(part: type[VersionPart], published: Version) -> None:
    with pytest.raises(Frozen):
        copies(part, published)[0].save()


@each_part
def test_database_refuses_an_update_of_a_published_part(part: type[VersionPart], published: Version) -> None:
    with refused():
        part._default_manager.filter(version=published).update(order=99)


@each_part
def test_database_refuses_a_bulk_update_of_published_parts(part: type[VersionPart], published: Version) -> None:
    with refused():
        part._default_manager.bulk_update(part._default_manager.filter(version=published), ["order"])


@each_part
def test_database_refuses_to_delete_published_parts(part: type[VersionPart], published: Version) -> None:
    with refused():
        part._default_manager.filter(version=published)._raw_delete("default")  # type: ignore[attr-defined]


@each_part
def test_database_refuses_to_add_published_parts(part: type[VersionPart], published: Version) -> None:
    with refused():
        part._default_manager.bulk_create(copies(part, published))


@each_part
@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE version_id = %s",
        "UPDATE {table} SET version_id = version_id WHERE version_id = %s",
        "DELETE FROM {table} WHERE version_id = %s",
    ],
    ids=["insert", "update", "delete"],
)
def test_database_refuses_sql_on_published_parts(part: type[VersionPart], sql: str, published: Version) -> None:
    with refused():
        execute(sql.format(table=part._meta.db_table, columns=columns(part)), published.pk)


@each_part
def test_database_refuses_to_move_a_part_out_of_a_published_version(
    part: type[VersionPart], published: Version, a_draft: Version
) -> None:
    with refused(f"{triggers.MESSAGE}|{triggers.ELSEWHERE}"):
        part._default_manager.filter(version=published).update(version=a_draft)


@each_part
def test_database_refuses_to_move_a_part_into_a_published_version(
    part: type[VersionPart], published: Version, a_draft: Version
) -> None:
    with refused(f"{triggers.MESSAGE}|{triggers.ELSEWHERE}"):
        part._default_manager.filter(version=a_draft).update(version=published)


@each_part
def test_parts_of_a_retired_version_stay_frozen(part: type[VersionPart], published: Version) -> None:
    published.retire()
    with refused():
        part._default_manager.filter(version=published).update(order=99)


@each_part
def test_parts_of_a_draft_can_be_changed(part: type[VersionPart], a_draft: Version) -> None:
    rows = part._default_manager.filter(version=a_draft)
    assert rows.update(order=99) == len(rows)
    rows[0].save()
    rows[0].delete()


def test_published_version_refuses_to_be_saved(published: Version) -> None:
    published.name = "Other"
    with pytest.raises(Frozen):
        published.save()


def test_published_version_refuses_to_be_deleted(published: Version) -> None:
    with pytest.raises(Frozen):
        published.delete()


def test_model_refuses_to_insert_a_published_version(published: Version) -> None:
    with pytest.raises(Frozen):
        Version.objects.create(framework=published.framework, major=3, entry_level=0, state="published")


def test_every_column_of_a_version_is_tried() -> None:
    fields = {field.attname for field in Version._meta.concrete_fields}
    assert set(OTHER_VALUES) == fields - {"state", "retired_at"}


@pytest.mark.parametrize("column", OTHER_VALUES)
def test_database_refuses_to_change_a_published_version(column: str, published: Version) -> None:
    with refused():
        Version.objects.filter(pk=published.pk).update(**{column: OTHER_VALUES[column]})


@pytest.mark.parametrize("column", OTHER_VALUES)
def test_database_refuses_to_change_a_version_while_it_is_retired(column: str, published: Version) -> None:
    with refused():
        Version.objects.filter(pk=published.pk).update(state="retired", **{column: OTHER_VALUES[column]})


def test_database_refuses_to_make_a_published_version_a_draft(published: Version) -> None:
    with refused():
        Version.objects.filter(pk=published.pk).update(state="draft")


@pytest.mark.parametrize("state", ["draft", "published", "retired"])
def test_database_refuses_every_change_of_a_retired_version(state: str, published: Version) -> None:
    published.retire()
    with refused():
        Version.objects.filter(pk=published.pk).update(state=state, retired_at=timezone.now())


def test_database_refuses_to_delete_a_published_version(published: Version) -> None:
    with refused():
        execute("DELETE FROM frameworks_version WHERE id = %s", published.pk)


def test_database_refuses_to_insert_a_published_version(published: Version) -> None:
    with refused():
        Version.objects.bulk_create([Version(framework=published.framework, major=3, entry_level=0, state="published")])


def test_database_refuses_to_delete_published_versions_in_bulk(published: Version) -> None:
    with refused():
        Version.objects.all().delete()
    assert published.definition() == whole()


def test_database_refuses_to_rename_the_framework_of_a_published_version(published: Version) -> None:
    with refused():
        FrameworkRow.objects.update(slug="other")


def test_framework_with_drafts_alone_can_be_renamed() -> None:
    draft(whole())
    assert FrameworkRow.objects.update(slug="other") == 1


def test_database_lets_a_published_version_be_retired(published: Version) -> None:
    assert Version.objects.update(state="retired", retired_at=timezone.now()) == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's")
@pytest.mark.parametrize("table", [triggers.VERSION, "frameworks_statement"])
def test_sqlite_refuses_to_replace_a_published_row_by_a_draft_one(
    table: str, published: Version, a_draft: Version
) -> None:
    """REPLACE deletes the old row without asking its triggers, unless the connection says otherwise."""
    version = "id" if table == triggers.VERSION else "version_id"
    copy = f"INSERT INTO other SELECT * FROM {table} WHERE {version} = %s"
    execute(f"CREATE TEMPORARY TABLE other AS SELECT * FROM {table} WHERE 0")
    execute(copy, a_draft.pk)
    execute(
        f"UPDATE other SET id = (SELECT min(id) FROM {table} WHERE {version} = %s) WHERE id = "
        "(SELECT min(id) FROM other)",
        published.pk,
    )
    with refused():
        execute(f"REPLACE INTO {table} SELECT * FROM other")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_publishing_waits_for_whoever_still_writes_a_part() -> None:
    version = draft(whole())
    other = connection.copy()
    try:
        with transaction.atomic():
            Statement.objects.filter(version=version).update(weight=2)
            with other.cursor() as cursor:
                cursor.execute("SET lock_timeout = '100ms'")
                with pytest.raises(OperationalError, match="lock timeout"):
                    cursor.execute("UPDATE frameworks_version SET state = 'published' WHERE id = %s", [version.pk])
    finally:
        other.close()


@pytest.mark.usefixtures("transactional_db")
def test_triggers_can_be_taken_off_and_put_back() -> None:
    version = make_version(whole())
    with connection.schema_editor() as editor:
        triggers.remove(None, editor)
    Version.objects.update(name="Other")
    with connection.schema_editor() as editor:
        triggers.install(None, editor)
    with refused():
        Version.objects.filter(pk=version.pk).update(name="Whole")


@pytest.mark.parametrize(("part", "within"), [(Cell, "level"), (Cell, "pillar"), (Statement, "cell")])
def test_database_refuses_to_put_a_part_into_one_of_another_version(
    part: type[VersionPart], within: str, published: Version, a_draft: Version
) -> None:
    other = getattr(part._default_manager.filter(version=published)[0], within)
    row = part._default_manager.filter(version=a_draft)[0]
    with refused(triggers.ELSEWHERE):
        part._default_manager.filter(pk=row.pk).update(**{within: other})
    row.pk = None
    setattr(row, within, other)
    with refused(triggers.ELSEWHERE):
        part._default_manager.bulk_create([row])


@each_part
def test_database_refuses_to_move_a_part_to_another_draft(part: type[VersionPart], a_draft: Version) -> None:
    other = draft(whole("3.0"))
    with refused(triggers.ELSEWHERE):
        part._default_manager.filter(version=a_draft).update(version=other)
