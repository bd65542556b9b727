"""Practices and actions in the database: they say what the files say, except where an admin changed them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from frameworks import definition
from frameworks.library import Library
from frameworks.models import Action, Practice


def update_practices(practices: Iterable[definition.Practice]) -> int:
    """Makes rows say what the definitions say, in their order; returns how many were written. Practices of other
    origin, and those changed here, stay."""
    return _update(Practice, practices, practice_row, key="slug")


def update_actions(actions: Iterable[definition.Action]) -> int:
    """The same of actions."""
    return _update(Action, actions, action_row, key="key")


def count_kept(library: Library) -> int:
    """How many rows were changed here, so that the files are not written over them."""
    practices = Practice.objects.filter(changed_here=True, slug__in=[each.slug for each in library.practices])
    actions = Action.objects.filter(changed_here=True, key__in=[each.key for each in library.actions])
    return practices.count() + actions.count()


def write_over(row: Practice | Action, fresh: Practice | Action) -> None:
    """Makes a row that was changed here say again what comes with Waymark."""
    fresh.pk, fresh.order = row.pk, row.order
    fresh.save()


def _update(
    model: type[Practice] | type[Action], said: Iterable[Any], row_of: Callable[[int, Any], Any], key: str
) -> int:
    known = {getattr(row, key): row for row in model._default_manager.all()}
    changed = [
        row_of(order, each)
        for order, each in enumerate(said)
        if _is_to_write(known.get(getattr(each, key)), order, each)
    ]
    _replace(model, changed, key)
    return len(changed)


def _is_to_write(row: Practice | Action | None, order: int, said: definition.Practice | definition.Action) -> bool:
    if row is None:
        return True
    return not row.changed_here and (row.order, row.definition()) != (order, said)


def _replace(model: type[Practice] | type[Action], rows: Sequence[Any], key: str) -> None:
    """Inserts rows, or overwrites those of the same key."""
    fields = [field.name for field in model._meta.concrete_fields if field.name not in ("id", key)]
    model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=[key], update_fields=fields)


def practice_row(order: int, practice: definition.Practice) -> Practice:
    return Practice(order=order, **asdict(practice))


def action_row(order: int, action: definition.Action) -> Action:
    first_month, last_month = action.months or (None, None)
    return Action(
        order=order,
        key=action.key,
        kind=action.kind.value,
        title=action.title,
        detail=action.detail,
        owner=action.owner,
        output=action.output,
        kpi=action.kpi,
        first_month=first_month,
        last_month=last_month,
        effort=action.effort,
        practices=list(action.practices),
        source_title=action.source.title,
        source_note=action.source.note,
    )
