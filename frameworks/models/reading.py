"""From the rows of a version to its definition."""

from typing import TYPE_CHECKING, Any

from frameworks import definition

if TYPE_CHECKING:
    from frameworks.models.versions import Example, Source, Statement, Version


def read_definition(version: "Version") -> definition.Framework:
    """Seven queries, however large the framework."""
    return definition.Framework(
        slug=version.framework.slug,
        version=version.number,
        name=version.name,
        publisher=version.publisher,
        summary=version.summary,
        licence_note=version.licence_note,
        limits=tuple(version.limits),
        pillars_are=definition.PillarsAre(version.pillars_are),
        entry_level=version.entry_level,
        overall=definition.Overall(version.overall),
        sources=tuple(_read_source(row) for row in version.sources.all()),
        official_bands=tuple(
            definition.OfficialBand(row.level, row.start, row.end) for row in version.officialbands.all()
        ),
        levels=tuple(definition.Level(row.number, row.name, row.summary) for row in version.levels.all()),
        pillars=tuple(definition.Pillar(row.slug, row.name, row.summary) for row in version.pillars.all()),
        cells=_read_cells(version),
        examples=tuple(_read_example(row) for row in version.examples.all()),
    )


def _read_source(row: "Source") -> definition.Source:
    confidence = definition.Confidence(row.confidence)
    return definition.Source(row.key, row.title, row.publisher, row.published, confidence, row.url or None)


def _read_cells(version: "Version") -> tuple[definition.Cell, ...]:
    statements: dict[int, list[definition.Statement]] = {}
    for row in version.statements.all():
        statements.setdefault(row.cell_id, []).append(_read_statement(row))
    return tuple(
        definition.Cell(
            level=row.level.number,
            pillar=row.pillar.slug,
            basis=definition.Basis(row.basis),
            fact=row.fact,
            sources=tuple(row.sources),
            statements=tuple(statements.get(row.pk, [])),
        )
        for row in version.cells.select_related("level", "pillar")
    )


def _read_statement(row: "Statement") -> definition.Statement:
    return definition.Statement(
        key=row.key,
        text=row.text,
        help=row.help,
        evidence=tuple(row.evidence),
        essential=row.essential,
        weight=row.weight,
        effort=row.effort,
        practice=row.practice_id,
        required=definition.Rating(row.required),
    )


def _read_example(row: "Example") -> definition.Example:
    answers = {answer["statement"]: _read_answer(answer) for answer in row.answers}
    return definition.Example(row.name, answers, definition.Expectation(**row.expect))


def _read_answer(answer: dict[str, Any]) -> definition.Answer:
    return definition.Answer(
        rating=definition.Rating(answer["rating"]),
        note=answer.get("note", ""),
        reason=answer.get("reason", ""),
        evidence=tuple(answer.get("evidence", ())),
    )
