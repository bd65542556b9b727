from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from frameworks.definition import Cell, Framework, Level, Pillar
from frameworks.models import Practice, Version
from frameworks.wording import BASES, CONFIDENCES


@dataclass(frozen=True)
class Square:
    """A place in the level × pillar table: what the source says there, None where it says nothing, and how surely."""

    level: Level
    cell: Cell | None
    basis: Promise | str


@dataclass(frozen=True)
class Asked:
    """A practice, and the levels at which each framework asks for it."""

    practice: Practice
    levels: list[tuple[Framework, tuple[int, ...]]]


@login_not_required
@require_safe
def frameworks(request: HttpRequest) -> HttpResponse:
    return render(request, "frameworks/frameworks.html", {"frameworks": _newest()})


@login_not_required
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """The published models beside each other: what each asks, and what it leaves out."""
    frameworks = _newest()
    columns = [(framework, len(framework.levels) * len(framework.pillars)) for framework in frameworks]
    return render(request, "frameworks/compare.html", {"columns": columns, "asked": _asked(frameworks)})


@login_not_required
@require_safe
def framework(request: HttpRequest, slug: str, number: str | None = None) -> HttpResponse:
    """The newest version, or the one with a number, also where a newer one followed: old results refer to it."""
    version = _find(slug, number)
    if version is None:
        raise Http404
    definition = version.definition()
    versions = Version.objects.released(version.framework_id)
    context = {
        "framework": definition,
        "newer": _newer(version, versions),
        "is_retired": version.state == Version.State.RETIRED,
        "grid": [(pillar, _squares(definition, pillar)) for pillar in definition.pillars],
        "bases": BASES.items(),
        "sources": [(source, CONFIDENCES[source.confidence]) for source in definition.sources],
        "versions": versions,
    }
    return render(request, "frameworks/framework.html", context)


def _find(slug: str, number: str | None) -> Version | None:
    if number is None:
        return Version.objects.newest(slug)
    return Version.objects.numbered(slug, number).exclude(state=Version.State.DRAFT).first()


def _newer(version: Version, versions: Iterable[Version]) -> Version | None:
    """The newest published version, where it is not this one."""
    published = (each for each in versions if each.state == Version.State.PUBLISHED)
    newest = next(published, version)
    return newest if (newest.major, newest.minor) > (version.major, version.minor) else None


def _newest() -> list[Framework]:
    return [version.definition() for version in Version.objects.newest_of_each()]


def _asked(frameworks: list[Framework]) -> list[Asked]:
    """Every practice that one of them asks for."""
    rows = (
        Asked(practice, [(each, each.levels_of_practice.get(practice.slug, ())) for each in frameworks])
        for practice in Practice.objects.all()
    )
    return [row for row in rows if any(levels for _, levels in row.levels)]


def _squares(framework: Framework, pillar: Pillar) -> list[Square]:
    cells = [(level, framework.cell(level.number, pillar.slug)) for level in framework.levels]
    return [Square(level, cell, BASES[cell.basis] if cell else "") for level, cell in cells]
