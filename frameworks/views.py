from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frameworks.definition import Cell, Framework, Level
from frameworks.models import Version
from frameworks.wording import BASES, CONFIDENCES


@login_not_required
@require_safe
def frameworks(request: HttpRequest) -> HttpResponse:
    definitions = [version.definition() for version in Version.objects.newest_of_each()]
    return render(request, "frameworks/frameworks.html", {"frameworks": definitions})


@login_not_required
@require_safe
def framework(request: HttpRequest, slug: str) -> HttpResponse:
    version = Version.objects.newest(slug)
    if version is None:
        raise Http404
    definition = version.definition()
    context = {
        "framework": definition,
        "grid": [(pillar, _squares(definition, pillar.slug)) for pillar in definition.pillars],
        "sources": [(source, CONFIDENCES[source.confidence]) for source in definition.sources],
    }
    return render(request, "frameworks/framework.html", context)


def _squares(framework: Framework, pillar: str) -> list[tuple[Level, Cell | None, object]]:
    """A pillar's levels, each with what the source says there and how well it supports it."""
    cells = [(level, framework.cell(level.number, pillar)) for level in framework.levels]
    return [(level, cell, BASES[cell.basis] if cell else "") for level, cell in cells]
