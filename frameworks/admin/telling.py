"""Differences, findings and changes in the words and with the links that a page shows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from frameworks.admin.base import change_url
from frameworks.checkup import Finding
from frameworks.difference_tree import Difference, Fate, Part, Sort
from frameworks.history import Change
from frameworks.models import Cell, Example, Level, OfficialBand, Pillar, Source, Statement, Version

MODELS: dict[Sort, type[Model]] = {
    "framework": Version,
    "source": Source,
    "level": Level,
    "pillar": Pillar,
    "official_band": OfficialBand,
    "cell": Cell,
    "statement": Statement,
    "example": Example,
}
HEADINGS: dict[Sort, Promise | str] = {
    "framework": _("Identity and scoring"),
    "source": _("Sources"),
    "level": _("Levels"),
    "pillar": _("Pillars"),
    "official_band": _("Official bands"),
    "cell": _("Cells"),
    "statement": _("Statements"),
    "example": _("Worked examples"),
}
FATES: dict[Fate, Promise | str] = {
    "added": _("Added"),
    "removed": _("Removed"),
    "moved": _("Moved"),
    "changed": _("Changed"),
    "reordered": _("New order"),
}
DEEDS = {"+": _("Added"), "~": _("Changed"), "-": _("Deleted")}
FIELDS = {"level": _("level"), "pillar": _("pillar"), "order": _("order"), "slug": _("short name")}


@dataclass(frozen=True)
class Value:
    label: str
    difference: Difference


@dataclass(frozen=True)
class Line:
    """One part in a list of differences."""

    fate: str
    fate_label: Promise | str
    name: str
    id: str
    values: list[Value]

    @property
    def is_whole(self) -> bool:
        """Whether all of it is new, or all of it is gone."""
        return self.fate in ("added", "removed")


@dataclass(frozen=True)
class Group:
    heading: Promise | str
    lines: list[Line]
    count: int


def told(parts: Iterable[Part]) -> list[Group]:
    """Part by part, under a heading for each sort."""
    return [_group(sort, list(found)) for sort, found in groupby(parts, key=lambda part: part.sort)]


def _group(sort: Sort, parts: list[Part]) -> Group:
    lines = [
        Line(part.fate, FATES[part.fate], part.name, part.id, values(MODELS[sort], part.differences)) for part in parts
    ]
    return Group(HEADINGS[sort], lines, len(lines))


def values(model: type[Model], differences: Iterable[Difference]) -> list[Value]:
    return [Value(label(model, difference.field), difference) for difference in differences]


def label(model: type[Model], field: str) -> str:
    """What a page calls a field."""
    try:
        found: Any = model._meta.get_field(field)
    except FieldDoesNotExist:
        return capfirst(str(FIELDS.get(field, field)))
    return capfirst(str(found.related_model._meta.verbose_name_plural if found.auto_created else found.verbose_name))


@dataclass(frozen=True)
class Entry:
    """One change in a history."""

    change: Change
    deed: Promise | str
    kind: str
    values: list[Value]


def entries(changes: Iterable[Change]) -> list[Entry]:
    return [
        Entry(
            change, DEEDS[change.deed], str(change.model._meta.verbose_name), values(change.model, change.differences)
        )
        for change in changes
    ]


@dataclass(frozen=True)
class Place:
    """A finding with the page on which it is mended."""

    where: str
    url: str
    message: str


def placed(version: Version, findings: Iterable[Finding]) -> list[Place]:
    """Findings with links. `cells[3].statements[1].weight` is the second statement of the fourth cell."""
    rows = _rows(version)
    return [_place(version, rows, finding) for finding in findings]


def _rows(version: Version) -> dict[str, list[Any]]:
    cells = list(version.cells.select_related("level", "pillar").prefetch_related("statements"))
    return {
        "sources": list(version.sources.all()),
        "levels": list(version.levels.all()),
        "pillars": list(version.pillars.all()),
        "official_bands": list(version.officialbands.all()),
        "examples": list(version.examples.all()),
        "cells": cells,
    }


def _place(version: Version, rows: dict[str, list[Any]], finding: Finding) -> Place:
    steps = re.findall(r"(\w+)(?:\[(\d+)\])?", finding.path)
    row: Any = version
    for name, number in steps:
        if not number:
            break
        row = (list(row.statements.all()) if name == "statements" else rows[name])[int(number)]
    field = next((name for name, number in reversed(steps) if not number), "")
    what = f"{capfirst(row._meta.verbose_name)}: {row}"
    return Place(f"{what}, {label(type(row), field)}" if field else what, change_url(row), finding.message)
