"""What assessments add to the pages of a version: how many use it, and how its statements are answered."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessment.models import Assessment
from assessment.statement_figures import LEAST_TEAMS, StatementFigures, figures
from frameworks.admin import deeds, versions
from frameworks.admin.versions import Note, Tool, page_url
from frameworks.definition import Framework, Rating
from frameworks.models import Version

DOUBTS = {
    "unknown": gettext_lazy("many do not know"),
    "left_out": gettext_lazy("often does not apply"),
    "alike": gettext_lazy("all answer alike"),
}


def figures_of(version: Version) -> tuple[StatementFigures, ...]:
    """Over what each team submitted last, on any version of the framework."""
    submitted = Assessment.objects.filter(
        state=Assessment.State.SUBMITTED, round__version__framework=version.framework_id
    )
    rows = submitted.select_related("round__version__framework").prefetch_related("answers").order_by("submitted_at")
    newest = {assessment.team_id: assessment for assessment in rows}
    return figures(version.definition(), [_ratings(assessment) for assessment in newest.values()])


def _ratings(assessment: Assessment) -> dict[str, Rating]:
    return assessment.ratings()


def answered(model_admin: deeds.Admin, request: HttpRequest, pk: int) -> HttpResponse:
    """Per statement, how many do not know, leave it out, and how far teams differ."""
    version = deeds.find(model_admin, request, pk)
    found = figures_of(version)
    lines = [_line(version.definition(), each) for each in found]
    return deeds.page(model_admin, request, "answered", version, lines=lines, least=LEAST_TEAMS)


def _line(framework: Framework, found: StatementFigures) -> dict[str, Any]:
    """A row of the table. The shares are told as counts too: of few teams a percentage says little."""
    return {
        "text": framework.statements[found.statement].text,
        "teams": found.teams,
        "unknown": int(found.unknown * found.teams),
        "left_out": int(found.left_out * found.teams),
        "steps": found.steps,
        "spread": "" if found.spread is None else f"{float(found.spread):.1f}",
        "doubts": [DOUBTS[doubt] for doubt in found.doubts],
    }


class VersionAdmin(versions.VersionAdmin):
    list_display = [*versions.VersionAdmin.list_display, "used"]
    pages: Sequence[Any] = (*versions.VersionAdmin.pages, answered)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Version]:
        rows = Assessment.objects.filter(round__version=OuterRef("pk")).order_by().values("round__version")
        count = Subquery(rows.annotate(found=Count("pk")).values("found"), output_field=IntegerField())
        return super().get_queryset(request).annotate(assessment_count=count)

    @admin.display(description=gettext_lazy("assessments"), ordering="assessment_count")
    def used(self, version: Any) -> int:
        return version.assessment_count or 0

    def tools(self, request: HttpRequest, version: Version) -> list[Tool]:
        answers = Tool(_("How it was answered"), page_url(version, "answered"))
        return [*super().tools(request, version), answers]

    def publishing_notes(self, version: Version) -> list[Note]:
        """Statements that people could not answer, or all answered alike."""
        doubtful = sum(1 for found in figures_of(version) if found.doubts)
        text = ngettext(
            "%d statement was answered in a way that wants a look.",
            "%d statements were answered in a way that wants a look.",
            doubtful,
        )
        noted = [Note(text % doubtful, page_url(version, "answered"))] if doubtful else []
        return [*super().publishing_notes(version), *noted]


admin.site.unregister(Version)
admin.site.register(Version, VersionAdmin)
