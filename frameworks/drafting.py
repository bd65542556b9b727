"""Drafts: rows written for a definition, from a version that stands, or as a framework of its own."""

from dataclasses import asdict, replace
from typing import Any

from django.db import transaction

from frameworks import definition
from frameworks.differences import Kind
from frameworks.models import Cell, Example, Framework, Level, OfficialBand, Pillar, Source, Statement, Version
from frameworks.models.parts import VersionPart

DRAFTED = "drafted"
"""The reason in the history of a part that came with its draft."""


class NameTaken(Exception):
    """A framework with this short name exists."""


def draft_from(version: Version) -> Version:
    """A draft that says what the version says, under the next number that is free."""
    number = next_number(version.framework.slug, version, "minor")
    return remembered(draft(replace(version.definition(), version=number)))


def unchanged_draft(version: Version) -> Version | None:
    """Another draft that says what the version says still. Nobody else makes one until the transaction ends."""
    Framework.objects.select_for_update().get(pk=version.framework_id)
    said = version.definition()
    others = Version.objects.filter(framework=version.framework_id, state=Version.State.DRAFT).exclude(pk=version.pk)
    drafts = others.select_related("framework")
    return next((other for other in drafts if replace(other.definition(), version=said.version) == said), None)


@transaction.atomic
def copy_as(version: Version, slug: str, name: str) -> Version:
    """A draft of a new framework that says what the version says. Raises NameTaken."""
    new_framework(slug)
    return remembered(draft(replace(version.definition(), slug=slug, name=name, version="1.0")))


def new_framework(slug: str) -> Framework:
    """One without versions, be it what a deleted draft left. Locked until the transaction ends. Raises NameTaken."""
    Framework.objects.get_or_create(slug=slug)
    framework = Framework.objects.select_for_update().get(slug=slug)
    if framework.versions.exists():
        raise NameTaken(slug)
    return framework


def next_number(slug: str, base: Version | None, kind: Kind) -> str:
    """The number after `base` by the kind of change, behind all that are taken; the first for a new framework."""
    taken = Version.objects.filter(framework__slug=slug)
    if base is None:
        highest = taken.order_by("major").values_list("major", flat=True).last()
        return "1.0" if highest is None else f"{highest + 1}.0"
    if kind == "major":
        majors = taken.order_by("major").values_list("major", flat=True)
        return f"{max(majors, default=base.major) + 1}.0"
    minors = taken.filter(major=base.major).values_list("minor", flat=True)
    return f"{base.major}.{max(minors, default=base.minor) + 1}"


def remembered(version: Version) -> Version:
    """Keeps what a new draft says in its history, so that every later change shows what was before."""
    for part in VersionPart.__subclasses__():
        rows = part._default_manager.filter(version=version)
        part.history.bulk_history_create(rows, default_change_reason=DRAFTED)
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
        Example(version=version, order=order, name=example.name, answers=answers, expect=expected)
        for order, example in enumerate(framework.examples)
        for answers, expected in [answer_rows(example)]
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
    cells = Cell.objects.bulk_create(
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
    placed = zip(cells, framework.cells, strict=True)
    statements = ((row, statement) for row, cell in placed for statement in cell.statements)
    Statement.objects.bulk_create(
        _statement_row(cell, order, statement) for order, (cell, statement) in enumerate(statements)
    )


def _statement_row(cell: Cell, order: int, statement: definition.Statement) -> Statement:
    return Statement(
        version=cell.version,
        cell=cell,
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


def answer_rows(example: definition.Example) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """An example's answers and expectation as its row keeps them."""
    answers = [{"statement": key, **asdict(answer)} for key, answer in example.answers.items()]
    return answers, {name: value for name, value in asdict(example.expect).items() if value is not None}
