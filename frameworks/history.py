"""Who changed what in a version, value by value."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from frameworks.difference_tree import Difference
from frameworks.drafting import DRAFTED
from frameworks.models import Cell, Level, Pillar, Version
from frameworks.models.parts import VersionPart

UNTOLD = {"id", "version", "order", "framework"}


@dataclass(frozen=True)
class Change:
    """One saving of one part. `deed` is "+", "~" or "-"; a new or deleted part has no differences."""

    at: datetime
    by: Any
    deed: str
    model: type[Model]
    name: str
    differences: tuple[Difference, ...]


def changes(version: Version) -> list[Change]:
    """Newest first, without what came with the draft. A constant number of queries."""
    names = _names(version)
    rows: list[tuple[Any, Any]] = list(_with_previous(Version.history.filter(id=version.pk)))
    for part in VersionPart.__subclasses__():
        rows += _with_previous(part.history.filter(version_id=version.pk))
    told = (_change(row, before, names) for row, before in rows if row.history_change_reason != DRAFTED)
    real = (change for change in told if change.deed != "~" or change.differences)
    return sorted(real, key=lambda change: change.at, reverse=True)


def _with_previous(rows: Any) -> Iterator[tuple[Any, Any]]:
    """Every row with the one that came before it for the same part."""
    last: dict[int, Any] = {}
    for row in rows.select_related("history_user").order_by("history_date", "history_id"):
        yield row, last.get(row.id)
        last[row.id] = row


def _change(row: Any, before: Any, names: Mapping[type[Model], Mapping[int, str]]) -> Change:
    fields = [field for field in row.tracked_fields if field.name not in UNTOLD]
    pairs = ((field, _text(field, before, names), _text(field, row, names)) for field in fields) if before else ()
    found = tuple(Difference(field.name, old, new) for field, old, new in pairs if old != new)
    is_changed = row.history_type == "~"
    return Change(
        at=row.history_date,
        by=row.history_user,
        deed=row.history_type,
        model=row.instance_type,
        name=_name(row),
        differences=found if is_changed else (),
    )


def _name(row: Any) -> str:
    return next(str(getattr(row, name)) for name in ("text", "name", "title", "fact", "start") if hasattr(row, name))


def _text(field: Any, row: Any, names: Mapping[type[Model], Mapping[int, str]]) -> str:
    value = getattr(row, field.attname)
    if field.related_model in names:
        return names[field.related_model].get(value, str(value))
    if isinstance(value, list):
        return "\n".join(map(_item, value))
    if isinstance(value, dict):
        return "\n".join(f"{name}: {item}" for name, item in value.items())
    return "" if value is None else str(value)


def _item(item: Any) -> str:
    """A line of a list, or an answer of an example."""
    return f"{item['statement']}: {item['rating']} {item['reason']}".strip() if isinstance(item, dict) else str(item)


def _names(version: Version) -> dict[type[Model], dict[int, str]]:
    rows: dict[type[Model], Iterable[Any]] = {
        Level: version.levels.all(),
        Pillar: version.pillars.all(),
        Cell: version.cells.select_related("level", "pillar"),
    }
    return {model: {row.pk: str(row) for row in found} for model, found in rows.items()}
