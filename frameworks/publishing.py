"""The deeds on versions: bring a definition into the database, and publish it."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from frameworks import definition
from frameworks.models import (
    Action,
    Cell,
    Example,
    Framework,
    Level,
    OfficialBand,
    Pillar,
    Practice,
    Source,
    Statement,
    Version,
)


class VersionTaken(Exception):
    """The version is published with another content."""


def content_hash(framework: definition.Framework) -> str:
    """SHA-256, in hexadecimal, of what the definition says, whatever its file looks like."""
    return hashlib.sha256(json.dumps(asdict(framework), sort_keys=True).encode()).hexdigest()


def is_published(framework: definition.Framework) -> bool:
    """Whether this very definition is published, or was and is retired. Raises VersionTaken where its number stands for
    another content, or for a draft."""
    known = Version.objects.numbered(framework.slug, framework.version).select_related("framework").first()
    if known is None:
        return False
    if known.is_draft or known.definition() != framework:
        raise VersionTaken(
            f"version {framework.version} of {framework.slug} exists with other content: "
            "raise the version in the file, so that results measured against the old one stay as they are"
        )
    return True


@transaction.atomic
def publish(framework: definition.Framework) -> Version | None:
    """Publishes a checked definition. None when the same is published already; VersionTaken when another one is.

    The practices its statements name must be in the database."""
    if is_published(framework):
        return None
    version = draft(framework)
    version.publish(content_hash(framework))
    return version


@transaction.atomic
def draft(framework: definition.Framework) -> Version:
    """Rows for a definition, as a draft."""
    major, minor = framework.version.split(".")
    version = Version.objects.create(
        framework=Framework.objects.get_or_create(slug=framework.slug)[0],
        major=int(major),
        minor=int(minor),
        name=framework.name,
        publisher=framework.publisher,
        summary=framework.summary,
        licence_note=framework.licence_note,
        limits=list(framework.limits),
        pillars_are=framework.pillars_are.value,
        entry_level=framework.entry_level,
        overall=framework.overall.value,
    )
    _write_parts(version, framework)
    return version


def _write_parts(version: Version, framework: definition.Framework) -> None:
    Source.objects.bulk_create(
        Source(
            version=version,
            order=order,
            key=source.id,
            title=source.title,
            publisher=source.publisher,
            published=source.published,
            confidence=source.confidence.value,
            url=source.url or "",
        )
        for order, source in enumerate(framework.sources)
    )
    OfficialBand.objects.bulk_create(
        OfficialBand(version=version, order=order, **asdict(band))
        for order, band in enumerate(framework.official_bands)
    )
    Example.objects.bulk_create(
        Example(version=version, order=order, name=example.name, answers=_answers(example), expect=_expected(example))
        for order, example in enumerate(framework.examples)
    )
    levels = Level.objects.bulk_create(
        Level(version=version, order=order, **asdict(level)) for order, level in enumerate(framework.levels)
    )
    pillars = Pillar.objects.bulk_create(
        Pillar(version=version, order=order, **asdict(pillar)) for order, pillar in enumerate(framework.pillars)
    )
    _write_cells(version, framework, {row.number: row for row in levels}, {row.slug: row for row in pillars})


def _write_cells(
    version: Version, framework: definition.Framework, levels: dict[int, Level], pillars: dict[str, Pillar]
) -> None:
    rows = Cell.objects.bulk_create(
        Cell(
            version=version,
            order=order,
            level=levels[cell.level],
            pillar=pillars[cell.pillar],
            basis=cell.basis.value,
            fact=cell.fact,
            sources=list(cell.sources),
        )
        for order, cell in enumerate(framework.cells)
    )
    placed = [
        (row, statement) for row, cell in zip(rows, framework.cells, strict=True) for statement in cell.statements
    ]
    Statement.objects.bulk_create(
        Statement(
            version=version,
            cell=row,
            order=order,
            key=statement.key,
            text=statement.text,
            help=statement.help,
            evidence=list(statement.evidence),
            essential=statement.essential,
            weight=statement.weight,
            effort=statement.effort,
            practice_id=statement.practice,
            required=statement.required.value,
        )
        for order, (row, statement) in enumerate(placed)
    )


def _answers(example: definition.Example) -> list[dict[str, Any]]:
    return [{"statement": key, **asdict(answer)} for key, answer in example.answers.items()]


def _expected(example: definition.Example) -> dict[str, Any]:
    return {name: value for name, value in asdict(example.expect).items() if value is not None}


def update_practices(practices: Iterable[definition.Practice]) -> int:
    """Makes rows say what the definitions say, in their order; returns how many differed. Practices of other origin
    stay."""
    known = {row.slug: (row.order, row.definition()) for row in Practice.objects.all()}
    changed = [
        Practice(order=order, **asdict(practice))
        for order, practice in enumerate(practices)
        if known.get(practice.slug) != (order, practice)
    ]
    _replace(Practice, changed, key="slug")
    return len(changed)


def update_actions(actions: Iterable[definition.Action]) -> int:
    """Makes rows say what the definitions say, in their order; returns how many differed. Actions of other origin
    stay."""
    known = {row.key: (row.order, row.definition()) for row in Action.objects.all()}
    changed = [
        _action_row(order, action) for order, action in enumerate(actions) if known.get(action.key) != (order, action)
    ]
    _replace(Action, changed, key="key")
    return len(changed)


def _replace(model: type[Practice] | type[Action], rows: Sequence[Any], key: str) -> None:
    """Inserts rows, or overwrites those of the same key."""
    fields = [field.name for field in model._meta.concrete_fields if field.name not in ("id", key)]
    model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=[key], update_fields=fields)


def _action_row(order: int, action: definition.Action) -> Action:
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
